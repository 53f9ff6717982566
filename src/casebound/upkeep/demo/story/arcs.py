"""The running stories, told in full."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, cast

from casebound.rulebook.catalogue.catalogue import form
from casebound.upkeep.demo.story.answers import answers_on, happened_at, moment_on
from casebound.upkeep.demo.story.lives.shapes import Arc
from casebound.upkeep.demo.story.pages import (
    Afterwards,
    ChildWriter,
    HardShift,
    PlannedEntry,
    WrittenPage,
    utc,
)
from casebound.upkeep.demo.story.people import CHILD_OF, person
from casebound.upkeep.demo.story.rota import (
    EARLY,
    LATE,
    NIGHT,
    Shift,
    moment,
    shift_at,
    shift_of,
    who_writes,
)
from casebound.upkeep.demo.story.seasons import DAYS, is_school_day
from casebound.upkeep.demo.story.statements import Content
from casebound.upkeep.demo.story.voice import Voice

PUT_OFF_DAYS: Final = 10  # a story of a school day waits so long for one, and is then left out
DURING: Final = {"note": {"taken_during": "day_to_day"}}
# What a manager or a colleague writes without the child.
LOOKED_AT: Final = frozenset({
    "event_review", "notified", "action_done", "concern_outcome", "measure_review", "addendum",
    "serious_decision", "spoken_to_user", "discharge_notice", "decision",
})  # fmt: skip
SHIFTS: Final = {"late": LATE, "waking_night": NIGHT}
# What is written down of a time when the child was there too.
WITH_THE_CHILD: Final = frozenset({
    "restraint", "control", "spoken_to_child", "incident", "accident", "search", "life_event",
    "appointment", "allegation", "complaint", "complaint_outcome", "bullying", "medicine_self",
    "school_report",
})  # fmt: skip


class Arcs(ChildWriter):
    """Tells the running stories of one child."""

    def __init__(self, seed: int, voice: Voice, arcs: tuple[Arc, ...], last_week: date) -> None:
        """Place the stories. `last_week` is the Monday of the thirteenth week."""
        super().__init__(seed, voice)
        self._monday = last_week
        self._on: dict[str, date] = {}
        for arc in arcs:
            if (on := self._day_of(arc)) is not None:
                self._on[arc.id] = on
        self._arcs = {arc.id: arc for arc in arcs if arc.id in self._on}

    @property
    def contact_days(self) -> frozenset[date]:
        """Return the days on which a contact has its own story."""
        return frozenset(self._on[arc.id] for arc in self._arcs.values() if arc.form == "contact")

    @property
    def logs_told(self) -> frozenset[str]:
        """Return the keys of the daily logs that a story tells instead."""
        keys: set[str] = set()
        for arc in self._arcs.values():
            if arc.form == "daily_log" and arc.after is None:
                on, name = self._on[arc.id], SHIFTS[arc.answers["shift"]]
                begun = on - timedelta(days=1) if name == NIGHT else on
                keys.add(f"{self.key}-{begun}-{name}")
        return frozenset(keys)

    @property
    def doses_told(self) -> frozenset[str]:
        """Return the keys of the nightly doses that a story tells instead."""
        return frozenset(
            f"{self.key}-{self._on[arc.id]}-medicine-night"
            for arc in self._arcs.values()
            if arc.form == "medicine_given"
        )

    @property
    def hard_shifts(self) -> Mapping[str, HardShift]:
        """Return what the logs of shifts say of a story that happened on them, by their keys."""
        told: dict[str, HardShift] = {}
        for arc in self._arcs.values():
            if arc.in_log or arc.in_night:
                shift = shift_at(self.home.key, moment(self._on[arc.id], arc.at))
                for key, hard in self._in_logs(arc, shift):
                    before = told.get(key, HardShift())
                    told[key] = replace(
                        hard,
                        say=(*before.say, *hard.say),
                        mood=hard.mood or before.mood,
                        school=hard.school or before.school,
                    )
        return told

    def _in_logs(self, arc: Arc, shift: Shift) -> Iterator[tuple[str, HardShift]]:
        said = self.voice.fill(arc.in_log, self.dice(arc.id))
        name = NIGHT if shift.name == NIGHT else LATE  # not every day has an early log
        if said:
            yield (
                f"{self.key}-{shift.on}-{name}",
                HardShift((said,), arc.log_day, arc.log_mood, arc.log_alone, arc.log_school),
            )
        if arc.in_night:
            said = self.voice.fill(arc.in_night, self.dice(arc.id))
            yield f"{self.key}-{shift.on}-{NIGHT}", HardShift((said,), alone=True)
            morning = shift.on + timedelta(days=1)
            yield f"{self.key}-{morning}-{EARLY}", HardShift(alone=True)

    def is_busy(self, begins: datetime, ends: datetime) -> bool:
        """Say whether a story of this child goes on at a time."""
        for arc in self._arcs.values():
            on = self._on[arc.id]
            if on == begins.date() and arc.form not in {"daily_log", *LOOKED_AT}:
                first, last = moment(on, arc.at), self._ends(arc, on)
                if first < ends and begins < max(last, first + timedelta(minutes=5)):
                    return True
        return False

    @staticmethod
    def _ends(arc: Arc, on: date) -> datetime:
        return moment_on(arc.to, on) if arc.to.startswith("@") else moment(on, arc.to)

    def _day_of(self, arc: Arc) -> date | None:
        on = self._monday + timedelta(days=7 * (arc.week - 13) + DAYS.index(arc.day))
        if arc.follows is not None and arc.follows[0] not in self._on:
            return None
        if arc.after is not None:
            before = self._on.get(arc.after[1])
            if before is None:
                return None
            on = max(on, before + timedelta(days=1))
        if arc.day_after:
            if arc.day_after not in self._on:
                return None
            on = self._on[arc.day_after] + timedelta(days=1)
        if arc.needs != "school":
            return on
        days = (on + timedelta(days=later) for later in range(PUT_OFF_DAYS))
        return next((day for day in days if is_school_day(day)), None)

    def told(self, *, since: date) -> Iterator[WrittenPage]:
        """Return every entry of the stories from a day on."""
        for arc in self._arcs.values():
            if self._on[arc.id] >= since:
                page = self._page(arc, self._on[arc.id])
                yield from self._follow_ups(arc.follows, page) if arc.follows else [page]

    def _follow_ups(self, follows: tuple[str, str], page: WrittenPage) -> Iterator[WrittenPage]:
        """Return what follows an earlier entry: once, or for each who used a measure."""
        earlier, of = self._arcs[follows[0]], follows[1]
        key, there = f"{self.key}-{earlier.id}", self._people(earlier)
        if of != "users" and of not in there:
            yield replace(page, follows=(key, of))
            return
        of_all = earlier.answers["users"] if of == "users" else [of]
        users = dict.fromkeys(there.get(user, user) for user in of_all)
        for number, user in enumerate(user for user in users if user):
            name, role = person(user)
            spoken: Content = {"present": [{"name": name, "role": role}], "present_nobody": False}
            yield replace(
                page,
                key=f"{page.key}-{user}",
                signed_at=page.signed_at + timedelta(minutes=4 * number),
                content={**page.content, **spoken},
                follows=(key, user),
            )

    def _people(self, arc: Arc) -> dict[str, str]:
        """Return who wrote an entry, and who else was on shift."""
        begins = moment(self._on[arc.id], arc.at)
        author = who_writes(arc.by, self.home.key, begins)
        shift = shift_at(self.home.key, begins)
        others = [worker for worker in shift.people if worker != author]
        return {"$author": author, "$second": others[0] if others else ""}

    def _names(self, on: date, people: Mapping[str, str]) -> dict[str, str]:
        """Return the names that a story may put into its words: of who wrote, and of the shifts."""
        workers = {
            "author": people["$author"],
            "second": people["$second"],
            **{name: shift_of(self.home.key, name, on).author for name in (EARLY, LATE, NIGHT)},
        }
        return {key: person(worker)[0] if worker else "nobody" for key, worker in workers.items()}

    def _page(self, arc: Arc, on: date) -> WrittenPage:
        chance = self.dice(arc.id)
        begins, ends = moment(on, arc.at), self._ends(arc, on)
        people = self._people(arc)
        author = people["$author"]
        pause = (20, 90) if form(arc.form).sealed_at_once else (150, 1500)
        signed_at = utc(ends, timedelta(seconds=chance.randint(*pause)))
        if arc.late:
            late = self.signed_late(author, ends + timedelta(minutes=5), chance)
            signed_at = late or signed_at
        names = self._names(on, people)
        answers = answers_on(
            arc.form, arc.answers or DURING.get(arc.form, {}), on, people, partial(_named, names)
        )
        # Nobody signs that somebody was told, or that something was so, before it was.
        tells_to = moment_on(arc.tells_to, on) if arc.tells_to else None
        over = [*happened_at(arc.form, answers), *([tells_to] if tells_to else [])]
        signed_at = max([signed_at, *(utc(told, timedelta(minutes=3)) for told in over)])
        entry = PlannedEntry(
            begins,
            ends if ends > begins else None,
            where=arc.where,
            say=self.say(arc.say, author, on, chance, names),
            present=self._there(arc, people),
            answers=answers,
            originator=arc.origin,
            language=arc.language,
            interpreter=arc.interpreter,
            late_reason=arc.why if arc.late else "",
            tells_to=tells_to,
        )
        after = None
        if arc.after is not None:
            kind, before = cast("Afterwards", arc.after[0]), arc.after[1]  # as the file has it
            after = (kind, f"{self.key}-{before}", arc.reason)
        return self.write(
            arc.id, arc.form, author, entry, signed=signed_at, also=arc.also, after=after
        )

    def _there(self, arc: Arc, people: dict[str, str]) -> list[tuple[str, str]]:
        """Return who was there: as told, the children, and who else used a measure."""
        called = {child.called: child.full_name for child in CHILD_OF.values()}
        called["Keira-Leigh"] = CHILD_OF["keira"].full_name
        there = {}
        for told in arc.present:
            name, _, role = told.partition(": ")
            there[called.get(name, name)] = role or "known to the child"
        if arc.form in WITH_THE_CHILD and not arc.origin:
            for key in (*self.children, *arc.also):
                there.setdefault(CHILD_OF[key].full_name, "young person")
        for told in arc.answers.get("users", ()):
            user = people.get(told, told)
            if user and user != people["$author"]:
                there.setdefault(*person(user))
        return list(there.items())


def _named(names: Mapping[str, str], text: str) -> str:
    """Return a text with the names of those who were on shift in it."""
    for slot, name in names.items():
        text = text.replace(f"{{{slot}}}", name)
    return text
