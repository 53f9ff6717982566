"""Searching statements within a worker's rights, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connections
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import BookId, HomeId, WorkerId, is_id
from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.damaged import damaged_in
from casebound.people.access.reads import SeenBook, reader_of, rights_of, seen_book
from casebound.people.restricted.reads import EntryReader, hidden_among
from casebound.people.rights.shape import Permission, ReadsAs
from casebound.reading.search import on_postgresql, on_sqlite
from casebound.reading.search.asked import StatementQuery
from casebound.reading.search.hidden import NamesOf, hits_shown, without_hidden
from casebound.reading.search.keys import place_of
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import Query
from casebound.reading.search.snippets import snippet
from casebound.reading.search.suggestions import suggestions
from casebound.rulebook.catalogue import catalogue

COUNT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """The reach of a manager of the whole provider: every book, of children who have left too.

    Made by `reach` and nowhere else. `books` are those that are seen without asking again.
    """

    worker: WorkerId
    at: datetime
    books: tuple[SeenBook, ...]
    answers: bool  # for every book of the provider
    above: bool = False  # and for what is about the managers


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that was found.

    Attributes:
        book: the book it is in; its title says who the book is about.
        number: the entry's number there.
        anchor: the statement's place in the entry; 0 for an answer of the form.
        form: the form's title.
        happened: when it happened, in words.
        snippet: safe HTML with what was found in `<mark>`.
        kind, sharing, late, state, told: the marks that must be seen wherever the statement is.
    """

    book: SeenBook
    number: int
    anchor: int
    form: str
    happened: str
    snippet: SafeString
    kind: str
    sharing: str
    late: bool
    state: str
    told: str

    @property
    def href(self) -> str:
        """Return the address of the statement in the book's own pages."""
        at = f"no-{self.number}" + (f"-{self.anchor}" if self.anchor else "")
        return f"{reverse('chronology:entry', args=[self.book.id, self.number])}#{at}"

    @property
    def kind_words(self) -> str:
        """Return the kind as the book shows it, empty for a fact (P51)."""
        words = _KIND_WORDS.get(self.kind, "")
        return gettext(words) if words else ""


_KIND_WORDS = {
    "account": gettext_noop("Account"),
    "view": gettext_noop("Child’s view"),
    "opinion": gettext_noop("Opinion"),
    "assessment": gettext_noop("Assessment"),
    "judgement": gettext_noop("Judgement"),
    "decision": gettext_noop("Decision"),
}


@dataclass(frozen=True, slots=True)
class HitPage:
    """Hits, newest first; `next_before` is where older ones go on, None at the end."""

    found: list[Hit]
    next_before: int | None


def reach(
    books: Sequence[SeenBook], *, worker: WorkerId, at: datetime
) -> list[SeenBook] | Everything:
    """Return how far `worker` may search, who sees `books`: those, or everything. 1 query.

    The index has the words as staff read them. Who reads a book as its child does not search it.
    """
    rights = rights_of(worker, at=at)
    if rights.reads_everything():
        answers = rights.may(Permission.ANSWER_FOR_BOOK)
        above = rights.may(Permission.ANSWER_ABOVE)
        return Everything(worker=worker, at=at, books=tuple(books), answers=answers, above=above)
    return [book for book in books if book.reads_as is ReadsAs.STAFF]


def narrowed(
    books: Sequence[SeenBook] | Everything, within: str
) -> tuple[Sequence[SeenBook] | Everything, HomeId | None]:
    """Return the books and the home that `within` (`""`, `book-<id>`, `home-<id>`) stands for.

    Raises:
        OutOfReachError: it stands for nothing that may be searched.
    """
    kind, _, chosen = within.partition("-")
    if not within:
        return books, None
    listed = _listed(books)
    if kind == "home" and any(book.home == chosen for book in listed):
        return books, HomeId(chosen)
    if kind == "book" and is_id(chosen):
        seen: dict[str, SeenBook | None] = {book.id: book for book in listed}
        book = _seen(chosen, books, seen)
        if book is not None:
            return [book], None
    raise OutOfReachError


class OutOfReachError(LookupError):
    """There is no such book or home, or not for this worker: both answer alike."""


def choices(books: Sequence[SeenBook] | Everything) -> list[tuple[str, str]]:
    """Return what a search can be narrowed to, as `within` and words: homes, then books."""
    listed = _listed(books)
    homes = dict.fromkeys((book.home, book.home_name) for book in listed)
    home_choices = [
        (f"home-{home}", gettext("Written at {name}").format(name=name)) for home, name in homes
    ]
    return home_choices + [
        (f"book-{book.id}", gettext("Book of {title}").format(title=book.title)) for book in listed
    ]


def search(
    query: Query,
    *,
    books: Sequence[SeenBook] | Everything,
    home: HomeId | None = None,
    before: int | None = None,
    count: int = COUNT,
    names: NamesOf | None = None,
) -> HitPage:
    """Return the newest `count` statements that hold every term of `query`, within `books`.

    `names` says how other children are named in a book: a statement that is found by nothing but a
    name that the reader may not know is not found.

    `home` narrows it to what was written at one home, `before` to what is older than a page's end.
    3 queries, however many rows, in a log of up to 8,192 entries on SQLite or 128 on PostgreSQL; 1
    for each further stretch of a longer log that has to be looked through, which are few. With
    `Everything`, 1 more for each book found whose child has left.
    """
    if not isinstance(books, Everything) and not books:
        return HitPage([], None)
    statement_query = StatementQuery(
        query=query,
        books=None if isinstance(books, Everything) else tuple(book.id for book in books),
        home=home,
        before=before,
        count=count + 1,
        reader=_reader(books),
    )
    seen: dict[str, SeenBook | None] = {book.id: book for book in _listed(books)}
    hits: list[Hit] = []
    while True:
        keys = newest(statement_query)
        rows = IndexedStatement.objects.in_bulk(keys[:count])
        places = [(rows[key], _seen(rows[key].book_id, books, seen)) for key in keys[:count]]
        found = [(row, book) for row, book in places if book is not None]
        shown = hits_shown(query, found, names)
        hits += [_hit(row, book, marked) for row, book, marked in shown]
        more = place_of(keys[count - 1]) if len(keys) > count else None
        if more is None or len(shown) == len(found) or len(hits) >= count:
            return HitPage(hits, more)
        statement_query = replace(statement_query, before=more)


def damaged(books: Sequence[SeenBook] | Everything) -> list[tuple[SeenBook, int]]:
    """Return the entries of these books that cannot be searched, because they are damaged.

    1 query, and 1 more if there is any. Of `Everything` those of books seen without asking again.
    """
    listed = {book.id: book for book in _listed(books)}
    places = damaged_in(listed) if listed else []
    hidden = hidden_among((place.leaf for place in places), _reader(books)) if places else set()
    return [
        (listed[place.book], place.number)
        for place in places
        if (place.book, place.leaf) not in hidden
    ]


def instead(
    query: Query,
    *,
    books: Sequence[SeenBook] | Everything,
    home: HomeId | None = None,
    names: NamesOf | None = None,
) -> list[str]:
    """Return what to search for instead, with a name as it is spelt in these books.

    Of `Everything` only books that are seen without asking again, which are the children's who live
    here. At most 2 queries, and 2 that leave out names the reader may not know.
    """
    listed = _listed(books)
    if not listed:
        return []
    found = suggestions(query, books=[book.id for book in listed], reader=_reader(books), home=home)
    return without_hidden(found, listed, names) if found and names else found


def newest(query: StatementQuery) -> list[int]:
    """Return the keys that are asked for, newest first."""
    if connections["derived"].vendor == "sqlite":
        return on_sqlite.newest(query)
    return on_postgresql.newest(query)


def _reader(books: Sequence[SeenBook] | Everything) -> EntryReader:
    if isinstance(books, Everything):
        return replace(
            reader_of(books.books, worker=books.worker),
            everywhere=books.answers,
            above_everywhere=books.above,
        )
    return reader_of(books, worker=books[0].worker)


def _listed(books: Sequence[SeenBook] | Everything) -> Sequence[SeenBook]:
    return books.books if isinstance(books, Everything) else books


def _seen(
    book: str, books: Sequence[SeenBook] | Everything, seen: dict[str, SeenBook | None]
) -> SeenBook | None:
    if book not in seen and isinstance(books, Everything):
        seen[book] = seen_book(books.worker, BookId(book), at=books.at)
    return seen.get(book)


def _hit(row: IndexedStatement, book: SeenBook, marked: str) -> Hit:
    return Hit(
        book=book,
        number=row.number,
        anchor=row.anchor,
        form=catalogue.form(row.form, row.form_version).title,
        happened=in_words(row.happened_at),
        snippet=SafeString(snippet(marked)),
        kind=row.kind,
        sharing=row.sharing,
        late=row.late,
        state=row.state,
        told=row.told,
    )
