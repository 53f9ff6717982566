"""What an entry starts, by the table of clocks or by the home's own numbers."""

from collections.abc import Iterator
from datetime import datetime

from casebound.foundation.base.ids import is_id
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import (
    WHOLE,
    Subject,
    SubjectKind,
    close_duty,
    is_overtaken,
    open_duty,
)
from casebound.people.restricted.entries import NO_MATTER, Matter, matter_as_projected
from casebound.record.book.entries import Entry
from casebound.record.book.separating import first_book
from casebound.record.followups.duties import Started, kind_of, started
from casebound.record.followups.ending import apart
from casebound.record.followups.models import LocalNumber
from casebound.record.followups.rules import actions_in, people_in
from casebound.record.followups.told import asked_in, book_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import is_for_managers
from casebound.rulebook.clocks.shape import AssignedTo, Clock, Each, Limit, Within

_MANAGERS = frozenset({AssignedTo.MANAGERS, AssignedTo.AUTHOR_AND_MANAGERS})


def set_numbers(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Keep the numbers that a home set, where no rule gives one."""
    for name, count in fact.answers.items():
        if isinstance(count, int) and not isinstance(count, bool):
            key = name.replace("_", "/", 1)
            rows.add(
                LocalNumber,
                id=f"{entry.entry_id}#{key}",
                leaf=entry.index,
                home_id=fact.home_id,
                key=key,
                count=count,
            )


def _due(clock: Clock, start: Started, home: str, rows: Rows) -> datetime:
    """Return when it is due: the day it names, the home's own number, or as the table says."""
    if start.until is not None:
        return start.until
    if clock.local and start.start.limit is None:
        numbers = rows.find(LocalNumber, home_id=home, key=clock.key)
        if numbers:
            newest = max(numbers, key=lambda row: row.leaf)
            return Limit(clock.limit.unit, newest.count).due(start.since)
    return start.due


def start_duties_of(entry: ReadEntry, fact: Entry, root: int | None, rows: Rows) -> None:
    """Open the duties that an entry starts. Those it is about have no part in them."""
    begun = list(started(fact, signed_at=entry.signed_at))
    about = matter_as_projected(entry.index, rows) if begun else NO_MATTER
    for start in begun:
        if start.start.tracked:
            _open_actions(entry, fact, start, root=root, rows=rows, about=about)
            continue
        if start.start.originator:
            for asked in asked_in(fact.content):
                _open(
                    entry, fact, start, book=book_of(asked, entry, fact), subject=asked.subject,
                    root=root, rows=rows, assigned_to=asked.worker,
                )  # fmt: skip
            continue
        for book, subject in _each(start.clock, entry, fact):
            _open(entry, fact, start, book=book, subject=subject, root=root, rows=rows, about=about)


def _each(clock: Clock, entry: ReadEntry, fact: Entry) -> Iterator[tuple[str, Subject]]:
    """Yield the book and the person of each duty that a clock opens."""
    first = first_book(entry, fact)
    if clock.each in {Each.USERS, Each.READERS}:
        for person in people_in(fact.answers.get(clock.each.value)):
            # A person without an account cannot do a duty here, so none is opened for them.
            if clock.assigned_to is not AssignedTo.EACH or is_id(person.id):
                yield first, Subject(SubjectKind.PERSON, person.id, person.name)
    elif clock.each is Each.CHILDREN:
        for book in entry.pages:
            yield book, Subject(SubjectKind.CHILD, book) if len(entry.pages) > 1 else WHOLE
    elif clock.within is Within.BOOK and clock.apart:
        for book in entry.pages:
            yield book, apart(clock, fact)
    else:
        yield first, WHOLE


def _open(
    entry: ReadEntry,
    fact: Entry,
    start: Started,
    *,
    book: str,
    subject: Subject,
    root: int | None,
    rows: Rows,
    assigned_to: str = "",
    about: Matter = NO_MATTER,
) -> None:
    clock = start.clock
    in_turn = clock.within is Within.BOOK and not subject.id
    if in_turn and is_overtaken(rows, clock.key, book=book, since=start.since):
        return
    users = people_in(fact.answers.get(clock.barred)) if clock.barred else []
    barred = (person.id for person in users if is_id(person.id))
    kind = kind_of(clock, subject.name)
    open_duty(
        rows,
        kind,
        about=entry,
        book=book,
        home=fact.home_id,
        assigned_to=assigned_to
        or (subject.id if clock.assigned_to is AssignedTo.EACH else _worker(clock, fact)),
        managers=clock.assigned_to in _MANAGERS,
        above=about.of_managers,
        barred=(*barred, *about.workers),
        subject=subject,
        since=start.since,
        due=_due(clock, start, fact.home_id, rows),
        goal=clock.goal(start.since),
        root=root,
    )
    if clock.record:
        close_duty(rows, kind, about=entry.index, by=entry, subject=subject)


def _worker(clock: Clock, fact: Entry) -> str:
    is_author = clock.assigned_to in {AssignedTo.AUTHOR, AssignedTo.AUTHOR_AND_MANAGERS}
    return fact.author.id if is_author else ""


def _open_actions(
    entry: ReadEntry,
    fact: Entry,
    tracked: Started,
    *,
    root: int | None,
    rows: Rows,
    about: Matter,
) -> None:
    form = catalogue.form(fact.form, fact.form_version)
    without_a_day = tracked.clock.due(entry.signed_at, start=tracked.start)
    for action in actions_in(form, fact.answers, without_a_day=without_a_day):
        open_duty(
            rows,
            kind_of(tracked.clock, action.what),
            about=entry,
            book=first_book(entry, fact),
            home=fact.home_id,
            assigned_to=action.who_id or fact.author.id,
            # A colleague may not be able to read what asks it of them.
            managers=is_for_managers(form),
            above=about.of_managers,
            subject=Subject(SubjectKind.ACTION, action.key, action.what),
            since=entry.signed_at,
            due=action.due,
            root=root,
        )
