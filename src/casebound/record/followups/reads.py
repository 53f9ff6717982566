"""What comes next after an entry, what is settled already, and who may do the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext

from casebound.foundation.base.ids import EntryId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.colleagues import ColleagueSeen, colleagues_at
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.people.duties.reads import DutySeen, duties_about
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import StatusSeen, is_open_to, may_read_words, status_of
from casebound.record.followups.duties import ORIGINATOR
from casebound.record.followups.models import FollowUp
from casebound.record.followups.rules import (
    USERS,
    DoneAlreadyError,
    FollowedEntry,
    FollowUpWriter,
    ManagersOnlyError,
    NamedOnlyError,
    NotByInvolvedError,
    NotByNamedError,
    NotByUserError,
    NothingToFollowError,
    OriginatorOnlyError,
    check_may_write,
    people_in,
)
from casebound.record.followups.told import originators
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError
from casebound.rulebook.catalogue.content import Person
from casebound.rulebook.catalogue.shape import Form, WrittenBy
from casebound.rulebook.clocks.clocks import clock, clocks
from casebound.rulebook.clocks.shape import Each, Within

AT_MOST = 100


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
    may_see_above = book.may(Permission.ANSWER_ABOVE)
    duties = [
        duty
        for duty in duties_about(entry.index, book=book.id, reader=book.reader, at=at)
        if may_see_above or not duty.above
    ]
    written = _written(entry.index) if fact is not None else []
    colleagues = colleagues_at(book, at=at) if duties else []
    names = full_names({who for duty in duties for who in (duty.assigned_to, duty.done_by) if who})
    open_duties = [duty for duty in duties if duty.ended is None]
    seen = _Page(book, fact, open_duties, names, colleagues)
    steps = [
        *(_step(seen, duty) for duty in open_duties),
        *(step for duty in open_duties for step in _other_ways(seen, duty)),
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
                _step(seen, duty),
                form="",
                who=names.get(duty.done_by, "") if duty.done_by else "",
            )
            for duty in duties
            if duty.ended is not None
        ],
    )


def earlier_of(
    fact: Entry, open_duties: Iterable[DutySeen], subject: Subject = WHOLE
) -> FollowedEntry:
    """Return what the rules ask about an entry before somebody may follow it.

    What is restricted of it is looked at again on a page of its own, and asks for no entry.
    """
    open_duties = [duty for duty in open_duties if duty.subject.kind is not SubjectKind.RESTRICTION]
    return FollowedEntry(
        users=frozenset(person.id for person in people_in(fact.answers.get(USERS))),
        originators=originators(fact.content, subject),
        waiting_for=frozenset(
            duty.assigned_to
            for duty in open_duties
            if duty.key == ORIGINATOR.key and duty.assigned_to and subject in {WHOLE, duty.subject}
        ),
        assigned_to=frozenset(duty.assigned_to for duty in open_duties if duty.assigned_to),
        asked=frozenset((duty.form, subject_of(duty)) for duty in open_duties),
        barred=frozenset(worker for duty in open_duties for worker in duty.barred_workers),
        author=fact.author.id,
        above=any(duty.above for duty in open_duties),
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
    if not is_open_to(book, entry.index):
        raise NothingToFollowError
    fact = Entry.read(entry)
    duties = duties_about(entry.index, book=book.id, reader=book.reader, at=at)
    open_duties = [duty for duty in duties if duty.ended is None]
    offered = {form.name for form in catalogue.following(fact.form)}
    offered |= {end.form for duty in duties for end in clock(duty.key).ends}
    if form.name not in offered:
        raise NothingToFollowError
    status = status_of(earlier, book=book.id)
    if status is not None and not _is_still_asked(form, open_duties, status, book):
        raise NothingToFollowError
    what = earlier_of(fact, open_duties, subject)
    try:
        check_may_begin(form, book, what, _written(entry.index), subject)
    except _OTHERS_CAN as refused:
        seen = _Page(book, fact, open_duties, {}, colleagues_at(book, at=at))
        duty = next((duty for duty in open_duties if _is_for(duty, form, subject)), None)
        raise type(refused)(_who_can(seen, form.name, duty)) from refused
    return entry


def _is_for(duty: DutySeen, form: Form, subject: Subject) -> bool:
    return duty.form == form.name and subject in {WHOLE, subject_of(duty)}


# Refused for who they are, where another person can do it.
_OTHERS_CAN = (
    ManagersOnlyError, NotByUserError, NotByInvolvedError, NotByNamedError, OriginatorOnlyError,
    NamedOnlyError,
)  # fmt: skip


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
    for duty in duties_about(entry.index, book=book.id, reader=book.reader, at=at):
        its_clock = clock(duty.key)
        ends = {end.form for end in its_clock.ends}
        if form in ends and subject_of(duty) == subject:
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


def root_as_projected(leaf: int, rows: Rows) -> int:
    """Return the first entry of the chain an entry is in, as a later room's projection asks."""
    follow_up = rows.find(FollowUp, leaf=leaf)
    return int(follow_up[0].root_index) if follow_up else leaf


def is_next_in_book(form: str, entry: ReadEntry, book: SeenBook, *, at: datetime) -> bool:
    """Say whether an entry has an open duty that any next entry on the form in its book closes.

    The home's year (regs 44 to 46) and the notices of reg 41 have such duties. 1 query.
    """
    return any(
        duty.form == form and duty.ended is None and clock(duty.key).within is Within.BOOK
        for duty in duties_about(entry.index, book=book.id, reader=book.reader, at=at)
    )


def _writer(book: SeenBook) -> FollowUpWriter:
    return FollowUpWriter(
        id=book.worker,
        manages=bool(book.may(Permission.ANSWER_FOR_BOOK)),
        answers_above=bool(book.may(Permission.ANSWER_ABOVE)),
    )


def _written(leaf: int) -> list[FollowUp]:
    return list(
        FollowUp.objects.filter(about_index=leaf, withdrawn=False).order_by("leaf")[:AT_MOST]
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page of follow-ups knows: the book, the entry, what is due, and who works there."""

    book: SeenBook
    fact: Entry | None
    open_duties: Sequence[DutySeen]
    names: Mapping[WorkerId, str]
    colleagues: Sequence[ColleagueSeen]


def _step(seen: _Page, duty: DutySeen) -> Step:
    form = _form(duty.form)
    why_not = _why_not(seen, form, duty) if form is not None else ""
    return Step(
        what=duty.what,
        form=duty.form if form is not None and not why_not else "",
        subject=subject_of(duty),
        duty=duty,
        why_not=why_not,
        who=_whose(seen, duty),
    )


def _whose(seen: _Page, duty: DutySeen) -> str:
    """Name who has to do it; a person who cannot any more is named as such."""
    if not duty.assigned_to:
        able = _able(seen, duty.form, duty, but_reader=False) if duty.managers else []
        return _either([colleague.name for colleague in able])
    name = seen.names.get(duty.assigned_to, "")
    here = (colleague for colleague in seen.colleagues if colleague.id == duty.assigned_to)
    colleague = next(here, None)
    if name and duty.ended is None and (colleague is None or not _can_do(colleague, duty.form)):
        return gettext("{name}, who cannot do it here any more").format(name=name)
    return name


def _why_not(seen: _Page, form: Form, duty: DutySeen) -> str:
    """Say why the reader cannot write what a duty asks for, and who can; nothing if they can."""
    book = seen.book
    words = ""
    if seen.fact is not None:
        try:
            earlier = earlier_of(seen.fact, seen.open_duties, subject_of(duty))
            check_may_write(form, _writer(book), earlier)
        except RefusedError as refused:
            words = f"{refused.what} {refused.why}"
    if not words and not book.may(Permission.WRITE_ENTRY):
        words = gettext("You read this book and do not write in it.")
    elif not words and not book.may(Permission.WRITE_ENTRY, form=form.name):
        words = gettext("Your role does not write on this form.")
    return f"{words} {_who_can(seen, form.name, duty)}" if words else ""


def _other_ways(seen: _Page, duty: DutySeen) -> Iterator[Step]:
    """Yield the other follow-ups that end a duty: why a person cannot be asked."""
    if seen.fact is None:
        return
    for end in clock(duty.key).ends if duty.key == ORIGINATOR.key else ():
        form = _form(end.form)
        if form is None or form.by is not WrittenBy.FOR_ORIGINATOR:
            continue
        may_write_on = seen.book.may(Permission.WRITE_ENTRY, form=form.name)
        earlier = earlier_of(seen.fact, seen.open_duties, duty.subject)
        if may_write_on and may_begin(form, seen.book, earlier, (), duty.subject):
            what = gettext("Say why {who} cannot be asked").format(who=duty.subject.name)
            yield Step(
                what=what, form=form.name, subject=duty.subject, duty=None, why_not="", who=""
            )


def _able(
    seen: _Page, form: str, duty: DutySeen | None, *, but_reader: bool = True
) -> list[ColleagueSeen]:
    """Return who can write a follow-up: the person it is assigned to, else the managers.

    The table of rights lets them, their account is open, and they are not barred from it.
    """
    barred: set[str] = set(duty.barred_workers) if duty else set()
    written_by = by.by if (by := _form(form)) is not None else None
    if written_by is WrittenBy.NOT_USERS and seen.fact is not None:
        barred |= {person.id for person in people_in(seen.fact.answers.get(USERS))}
    if but_reader:
        barred.add(seen.book.worker)
    can = [
        colleague
        for colleague in seen.colleagues
        if colleague.id not in barred and _can_do(colleague, form)
    ]
    if duty is not None and duty.assigned_to:
        own = [colleague for colleague in can if colleague.id == duty.assigned_to]
        if own or written_by is WrittenBy.ORIGINATOR:
            return own
    if duty is not None and duty.above:
        return [colleague for colleague in can if colleague.may(Permission.ANSWER_ABOVE)]
    return [colleague for colleague in can if _manages(colleague)]


def _can_do(colleague: ColleagueSeen, form: str) -> bool:
    return colleague.may(Permission.READ_BOOK) and colleague.may(Permission.WRITE_ENTRY, form=form)


def _manages(colleague: ColleagueSeen) -> bool:
    return colleague.may(Permission.ANSWER_FOR_BOOK)


def _who_can(seen: _Page, form: str, duty: DutySeen | None) -> str:
    """Write who can do it (P63): by name, if somebody at the home can."""
    able = [colleague.name for colleague in _able(seen, form, duty)]
    if able:
        return gettext("Ask {who}.").format(who=_either(able))
    if (by := _form(form)) is not None and by.by is WrittenBy.ORIGINATOR:
        return gettext("They cannot do it here any more: a manager can say why.")
    return gettext("Nobody at the home can do it now. Tell the responsible individual.")


def _either(names: Sequence[str]) -> str:
    return gettext(" or ").join(names)


def subject_of(duty: DutySeen) -> Subject:
    """Return the subject that says which duty a follow-up is for.

    It is the duty's own subject. If one form ends several clocks, it is the clock.
    """
    return whole_of(duty.key, duty.form) if duty.subject == WHOLE else duty.subject


def whole_of(key: str, form: str) -> Subject:
    """Return the subject of a duty about a whole entry: the clock, if the form ends several."""
    ends = [other.key for other in clocks() if any(end.form == form for end in other.ends)]
    return Subject(SubjectKind.CLOCK, key) if len(ends) > 1 else WHOLE


def can_be_begun(duty: DutySeen, book: SeenBook) -> bool:
    """Say whether a worker may begin what a duty asks for. Beginning it checks the rest."""
    return (
        book.may(Permission.WRITE_ENTRY, form=duty.form) is not None
        and book.worker not in duty.barred_workers
        and (duty.key != ORIGINATOR.key or duty.assigned_to == book.worker)
        and _form(duty.form) is not None
    )


def _form(name: str) -> Form | None:
    try:
        return catalogue.form(name) if name else None
    except NoSuchFormError:
        return None
