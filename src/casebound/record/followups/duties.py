"""Which clocks an entry starts, and from when. The table of clocks says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from casebound.people.duties.entries import DutyKind
from casebound.record.book.entries import Entry
from casebound.record.followups.rules import began, day_end
from casebound.record.followups.told import asked_in
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.clocks.clocks import clock, started_by
from casebound.rulebook.clocks.shape import Clock, Start

BIRTH = clock("birth/establish")  # the date of birth is not sure
AGREE = clock("withdrawn/agree")  # somebody agrees that an entry was rightly withdrawn
ORIGINATOR = clock("originator/read")  # who told what is written reads it (P28)
CONCERN = clock("prohibited/concern")  # a measure that is never allowed raises a concern


@dataclass(frozen=True, slots=True)
class Started:
    """A clock that an entry starts, and from when it runs."""

    clock: Clock
    start: Start
    since: datetime
    until: datetime | None = None

    @property
    def due(self) -> datetime:
        """When it is due: the day or the moment the entry names, or as the table counts."""
        return self.until or self.clock.due(self.since, start=self.start)


def started(fact: Entry, *, signed_at: datetime) -> Iterator[Started]:
    """Yield the clocks that an entry starts, in the order of the table. No query."""
    for started_clock, start in started_by(fact.form, fact.answers):
        if not _has_what_it_asks(start, fact):
            continue
        since = began(
            start,
            happened_from=fact.happened_from,
            happened_to=fact.happened_to,
            signed_at=signed_at,
            answers=fact.answers,
        )
        if since is None or not started_clock.holds_at(since):
            continue
        until = day_end(fact.answers.get(start.until)) if start.until else None
        if start.until and (until is None or (start.if_ahead and until <= signed_at)):
            continue
        yield Started(started_clock, start, since, until)


def kind_of(of: Clock, who: str = "") -> DutyKind:
    """Return the duty that a clock opens, with the name `who` in its words."""
    return DutyKind(
        key=of.key,
        what=of.what.replace("{who}", who),
        rule=of.rule,
        form=of.next_form,
        without_delay=of.without_delay,
    )


def _has_what_it_asks(start: Start, fact: Entry) -> bool:
    if start.prohibited:
        return _can_be_prohibited(fact.form, fact.form_version) and bool(
            catalogue.form(fact.form, fact.form_version).prohibited(fact.answers, secure=True)
        )
    if start.tracked:
        return bool(_tracked(fact.form, fact.form_version) & fact.answers.keys())
    return not start.originator or any(asked_in(fact.content))


@cache
def _can_be_prohibited(form: str, version: int) -> bool:
    fields = catalogue.form(form, version).fields
    return any(choice.prohibited for field in fields for choice in field.choices)


@cache
def _tracked(form: str, version: int) -> frozenset[str]:
    return frozenset(field.name for field in catalogue.form(form, version).fields if field.tracked)
