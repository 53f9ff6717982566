"""Ninety days of two small homes, as they were written down.

`written` tells the same life for the same arguments, on every machine. It is told backwards from
`until`, so that the demo's last shift is the present one: nothing is signed later, and the newest
logs are still to be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Group
from casebound.upkeep.demo.story.arcs import Arcs
from casebound.upkeep.demo.story.house import House
from casebound.upkeep.demo.story.lives import events_of, life_of
from casebound.upkeep.demo.story.logs import Logs
from casebound.upkeep.demo.story.medicines import Courses
from casebound.upkeep.demo.story.pages import PlannedEntry, WrittenPage, is_late, utc, with_view
from casebound.upkeep.demo.story.people import (
    CHILD_OF,
    CHILDREN,
    HOME_OF,
    HOMES,
    LAST_WEEK,
    PlannedChild,
    came_at,
    left_at,
    lives_there,
)
from casebound.upkeep.demo.story.rota import LONDON, shift_at
from casebound.upkeep.demo.story.rounds import ChildRounds
from casebound.upkeep.demo.story.scenes import Scenes
from casebound.upkeep.demo.story.seasons import Day, day_of, dice
from casebound.upkeep.demo.story.statements import Content, said
from casebound.upkeep.demo.story.voice import Voice

__all__ = ["PlannedDraft", "WrittenPage", "drafts", "is_late", "written"]

SEED: Final = 2026
DAYS: Final = 90
A_DAY: Final = timedelta(days=1)
HANDED_OVER: Final = frozenset({Group.SAFETY, Group.CONCERNS})
UNWRITTEN_FOR: Final = timedelta(hours=15)  # as long as school days go between two ends of shifts
LAST_WRITTEN: Final = frozenset({"theo", "safiya"})  # whose log each home writes last


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """Something begun and not yet signed. `saved_at` is aware, UTC."""

    key: str
    form: str
    children: tuple[str, ...]
    home: str
    author: str
    saved_at: datetime
    content: Content


def written(until: datetime, days: int = DAYS, seed: int = SEED) -> Iterator[WrittenPage]:
    """Yield what was signed in the `days` days up to `until`, in the order of signing.

    Raises:
        ValueError: `until` has no time zone.
    """
    lived = _days(until, days, seed)
    pages = [page for child in CHILDREN for page in _while_there(child, lived, seed)]
    pages += [page for home in HOMES for page in _of_home(home.key, lived, seed)]
    pages = [page for page in pages if page.signed_at <= until and not _is_waiting(page, until)]
    pages.sort(key=lambda page: (page.signed_at, page.key))
    before: set[str] = set()
    leaving = _Leaving()
    for page in pages:
        if page.after is not None and page.after[1] not in before:
            continue
        if page.follows is not None and page.follows[0] not in before:
            continue
        before.add(page.key)
        yield with_view(leaving.handed(page))


class _Leaving:
    """What each home has to hand over: what was out of the ordinary since it last did."""

    def __init__(self) -> None:
        self._pages: dict[str, list[WrittenPage]] = {}

    def handed(self, page: WrittenPage) -> WrittenPage:
        """Keep what the next shift is to read; return a handover with what it leads to."""
        if page.form == "handover":
            since = page.signed_at - A_DAY
            left = [late for late in self._pages.pop(page.home, []) if late.signed_at > since]
            return replace(
                page, content={**page.content, "hands_over": [late.key for late in left]}
            )
        answers = page.content["answers"]
        tells = isinstance(answers, dict) and "handover" in answers
        if (
            page.children
            and page.after is None
            and (tells or catalogue.form(page.form).group in HANDED_OVER)
        ):
            self._pages.setdefault(page.home, []).append(page)
        return page


def drafts(until: datetime) -> tuple[PlannedDraft, ...]:
    """Return five entries that were begun and not finished when `until` comes.

    Raises:
        ValueError: `until` has no time zone.
    """
    now = _in_london(until)
    drafts: list[PlannedDraft] = []
    for number, begun in enumerate(life_of("house").drafts, 1):
        child = CHILD_OF[begun.child]
        author = child.key_worker
        if begun.form != "key_session":
            author = shift_at(child.home, now).author
        say = [said(told, author, now.date()) for told in begun.say]
        content = PlannedEntry(now - timedelta(minutes=begun.minutes), say=say).content()
        drafts.append(
            PlannedDraft(
                key=f"draft-{number}",
                form=begun.form,
                children=(child.key,),
                home=child.home,
                author=author,
                saved_at=utc(now, -timedelta(minutes=3 * number)),
                content={**content, "how_known": "", "present_nobody": False},
            )
        )
    return tuple(drafts)


def _in_london(until: datetime) -> datetime:
    if until.tzinfo is None:
        raise ValueError("until has no time zone")
    return until.astimezone(LONDON)


def _days(until: datetime, days: int, seed: int) -> list[Day]:
    """Return the days of the story, and the one after."""
    today = _in_london(until).date()
    return [_day(today + timedelta(days=ahead), today, seed) for ahead in range(-days, 2)]


def _day(on: date, today: date, seed: int) -> Day:
    return day_of(on, LAST_WEEK + (on - _monday(today)).days // 7, seed)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _while_there(child: PlannedChild, days: list[Day], seed: int) -> Iterator[WrittenPage]:
    """Return what was written of a child while they lived there, and by their manager later."""
    today = days[-2].on
    came, left = came_at(child, today), left_at(child, today)
    if left is not None and left.date() <= days[0].on:
        return
    doses = Courses(seed, Voice(child, dice(seed, child.key), 1))
    for page in doses.as_doses(_of_child(child, days, seed)):
        if came is not None and page.signed_at < came:
            continue
        if left is None or page.signed_at < left or page.author == HOME_OF[child.home].manager:
            yield page


def _of_child(child: PlannedChild, days: list[Day], seed: int) -> Iterator[WrittenPage]:
    life, (first, *_, today, _after) = life_of(child.key), days
    voice = Voice(child, dice(seed, child.key, "decks"), len(days) - 2)
    arcs = Arcs(seed, voice, life.arcs + events_of(child.key), _monday(today.on))
    logs, scenes = (
        Logs(seed, voice, arcs.hard_shifts),
        Scenes(seed, voice, life.sessions, arcs.is_busy),
    )
    rounds, courses = ChildRounds(seed, voice), Courses(seed, voice)
    yield from arcs.told(since=first.on)
    instead, busy = arcs.logs_told, arcs.contact_days
    yield from rounds.profile(first.on, today=today.on)
    for day, tomorrow in pairwise(days):
        if not lives_there(child, day):
            continue
        dish = dice(seed, child.home, "tea", day.on).choice(life_of("house").slots["tea"])
        for log in logs.of(day, tomorrow, dish):
            if log.key not in instead:
                yield log
                yield from logs.put_right(log, day)
        yield from scenes.contacts(day, life.regulars, busy)
        yield from scenes.session(day)
        yield from scenes.jot(day)
        yield from scenes.decision(day)
        yield from (page for page in rounds.of(day) if page.key not in arcs.doses_told)
        yield from courses.of(day, first=day is first)


def _of_home(home: str, days: list[Day], seed: int) -> Iterator[WrittenPage]:
    house = House(seed, home)
    *lived, today, _ = days
    yield from house.people(days[0].on)
    for day in (*lived, today):
        yield from house.of(day, last=today.on)


def _is_waiting(page: WrittenPage, until: datetime) -> bool:
    """Say whether it is one of the logs of the last shift that nobody has got round to."""
    if page.form != "daily_log" or page.after is not None:
        return False
    if not LAST_WRITTEN & set(page.children):
        return False
    ends = datetime.fromisoformat(str(page.content["happened_to"]))
    return until - ends < UNWRITTEN_FOR
