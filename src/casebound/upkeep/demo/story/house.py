"""What a home writes in its own book: handovers, visitors, alarm tests, rosters, the petty cash."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from casebound.upkeep.demo.story.lives import rounds
from casebound.upkeep.demo.story.pages import (
    NAMES,
    Book,
    Content,
    Written,
    statement,
)
from casebound.upkeep.demo.story.people import APPOINTMENTS, CHILDREN, role_of
from casebound.upkeep.demo.story.rota import (
    EARLY,
    ENDS,
    LATE,
    LONDON,
    NIGHT,
    TEAMS,
    Shift,
    shift_of,
)
from casebound.upkeep.demo.story.seasons import FRIDAY, Day, dice, is_school_day

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = 0, 1, 2, 3
VISITS_IN_A_HUNDRED: Final = 30
WEEKS_BETWEEN_DRILLS: Final = 4
FLOAT: Final = 15_000  # of the petty cash, in pence
HANDED_OVER_FOR: Final = 45  # days: since then handovers are written here


class House:
    """Writes the book of one home."""

    __slots__ = ("_book", "_cash", "_home", "_seed")

    def __init__(self, home: str, seed: int) -> None:
        self._home = home
        self._book = Book(home)
        self._seed = seed
        self._cash = FLOAT

    def of(self, day: Day, *, last: date) -> Iterator[Written]:
        """Return what the home wrote on a day. `last` is the last day of the story."""
        if (last - day.on).days < HANDED_OVER_FOR:
            yield from self._handover(day)
        yield from self._visitor(day)
        yield from self._alarm(day)
        yield from self._message(day)
        yield from self._independent(day)
        if day.on.weekday() == MONDAY:
            yield self._roster(day, "planned", day.on)
            yield self._roster(day, "worked", day.on - timedelta(days=7))
        if day.on.weekday() == FRIDAY:
            yield self._petty_cash(day)

    def people(self, on: date) -> Iterator[Written]:
        """Return what the home wrote of its people when the forms came into use."""
        begins = datetime.combine(on, time(9, 30), LONDON)
        manager = TEAMS[self._home].manager
        workers = [
            appointment
            for appointment in APPOINTMENTS
            if appointment.home == self._home
            and appointment.child is None
            and appointment.to_on is None
        ]
        for number, one in enumerate(workers):
            nights = one.worker == TEAMS[self._home].nights
            answers: Content = {
                "full_name": NAMES[one.worker],
                "sex": "male" if one.worker in {"callum", "tomasz", "oisin"} else "female",
                "born_on": f"{1968 + 3 * number}-0{1 + number}-1{number}",
                "address": f"{10 + number} Weaver's Row, Tarnley, Wendleshire",
                "qualifications": "Level 3 diploma for residential childcare; references on file.",
                "works_as": role_of(one.worker),
                "hours": "part_time" if nights else "full_time",
                "lives_here": "no",
            }
            if nights:
                answers["weekly_hours"] = "30"
            at = begins + timedelta(minutes=7 * number)
            yield self._book.written(f"worker-{one.worker}", "worker_details", manager, at, answers)
        for number, words in enumerate(rounds("others")):
            name, what = words.split("; ", maxsplit=1)
            since = (on - timedelta(days=400)).isoformat()
            answers = {"full_name": name, "what": what, "from_on": since}
            at = begins + timedelta(minutes=90 + number)
            yield self._book.written(f"other-{number}", "other_person", manager, at, answers)

    def _handover(self, day: Day) -> Iterator[Written]:
        late = shift_of(self._home, LATE, day.on, school=day.school)
        night = shift_of(self._home, NIGHT, day.on, school=day.school)
        if late.author == night.author:
            return
        chance = dice(self._seed, self._home, "handover", day.on)
        begins = datetime.combine(day.on, time(22, 0), LONDON)
        answers: Content = {
            "shift": "late",
            "readers": [{"id": night.author}],
            "counted": ["medicines", "keys", "money"],
            "count_right": "yes",
        }
        if chance.randrange(3) == 0:
            answers["expected"] = chance.choice(rounds("expected"))
        key = f"{day.on}-handover"
        yield self._book.written(key, "handover", late.author, begins, answers, after=700)
        read = begins + timedelta(minutes=chance.randint(15, 45))
        answers = {"understood": chance.choice(("yes", "yes", "asked")), "counted_again": "yes"}
        yield self._book.written(
            f"{key}-read", "handover_read", night.author, read, answers,
            follows=(f"{self._home}-{key}", night.author),
        )  # fmt: skip

    def _visitor(self, day: Day) -> Iterator[Written]:
        chance = dice(self._seed, self._home, "visitor", day.on)
        if not day.school or chance.randrange(100) >= VISITS_IN_A_HUNDRED:
            return
        who, where, what = chance.choice(rounds("visitor")).split("; ")
        begins = datetime.combine(day.on, time(chance.randint(9, 13), chance.randrange(60)), LONDON)
        ends = begins + timedelta(minutes=chance.randint(10, 70))
        answers: Content = {
            "visitor": who,
            "organisation": where,
            "reason": what[0].upper() + what[1:],
            "identity": "checked",
            "met_children": "no",
            "left_at": f"{ends:%H:%M}",
        }
        shift = shift_of(self._home, EARLY, day.on, school=day.school)
        yield self._book.written(
            f"{day.on}-visitor", "visitor", shift.author, begins, answers, ends=ends
        )

    def _alarm(self, day: Day) -> Iterator[Written]:
        if day.on.weekday() != TUESDAY:
            return
        chance = dice(self._seed, self._home, "alarm", day.on)
        drill = day.week % WEEKS_BETWEEN_DRILLS == 1
        answers: Content = {"kind": "test", "zone": f"Call point {1 + day.week % 6}"}
        if drill:
            kids = [child for child in CHILDREN if child.home == self._home]
            answers = {
                "kind": "drill",
                "lasted": f"{chance.randint(1, 2)}:{chance.randrange(60):02}",
                "who_left": [{"id": one.key} for one in kids],
            }
        answers["deficient"] = "no"
        if day.week in {5, 10}:
            wrong, what = rounds("deficient")[day.week // 5 - 1].split("| ")
            remedy = {"what": what, "who": NAMES[TEAMS[self._home].manager]}
            remedy["by_when"] = (day.on + timedelta(days=10)).isoformat()
            answers |= {"deficient": "yes", "deficiency": wrong, "remedy": [remedy]}
        begins = datetime.combine(day.on, time(17, 30) if drill else time(10, 30), LONDON)
        name = LATE if drill else EARLY
        author = shift_of(self._home, name, day.on, school=day.school).author
        key = f"{day.on}-alarm"
        yield self._book.written(key, "fire_drill", author, begins, answers)
        if "remedy" in answers:
            mended = datetime.combine(day.on + timedelta(days=6), time(14, 45), LONDON)
            yield self._book.written(
                f"{key}-mended", "action_done", TEAMS[self._home].manager, mended,
                {"became": "done"}, follows=(f"{self._home}-{key}", "remedy-1"),
            )  # fmt: skip

    def _message(self, day: Day) -> Iterator[Written]:
        if day.on.weekday() != THURSDAY:
            return
        messages = rounds("message")
        about, text = messages[(day.on.toordinal() // 7 + len(self._home)) % len(messages)].split(
            "| "
        )
        begins = datetime.combine(day.on, time(14, 50), LONDON)
        author = shift_of(self._home, LATE, day.on, school=day.school).author
        yield self._book.written(
            f"{day.on}-message", "communication", author, begins, {"about": about},
            statements=[statement(text)],
        )  # fmt: skip

    def _independent(self, day: Day) -> Iterator[Written]:
        """Return the visit of the independent person, once a month, and the report of it."""
        manager = TEAMS[self._home].manager
        if day.on.weekday() == WEDNESDAY and day.on.day in range(8, 15):  # the second of the month
            begins = datetime.combine(day.on, time(13, 30), LONDON)
            answers: Content = {
                "visitor": "Honor Castellane",
                "announced": "no",
                "spoke_with": ["children", "workers"],
                "case_records": "no",
                "said_then": rounds("independent")[day.on.month % 3],
            }
            yield self._book.written(
                f"{day.on}-independent", "independent_visit", manager, begins, answers,
                ends=begins + timedelta(hours=3),
                statements=[statement(rounds("looked_at")[day.on.month % 2])],
            )  # fmt: skip
        visited = day.on - timedelta(days=12)
        if visited.weekday() == WEDNESDAY and visited.day in range(8, 15):
            begins = datetime.combine(day.on, time(11, 0), LONDON)
            yield self._book.written(
                f"{visited}-report", "independent_report", manager, begins,
                {"sent_on": day.on.isoformat()},
                statements=[statement("The report is here, and nobody has altered it.")],
                follows=(f"{self._home}-{visited}-independent", ""),
            )  # fmt: skip

    def _roster(self, day: Day, kind: str, monday: date) -> Written:
        shifts = []
        for ahead in range(7):
            on = monday + timedelta(days=ahead)
            for name in (EARLY, LATE, NIGHT):
                shift = shift_of(self._home, name, on, school=is_school_day(on))
                shifts += [_worked(shift, one) for one in (shift.author, shift.second) if one]
        answers: Content = {"week_of": monday.isoformat(), "shifts": shifts}
        begins = datetime.combine(day.on, time(9, 5 if kind == "planned" else 20), LONDON)
        manager = TEAMS[self._home].manager
        return self._book.written(
            f"{day.on}-roster-{kind}", f"roster_{kind}", manager, begins, answers
        )

    def _petty_cash(self, day: Day) -> Written:
        spent = dice(self._seed, self._home, "cash", day.on).randint(2_000, 9_000)
        self._cash = FLOAT - spent
        answers: Content = {
            "kind": "counted",
            "account": "Petty cash",
            "balance": f"{self._cash // 100}.{self._cash % 100:02}",
            "voucher": "Receipts of the week in the blue envelope",
        }
        begins = datetime.combine(day.on, time(14, 20), LONDON)
        manager = TEAMS[self._home].manager
        return self._book.written(f"{day.on}-cash", "account", manager, begins, answers)


def _worked(shift: Shift, who: str) -> dict[str, str]:
    return {
        "who": NAMES[who],
        "day": shift.on.isoformat(),
        "begins": f"{shift.begins_at:%H:%M}",
        "ends": f"{ENDS[shift.name]:%H:%M}",
        "part": role_of(who),
    }
