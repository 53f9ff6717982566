"""The medicines of the story: courses with each dose written down, and what a label allows."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from casebound.upkeep.demo.story.lives import medicines
from casebound.upkeep.demo.story.lives.shapes import Course, DosedAtAge, Label, Prescribed
from casebound.upkeep.demo.story.pages import ChildWriter, PlannedEntry, WrittenPage
from casebound.upkeep.demo.story.people import PlannedChild, age_of
from casebound.upkeep.demo.story.rota import LATE, moment, shift_at, shift_of
from casebound.upkeep.demo.story.seasons import DAYS, Day

A_WEEK: Final = 7
CHECKED: Final = {"same": "yes"}


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

    def of(self, day: Day, *, first: bool) -> Iterator[WrittenPage]:
        """Return the doses of a day, and what was prescribed then, or before the `first` day."""
        for prescribed in medicines().prescribed:
            if prescribed.child != self.key:
                continue
            course = prescribed.course
            if (day.week, DAYS[day.on.weekday()]) == (course.week, course.day) if course else first:
                yield from self._prescribed(day, prescribed)
            if course:
                yield from self._doses(day, prescribed, course)

    def as_doses(self, pages: Iterable[WrittenPage]) -> Iterator[WrittenPage]:
        """Return pages with the prescription that each dose given at its time belongs to."""
        of = {told.medicine: told for told in medicines().prescribed if told.child == self.key}
        for page in pages:
            answers = page.content["answers"]
            if page.form == "medicine_given" and isinstance(answers, dict) and "due_at" in answers:
                on = datetime.fromisoformat(str(page.content["happened_from"])).date()
                due = moment(on, str(answers["due_at"]))
                yield replace(page, dose_of=(self._key_of(of[answers["medicine"]]), due))
            else:
                yield page

    def _key_of(self, prescribed: Prescribed) -> str:
        return f"{self.key}-prescribed-{prescribed.medicine.split()[0].lower()}"

    def _prescribed(self, day: Day, prescribed: Prescribed) -> Iterator[WrittenPage]:
        """Return the copy of a label, and that somebody else compared the two."""
        begins = moment(day.on, "15:00")
        shift = shift_of(self.home.key, LATE, day.on)
        other = next(
            worker
            for worker in (shift.second, self.home.manager)
            if worker and worker != shift.author
        )
        name, _, strength = prescribed.medicine.partition(" ")
        answers: dict[str, object] = {
            "medicine": name,
            "strength": strength,
            "dose": prescribed.dose,
            "given": "regular",
            **prescribed.told,
        }
        if prescribed.course:
            answers["ends_on"] = (day.on + timedelta(days=A_WEEK)).isoformat()
        copied = PlannedEntry(begins, answers=answers)
        key = self._key_of(prescribed).removeprefix(f"{self.key}-")
        yield self.write(key, "prescription", shift.author, copied, signed=400)
        checked = PlannedEntry(begins + timedelta(minutes=12), answers=CHECKED)
        yield self.write(
            f"{key}-checked", "prescription_checked", other, checked,
            follows=(self._key_of(prescribed), ""), signed=100,
        )  # fmt: skip

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
