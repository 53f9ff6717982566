"""What the Shift page and the desk show."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.calendar import A_DAY, day_of
from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.foundation.base.times import near_day
from casebound.oversight.desk import looks
from casebound.oversight.desk.asked import asked_lately, not_asked_lately
from casebound.oversight.desk.waiting import Waiting, draft_row, due_row, ended_row, moment_words
from casebound.people.access.reads import SeenBook, reader_of, seen_among
from casebound.people.accounts.reads import full_names
from casebound.people.duties.reads import (
    AT_MOST,
    DutySeen,
    done_lately,
    duties_in,
    duties_left,
    duties_of,
)
from casebound.people.homes.appointments import appointments_of
from casebound.people.restricted.reads import EntryReader
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.reads import Written, last_written, late_lately
from casebound.record.book.reads import forms_of
from casebound.record.drafting.handing_on import left_behind, on_desk
from casebound.record.drafting.reads import (
    DraftLine,
    drafts_in,
    drafts_of,
    other_books_with_drafts,
)
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.late import LATE_AFTER

LATELY = timedelta(days=7)
CLOTHS = 6  # colours of a book's spine
FIRST = 3  # shown unfolded in each group; at the start of a shift nobody reads more
TITLES = {
    "concerns": gettext_noop("Concerns and complaints"),
    "overdue": gettext_noop("Overdue"),
    "read": gettext_noop("For you to read"),
    "now": gettext_noop("Without delay"),
    "due": gettext_noop("Due"),
    "moved": gettext_noop("Children who have moved on"),
    "drafts": gettext_noop("Your drafts"),
    "home": gettext_noop("For the home"),
}
# What a concern, an allegation or a complaint asks for stands first.
OF_CONCERNS = (
    "allegation/", "complaint/", "prohibited/", "notice/event", "notice/enquiry", "notice/decide",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """A group of things that wait: the ones shown, and the ones folded away."""

    key: str
    title: str
    first: Sequence[Waiting]
    more: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class Place:
    """A home on the Shift page, with the books of its children and its own.

    Attributes:
        managed: the home, if the worker may admit children there; None otherwise.
    """

    name: str
    cards: Sequence[BookCard]
    managed: HomeId | None

    @property
    def has_children(self) -> bool:
        """Whether a child lives there, or the place is the provider's office, where none does."""
        return any(card.book.child or card.book.office for card in self.cards)

    @property
    def names_children(self) -> bool:
        """Whether the reader is told who lives there (not the independent person)."""
        return all(card.book.names_children for card in self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPage:
    """The Shift page."""

    places: Sequence[Place]
    groups: Sequence[WaitingGroup]
    done: Sequence[Waiting]
    count: int
    overdue: int
    full: bool  # more is due than is shown
    looks: Sequence[looks.Look]  # the pages of which it shows words

    @property
    def waiting(self) -> list[Waiting]:
        """Everything that waits, in the order of the page."""
        return [duty for group in self.groups for duty in (*group.first, *group.more)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The manager's desk.

    Attributes:
        concerns: duties that a concern, an allegation or a complaint asks for, and notices.
        due: duties about children.
        home: duties about the home itself.
        moved: open duties about children who have moved on.
        done: duties that ended lately, with who did them, in time or late.
        not_asked: children who were not asked for their view lately.
        asked: what became of what was asked lately: of colleagues who told something, of children.
    """

    concerns: Sequence[Waiting]
    unwritten: Sequence[Waiting]
    due: Sequence[Waiting]
    home: Sequence[Waiting]
    moved: Sequence[Waiting]
    done: Sequence[Waiting]
    unsigned: Sequence[Waiting]
    late: Sequence[Waiting]
    not_asked: Sequence[Waiting]
    asked: Sequence[tuple[str, str]]
    full: bool  # more is due than is shown
    looks: Sequence[looks.Look]  # the pages of which it shows words

    @property
    def overdue(self) -> int:
        """The number of overdue duties about children."""
        return sum(duty.state == "overdue" for duty in self.due)

    @property
    def concerns_overdue(self) -> int:
        """The number of overdue duties of concerns and complaints."""
        return sum(duty.state == "overdue" for duty in self.concerns)

    @property
    def left(self) -> int:
        """The number of drafts whose authors can no longer finish them."""
        return sum(draft.is_left for draft in self.unsigned)


def shift(worker: WorkerId, books: list[SeenBook], *, at: datetime) -> ShiftPage:
    """Return the Shift page. 6 queries and 2 for each child; a home has a handful.

    For a manager 1 more, and 1 more if a duty about a child who has moved on is open. For a worker
    with an unsigned draft about such a child, 1 more.
    """
    ids = [book.id for book in books]
    reader = reader_of(books, worker=worker)
    last = last_written(ids, reader=reader)
    logs = last_written(_of_children(books), reader=reader, form="daily_log")
    mine = {
        held.child
        for held in appointments_of(worker, at=at)
        if held.child and not held.role.is_visitor
    }
    seen = {book.id: book for book in books}
    cards = [
        _card(book, last.get(book.id), logs.get(book.id), mine=book.child in mine, at=at)
        for book in books
    ]
    due = duties_of(reader, books=ids, at=at)
    drafts = _own_drafts(worker, seen, at)
    still_due = [
        (duty, book)
        for duty, book in _still_due(books, at)
        if book.may(Permission.WRITE_ENTRY) and worker not in duty.barred_workers
    ]
    moved = [due_row(duty, {book.id: book}, {}, at) for duty, book in still_due]
    groups = _groups(worker, due, drafts, seen, moved=moved, at=at)
    waiting = [duty for group in groups for duty in (*group.first, *group.more)]
    ended = done_lately(ids, reader=reader, since=at - A_DAY, at=at, own=True)
    return ShiftPage(
        places=[_place(home, list(of_home)) for home, of_home in groupby(cards, _home_of)],
        groups=groups,
        done=[ended_row(duty, seen, {}, at) for duty in ended],
        count=len(waiting),
        overdue=sum(duty.state == "overdue" for duty in waiting),
        full=len(due) == AT_MOST,
        looks=looks.of_duties([*_with_books([*due, *ended], seen), *still_due]),
    )


def _with_books(
    duties: Iterable[DutySeen], seen: Mapping[BookId, SeenBook]
) -> list[tuple[DutySeen, SeenBook]]:
    return [(duty, seen[duty.book]) for duty in duties]


def own_drafts(worker: WorkerId, *, at: datetime) -> list[Waiting]:
    """Return the drafts that a worker without books may still finish. At most 3 queries."""
    return _own_drafts(worker, {}, at)


def _own_drafts(worker: WorkerId, seen: Mapping[BookId, SeenBook], at: datetime) -> list[Waiting]:
    """Return a worker's drafts, including drafts about children who have moved on since."""
    drafts = drafts_of(worker)
    gone = {draft.book for draft in drafts} - seen.keys()
    books_by_id = {
        **seen,
        **(seen_among(worker, gone, at=at, to=Permission.FINISH_OWN_DRAFT) if gone else {}),
    }
    handed = {draft.begun_by for draft in drafts if draft.begun_by}
    begun_by = full_names(handed) if handed else {}
    return [
        draft_row(draft, books_by_id, {}, at, begun_by=begun_by)
        for draft in drafts
        if draft.book in books_by_id
    ]


def _groups(
    worker: WorkerId,
    due: Sequence[DutySeen],
    drafts: Sequence[Waiting],
    seen: Mapping[BookId, SeenBook],
    *,
    moved: Sequence[Waiting],
    at: datetime,
) -> list[WaitingGroup]:
    """Group what the worker has to do, most urgent group first, without empty groups.

    Concerns and complaints come first, then what is overdue. In each group, duties assigned to the
    worker come before duties of the managers. Duties about the home have a group of their own,
    after those about children.
    """
    by_name = sorted(due, key=lambda duty: duty.assigned_to != worker)
    parts: dict[str, list[Waiting]] = {key: [] for key in TITLES}
    parts["moved"] += moved
    for duty in by_name:
        parts[_part(duty, seen)].append(due_row(duty, seen, {}, at))
    for draft in drafts:
        parts["overdue" if draft.state == "overdue" else "drafts"].append(draft)
    return [
        WaitingGroup(key, gettext(TITLES[key]), ones[:FIRST], ones[FIRST:])
        for key, ones in parts.items()
        if ones
    ]


def _part(duty: DutySeen, seen: Mapping[BookId, SeenBook]) -> str:
    if duty.key.startswith(OF_CONCERNS):
        return "concerns"
    if seen[duty.book].child is None and duty.key not in TO_READ:
        return "home"
    if duty.overdue:
        return "overdue"
    return "read" if duty.key in TO_READ else "now" if duty.without_delay else "due"


def desk(books: list[SeenBook], *, at: datetime) -> Desk:
    """Return the desk of a manager of `books`. 11 queries and 1 a child.

    1 more, if a duty about a child who has moved on is open. With drafts that wait 1 more, 1 for
    each of their authors, and 1 if one is in a book of another home or of a child who moved on.
    """
    ids = [book.id for book in books]
    seen = {book.id: book for book in books}
    reader = reader_of(books, worker=books[0].worker)
    logs = last_written(_of_children(books), reader=reader, form="daily_log")
    everything = duties_in(ids, reader=reader, at=at)
    concerns = [duty for duty in everything if duty.key.startswith(OF_CONCERNS)]
    due = [duty for duty in everything if not duty.key.startswith(OF_CONCERNS)]
    ended = done_lately(ids, reader=reader, since=at - LATELY, at=at)
    drafts, books_of_drafts = _unsigned(books, ids, at)
    left = left_behind(drafts, at=at)
    drafts = on_desk(drafts, seen | books_of_drafts, left=left, at=at)
    late = late_lately(ids, reader=reader, since=at - LATELY)
    still_due = _still_due(books, at)
    names = full_names(
        {duty.assigned_to for duty in everything if duty.assigned_to}
        | {duty.done_by for duty in ended if duty.done_by}
        | {draft.author for draft in drafts}
        | {draft.begun_by for draft in drafts if draft.begun_by}
        | {who for *_, who in late}
    )
    return Desk(
        concerns=[due_row(duty, seen, names, at) for duty in concerns],
        unwritten=[
            _unwritten(book, words)
            for book in books
            if book.child
            for words, overdue in [_log_due(logs.get(book.id), at)]
            if overdue
        ],
        due=[due_row(duty, seen, names, at) for duty in due if seen[duty.book].child],
        home=[due_row(duty, seen, names, at) for duty in due if not seen[duty.book].child],
        moved=[due_row(duty, {book.id: book}, {}, at) for duty, book in still_due],
        done=[ended_row(duty, seen, names, at) for duty in ended],
        unsigned=[
            draft_row(draft, seen | books_of_drafts, names, at, begun_by=names, left=left)
            for draft in sorted(drafts, key=lambda draft: draft.id not in left)
        ],
        late=[
            Waiting(
                what=catalogue.form(duty.form).title,
                about=gettext("{title}, by {who}").format(
                    title=seen[book].title, who=names.get(who, "someone")
                ),
                when=gettext("no. {number:,}, signed {signed_at}").format(
                    number=duty.number, signed_at=moment_words(duty.signed_at, at)
                ),
                state="late",
                book=book,
                number=duty.number,
            )
            for book, duty, who in late
        ],
        not_asked=not_asked_lately(books, reader, at),
        asked=asked_lately(ids, reader, at),
        full=len(everything) == AT_MOST,
        looks=looks.of_duties([*_with_books([*everything, *ended], seen), *still_due]),
    )


def _unsigned(
    books: Sequence[SeenBook], ids: list[BookId], at: datetime
) -> tuple[list[DraftLine], dict[BookId, SeenBook]]:
    """Return the drafts a manager answers for, with the books that are not among theirs now.

    A draft about a child who has moved on waits on the managers of the home they left. 2 queries,
    and 1 more if another book has a draft.
    """
    others = other_books_with_drafts(ids)
    reached = seen_among(books[0].worker, others, at=at)
    managed = {book.id: book for book in reached.values() if book.may(Permission.ANSWER_FOR_BOOK)}
    return drafts_in([*ids, *managed]), managed


def _still_due(books: Sequence[SeenBook], at: datetime) -> list[tuple[DutySeen, SeenBook]]:
    """Return the open duties about children who have moved on, for the managers of their home.

    The workers who had these duties may have lost access to the book with the child, so the
    managers have them now. Duties that only asked those workers to read something are left out.
    """
    managed = {book.home for book in books if book.may(Permission.ANSWER_FOR_BOOK)}
    due = _duties_left(books, managed, at) if managed else []
    seen = seen_among(books[0].worker, {duty.book for duty in due}, at=at) if due else {}
    return [
        (duty, seen[duty.book])
        for duty in due
        if duty.key not in TO_READ and duty.book in seen and _answers_still(seen[duty.book])
    ]


def _duties_left(
    books: Sequence[SeenBook], homes: Collection[HomeId], at: datetime
) -> list[DutySeen]:
    """Return what is due in other books of these homes; the caller asks which of them they see."""
    reader = EntryReader(books[0].worker, everywhere=True)
    return duties_left(homes, but=[book.id for book in books], reader=reader, at=at)


def _answers_still(book: SeenBook) -> bool:
    """Say whether the child has moved on, and this worker answers for the book."""
    return book.moved_on and book.may(Permission.ANSWER_FOR_BOOK) is not None


def _of_children(books: Iterable[SeenBook]) -> list[BookId]:
    return [book.id for book in books if book.child]


def _home_of(card: BookCard) -> str:
    return card.book.home_name


def _place(name: str, cards: Sequence[BookCard]) -> Place:
    managed = (card.book.home for card in cards if card.book.may(Permission.MANAGE_HOME))
    return Place(name, cards, next(managed, None))


def _card(
    book: SeenBook, last: Written | None, log: Written | None, *, mine: bool, at: datetime
) -> BookCard:
    words, overdue = _log_due(log, at) if book.child else ("", False)
    return BookCard(
        book=book,
        cloth=int(book.id[:4], 16) % CLOTHS + 1,
        about=_about(book, mine=mine),
        last=(
            f"{catalogue.form(last.form).title}, {moment_words(last.happened_at, at)}"
            if last
            else gettext("Nothing written yet")
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
        return gettext("Book of the home")
    return gettext("You are the key worker") if mine else ""


def _log_due(log: Written | None, at: datetime) -> tuple[str, bool]:
    """Say whether today's daily log is written, or since when there is none (P43: 24 hours)."""
    if log is None:
        return gettext("No daily log yet"), True
    day = day_of(log.happened_at)
    if day == day_of(at) or at - log.happened_at <= LATE_AFTER:
        return "", False
    return gettext("No daily log since {day}").format(day=near_day(day, day_of(at))), True


def _unwritten(book: SeenBook, words: str) -> Waiting:
    return Waiting(what=words, about=book.title, when="", state="overdue", book=book.id)
