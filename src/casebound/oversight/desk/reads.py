"""What the Shift page and the desk show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import LONDON, clock
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.duties.reads import DutySeen, duties_in, duties_of
from casebound.people.homes.reads import appointments_of
from casebound.reading.chronology.reads import Written, last_written, late_lately
from casebound.record.drafting.reads import DraftLine, drafts_in, drafts_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.rulebook.catalogue.shape import BookKind

LATELY = timedelta(days=7)
CLOTHS = 6  # colours of a book's spine
FIRST = 6  # of what waits, unfolded: more than that is not read at the start of a shift


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCard:
    """A book on the Shift page."""

    book: SeenBook
    cloth: int
    about: str
    last: str
    log_due: str
    log_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits: what, about whom, by when, and where to go."""

    what: str
    about: str
    when: str
    state: str
    url_name: str
    book: str
    number: int
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The Shift page."""

    places: Sequence[tuple[str, Sequence[BookCard]]]
    forms: Sequence[tuple[str, str]]
    first: Sequence[Waiting]
    more: Sequence[Waiting]
    count: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The manager's desk."""

    unwritten: Sequence[Waiting]
    due: Sequence[Waiting]
    unsigned: Sequence[Waiting]
    late: Sequence[Waiting]


def shift(worker: WorkerId, books: list[SeenBook], *, at: datetime) -> Shift:
    """Return the Shift page. 4 queries and 2 a child, of whom a home has a handful."""
    ids = [book.id for book in books]
    last = last_written(ids)
    logs = last_written([book.id for book in books if book.child], form="daily_log")
    mine = {one.child for one in appointments_of(worker, at=at) if one.child}
    titles = {book.id: book.title for book in books}
    cards = [
        _card(book, last.get(book.id), logs.get(book.id), mine=book.child in mine, at=at)
        for book in books
    ]
    managed = [book.id for book in books if book.manages]
    due = duties_of(worker, books=ids, managed=managed, at=at)
    waiting = [
        *(_due(one, titles, {}, at) for one in due),
        *(_draft(one, titles, {}, at) for one in drafts_of(worker) if one.book in titles),
    ]
    # What is overdue comes first; otherwise each kind keeps its order.
    waiting.sort(key=lambda one: one.state != "overdue")
    return Shift(
        places=[(home, list(of_home)) for home, of_home in groupby(cards, _home_of)],
        forms=[
            (form.name, form.shown_as)
            for form in catalogue.forms_for(BookKind.CHILD)
            if form.at_hand
        ],
        first=waiting[:FIRST],
        more=waiting[FIRST:],
        count=len(waiting),
        overdue=sum(one.state == "overdue" for one in waiting),
    )


def desk(books: list[SeenBook], *, at: datetime) -> Desk:
    """Return the desk of whoever manages `books`. 5 queries and 1 a child."""
    ids = [book.id for book in books]
    titles = {book.id: book.title for book in books}
    logs = last_written([book.id for book in books if book.child], form="daily_log")
    due = duties_in(ids, at=at)
    drafts = drafts_in(ids)
    late = late_lately(ids, since=at - LATELY)
    names = full_names(
        {one.waits_on for one in due if one.waits_on}
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
        due=[_due(one, titles, names, at) for one in due],
        unsigned=[_draft(one, titles, names, at) for one in drafts],
        late=[
            Waiting(
                what=catalogue.form(one.form).title,
                about=f"{titles[book]}, by {names.get(who, 'someone')}",
                when=f"no. {one.number:,}, signed {_moment(one.signed_at, at)}",
                state="late",
                url_name="chronology:entry",
                book=book,
                number=one.number,
                draft="",
            )
            for book, one, who in late
        ],
    )


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
    )


def _about(book: SeenBook, *, mine: bool) -> str:
    if book.child is None:
        return "The book of the house itself"
    return "You are the key worker" if mine else ""


def _log_due(log: Written | None, at: datetime) -> tuple[str, bool]:
    """Say whether today's daily log is written, or how long none was (P43: within 24 hours)."""
    if log is None:
        return "No daily log yet", True
    day = _day(log.happened_at)
    if day == _day(at) or at - log.happened_at <= LATE_AFTER:
        return "", False
    return f"No daily log since {_near_day(day, _day(at))}", True


def _unwritten(book: SeenBook, words: str) -> Waiting:
    return Waiting(
        what=words,
        about=book.title,
        when="",
        state="overdue",
        url_name="chronology:book",
        book=book.id,
        number=0,
        draft="",
    )


def _due(
    one: DutySeen, titles: dict[BookId, str], names: dict[WorkerId, str], at: datetime
) -> Waiting:
    who = f", waits on {names[one.waits_on]}" if one.waits_on and one.waits_on in names else ""
    return Waiting(
        what=f"{one.what} ({one.rule})",
        about=f"{titles[one.book]}{who}",
        when=f"by {_moment(one.due_at, at)}",
        state="overdue" if one.overdue else "due",
        url_name="chronology:entry",
        book=one.book,
        number=one.number,
        draft="",
    )


def _draft(
    one: DraftLine, titles: dict[BookId, str], names: dict[WorkerId, str], at: datetime
) -> Waiting:
    late = one.clock_at is not None and at - one.clock_at > LATE_AFTER
    who = f", {names[one.author]}" if one.author in names else ""
    by = one.clock_at + LATE_AFTER if one.clock_at else None
    return Waiting(
        what=catalogue.form(one.form).title,
        about=f"{titles[one.book]}{who}",
        when=(
            f"saved {_moment(one.saved_at, at)}"
            if by is None
            else f"was due {_moment(by, at)}"
            if late
            else f"sign by {_moment(by, at)}"
        ),
        state="overdue" if late else "draft",
        url_name="drafting:write",
        book=one.book,
        number=0,
        draft=one.id,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _moment(moment: datetime, now: datetime) -> str:
    """Write a moment near now as people say it: `22:40 today`, `08:05 on Sunday`."""
    days = (_day(moment) - _day(now)).days
    if days in _NEAR:
        return f"{clock(moment)} {_NEAR[days]}"
    return f"{clock(moment)} on {_near_day(_day(moment), _day(now))}"


def _near_day(day: date, today: date) -> str:
    """Write a day near today: `Sunday`, `5 November`, `20 December 2025`."""
    if abs((day - today).days) < 7:  # noqa: PLR2004 (a week: the weekday says it)
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
