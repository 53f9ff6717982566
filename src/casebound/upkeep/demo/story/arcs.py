"""The running stories, told in full, and what was put right afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, cast

from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.upkeep.demo.story.answers import answers_on
from casebound.upkeep.demo.story.lives import Arc
from casebound.upkeep.demo.story.pages import (
    HOME_NAMES,
    KIDS,
    Afterwards,
    Content,
    Written,
    entry,
    person,
    statement,
    utc,
)
from casebound.upkeep.demo.story.rota import (
    EARLY,
    LATE,
    LONDON,
    NIGHT,
    TEAMS,
    next_shift_after,
    shift_at,
    shift_of,
)
from casebound.upkeep.demo.story.scenes import HOWS, PROFESSIONAL, told
from casebound.upkeep.demo.story.seasons import DAYS, Day, dice, is_school_day
from casebound.upkeep.demo.story.voice import Voice

PUT_OFF_DAYS: Final = 10  # a story of a school day waits so long for one, and is then left out
DURING: Final = {"note": {"taken_during": "day_to_day"}}
PUT_RIGHT_IN_A_THOUSAND: Final = 36
# What is written down of a time when the child was there too.
WITH_THE_CHILD: Final = frozenset(
    {
        *(
            "restraint",
            "control",
            "spoken_to_child",
            "incident",
            "accident",
            "search",
            "life_event",
        ),
        *("appointment", "allegation", "complaint", "complaint_outcome", "bullying"),
        *("medicine_self", "school_report"),
    }
)


class Arcs:
    """Tells the running stories of one child."""

    __slots__ = ("_arcs", "_monday", "_seed", "_voice", "on")

    def __init__(self, voice: Voice, arcs: tuple[Arc, ...], last_week: date, seed: int) -> None:
        """Place the stories. `last_week` is the Monday of the thirteenth week."""
        self._voice = voice
        self._monday = last_week
        self._seed = seed
        self._arcs = arcs
        self.on: dict[str, date] = {}
        for arc in arcs:
            if (on := self._day_of(arc)) is not None:
                self.on[arc.id] = on

    @property
    def contact_days(self) -> frozenset[date]:
        """Return the days on which a contact has its own story."""
        return frozenset(
            self.on[arc.id] for arc in self._arcs if arc.form == "contact" and arc.id in self.on
        )

    @property
    def logs_told(self) -> frozenset[str]:
        """Return the keys of the daily logs that a story tells instead."""
        names = {"late": LATE, "waking_night": NIGHT}
        keys: set[str] = set()
        for arc in self._arcs:
            if arc.form == "daily_log" and arc.after is None and arc.id in self.on:
                on, name = self.on[arc.id], names[arc.answers["shift"]]
                begun = on - timedelta(days=1) if name == NIGHT else on
                keys.add(f"{self._voice.child.key}-{begun}-{name}")
        return frozenset(keys)

    def _day_of(self, arc: Arc) -> date | None:
        on = self._monday + timedelta(days=7 * (arc.week - 13) + DAYS.index(arc.day))
        if arc.follows is not None and arc.follows[0] not in self.on:
            return None
        if arc.after is not None:
            before = self.on.get(arc.after[1])
            if before is None:
                return None
            on = max(on, before + timedelta(days=1))
        if not arc.needs_school:
            return on
        for later in range(PUT_OFF_DAYS):
            if is_school_day(on + timedelta(days=later)):
                return on + timedelta(days=later)
        return None

    def told(self, *, since: date) -> Iterator[Written]:
        """Return every entry of the stories from a day on."""
        for arc in self._arcs:
            if arc.id not in self.on or self.on[arc.id] < since:
                continue
            written = self._written(arc, self.on[arc.id])
            if arc.follows is None:
                yield written
            else:
                yield from self._follow_ups(arc.follows, written)

    def _follow_ups(self, follows: tuple[str, str], written: Written) -> Iterator[Written]:
        """Return what follows an earlier entry: once, or for each who used a measure."""
        earlier = next(arc for arc in self._arcs if arc.id == follows[0])
        key, of = f"{self._voice.child.key}-{earlier.id}", follows[1]
        there = self._people(earlier, self.on[earlier.id])
        if of != "users" and of not in there:
            yield replace(written, follows=(key, of))
            return
        of_all = earlier.form_answers["users"] if of == "users" else [of]
        users = dict.fromkeys(there.get(one, one) for one in of_all)
        for number, user in enumerate(one for one in users if one):
            name, role = person(user)
            spoken: Content = {"present": [{"name": name, "role": role}], "present_nobody": False}
            yield replace(
                written,
                key=f"{written.key}-{user}",
                signed_at=written.signed_at + timedelta(minutes=4 * number),
                content={**written.content, **spoken},
                follows=(key, user),
            )

    def _people(self, arc: Arc, on: date) -> dict[str, str]:
        """Return who wrote an entry, and who else was on shift."""
        home, begins = self._voice.child.home, _moment(on, arc.at)
        author = _author(arc, home, begins)
        shift = shift_at(home, begins, school=is_school_day(on))
        others = [one for one in (shift.author, shift.second) if one and one != author]
        return {"$author": author, "$second": others[0] if others else ""}

    def _written(self, arc: Arc, on: date) -> Written:
        child = self._voice.child
        chance = dice(self._seed, child.key, arc.id)
        begins, ends = _moment(on, arc.at), _moment(on, arc.to)
        author = _author(arc, child.home, begins)
        signed_at = utc(ends, timedelta(seconds=chance.randint(150, 1500)))
        if arc.late_because:
            later = next_shift_after(child.home, author, ends + LATE_AFTER + timedelta(minutes=5))
            if later is not None:
                signed_at = utc(later.begins_at, timedelta(seconds=chance.randint(900, 5400)))
        after = None
        if arc.after is not None:
            kind, before = cast("Afterwards", arc.after[0]), arc.after[1]
            after = (kind, f"{child.key}-{before}", arc.reason)
        return Written(
            key=f"{child.key}-{arc.id}",
            form=arc.form,
            children=(child.key, *arc.also),
            home=child.home,
            author=author,
            signed_at=signed_at,
            content=entry(
                begins=begins,
                ends=ends if ends > begins else None,
                where=arc.where,
                statements=[told(self._voice, one, author, on, chance) for one in arc.say],
                present=self._there(arc, on),
                answers=self._answers(arc, on),
                originator=arc.originator,
                language=arc.language,
                interpreter=arc.interpreter,
                late_reason=arc.late_because,
            ),
            after=after,
        )

    def _there(self, arc: Arc, on: date) -> list[tuple[str, str]]:
        """Return who was there: as told, the children, and who else used a measure."""
        there = dict(_present(arc))
        if arc.form in WITH_THE_CHILD and not arc.originator:
            for key in (self._voice.child.key, *arc.also):
                there.setdefault(KIDS[key].full_name, "young person")
        people = self._people(arc, on)
        for one in arc.form_answers.get("users", ()):
            user = people.get(one, one)
            if user and user != people["$author"]:
                there.setdefault(*person(user))
        return list(there.items())

    def _answers(self, arc: Arc, on: date) -> Content:
        if arc.form_answers:
            return answers_on(arc.form, arc.form_answers, on, self._people(arc, on))
        return _answers(arc)


def put_right(log: Written, voice: Voice, day: Day, seed: int) -> Iterator[Written]:
    """Return what its author later added to a late log or corrected in it, for a few of them."""
    chance = dice(seed, log.key, "put right")
    if chance.randrange(1000) >= PUT_RIGHT_IN_A_THOUSAND or not log.key.endswith(LATE):
        return
    shift = next_shift_after(log.home, log.author, log.signed_at.astimezone(LONDON))
    if shift is None:
        return
    kind = _kind(chance)
    begins = shift.begins_at + timedelta(minutes=chance.randint(10, 90))
    reasons: Mapping[Afterwards, str] = {
        "addendum": "It was left out, and belongs with the entry.",
        "correction": "It was read again and something in it was not right.",
    }
    yield Written(
        key=f"{log.key}-{kind}",
        form=log.form,
        children=log.children,
        home=log.home,
        author=log.author,
        signed_at=utc(begins, timedelta(seconds=chance.randint(90, 600))),
        content=entry(
            begins=begins,
            where=HOME_NAMES[log.home],
            statements=[statement(voice.one(kind, day, chance))],
        ),
        after=(kind, log.key, reasons[kind]),
    )


def _kind(chance: Random) -> Afterwards:
    return "addendum" if chance.randrange(5) < 3 else "correction"  # noqa: PLR2004 - three in five


def _moment(on: date, clock: str) -> datetime:
    hour, minute = (int(one) for one in clock.split(":"))
    return datetime.combine(on, time(hour, minute), LONDON)


def _author(arc: Arc, home: str, begins: datetime) -> str:
    school = is_school_day(begins.date())
    if arc.by == "manager":
        return TEAMS[home].manager
    if arc.by == "shift":
        return shift_at(home, begins, school=school).author
    if arc.by == "night":
        return shift_of(home, NIGHT, begins.date() - timedelta(days=1), school=school).author
    if arc.by in {EARLY, LATE}:
        return shift_of(home, arc.by, begins.date(), school=school).author
    return arc.by


def _present(arc: Arc) -> list[tuple[str, str]]:
    """Return who was there, young people by their full names."""
    called = {child.called: child.full_name for child in KIDS.values()}
    called["Keira-Leigh"] = KIDS["keira"].full_name
    return [(called.get(name, name), role or "known to the child") for name, role in arc.present]


def _answers(arc: Arc) -> Content:
    given = arc.answers
    if arc.form == "contact":
        decided = [one for one in arc.say if one.kind == "decision"]
        answers: Content = {
            "with_whom": given["who"],
            "how": HOWS[given["mode"]],
            "outcome": "decided" if decided else "nothing",
            "started_by": "home" if given["relation"] in PROFESSIONAL else "plan",
        }
        if not any(one.kind in {"view", "account"} for one in arc.say):
            answers["view_missing"] = "not_there"
        return answers
    if arc.form == "daily_log":
        answers = {key: given[key] for key in ("shift", "mood", "sleep") if key in given}
        return answers | {"day": given["day_was"]} if "day_was" in given else answers
    return dict(DURING.get(arc.form, {}))
