"""The medicines of the story: courses with each dose written down, and what a label allows."""

from collections.abc import Iterator
from datetime import timedelta

from casebound.upkeep.demo.story.lives import medicines
from casebound.upkeep.demo.story.lives.shapes import Course, DosedAtAge, Label, Prescribed
from casebound.upkeep.demo.story.pages import ChildWriter, PlannedEntry, WrittenPage
from casebound.upkeep.demo.story.people import PlannedChild, age_of
from casebound.upkeep.demo.story.rota import moment, shift_at
from casebound.upkeep.demo.story.seasons import DAYS, Day

A_WEEK = 7


def remedy_for(child: PlannedChild) -> tuple[Label, DosedAtAge]:
    """Return what may be given to a child for a pain, and how much at that age."""
    age = age_of(child)
    return next(
        (label, dosed)
        for label in medicines().labels
        for dosed in label.ages
        if dosed.from_age <= age <= dosed.to_age
    )


class Courses(ChildWriter):
    """Writes down each dose of what a child was prescribed for a time."""

    def of(self, day: Day) -> Iterator[WrittenPage]:
        """Return the doses of a day."""
        for prescribed in medicines().prescribed:
            if prescribed.child == self.key and prescribed.course:
                yield from self._doses(day, prescribed, prescribed.course)

    def _doses(self, day: Day, prescribed: Prescribed, course: Course) -> Iterator[WrittenPage]:
        days_in = A_WEEK * (day.week - course.week) + day.on.weekday() - DAYS.index(course.day)
        before = course.at.index(course.first)  # doses of the first day that were not given
        for number, clock in enumerate(course.at, 1 + len(course.at) * days_in - before):
            if 1 <= number <= course.doses:
                yield self._dose(day, prescribed, course, number, clock)

    def _dose(
        self, day: Day, prescribed: Prescribed, course: Course, number: int, clock: str
    ) -> WrittenPage:
        begins = moment(day.on, clock) + timedelta(
            minutes=self.dice("dose", day.on).choice((-5, 0, 0, 5, 10))
        )
        declined = next((dose for dose in course.declined if dose.number == number), None)
        answers: dict[str, object] = {
            "medicine": prescribed.medicine,
            "dose": prescribed.dose,
            "taken": "declined" if declined else "taken",
            "due_at": clock,
        }
        ends = None
        if declined:
            answers["not_taken_why"] = declined.why
            ends = begins + timedelta(minutes=declined.minutes)
        author = shift_at(self.home.key, begins).author
        entry = PlannedEntry(begins, ends, answers=answers)
        key = f"{day.on}-{prescribed.medicine.split()[0].lower()}-{number}"
        return self.write(key, "medicine_given", author, entry, signed=80)
