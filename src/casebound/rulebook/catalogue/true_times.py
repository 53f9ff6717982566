"""Times that can be true: which day or time of an answer cannot be, and why (P49).

A form says of each day and time what it tells of (`tense`: over, planned, or either) and what it
cannot be before or after. Nothing is deduced from the words of a question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import LONDON, clock, date_in_words, instant
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.setting import EarlierEntry, Setting
from casebound.rulebook.catalogue.shape import (
    CAME_ON,
    EARLIER,
    EVENT,
    TIMES,
    Field,
    FieldType,
    Form,
    Tense,
)

A_DAY: Final = timedelta(days=1)
NIGHT: Final = timedelta(hours=12)  # a time of day up to so long after the event is the next day's


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A day in London, and the instant where the time of day is known."""

    day: date
    instant: datetime | None = None

    @classmethod
    def at(cls, moment: datetime) -> "TimePoint":
        """Return the point of an instant. Typed times count in minutes, so seconds are dropped."""
        return cls(moment.astimezone(LONDON).date(), moment.replace(second=0, microsecond=0))

    def is_before(self, other: "TimePoint") -> bool:
        """Say whether it is certainly before the other: by the minute, or by the day."""
        if self.instant and other.instant:
            return self.instant < other.instant
        return self.day < other.day

    def in_words(self) -> str:
        """Write it as it stands in a sentence."""
        day = date_in_words(self.day)
        return f"{day}, {clock(self.instant)}" if self.instant else day


@dataclass(frozen=True, slots=True)
class Untrue:
    """A day or a time that cannot be: the control it stands in, and the sentence that says why."""

    control: str
    words: str


def untrue_event(form: Form, start: datetime, setting: Setting) -> Iterator[Untrue]:
    """Yield why an event cannot have begun then: before what its entry follows."""
    times = _Times(form, {}, TimePoint.at(start), setting)
    for name in form.not_before:
        before = times.point(name, {})
        if before is not None and TimePoint.at(start).is_before(before):
            words = gettext("This cannot have been before {what}, {when}. Check the date and time.")
            said = words.format(what=times.what(name, ()), when=before.in_words())
            yield Untrue(EVENT, said)


def untrue_answers(
    form: Form,
    answers: Sequence[tuple[Field, Json]],
    *,
    event: datetime | None,
    now: datetime,
    setting: Setting,
) -> Iterator[Untrue]:
    """Yield the days and times among sealed answers that cannot be, each with the reason.

    `answers` are those of the questions asked; `event` is when the event began, if it is known.
    """
    by_name = {field.name: answer for field, answer in answers}
    times = _Times(form, by_name, TimePoint.at(event) if event else None, setting)
    for field, answer in answers:
        control = f"answers-{field.name}"
        if field.type in TIMES:
            for words in times.wrong(field, answer, now, {}, ()):
                yield Untrue(control, f"“{field.label}”: {words}")
        elif field.type is FieldType.ROWS and isinstance(answer, list):
            for number, row in enumerate(answer, 1):
                for column in field.columns if isinstance(row, Mapping) else ():
                    for words in times.wrong(column, row.get(column.name), now, row, field.columns):
                        label = gettext("{label}, row {number}: {column}").format(
                            label=field.label, number=number, column=column.label
                        )
                        yield Untrue(f"{control}-{number}-{column.name}", f"“{label}”: {words}")


@dataclass(frozen=True, slots=True)
class _Times:
    """The times that an answer is compared with."""

    form: Form
    answers: Mapping[str, Json]
    event: TimePoint | None
    setting: Setting

    def wrong(
        self,
        field: Field,
        answer: Json,
        now: datetime,
        row: Mapping[str, Json],
        columns: tuple[Field, ...],
    ) -> Iterator[str]:
        """Yield what is wrong with the answer to one question, or in one column of a row."""
        point = self._answered(field, answer, row, columns)
        if point is None:
            return
        if field.tense is Tense.PAST and _is_ahead(point, now):
            yield gettext("this is in the future. Check the date and the time.")
            return
        before = [(EVENT, False)] if field.tense is Tense.FUTURE else []
        before += [(name, False) for name in field.not_before]
        for name, later in [*before, *((name, True) for name in field.not_after)]:
            other = self.point(name, row, columns)
            if other is None:
                continue
            if other.is_before(point) if later else point.is_before(other):
                words = (
                    gettext("this cannot be after {what}, {when}. Check both.")
                    if later
                    else gettext("this cannot be before {what}, {when}. Check both.")
                )
                yield words.format(what=self.what(name, columns), when=other.in_words())
                return  # one reason is enough to look at it again

    def point(
        self, name: str, row: Mapping[str, Json], columns: tuple[Field, ...] = ()
    ) -> TimePoint | None:
        """Return what a name stands for; None where nothing is known of it."""
        if name == EVENT:
            return self.event
        if name == CAME_ON:
            return TimePoint(self.setting.came_on) if self.setting.came_on else None
        if name == EARLIER or name.startswith(f"{EARLIER}."):
            return _earlier(self.setting.earlier, name.partition(".")[2])
        for column in columns:
            if column.name == name:
                return self._answered(column, row.get(name), row, columns)
        if name not in self.answers:
            return None
        return self._answered(self.form.field(name), self.answers[name], {}, ())

    def what(self, name: str, columns: tuple[Field, ...]) -> str:
        """Name in words what an answer is compared with."""
        earlier = self.setting.earlier
        if name == EVENT:
            return gettext("when it happened")
        if name == CAME_ON:
            return gettext("the day the child came to live here")
        if name == EARLIER and earlier:
            return gettext("“{title}”, which it follows").format(title=earlier.form.title)
        if name.startswith(f"{EARLIER}.") and earlier:
            return f"“{earlier.form.field(name.partition('.')[2]).label}”"
        labels = {field.name: field.label for field in (*self.form.fields, *columns)}
        return f"“{labels[name]}”"

    def _answered(
        self, field: Field, answer: Json, row: Mapping[str, Json], columns: tuple[Field, ...]
    ) -> TimePoint | None:
        if not isinstance(answer, str) or field.type not in TIMES:
            return None
        if field.type is FieldType.DATETIME:
            return TimePoint.at(instant(answer))
        if field.type is FieldType.DATE:
            return TimePoint(date.fromisoformat(answer))
        if field.day:
            return _on(self.point(field.day, row, columns), answer)
        # An end is the first such time after its beginning, a day later at most.
        since = [name for name in field.not_before if name != EVENT]
        base = next((self.point(name, row, columns) for name in since), None)
        return _after(base, answer, A_DAY) if base else _after(self.event, answer, NIGHT)


def _is_ahead(point: TimePoint, now: datetime) -> bool:
    if point.instant:
        return point.instant > now
    return point.day > now.astimezone(LONDON).date()


def _earlier(earlier: EarlierEntry | None, name: str) -> TimePoint | None:
    if earlier is None:
        return None
    if not name:
        return TimePoint.at(earlier.happened_from)
    answer = earlier.answers.get(name)
    if not isinstance(answer, str):
        return None
    return TimePoint.at(instant(answer)) if "T" in answer else TimePoint(date.fromisoformat(answer))


def _on(day: TimePoint | None, typed: str) -> TimePoint | None:
    return TimePoint.at(_instant(day.day, typed)) if day else None


def _after(base: TimePoint | None, typed: str, within: timedelta) -> TimePoint | None:
    """Return the first time of day so typed after `base`, the next morning's too.

    One that would be later than `within` is that of the same day, so before `base`.
    """
    if base is None:
        return None
    same = _instant(base.day, typed)
    if base.instant is None:
        return TimePoint.at(same)
    for later in (same, _instant(base.day, typed, fold=1), _instant(base.day + A_DAY, typed)):
        if base.instant <= later <= base.instant + within:
            return TimePoint.at(later)
    return TimePoint.at(same)


def _instant(day: date, typed: str, *, fold: int = 0) -> datetime:
    wall = datetime.combine(day, time.fromisoformat(typed), LONDON).replace(fold=fold)
    return wall.astimezone(UTC)
