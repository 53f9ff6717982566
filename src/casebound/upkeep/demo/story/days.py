"""Ninety days of two small homes, as they were written down.

`written` tells the same life for the same arguments, on every machine. It is told backwards from
`until`, so that the demo's last shift is the present one: nothing is signed later, and the newest
logs are still to be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Group
from casebound.upkeep.demo.story.arcs import Arcs, put_right
from casebound.upkeep.demo.story.house import House
from casebound.upkeep.demo.story.lives import events_of, life_of
from casebound.upkeep.demo.story.logs import Logs
from casebound.upkeep.demo.story.pages import (
    Content,
    Written,
    entry,
    is_late,
    said_as,
    utc,
    with_view,
)
from casebound.upkeep.demo.story.people import CHILDREN, HOMES, Child
from casebound.upkeep.demo.story.rota import LONDON, shift_at
from casebound.upkeep.demo.story.rounds import Rounds
from casebound.upkeep.demo.story.scenes import Scenes
from casebound.upkeep.demo.story.seasons import Day, day_of, dice, is_school_day
from casebound.upkeep.demo.story.voice import Voice

__all__ = ["Draft", "Written", "drafts", "is_late", "written"]

SEED: Final = 2026
DAYS: Final = 90
A_DAY: Final = timedelta(days=1)
HANDED_OVER: Final = frozenset({Group.SAFETY, Group.CONCERNS})
LAST_WEEK: Final = 13
UNWRITTEN_FOR: Final = timedelta(hours=15)  # as long as school days go between two ends of shifts
LAST_WRITTEN: Final = frozenset({"theo", "safiya"})  # whose log each home writes last


@dataclass(frozen=True, slots=True)
class Draft:
    """Something begun and not yet signed. `saved_at` is aware, UTC."""

    key: str
    form: str
    children: tuple[str, ...]
    home: str
    author: str
    saved_at: datetime
    content: Content


def written(until: datetime, days: int = DAYS, seed: int = SEED) -> Iterator[Written]:
    """Yield what was signed in the `days` days up to `until`, in the order of signing.

    Raises:
        ValueError: `until` has no time zone.
    """
    if until.tzinfo is None:
        raise ValueError("until has no time zone")
    told = [one for child in CHILDREN for one in _of_child(child, until, days, seed)]
    told += [one for home in HOMES for one in _of_home(home.key, until, days, seed)]
    told = [one for one in told if one.signed_at <= until and not _is_waiting(one, until)]
    told.sort(key=lambda one: (one.signed_at, one.key))
    known: set[str] = set()
    leaving = _Leaving()
    for one in told:
        if one.after is not None and one.after[1] not in known:
            continue
        if one.follows is not None and one.follows[0] not in known:
            continue
        known.add(one.key)
        yield with_view(leaving.handed(one))


class _Leaving:
    """What each home has to hand over: what was out of the ordinary since it last did."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[str, list[Written]] = {}

    def handed(self, one: Written) -> Written:
        """Keep what the next shift is to read; return a handover with what it leads to."""
        if one.form == "handover":
            since = one.signed_at - A_DAY
            left = [late for late in self._kept.pop(one.home, []) if late.signed_at > since]
            return replace(one, content={**one.content, "hands_over": [late.key for late in left]})
        answers = one.content["answers"]
        tells = isinstance(answers, dict) and "handover" in answers
        if (
            one.children
            and one.after is None
            and (tells or catalogue.form(one.form).group in HANDED_OVER)
        ):
            self._kept.setdefault(one.home, []).append(one)
        return one


def drafts(until: datetime) -> tuple[Draft, ...]:
    """Return five entries that were begun and not finished when `until` comes.

    Raises:
        ValueError: `until` has no time zone.
    """
    if until.tzinfo is None:
        raise ValueError("until has no time zone")
    children = {child.key: child for child in CHILDREN}
    now = until.astimezone(LONDON)
    found: list[Draft] = []
    for number, (key, form, minutes, say) in enumerate(life_of("house").drafts, 1):
        child = children[key]
        begins = now - timedelta(minutes=minutes)
        shift = shift_at(child.home, now, school=is_school_day(now.date()))
        author = child.key_worker if form == "key_session" else shift.author
        statements = [said_as(one, one.text, author=author, on=now.date()) for one in say]
        content = entry(begins=begins, statements=statements)
        content |= {"how_known": "", "present_nobody": False}
        found.append(
            Draft(
                key=f"draft-{number}",
                form=form,
                children=(key,),
                home=child.home,
                author=author,
                saved_at=utc(now, -timedelta(minutes=3 * number)),
                content=content,
            )
        )
    return tuple(found)


def _of_child(child: Child, until: datetime, days: int, seed: int) -> Iterator[Written]:
    life, house = life_of(child.key), life_of("house")
    voice = Voice(child, life, house, dice(seed, child.key, "decks"), days)
    logs, scenes = Logs(voice, seed), Scenes(voice, life.sessions, seed)
    rounds = Rounds(voice, seed)
    today = until.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    first = today - timedelta(days=days)
    arcs = Arcs(voice, life.arcs + events_of(child.key), monday, seed)
    yield from arcs.told(since=first)
    instead, busy = arcs.logs_told, arcs.contact_days
    for past in range(days, -1, -1):
        day = _day(today - timedelta(days=past), monday, seed)
        dish = dice(seed, child.home, "tea", day.on).choice(house.slots["tea"])
        tomorrow = _day(day.on + timedelta(days=1), monday, seed)
        for log in logs.of(day, tomorrow, dish):
            if log.key not in instead:
                yield log
                yield from put_right(log, voice, day, seed)
        yield from scenes.contacts(day, life.regulars, busy)
        yield from scenes.session(day)
        yield from scenes.jot(day)
        yield from scenes.decision(day)
        if past == days:
            yield from rounds.profile(day.on, today=today)
        yield from rounds.of(day)


def _of_home(home: str, until: datetime, days: int, seed: int) -> Iterator[Written]:
    house = House(home, seed)
    today = until.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    for past in range(days, -1, -1):
        day = _day(today - timedelta(days=past), monday, seed)
        if past == days:
            yield from house.people(day.on)
        yield from house.of(day, last=today)


def _day(on: date, monday: date, seed: int) -> Day:
    week = LAST_WEEK + (on - monday).days // 7
    return day_of(on, week, seed)


def _is_waiting(one: Written, until: datetime) -> bool:
    """Say whether it is one of the logs of the last shift that nobody has got round to."""
    if one.form != "daily_log" or one.after is not None or not LAST_WRITTEN & set(one.children):
        return False
    ends = datetime.fromisoformat(str(one.content["happened_to"]))
    return until - ends < UNWRITTEN_FOR
