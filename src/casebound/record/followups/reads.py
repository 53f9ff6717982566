"""What comes next after an entry, what is settled already, and who may do the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.duties.entries import WHOLE, Ended, Subject, SubjectKind
from casebound.people.duties.reads import DutySeen, duties_about, duties_as_projected
from casebound.people.homes.reads import workers_at
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import StatusSeen, may_read_words, status_of
from casebound.record.followups.duties import started
from casebound.record.followups.models import FollowUp
from casebound.record.followups.rules import (
    USERS,
    DoneAlreadyError,
    FollowedEntry,
    FollowUpWriter,
    ManagersOnlyError,
    NotByUserError,
    NothingToFollowError,
    check_may_write,
    people_in,
)
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError
from casebound.rulebook.catalogue.content import HowKnown, Person
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.clocks.clocks import clock, clocks
from casebound.rulebook.clocks.shape import Each, Within

AT_MOST = 100
_FALLEN = frozenset({Ended.STRUCK, Ended.MISFILED})


# How an entry stands


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an entry in one matter: in words, whether it is settled, and by which number.

    `settled` is None if nothing waits and nothing can be done.
    """

    words: str
    settled: bool | None
    number: int | None = None


def standing(entry: ReadEntry, fact: Entry, book: BookId, rows: Rows) -> list[Standing]:
    """Return the state of an entry in each matter, for a later room's projection. 0 or 1 query.

    Nothing in it depends on the clock. Only Shift and the desk say what is overdue.
    """
    matters = list(_told_by_others(fact))
    asks = any(start.clock.state for start in started(fact, signed_at=entry.signed_at))
    if not asks and not fact.withdraws(entry):
        return matters
    duties = [duty for duty in duties_as_projected(entry.index, rows) if duty.book == book]
    return matters + _stands(duties)


def _told_by_others(fact: Entry) -> Iterator[Standing]:
    content = fact.content
    if content.how_known is HowKnown.TOLD_BY and not content.originator_id:
        yield Standing("The person who told it cannot be asked here to confirm it", settled=None)


def _stands(duties: Iterable[DutySeen]) -> list[Standing]:
    matters = []
    order = {clock.key: place for place, clock in enumerate(clocks())}
    stand = [duty for duty in duties if duty.key in order and duty.ended not in _FALLEN]
    by_key = sorted(stand, key=lambda duty: order[duty.key])
    for key, group in groupby(by_key, key=lambda duty: duty.key):
        if state := clock(key).state:
            matters.append(_stands_in(list(group), state))
    return matters


def _stands_in(duties: Sequence[DutySeen], state: Sequence[str]) -> Standing:
    ended = [duty for duty in duties if duty.ended]
    settled = len(ended) == len(duties)
    last = ended[-1] if ended else None
    if len(duties) > 1 and len(state) > len(("done", "not done")):
        words = f"{len(ended)} of {len(duties)} {state[2]}"
    elif last is not None and last.ended is Ended.CORRECTED:
        words = "Corrected by its originator"
    else:
        words = state[0 if settled else 1].replace("{who}", duties[0].subject.name)
    if settled and last is not None and last.done_at is not None:
        words = f"{words}, {in_words(last.done_at)}"
    return Standing(words, settled, last.done_number if last and settled else None)


# What comes next


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that comes next, or came.

    Attributes:
        form: the form to begin it on, empty if it cannot be begun.
        subject: which of several things it is for; the begun draft carries it.
        duty: the duty that asks for it; None if it may be written and no duty asks.
        why_not: why this worker cannot write it, and who to ask; empty if they can.
        who: the name of the person who has to do it, or who did it.
    """

    what: str
    form: str
    subject: Subject
    duty: DutySeen | None
    why_not: str
    who: str


@dataclass(frozen=True, slots=True)
class Following:
    """What comes next after an entry, and what has been done."""

    next: Sequence[Step]
    done: Sequence[Step]


def what_follows(
    book: SeenBook,
    entry: ReadEntry,
    fact: Entry | None,
    *,
    at: datetime,
    status: StatusSeen | None = None,
) -> Following:
    """Return what comes next after an entry of the book. At most 7 queries, however much.

    After a withdrawn entry, it returns only what is still due, until somebody agrees. After an
    entry in the wrong book, it returns steps only to workers who may read its words.
    """
    if status is not None and not may_read_words(status, book):
        return Following((), ())
    duties = duties_about(entry.index, book=book.id, at=at)
    written = _written(entry.index) if fact is not None else []
    managers = managers_of(book, at=at) if duties else {}
    names = managers | full_names(
        {who for duty in duties for who in (duty.assigned_to, duty.done_by) if who}
    )
    open_duties = [duty for duty in duties if duty.ended is None]
    steps = [
        _step(book, duty, fact, open_duties=open_duties, names=names, managers=managers)
        for duty in open_duties
    ]
    covered = {duty.form for duty in duties}
    if fact is not None and status is None:
        earlier = earlier_of(fact, open_duties)
        steps += [
            Step(what=form.shown_as, form=form.name, subject=WHOLE, duty=None, why_not="", who="")
            for form in catalogue.following(fact.form)
            if form.name not in covered and may_begin(form, book, earlier, written)
        ]
    return Following(
        [step for step in steps if step.form or step.duty],
        [
            replace(
                _step(book, duty, fact, open_duties=open_duties, names=names, managers=managers),
                form="",
                who=names.get(duty.done_by, "") if duty.done_by else "",
            )
            for duty in duties
            if duty.ended is not None
        ],
    )


def earlier_of(fact: Entry, open_duties: Iterable[DutySeen]) -> FollowedEntry:
    """Return what the rules ask about an entry before somebody may follow it."""
    return FollowedEntry(
        users=frozenset(person.id for person in people_in(fact.answers.get(USERS))),
        originator=fact.content.originator_id,
        assigned_to=frozenset(duty.assigned_to for duty in open_duties if duty.assigned_to),
        asked=frozenset((duty.form, subject_of(duty)) for duty in open_duties),
        barred=frozenset(worker for duty in open_duties for worker in duty.barred_workers),
    )


def check_may_begin(
    form: Form,
    book: SeenBook,
    earlier: FollowedEntry,
    written: Iterable[FollowUp],
    subject: Subject = WHOLE,
) -> None:
    """Refuse a worker who may not write a follow-up, and a second follow-up where one is enough.

    It does not refuse a follow-up that a duty still asks for: after a record was put right,
    somebody checks it again.

    Raises:
        RefusedError: as `rules.check_may_write`.
        DoneAlreadyError: the follow-up is written already.
    """
    check_may_write(form, _writer(book), earlier)
    same = [follow_up for follow_up in written if follow_up.form == form.name]
    is_done = (
        bool(same)
        if form.once
        else any(
            (follow_up.subject_kind, follow_up.subject_id) == (subject.kind.value, subject.id)
            for follow_up in same
        )
    )
    if (form.once or form.once_each) and is_done and (form.name, subject) not in earlier.asked:
        raise DoneAlreadyError


def may_begin(
    form: Form,
    book: SeenBook,
    earlier: FollowedEntry,
    written: Iterable[FollowUp],
    subject: Subject = WHOLE,
) -> bool:
    """Say whether `check_may_begin` lets them."""
    try:
        check_may_begin(form, book, earlier, written, subject)
    except RefusedError:
        return False
    return True


def check_follow_up(
    form: Form, book: SeenBook, earlier: EntryId, subject: Subject, *, at: datetime
) -> ReadEntry:
    """Return the earlier entry, if this worker may follow it on this form. At most 9 queries.

    Raises:
        NothingToFollowError: there is no such entry in the book, it does not stand, or nothing
            about it asks for this form.
        RefusedError: as `check_may_begin`, with who to ask.
    """
    entry = entry_of(earlier)
    if entry is None or book.id not in entry.pages or not is_written(entry):
        raise NothingToFollowError
    fact = Entry.read(entry)
    duties = duties_about(entry.index, book=book.id, at=at)
    open_duties = [duty for duty in duties if duty.ended is None]
    offered = {form.name for form in catalogue.following(fact.form)} | {
        duty.form for duty in duties
    }
    if form.name not in offered:
        raise NothingToFollowError
    status = status_of(earlier, book=book.id)
    if status is not None and not _is_still_asked(form, open_duties, status, book):
        raise NothingToFollowError
    what = earlier_of(fact, open_duties)
    try:
        check_may_begin(form, book, what, _written(entry.index), subject)
    except (ManagersOnlyError, NotByUserError) as refused:
        managers = managers_of(book, at=at)
        able = {who: name for who, name in managers.items() if who not in what.users}
        raise type(refused)(ask(able)) from refused
    return entry


def _is_still_asked(
    form: Form, open_duties: Iterable[DutySeen], status: StatusSeen, book: SeenBook
) -> bool:
    """Say whether a withdrawn entry has a duty for this form, and the worker may read its words."""
    return may_read_words(status, book) and any(duty.form == form.name for duty in open_duties)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a follow-up begins: its subject, and who was there."""

    subject: Subject = WHOLE
    present: tuple[Person, ...] = ()
    event: Entry | None = None  # the same event, if the form is about it: gives time and place
    answers: Mapping[str, str] = field(default_factory=dict)


def known_of(
    entry: ReadEntry, book: SeenBook, form: str, subject: Subject, *, at: datetime
) -> Known:
    """Return what is known when a follow-up begins. It drops a subject that no duty names.

    At most 2 queries.
    """
    for duty in duties_about(entry.index, book=book.id, at=at):
        if duty.form == form and subject_of(duty) == subject:
            its_clock = clock(duty.key)
            there = {Each.USERS: duty.subject.name, Each.CHILDREN: book.title}
            name = there.get(its_clock.each) if its_clock.each else None
            end = next(end for end in its_clock.ends if end.form == form)
            return Known(
                replace(subject, name=duty.subject.name or duty.what)
                if subject != WHOLE
                else WHOLE,
                present=(Person(name),) if name else (),
                event=Entry.read(entry) if end.same_event else None,
                answers=end.fills,
            )
    return Known()


def is_next_in_book(form: str, entry: ReadEntry, book: SeenBook, *, at: datetime) -> bool:
    """Say whether an entry has an open duty that any next entry on the form in its book closes.

    The home's year (regs 44 to 46) and the notices of reg 41 have such duties. 1 query.
    """
    return any(
        duty.form == form and duty.ended is None and clock(duty.key).within is Within.BOOK
        for duty in duties_about(entry.index, book=book.id, at=at)
    )


def managers_of(book: SeenBook, *, at: datetime) -> dict[WorkerId, str]:
    """Return who manages the book's home from day to day, with their names. 2 queries."""
    ids = [
        worker
        for worker, role in workers_at(book.home, at=at)
        if role.gives_today(Permission.MANAGE_HOME)
    ]
    return full_names(ids)


def _writer(book: SeenBook) -> FollowUpWriter:
    return FollowUpWriter(id=book.worker, manages=bool(book.may(Permission.ANSWER_FOR_BOOK)))


def _written(leaf: int) -> list[FollowUp]:
    return list(
        FollowUp.objects.filter(about_index=leaf, withdrawn=False).order_by("leaf")[:AT_MOST]
    )


def _step(
    book: SeenBook,
    duty: DutySeen,
    fact: Entry | None,
    *,
    open_duties: Iterable[DutySeen],
    names: dict[WorkerId, str],
    managers: dict[WorkerId, str],
) -> Step:
    able = {who: name for who, name in managers.items() if who not in duty.barred_workers}
    who = names.get(duty.assigned_to, "") if duty.assigned_to else ""
    form, why_not = _form(duty.form), ""
    if form is not None and fact is not None:
        try:
            check_may_write(form, _writer(book), earlier_of(fact, open_duties))
        except RefusedError as refused:
            why_not = f"{refused.what} {refused.why} {ask(able)}"
    if not book.may(Permission.WRITE_ENTRY):
        why_not = why_not or f"You read this book and do not write in it. {ask(able)}"
    elif form is not None and not book.may(Permission.WRITE_ENTRY, form=form.name):
        why_not = why_not or f"Your role does not write on this form. {ask(able)}"
    return Step(
        what=duty.what,
        form=duty.form if form is not None and not why_not else "",
        subject=subject_of(duty),
        duty=duty,
        why_not=why_not,
        who=who or (" or ".join(able.values()) if duty.managers else ""),
    )


def subject_of(duty: DutySeen) -> Subject:
    """Return the subject that says which duty a follow-up is for.

    It is the duty's own subject. If one form ends several clocks, it is the clock.
    """
    ends = [other.key for other in clocks() if any(end.form == duty.form for end in other.ends)]
    if duty.subject == WHOLE and len(ends) > 1:
        return Subject(SubjectKind.CLOCK, duty.key)
    return duty.subject


def ask(managers: dict[WorkerId, str]) -> str:
    """Write which people the worker can ask (P63)."""
    if not managers:
        return "Ask the responsible individual who may do it here."
    return f"Ask {' or '.join(managers.values())}."


def can_be_begun(duty: DutySeen, book: SeenBook) -> bool:
    """Say whether a worker may begin what a duty asks for. Beginning it checks the rest."""
    return (
        book.may(Permission.WRITE_ENTRY, form=duty.form) is not None
        and book.worker not in duty.barred_workers
        and _form(duty.form) is not None
    )


def _form(name: str) -> Form | None:
    try:
        return catalogue.form(name) if name else None
    except NoSuchFormError:
        return None
