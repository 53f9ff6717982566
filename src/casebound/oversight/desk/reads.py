"""What the Shift page and the desk show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from casebound.foundation.base.calendar import day_of, end_of
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import clock
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.accounts.reads import full_names
from casebound.people.duties.entries import WHOLE, Ended, Subject
from casebound.people.duties.reads import (
    AT_MOST,
    DutySeen,
    done_lately,
    duties_in,
    duties_left,
    duties_of,
)
from casebound.people.homes.reads import appointments_of
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.reads import Written, last_written, late_lately
from casebound.record.book.reads import forms_of
from casebound.record.drafting.reads import DraftLine, drafts_in, drafts_of
from casebound.record.followups.reads import can_be_begun, subject_of
from casebound.record.followups.wording import ended_words
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.rulebook.clocks.clocks import recorded_by

LATELY = timedelta(days=7)
CLOTHS = 6  # colours of a book's spine
A_DAY = timedelta(days=1)
FIRST = 6  # of each group, unfolded: more than that is not read at the start of a shift
TITLES = {
    "overdue": "Overdue",
    "read": "For you to read",
    "now": "Without delay",
    "due": "Due",
    "moved": "Children who have moved on",
    "drafts": "Your drafts",
    "home": "For the home",
}
TO_READ = frozenset({"originator/read", "handover/read"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCard:
    """A book on the Shift page."""

    book: SeenBook
    cloth: int
    about: str
    last: str
    log_due: str
    log_overdue: bool
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits or is done: what, about whom, by when, and where to go.

    Attributes:
        number: the entry it is about; 0 where there is none.
        form: the form it is done with, to begin by one tap; empty where there is none, or where
            this worker may not write it.
        of: which of several it is for.
    """

    what: str
    about: str
    when: str
    state: str
    book: str
    number: int = 0
    draft: str = ""
    form: str = ""
    subject: Subject = WHOLE


@dataclass(frozen=True, slots=True)
class Group:
    """Things that belong together: those unfolded, and those folded away."""

    key: str
    title: str
    first: Sequence[Waiting]
    more: Sequence[Waiting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The Shift page."""

    places: Sequence[tuple[str, Sequence[BookCard]]]
    groups: Sequence[Group]
    done: Sequence[Waiting]
    count: int
    overdue: int
    full: bool  # more is due than is shown

    @property
    def waiting(self) -> list[Waiting]:
        """Everything that waits, in the order of the page."""
        return [one for group in self.groups for one in (*group.first, *group.more)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The manager's desk.

    Attributes:
        due: what is due about children; `home` what is due about the home itself; `moved` what is
            still due about children who have moved on.
        done: what was done lately, by whom, in time or late.
    """

    unwritten: Sequence[Waiting]
    due: Sequence[Waiting]
    home: Sequence[Waiting]
    moved: Sequence[Waiting]
    done: Sequence[Waiting]
    unsigned: Sequence[Waiting]
    late: Sequence[Waiting]
    full: bool  # more is due than is shown

    @property
    def overdue(self) -> int:
        """How much of what is due about children is overdue."""
        return sum(one.state == "overdue" for one in self.due)


def shift(worker: WorkerId, books: list[SeenBook], *, at: datetime) -> Shift:
    """Return the Shift page. 6 queries and 2 a child, of whom a home has a handful.

    Of a manager 1 more, and 1 if something is still due about a child who has moved on; 1 for who
    has an unsigned draft about one.
    """
    ids = [book.id for book in books]
    last = last_written(ids)
    logs = last_written([book.id for book in books if book.child], form="daily_log")
    mine = {one.child for one in appointments_of(worker, at=at) if one.child}
    seen = {book.id: book for book in books}
    cards = [
        _card(book, last.get(book.id), logs.get(book.id), mine=book.child in mine, at=at)
        for book in books
    ]
    managed = [book.id for book in books if book.may(Permission.ANSWER_FOR_BOOK)]
    due = duties_of(worker, books=ids, managed=managed, at=at)
    drafts = _own_drafts(worker, seen, at)
    moved = [
        _due(one, {book.id: book}, {}, at)
        for one, book in _still_due(books, at)
        if book.may(Permission.WRITE_ENTRY) and worker not in one.barred_workers
    ]
    groups = _groups(worker, due, drafts, seen, moved=moved, at=at)
    waiting = [one for group in groups for one in (*group.first, *group.more)]
    done = done_lately(ids, since=at - A_DAY, at=at, worker=worker)
    return Shift(
        places=[(home, list(of_home)) for home, of_home in groupby(cards, _home_of)],
        groups=groups,
        done=[_ended(one, seen, {}, at) for one in done],
        count=len(waiting),
        overdue=sum(one.state == "overdue" for one in waiting),
        full=len(due) == AT_MOST,
    )


def _own_drafts(worker: WorkerId, seen: Mapping[BookId, SeenBook], at: datetime) -> list[Waiting]:
    """Return a worker's drafts, also those about children who have moved on since."""
    drafts = drafts_of(worker)
    gone = {one.book for one in drafts} - seen.keys()
    known = {
        **seen,
        **(seen_among(worker, gone, at=at, to=Permission.FINISH_OWN_DRAFT) if gone else {}),
    }
    return [_draft(one, known, {}, at) for one in drafts if one.book in known]


def _groups(
    worker: WorkerId,
    due: Sequence[DutySeen],
    drafts: Sequence[Waiting],
    seen: Mapping[BookId, SeenBook],
    *,
    moved: Sequence[Waiting],
    at: datetime,
) -> list[Group]:
    """Group what waits on somebody, what cannot wait first; groups without anything are left out.

    Overdue first, whatever it is; in each group what waits on them by name, then what waits on
    whoever manages. What is due about the home itself keeps apart: children first.
    """
    by_name = sorted(due, key=lambda one: one.assigned_to != worker)
    parts: dict[str, list[Waiting]] = {key: [] for key in TITLES}
    parts["moved"] += moved
    for one in by_name:
        parts[_part(one, seen)].append(_due(one, seen, {}, at))
    for draft in drafts:
        parts["overdue" if draft.state == "overdue" else "drafts"].append(draft)
    return [
        Group(key, TITLES[key], ones[:FIRST], ones[FIRST:]) for key, ones in parts.items() if ones
    ]


def _part(one: DutySeen, seen: Mapping[BookId, SeenBook]) -> str:
    if seen[one.book].child is None and one.key not in TO_READ:
        return "home"
    if one.overdue:
        return "overdue"
    return "read" if one.key in TO_READ else "now" if one.without_delay else "due"


def desk(books: list[SeenBook], *, at: datetime) -> Desk:
    """Return the desk of whoever manages `books`. 9 queries and 1 a child.

    1 more, if something is still due about a child who has moved on.
    """
    ids = [book.id for book in books]
    seen = {book.id: book for book in books}
    logs = last_written([book.id for book in books if book.child], form="daily_log")
    due = duties_in(ids, at=at)
    done = done_lately(ids, since=at - LATELY, at=at)
    drafts = drafts_in(ids)
    late = late_lately(ids, since=at - LATELY)
    names = full_names(
        {one.assigned_to for one in due if one.assigned_to}
        | {one.done_by for one in done if one.done_by}
        | {one.author for one in drafts}
        | {who for *_, who in late}
    )
    return Desk(
        unwritten=[
            _unwritten(book, words)
            for book in books
            if book.child
            for words, overdue in [_log_due(logs.get(book.id), at)]
            if overdue
        ],
        due=[_due(one, seen, names, at) for one in due if seen[one.book].child],
        home=[_due(one, seen, names, at) for one in due if not seen[one.book].child],
        moved=[_due(one, {book.id: book}, {}, at) for one, book in _still_due(books, at)],
        done=[_ended(one, seen, names, at) for one in done],
        unsigned=[_draft(one, seen, names, at) for one in drafts],
        late=[
            Waiting(
                what=catalogue.form(one.form).title,
                about=f"{seen[book].title}, by {names.get(who, 'someone')}",
                when=f"no. {one.number:,}, signed {_moment(one.signed_at, at)}",
                state="late",
                book=book,
                number=one.number,
            )
            for book, one, who in late
        ],
        full=len(due) == AT_MOST,
    )


def _still_due(books: Sequence[SeenBook], at: datetime) -> list[tuple[DutySeen, SeenBook]]:
    """Return what is still due about children who have moved on, for whoever manages their home.

    Those on whom it waited may have lost the book with the child, so it waits on the managers; what
    only they could have read is asked no more.
    """
    managed = {book.home for book in books if book.may(Permission.ANSWER_FOR_BOOK)}
    due = duties_left(managed, but=[book.id for book in books], at=at) if managed else []
    seen = seen_among(books[0].worker, {one.book for one in due}, at=at) if due else {}
    return [
        (one, seen[one.book])
        for one in due
        if one.key not in TO_READ and one.book in seen and seen[one.book].moved_on
    ]


def _home_of(card: BookCard) -> str:
    return card.book.home_name


def _card(
    book: SeenBook, last: Written | None, log: Written | None, *, mine: bool, at: datetime
) -> BookCard:
    words, overdue = _log_due(log, at) if book.child else ("", False)
    return BookCard(
        book=book,
        cloth=int(book.id[:4], 16) % CLOTHS + 1,
        about=_about(book, mine=mine),
        last=(
            f"{catalogue.form(last.form).title}, {_moment(last.happened_at, at)}"
            if last
            else "Nothing written yet"
        ),
        log_due=words,
        log_overdue=overdue,
        forms=tuple(
            (form.name, form.shown_as)
            for form in forms_of(book)
            if form.at_hand and book.may(Permission.WRITE_ENTRY, form=form.name)
        ),
    )


def _about(book: SeenBook, *, mine: bool) -> str:
    if book.child is None:
        return "The book of the house itself"
    return "You are the key worker" if mine else ""


def _log_due(log: Written | None, at: datetime) -> tuple[str, bool]:
    """Say whether today's daily log is written, or how long none was (P43: within 24 hours)."""
    if log is None:
        return "No daily log yet", True
    day = day_of(log.happened_at)
    if day == day_of(at) or at - log.happened_at <= LATE_AFTER:
        return "", False
    return f"No daily log since {_near_day(day, day_of(at))}", True


def _unwritten(book: SeenBook, words: str) -> Waiting:
    return Waiting(what=words, about=book.title, when="", state="overdue", book=book.id)


def _due(
    one: DutySeen, seen: Mapping[BookId, SeenBook], names: Mapping[WorkerId, str], at: datetime
) -> Waiting:
    book = seen[one.book]
    return Waiting(
        what=f"{one.what} ({one.rule})",
        about=f"{book.title}{_assigned_to(one, names)}",
        when=_by(one, at),
        state="overdue" if one.overdue else "due",
        book=one.book,
        number=one.number,
        form=one.form if can_be_begun(one, book) else "",
        subject=subject_of(one),
    )


def _assigned_to(one: DutySeen, names: Mapping[WorkerId, str]) -> str:
    """Say on whom it waits, where the page shows what waits on anybody."""
    if not names:
        return ""
    who = [names[one.assigned_to]] if one.assigned_to and one.assigned_to in names else []
    return f", waits on {' and '.join([*who, *['the managers'] * one.managers])}"


def _by(one: DutySeen, at: datetime) -> str:
    limit = _moment(one.due_at, at)
    if one.overdue:
        return f"was due {limit}"
    if one.without_delay:
        return f"without delay, at the latest {limit}"
    if one.goal_at is not None and at <= one.goal_at < one.due_at:
        return f"best by {_moment(one.goal_at, at)}, at the latest {limit}"
    return f"by {limit}"


def _ended(
    one: DutySeen, seen: Mapping[BookId, SeenBook], names: Mapping[WorkerId, str], at: datetime
) -> Waiting:
    who = f"{names[one.done_by]}, " if one.done_by and one.done_by in names else ""
    late = one.ended is Ended.DONE and not one.in_time
    was_due = f", was due {_moment(one.due_at, at)}" if late else ""
    return Waiting(
        what=f"{one.what} ({one.rule})",
        about=seen[one.book].title,
        when=f"{_how_ended(one)}{who}{_moment(one.done_at or at, at)}{was_due}",
        state="done-late" if late else "done",
        book=one.book,
        number=one.done_number or one.number,
    )


def _how_ended(one: DutySeen) -> str:
    """Say how a duty ended, behind the word Done: `in time: `, `not needed, struck through: `."""
    if one.ended is Ended.DONE:
        return "in time: " if one.in_time else ""
    words = ended_words(one)
    return f"{words[:1].lower()}{words[1:]}: "


def _draft(
    one: DraftLine, seen: Mapping[BookId, SeenBook], names: Mapping[WorkerId, str], at: datetime
) -> Waiting:
    """Say by when a draft is to be signed: the clock of its record (P43, reg 35(3)(a))."""
    clock = recorded_by(one.form, since=one.clock_at)
    by = clock.due(one.clock_at) if one.clock_at else None
    late = by is not None and at > by
    who = f", {names[one.author]}" if one.author in names else ""
    book = seen[one.book]
    return Waiting(
        what=catalogue.form(one.form).title,
        about=f"{book.title}{', who has moved on' if book.left_at else ''}{who}",
        when=(
            f"saved {_moment(one.saved_at, at)}"
            if by is None
            else f"was due {_moment(by, at)} ({clock.rule})"
            if late
            else f"sign by {_moment(by, at)} ({clock.rule})"
        ),
        state="overdue" if late else "draft",
        book=one.book,
        draft=one.id,
    )


def _moment(moment: datetime, now: datetime) -> str:
    """Write a moment near now as people say it: `22:40 today`, `08:05 on Sunday`."""
    days = (day_of(moment) - day_of(now)).days
    if moment == end_of(day_of(moment)):
        return f"the end of {_NEAR.get(days) or _near_day(day_of(moment), day_of(now))}"
    if days in _NEAR:
        return f"{clock(moment)} {_NEAR[days]}"
    return f"{clock(moment)} on {_near_day(day_of(moment), day_of(now))}"


def _near_day(day: date, today: date) -> str:
    """Write a day near today: `Sunday`, `5 November`, `20 December 2025`."""
    if abs((day - today).days) < 7:  # noqa: PLR2004 (a week: the weekday says it)
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
