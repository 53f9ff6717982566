"""The shape of a clock: a clock is data, and this is what the data says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from casebound.foundation.base import calendar
from casebound.foundation.proof.canonical import Json

ANY: Final = "*"


class Unit(StrEnum):
    """How a limit is counted."""

    HOURS = "hours"  # instants apart
    DAYS = "days"  # of the calendar, ending at the same time of day
    WORKING_DAYS = "working_days"  # of England, to the end of the last
    MONTHS = "months"  # to the end of the same day of the month, or the last of a shorter one
    END_OF_DAY = "end_of_day"  # of the day, so many days later
    END_OF_MONTH = "end_of_month"  # of the month, so many months later
    END_OF_YEAR = "end_of_year"  # of the calendar year, so many years later


class AssignedTo(StrEnum):
    """Who the duty that a clock opens is assigned to."""

    AUTHOR = "author"
    MANAGERS = "managers"
    AUTHOR_AND_MANAGERS = "author_and_managers"
    ORIGINATOR = "originator"
    EACH = "each"  # of those it runs for
    NAMED = "named"  # the person the action names, else the author


class Each(StrEnum):
    """The people a clock runs for, each on their own."""

    USERS = "users"
    READERS = "readers"
    CHILDREN = "children"


class Within(StrEnum):
    """Which entry ends a clock: one that follows, or the next of its form in the book."""

    ENTRY = "entry"
    BOOK = "book"


class From(StrEnum):
    """From when a clock runs."""

    START = "start"
    END = "end"
    SIGNED = "signed"
    ANSWER = "answer"
    BIRTHDAY = "birthday"  # of a child whose date of birth is sure


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit."""

    unit: Unit
    count: int

    def due(self, since: datetime) -> datetime:
        """Return the last moment in time, aware UTC.

        Raises:
            ValueError: `since` has no time zone.
        """
        return _COUNTED[self.unit](since, self.count)

    @property
    def span(self) -> timedelta:
        """The same length whenever it begins, which only hours have.

        Raises:
            ValueError: it is counted in days, months or years.
        """
        if self.unit is not Unit.HOURS:
            raise ValueError(f"{self.unit} differ in length")
        return timedelta(hours=self.count)


_COUNTED: Final[Mapping[Unit, Callable[[datetime, int], datetime]]] = {
    Unit.HOURS: calendar.hours_after,
    Unit.DAYS: calendar.days_after,
    Unit.WORKING_DAYS: lambda since, count: calendar.end_of(
        calendar.working_days_after(calendar.day_of(since), count)
    ),
    Unit.MONTHS: lambda since, count: calendar.end_of(
        calendar.months_after(calendar.day_of(since), count)
    ),
    Unit.END_OF_DAY: lambda since, count: calendar.end_of(
        calendar.day_of(since) + count * calendar.A_DAY
    ),
    Unit.END_OF_MONTH: lambda since, count: calendar.end_of(
        calendar.end_of_month(calendar.day_of(since), later=count)
    ),
    Unit.END_OF_YEAR: lambda since, count: calendar.end_of(
        calendar.end_of_year(calendar.day_of(since), later=count)
    ),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """The sealed answer to `field` is, or includes, one of `values`."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, Json]) -> bool:
        """Say whether it does."""
        answer = answers.get(self.field)
        if isinstance(answer, bool):
            return ("yes" if answer else "no") in self.values
        if isinstance(answer, list):
            return any(choice in self.values for choice in answer)
        return answer in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What sets a clock going."""

    forms: tuple[str, ...] = ()
    kind: str = ""  # of an event that is sealed without a form, such as an admission
    since: From
    answer: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    prohibited: bool = False  # only where an answer is a measure that is never allowed
    originator: bool = False  # only where a colleague told the author
    tracked: bool = False  # once for each action that was agreed
    without: str = ""  # only where this answer is not given: it would start the clock itself
    until: str = ""  # the answer with the day or the moment it is due, instead of a limit
    if_ahead: bool = False  # only if that is still to come when the entry is signed
    age: int = 0  # which birthday
    limit: Limit | None = None  # instead of the clock's own

    def holds(self, form: str, answers: Mapping[str, Json]) -> bool:
        """Say whether an entry on a form with these answers sets the clock going.

        What is prohibited, who told and which actions there are, the caller knows.
        """
        return (
            (form in self.forms or ANY in self.forms)
            and (self.when is None or self.when.holds(answers))
            and (self.unless is None or not self.unless.holds(answers))
            and not (self.without and answers.get(self.without))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What ends a clock: an entry on a form, with an answer if the rule wants one."""

    form: str
    when: Condition | None = None
    unless: Condition | None = None
    named: bool = False  # only an entry that was begun for this very duty
    every: bool = False  # an entry that was begun for another duty ends it too
    by_originator: bool = False
    unasked: bool = False  # it says why the person who is asked cannot be
    view: bool = False  # it adds to the entry, or corrects it, with the child's view
    same_event: bool = False  # it tells of the same event, so it begins with its time and place
    fills: Mapping[str, str] = field(default_factory=dict)  # answers it begins with
    done: From = From.END  # when it was done: by its event, its signature, or an answer
    answer: str = ""

    def holds(self, form: str, answers: Mapping[str, Json]) -> bool:
        """Say whether an entry on a form with these answers ends the clock."""
        return (
            form == self.form
            and (self.when is None or self.when.holds(answers))
            and (self.unless is None or not self.unless.holds(answers))
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example in London's time: from, due, and the goal if there is one."""

    since: datetime
    due: datetime
    goal: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock of the rules."""

    key: str
    what: str
    rule: str
    source: str
    assigned_to: AssignedTo
    limit: Limit
    goal_hours: int = 0
    without_delay: bool = False
    record: bool = False
    local: bool = False  # no rule gives the number
    barred: str = ""  # the answer that names those who may not do it
    each: Each | None = None
    state: tuple[str, ...] = ()  # of the entry it is about: done, not done, counted, unasked
    within: Within = Within.ENTRY
    early: bool = False  # within a book: what was done before it began ends it too
    apart: str = ""  # within a book: the answer that must be the same, such as the kind of meeting
    starts: tuple[Start, ...]
    ends: tuple[End, ...]
    examples: tuple[Example, ...]
    version: int = 1
    holds_from: datetime | None = None  # what begins before runs on the version before
    holds_until: datetime | None = None  # then the next version holds
    digest: str = ""  # of all but its words: a clock that was shipped is pinned by it

    def holds_at(self, since: datetime) -> bool:
        """Say whether this version of the clock counts what begins at `since`."""
        return (self.holds_from is None or self.holds_from <= since) and (
            self.holds_until is None or since < self.holds_until
        )

    def due(self, since: datetime, *, start: Start | None = None) -> datetime:
        """Return when the clock runs out that began at `since`."""
        return ((start and start.limit) or self.limit).due(since)

    def goal(self, since: datetime) -> datetime | None:
        """Return the moment to aim for, before the limit; None if the rules name none."""
        return calendar.hours_after(since, self.goal_hours) if self.goal_hours else None

    @property
    def next_form(self) -> str:
        """The form that ends it, to begin with one tap; empty if the entry itself does."""
        return self.ends[0].form if self.ends else ""
