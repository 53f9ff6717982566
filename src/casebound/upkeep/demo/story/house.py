"""What a home writes in its own book: handovers, rosters, and what comes round."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from casebound.upkeep.demo.story.lives import rounds
from casebound.upkeep.demo.story.pages import PlannedEntry, StoryWriter, WrittenPage
from casebound.upkeep.demo.story.people import WORKER_OF, person, role_of, workers_of
from casebound.upkeep.demo.story.rota import EARLY, ENDS, LATE, NIGHT, Shift, moment, shift_of
from casebound.upkeep.demo.story.rounds import comes_round
from casebound.upkeep.demo.story.seasons import MONDAY, Day
from casebound.upkeep.demo.story.statements import Content

HANDED_OVER_FOR: Final = 45  # days: since then handovers are written here


class House(StoryWriter):
    """Writes the book of one home."""

    def of(self, day: Day, *, last: date) -> Iterator[WrittenPage]:
        """Return what the home wrote on a day. `last` is the last day of the story."""
        if (last - day.on).days < HANDED_OVER_FOR:
            yield from self._handover(day)
        yield from comes_round(self, rounds().home, day, {"manager": person(self.home.manager)[0]})
        if day.on.weekday() == MONDAY:
            yield self._roster(day, "planned", day.on, "09:05")
            yield self._roster(day, "worked", day.on - timedelta(days=7), "09:20")

    def people(self, on: date) -> Iterator[WrittenPage]:
        """Return what the home wrote of its people when the forms came into use."""
        begins = moment(on, "09:30")
        for number, key in enumerate(workers_of(self.home.key)):
            worker = WORKER_OF[key]
            told = {"full_name": worker.full_name, "works_as": role_of(key), **worker.details}
            entry = PlannedEntry(begins + timedelta(minutes=7 * number), answers=told)
            yield self.write(f"worker-{key}", "worker_details", self.home.manager, entry)
        since = (on - timedelta(days=400)).isoformat()
        for number, told in enumerate(rounds().others):
            at = begins + timedelta(minutes=90 + number)
            entry = PlannedEntry(at, answers={**told, "from_on": since})
            yield self.write(f"other-{number}", "other_person", self.home.manager, entry)

    def _handover(self, day: Day) -> Iterator[WrittenPage]:
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
        yield self.write(key, "handover", late, PlannedEntry(begins, answers=answers), signed=700)
        read = begins + timedelta(minutes=chance.randint(15, 45))
        answers = {"understood": chance.choice(("yes", "yes", "asked")), "counted_again": "yes"}
        yield self.write(
            f"{key}-read", "handover_read", night, PlannedEntry(read, answers=answers),
            follows=(f"{self.key}-{key}", night),
        )  # fmt: skip

    def _roster(self, day: Day, kind: str, monday: date, clock: str) -> WrittenPage:
        shifts = [
            _worked(shift, worker)
            for ahead in range(7)
            for name in (EARLY, LATE, NIGHT)
            for shift in [shift_of(self.home.key, name, monday + timedelta(days=ahead))]
            for worker in shift.people
        ]
        entry = PlannedEntry(
            moment(day.on, clock), answers={"week_of": monday.isoformat(), "shifts": shifts}
        )
        return self.write(f"{day.on}-roster-{kind}", f"roster_{kind}", self.home.manager, entry)


def _worked(shift: Shift, worker: str) -> dict[str, str]:
    return {
        "who": WORKER_OF[worker].full_name,
        "day": shift.on.isoformat(),
        "begins": f"{shift.begins_at:%H:%M}",
        "ends": f"{ENDS[shift.name]:%H:%M}",
        "part": role_of(worker),
    }
