"""What a home writes in its own book: handovers, alarm tests, rosters, and what comes round."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from casebound.upkeep.demo.story.lives import rounds
from casebound.upkeep.demo.story.pages import Entry, Writer, Written
from casebound.upkeep.demo.story.people import CHILDREN, WORKER_OF, role_of, workers_of
from casebound.upkeep.demo.story.rota import EARLY, ENDS, LATE, NIGHT, Shift, moment, shift_of
from casebound.upkeep.demo.story.rounds import comes_round, pounds
from casebound.upkeep.demo.story.seasons import FRIDAY, MONDAY, TUESDAY, Day
from casebound.upkeep.demo.story.statements import Content

WEEKS_BETWEEN_DRILLS: Final = 4
FLOAT: Final = 15_000  # of the petty cash, in pence
HANDED_OVER_FOR: Final = 45  # days: since then handovers are written here


class House(Writer):
    """Writes the book of one home."""

    def of(self, day: Day, *, last: date) -> Iterator[Written]:
        """Return what the home wrote on a day. `last` is the last day of the story."""
        if (last - day.on).days < HANDED_OVER_FOR:
            yield from self._handover(day)
        yield from comes_round(self, rounds().home, day, {})
        if day.on.weekday() == TUESDAY:
            yield from self._alarm(day)
        if day.on.weekday() == MONDAY:
            yield self._roster(day, "planned", day.on, "09:05")
            yield self._roster(day, "worked", day.on - timedelta(days=7), "09:20")
        if day.on.weekday() == FRIDAY:
            yield self._petty_cash(day)

    def people(self, on: date) -> Iterator[Written]:
        """Return what the home wrote of its people when the forms came into use."""
        begins = moment(on, "09:30")
        for number, key in enumerate(workers_of(self.home.key)):
            worker, nights = WORKER_OF[key], key == self.home.nights
            answers = {
                "full_name": worker.full_name,
                "sex": worker.sex,
                "born_on": f"{1968 + 3 * number}-0{1 + number}-1{number}",
                "address": f"{10 + number} Weaver's Row, Tarnley, Wendleshire",
                "qualifications": "Level 3 diploma for residential childcare; references on file.",
                "works_as": role_of(key),
                "hours": "part_time" if nights else "full_time",
                "lives_here": "no",
            }
            if nights:
                answers["weekly_hours"] = "30"
            entry = Entry(begins + timedelta(minutes=7 * number), answers=answers)
            yield self.write(f"worker-{key}", "worker_details", self.home.manager, entry)
        since = (on - timedelta(days=400)).isoformat()
        for number, told in enumerate(rounds().others):
            entry = Entry(
                begins + timedelta(minutes=90 + number), answers={**told, "from_on": since}
            )
            yield self.write(f"other-{number}", "other_person", self.home.manager, entry)

    def _handover(self, day: Day) -> Iterator[Written]:
        late, night = (shift_of(self.home.key, name, day.on).author for name in (LATE, NIGHT))
        if late == night:
            return
        chance = self.dice("handover", day.on)
        begins = moment(day.on, "22:00")
        answers: Content = {
            "shift": "late",
            "readers": [{"id": night}],
            "counted": ["medicines", "keys", "money"],
            "count_right": "yes",
        }
        if chance.randrange(3) == 0:
            answers["expected"] = chance.choice(rounds().expected)
        key = f"{day.on}-handover"
        yield self.write(key, "handover", late, Entry(begins, answers=answers), signed=700)
        read = begins + timedelta(minutes=chance.randint(15, 45))
        answers = {"understood": chance.choice(("yes", "yes", "asked")), "counted_again": "yes"}
        yield self.write(
            f"{key}-read", "handover_read", night, Entry(read, answers=answers),
            follows=(f"{self.key}-{key}", night),
        )  # fmt: skip

    def _alarm(self, day: Day) -> Iterator[Written]:
        chance, manager = self.dice("alarm", day.on), self.home.manager
        drill = day.week % WEEKS_BETWEEN_DRILLS == 1
        answers: Content = {"kind": "test", "zone": f"Call point {1 + day.week % 6}"}
        if drill:
            answers = {
                "kind": "drill",
                "lasted": f"{chance.randint(1, 2)}:{chance.randrange(60):02}",
                "who_left": [{"id": child.key} for child in CHILDREN if child.home == self.key],
            }
        answers["deficient"] = "no"
        defect = next((defect for defect in rounds().defects if defect.week == day.week), None)
        if defect:
            remedy = {"what": defect.what, "who": WORKER_OF[manager].full_name}
            remedy["by_when"] = (day.on + timedelta(days=10)).isoformat()
            answers |= {"deficient": "yes", "deficiency": defect.wrong, "remedy": [remedy]}
        author = shift_of(self.home.key, LATE if drill else EARLY, day.on).author
        entry = Entry(moment(day.on, "17:30" if drill else "10:30"), answers=answers)
        key = f"{day.on}-alarm"
        yield self.write(key, "fire_drill", author, entry)
        if defect:
            done = Entry(moment(day.on + timedelta(days=6), "14:45"), answers={"became": "done"})
            yield self.write(
                f"{key}-mended", "action_done", manager, done,
                follows=(f"{self.key}-{key}", "remedy-1"),
            )  # fmt: skip

    def _roster(self, day: Day, kind: str, monday: date, clock: str) -> Written:
        shifts = [
            _worked(shift, worker)
            for ahead in range(7)
            for name in (EARLY, LATE, NIGHT)
            for shift in [shift_of(self.home.key, name, monday + timedelta(days=ahead))]
            for worker in shift.people
        ]
        entry = Entry(
            moment(day.on, clock), answers={"week_of": monday.isoformat(), "shifts": shifts}
        )
        return self.write(f"{day.on}-roster-{kind}", f"roster_{kind}", self.home.manager, entry)

    def _petty_cash(self, day: Day) -> Written:
        balance = FLOAT - self.dice("cash", day.on).randint(2_000, 9_000)
        answers = {
            "kind": "counted",
            "account": "Petty cash",
            "balance": pounds(balance),
            "voucher": "Receipts of the week in the blue envelope",
        }
        entry = Entry(moment(day.on, "14:20"), answers=answers)
        return self.write(f"{day.on}-cash", "account", self.home.manager, entry)


def _worked(shift: Shift, worker: str) -> dict[str, str]:
    return {
        "who": WORKER_OF[worker].full_name,
        "day": shift.on.isoformat(),
        "begins": f"{shift.begins_at:%H:%M}",
        "ends": f"{ENDS[shift.name]:%H:%M}",
        "part": role_of(worker),
    }
