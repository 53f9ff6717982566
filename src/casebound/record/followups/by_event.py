"""What an event starts: a home opens, a child comes, moves on, or their birth is stated."""

from datetime import date, datetime

from casebound.foundation.base.calendar import months_after, start_of
from casebound.foundation.base.times import instant
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import Ended, close_in_book, open_duty
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.entries import (
    BirthStated,
    ChildAdmitted,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
)
from casebound.people.homes.reads import home_as_projected, home_of_child_as_projected
from casebound.record.followups.duties import BIRTH, kind_of
from casebound.rulebook.clocks.clocks import clocks, started_by_fact
from casebound.rulebook.clocks.shape import Clock, From

BIRTHDAYS = tuple(clock for clock in clocks() if clock.starts and clock.starts[0].age)


def home_opened(entry: ReadEntry, fact: HomeOpened, rows: Rows) -> None:
    """Begin the home's year (regs 44 to 46). The provider's office is no home."""
    if not fact.is_office:
        _by_fact(entry, fact.kind, fact.home_id, entry.signed_at, rows)


def child_came(entry: ReadEntry, fact: ChildAdmitted | PlacementBegun, rows: Rows) -> None:
    """Ask for the notice of an admission, the first or a further one (reg 41).

    However long ago it was: the notice says when it was given.
    """
    _by_fact(entry, fact.kind, fact.home_id, instant(fact.from_at), rows)
    if isinstance(fact, ChildAdmitted):
        _born(entry, fact.home_id, fact.born_on, sure=not fact.birth, rows=rows)
        if fact.birth:
            _establish_birth(entry, fact.home_id, rows)


def birth_stated(entry: ReadEntry, fact: BirthStated, rows: Rows) -> None:
    """End the wait for a date of birth, or begin it again if it is still not sure."""
    book = next(iter(entry.pages))
    home = home_of_child_as_projected(book, rows)
    close_in_book(rows, BIRTH.key, book=book, by=entry)
    for birthday in BIRTHDAYS:
        close_in_book(rows, birthday.key, book=book, by=entry, how=Ended.CORRECTED)
    sure = fact.birth == BirthKnown.EXACT
    _born(entry, home, fact.born_on, sure=sure, rows=rows)
    if not sure:
        _establish_birth(entry, home, rows)


def _born(entry: ReadEntry, home: str, born_on: str | None, *, sure: bool, rows: Rows) -> None:
    """Ask for what the law changes with a birthday that is still to come."""
    if not sure or born_on is None:
        return
    for birthday in BIRTHDAYS:
        day = months_after(date.fromisoformat(born_on), 12 * birthday.starts[0].age)
        since = start_of(day)
        if since > entry.signed_at:
            _open_by_fact(entry, birthday, home, since=since, due=birthday.due(since), rows=rows)


def _establish_birth(entry: ReadEntry, home: str, rows: Rows) -> None:
    """Ask for the date of birth of a child where it is not sure (Sch 3 para 2)."""
    since = entry.signed_at
    _open_by_fact(entry, BIRTH, home, since=since, due=BIRTH.due(since), rows=rows)


def placement_ended(entry: ReadEntry, fact: PlacementEnded, rows: Rows) -> None:
    """Ask for the notice that a child moved on (reg 41); a birthday is another home's then."""
    home = home_as_projected(fact.placement_id, rows)
    for birthday in BIRTHDAYS:
        for book in entry.pages:
            close_in_book(rows, birthday.key, book=book, by=entry, how=Ended.UNASKED)
    _by_fact(entry, fact.kind, home, instant(fact.to_at), rows)


def _by_fact(entry: ReadEntry, kind: str, home: str, happened: datetime, rows: Rows) -> None:
    """Open the duties of an event, from its own time or its signature as the table says."""
    for clock, start in started_by_fact(kind, since=happened):
        since = entry.signed_at if start.since is From.SIGNED else happened
        if start.since is not From.BIRTHDAY:
            due = clock.due(since, start=start)
            _open_by_fact(entry, clock, home, since=since, due=due, rows=rows)


def _open_by_fact(
    entry: ReadEntry, clock: Clock, home: str, *, since: datetime, due: datetime, rows: Rows
) -> None:
    open_duty(
        rows,
        kind_of(clock),
        about=entry,
        book=next(iter(entry.pages)),
        home=home,
        managers=True,
        since=since,
        due=due,
        goal=clock.goal(since),
    )
