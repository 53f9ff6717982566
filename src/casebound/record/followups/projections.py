"""Follow-ups, and the duties that entries open and end, by the table of clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.calendar import months_after, start_of
from casebound.foundation.base.ids import BookId, EntryId, is_id
from casebound.foundation.base.times import instant
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.duties.entries import (
    WHOLE,
    Ended,
    Subject,
    SubjectKind,
    close_about,
    close_duty,
    close_following,
    close_in_book,
    end_duties,
    is_overtaken,
    move_duty,
    open_duty,
)
from casebound.people.duties.reads import DutySeen, duties_as_projected, kept_from_as_projected
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.entries import (
    BirthStated,
    ChildAdmitted,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
)
from casebound.people.homes.reads import (
    home_as_projected,
    home_of_child_as_projected,
)
from casebound.record.book.asked import has_view
from casebound.record.book.entries import Entry, Reference, is_about, is_written
from casebound.record.book.relations import CORRECTION
from casebound.record.book.rules import OF_MANAGERS, ids_named, is_of_managers
from casebound.record.book.separating import first_book
from casebound.record.followups.duties import (
    AGREE,
    BIRTH,
    ORIGINATOR,
    Started,
    kind_of,
    started,
    withheld_until,
)
from casebound.record.followups.models import FollowUp, LocalNumber
from casebound.record.followups.relations import CONFIRMS, DISPUTES
from casebound.record.followups.rules import (
    ABOUT,
    actions_in,
    done_when,
    people_in,
)
from casebound.record.followups.standing import to_agree
from casebound.record.followups.told import asked_in, book_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.content import StatementContent
from casebound.rulebook.catalogue.registers import is_for_managers
from casebound.rulebook.clocks.clocks import TABLE, clocks, ended_by, started_by_fact
from casebound.rulebook.clocks.shape import AssignedTo, Clock, Each, End, From, Limit, Within

NUMBERS: Final = "concern_numbers"  # the form on which a home sets its own numbers
BIRTHDAYS = tuple(clock for clock in clocks() if clock.starts and clock.starts[0].age)
_MANAGERS = frozenset({AssignedTo.MANAGERS, AssignedTo.AUTHOR_AND_MANAGERS})


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a row for the entry it follows, end the duties it ends, and open those it starts."""
    followed = next(
        (reference for reference in fact.references if reference.relation.follows), None
    )
    root = _root(followed.index, rows) if followed else None
    if followed is not None and root is not None:
        _keep(entry, fact, followed, root, rows)
    if fact.form == NUMBERS:
        _set_numbers(entry, fact, rows)
    _end(entry, fact, followed, root, rows)
    _start(entry, fact, root, rows)
    _ask_no_more(entry, fact, rows)
    _ask_to_agree(entry, fact, rows)
    if followed is not None:
        _end_if_agreed(entry, fact, followed, rows)


def _root(leaf: int, rows: Rows) -> int:
    """Return the first entry of the chain that an entry is in: itself, if it follows none."""
    follow_up = rows.find(FollowUp, leaf=leaf)
    return int(follow_up[0].root_index) if follow_up else leaf


def _keep(entry: ReadEntry, fact: Entry, followed: Reference, root: int, rows: Rows) -> None:
    rows.add(
        FollowUp,
        leaf=entry.index,
        about_index=followed.index,
        root_index=root,
        form=fact.form,
        subject_kind=followed.subject.kind.value,
        subject_id=followed.subject.id[:80],
        subject_name=followed.subject.name[:120],
        author_id=fact.author.id,
        book_id=first_book(entry, fact),
        number=entry.pages[first_book(entry, fact)],
        signed_at=entry.signed_at,
        withdrawn=False,
    )


# Nobody confirms what was withdrawn. Any other duty of it stays due until somebody else agrees


def _ask_no_more(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """End the questions to those who told what is withdrawn.

    A statement that still stands in another child's book is asked about there.
    """
    for withdrawal in fact.withdraws(entry):
        for duty in _asked_about(ORIGINATOR, withdrawal.leaf, rows):
            if duty.book != withdrawal.book:
                continue
            leaf, subject = withdrawal.leaf, duty.subject
            elsewhere = _stands_elsewhere(withdrawal, subject)
            if elsewhere is None:
                how = Ended(withdrawal.status)
                close_about(rows, duty.key, about=leaf, by=entry, subject=subject, how=how)
            else:
                book, number = elsewhere
                move_duty(rows, duty.key, about=leaf, subject=subject, book=book, number=number)


def _stands_elsewhere(withdrawal: Withdrawal, subject: Subject) -> tuple[str, int] | None:
    """Return another book that shows the statement, and the page of its entry there."""
    withdrawn = entry_of(withdrawal.entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return None
    statements = Entry.read(withdrawn).content.statements
    told = statements[int(subject.id) - 1] if subject != WHOLE else StatementContent()
    return next(
        (
            (book, number)
            for book, number in withdrawn.pages.items()
            if book not in withdrawal.by.pages and is_about(told, book)
        ),
        None,
    )


def _ask_to_agree(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Open the duty to agree: a strike asks for it, or what is struck still asks for something."""
    for reference in to_agree(fact):
        for book in entry.pages:
            asks = reference.relation.proposes is not None
            if not asks and not _asks_still(reference.index, book, rows):
                continue
            open_duty(
                rows,
                kind_of(AGREE),
                about=entry,
                book=book,
                home=fact.home_id,
                managers=True,
                barred=(entry.signed_by, *_named_in(reference.entry_id)),
                subject=Subject(SubjectKind.CHILD, book) if len(entry.pages) > 1 else WHOLE,
                since=entry.signed_at,
                due=AGREE.due(entry.signed_at),
            )


def _asks_still(leaf: int, book: str, rows: Rows) -> bool:
    duties = duties_as_projected(leaf, rows)
    return any(duty.book == book and duty.ended is None for duty in duties)


def _named_in(entry_id: EntryId) -> list[str]:
    withdrawn = entry_of(entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return []
    return sorted(worker for worker in ids_named(Entry.read(withdrawn)) if is_id(worker))


def _end_if_agreed(entry: ReadEntry, fact: Entry, followed: Reference, rows: Rows) -> None:
    """End the duties of a withdrawn entry, once somebody agreed that withdrawing it was right.

    The agreement withdraws it itself, if it was only asked for.
    """
    if not any(end.holds(fact.form, fact.answers) for end in AGREE.ends):
        return
    withdrawing = entry_of(followed.entry_id)
    if withdrawing is None or not is_written(withdrawing):
        return
    asked = Entry.read(withdrawing).withdraws(withdrawing)
    for withdrawal in (*asked, *fact.withdraws(entry)):
        if withdrawal.book in entry.pages:
            how = Ended(withdrawal.status)
            end_duties(rows, about=withdrawal.leaf, book=withdrawal.book, by=entry, how=how)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Mark a withdrawn follow-up, so that it no longer counts as written; forget its numbers."""
    rows.remove(LocalNumber, leaf=withdrawal.leaf)
    key = {"leaf": withdrawal.leaf, "book_id": withdrawal.book}
    rows.change(FollowUp, key, withdrawn=True)


# What an entry ends


def _end(
    entry: ReadEntry, fact: Entry, followed: Reference | None, root: int | None, rows: Rows
) -> None:
    for clock, end in ended_by(fact.form, fact.answers, at=entry.signed_at):
        done_at = _done_at(end, entry, fact)
        if clock.within is Within.BOOK:
            subject = _apart(clock, fact) if end.form in _starting_forms(clock) else WHOLE
            for book in entry.pages:
                close_in_book(
                    rows, clock.key, book=book, by=entry, subject=subject, done_at=done_at,
                    early=clock.early,
                )  # fmt: skip
        elif end.by_originator:
            _confirmed(entry, fact, clock, rows)
        elif end.view:
            _view_added(entry, fact, clock, rows)
        elif clock.assigned_to is AssignedTo.ORIGINATOR and followed is not None:
            close_about(
                rows, clock.key, about=followed.index, by=entry, subject=followed.subject,
                how=Ended.UNASKED,
            )  # fmt: skip
        elif followed is not None and root is not None:
            _end_in_chain(
                clock, end, followed.subject, root=root, by=entry, rows=rows, done_at=done_at
            )


def _end_in_chain(
    clock: Clock,
    end: End,
    begun_for: Subject,
    *,
    root: int,
    by: ReadEntry,
    rows: Rows,
    done_at: datetime,
) -> None:
    """End the duties of a clock in a chain of entries.

    Where one form ends several clocks, the follow-up names the one it was begun for. That does not
    count where its answers say which clocks it ends, or where it ends them all.
    """
    if end.named:
        if begun_for.kind is SubjectKind.ACTION:
            close_following(rows, clock.key, root=root, by=by, subject=begun_for, done_at=done_at)
        return
    told_by_answers = end.every or (end.when is not None and begun_for.kind in _NAMES_A_DUTY)
    if begun_for.kind is not SubjectKind.CLOCK and not told_by_answers:
        how = Ended.UNASKED if end.unasked else Ended.DONE
        close_following(
            rows, clock.key, root=root, by=by, subject=begun_for, how=how, done_at=done_at
        )
    elif told_by_answers or begun_for.id == clock.key:
        close_following(rows, clock.key, root=root, by=by, done_at=done_at)


_NAMES_A_DUTY = frozenset({SubjectKind.CLOCK, SubjectKind.ACTION})


def _done_at(end: End, entry: ReadEntry, fact: Entry) -> datetime:
    return done_when(
        end,
        happened_from=fact.happened_from,
        happened_to=fact.happened_to,
        signed_at=entry.signed_at,
        answers=fact.answers,
    )


def _apart(clock: Clock, fact: Entry) -> Subject:
    """Return what keeps this duty apart from others of its clock in a book: a kind of meeting."""
    answer = fact.answers.get(clock.apart) if clock.apart else None
    return Subject(SubjectKind.KIND, answer) if isinstance(answer, str) else WHOLE


def _starting_forms(clock: Clock) -> set[str]:
    return {form for start in clock.starts for form in start.forms}


def _confirmed(entry: ReadEntry, fact: Entry, clock: Clock, rows: Rows) -> None:
    """End what the signer was asked, if they told what they confirm, dispute or correct."""
    for reference in fact.references:
        how = _ANSWERED.get(reference.relation)
        told = entry_of(reference.entry_id) if how else None
        if how is None or told is None or not is_written(told):
            continue
        for asked in asked_in(Entry.read(told).content):
            if asked.worker == entry.signed_by and reference.subject in {WHOLE, asked.subject}:
                close_about(
                    rows, clock.key, about=reference.index, by=entry, subject=asked.subject,
                    assigned_to=asked.worker, how=how,
                )  # fmt: skip


_ANSWERED = {CONFIRMS: Ended.DONE, DISPUTES: Ended.DISPUTED, CORRECTION: Ended.CORRECTED}


def _view_added(entry: ReadEntry, fact: Entry, clock: Clock, rows: Rows) -> None:
    """End the wait for a child's view that is added to the entry, in the book of each child."""
    for reference in fact.references:
        if not reference.relation.puts_right:
            continue
        for duty in _asked_about(clock, reference.index, rows):
            if duty.book in entry.pages and has_view(fact, BookId(duty.book)):
                close_about(rows, clock.key, about=reference.index, by=entry, subject=duty.subject)


def _asked_about(clock: Clock, leaf: int, rows: Rows) -> list[DutySeen]:
    """Return the open duties of a clock about one entry."""
    duties = duties_as_projected(leaf, rows)
    return [duty for duty in duties if duty.key == clock.key and duty.ended is None]


# The numbers of a home, where no rule gives one


def _set_numbers(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
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


# What an entry starts


def _start(entry: ReadEntry, fact: Entry, root: int | None, rows: Rows) -> None:
    begun = list(started(fact, signed_at=entry.signed_at))
    about = _about(entry, fact, root, rows) if begun else NOBODY
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
        if start.start.withheld:
            _ask_of_withheld(entry, fact, start, root, rows)
            continue
        for book, subject in _each(start.clock, entry, fact):
            _open(entry, fact, start, book=book, subject=subject, root=root, rows=rows, about=about)


@dataclass(frozen=True, slots=True)
class SaidOf:
    """Who an allegation or a complaint is about, so that they have no part in what follows.

    Attributes:
        workers: ids of those it names.
        above: one of them answers for the home.
    """

    workers: tuple[str, ...] = ()
    above: bool = False


NOBODY = SaidOf()


def _about(entry: ReadEntry, fact: Entry, root: int | None, rows: Rows) -> SaidOf:
    """Return who an entry is about, or who the entry is about that began its chain."""
    people = [person.id for person in people_in(fact.answers.get(ABOUT)) if is_id(person.id)]
    if OF_MANAGERS in fact.answers or people:
        return SaidOf(tuple(people), is_of_managers(fact, at=entry.signed_at, rows=rows))
    if root is None:
        return NOBODY
    return SaidOf(*kept_from_as_projected(root, rows, keys=_ALWAYS_DUE))


# What every concern, and every complaint, asks for.
_ALWAYS_DUE = frozenset({"allegation/outcome", "complaint/answer"})


def _ask_of_withheld(
    entry: ReadEntry, fact: Entry, start: Started, root: int | None, rows: Rows
) -> None:
    """Ask whether each withheld statement is still to be, on the day its author named (P42)."""
    for number, until in withheld_until(fact):
        statement = fact.content.statements[number - 1]
        book = next((book for book in entry.pages if is_about(statement, BookId(book))), None)
        _open(
            entry, fact, replace(start, until=until), book=book or first_book(entry, fact),
            subject=Subject(SubjectKind.STATEMENT, str(number), str(number)), root=root, rows=rows,
        )  # fmt: skip


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
            yield book, _apart(clock, fact)
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
    about: SaidOf = NOBODY,
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
        above=about.above,
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
    about: SaidOf,
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
            above=about.above,
            subject=Subject(SubjectKind.ACTION, action.key, action.what),
            since=entry.signed_at,
            due=action.due,
            root=root,
        )


# What an event starts


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


PROJECTION = Projection(
    version=10,
    tables=(FollowUp, LocalNumber),
    on={
        Entry.kind: entry_sealed,
        HomeOpened.kind: home_opened,
        ChildAdmitted.kind: child_came,
        PlacementBegun.kind: child_came,
        PlacementEnded.kind: placement_ended,
        BirthStated.kind: birth_stated,
    },
    withdraw=withdraw,
    reads_rows_of=("homes",),
    writes_rows_of=("duties",),
    depends_on_files=(FORMS, TABLE),
)
