"""Searching statements within a worker's rights, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from django.utils.safestring import SafeString

from casebound.foundation.base.ids import BookId, HomeId, WorkerId, is_id
from casebound.foundation.base.times import in_words
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.rules import AFTER_LEAVING
from casebound.people.homes.reads import appointments_of
from casebound.reading.search.keys import HIGH, LEAF, LOW, PLACE_SQL, place_of
from casebound.reading.search.models import Found
from casebound.reading.search.query import Query, as_fts5, as_tsquery
from casebound.reading.search.snippets import START, STOP, mark, snippet, words_in
from casebound.rulebook.catalogue import catalogue

COUNT: Final = 20
# PostgreSQL looks through two blocks of 2**10 leaves, newest first, then of 2**13 …, then all.
# SQLite looks through the newest epoch, which may have just begun, the one before, eight, then all:
# no stretch is sorted whole that holds more than a few times what is shown.
EPOCHS: Final = (1, 1, 8, None)
BLOCKS: Final = (10, 13, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """The reach of a manager of the whole provider: every book, of children who have left too.

    Made by `reach` and nowhere else. `books` are those that are seen without asking again.
    """

    worker: WorkerId
    at: datetime
    books: tuple[SeenBook, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that was found.

    Attributes:
        book: the book it is in; its title is whom the book is about.
        number: the entry's number there.
        anchor: the statement's place in the entry; 0 for an answer of the form.
        form: the form's title.
        happened: when it happened, in words.
        snippet: safe HTML with what was found in `<mark>`.
        kind, sharing, late, state: the marks that must be seen wherever the statement is.
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

    @property
    def href(self) -> str:
        """Return the address of the statement in the book's own pages."""
        at = f"no-{self.number}" + (f"-{self.anchor}" if self.anchor else "")
        return f"{reverse('chronology:entry', args=[self.book.id, self.number])}#{at}"

    @property
    def kind_words(self) -> str:
        """Return the kind as the book shows it, empty for a fact (P51)."""
        return _KIND_WORDS.get(self.kind, "")


_KIND_WORDS = {
    "account": "Account",
    "view": "Child\N{RIGHT SINGLE QUOTATION MARK}s view",
    "opinion": "Opinion",
    "assessment": "Assessment",
    "judgement": "Judgement",
    "decision": "Decision",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Hits, newest first; `next_before` is where older ones go on, None at the end."""

    found: list[Hit]
    next_before: int | None


def reach(
    books: Sequence[SeenBook], *, worker: WorkerId, at: datetime
) -> list[SeenBook] | Everything:
    """Return how far `worker` may search, who sees `books`: those, or everything. 1 query."""
    for one in appointments_of(worker, at=at):
        if one.home is None and one.child is None and one.role in AFTER_LEAVING:
            return Everything(worker=worker, at=at, books=tuple(books))
    return list(books)


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
    made = [(f"home-{home}", f"Written at {name}") for home, name in homes]
    return made + [(f"book-{book.id}", f"Book of {book.title}") for book in listed]


def search(
    query: Query,
    *,
    books: Sequence[SeenBook] | Everything,
    home: HomeId | None = None,
    before: int | None = None,
    count: int = COUNT,
) -> Page:
    """Return the newest `count` statements that hold every term of `query`, within `books`.

    `home` narrows it to what was written at one home, `before` to what is older than a page's end.
    4 queries on either database, however many rows, in a log of up to 8,192 entries (SQLite) or
    1,024 (PostgreSQL). In a longer one, 1 more for each further stretch that has to be looked
    through, at most 3. With `Everything`, 1 more
    for each book found whose child has left.
    """
    if not isinstance(books, Everything) and not books:
        return Page([], None)
    asked = _Asked(
        query=query,
        books=None if isinstance(books, Everything) else tuple(book.id for book in books),
        home=home,
        before=before,
        count=count + 1,
    )
    newest = _sqlite if connections["derived"].vendor == "sqlite" else _postgresql
    marked = newest(asked)
    shown = marked[:count]
    rows = Found.objects.defer("text").in_bulk([key for key, _ in shown])
    seen: dict[str, SeenBook | None] = {book.id: book for book in _listed(books)}
    hits = []
    for key, text in shown:
        row = rows[key]
        book = _seen(row.book_id, books, seen)
        if book is not None:
            hits.append(_hit(row, book, text))
    return Page(hits, place_of(shown[-1][0]) if len(marked) > count else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What either database is asked: `books` None is every book."""

    query: Query
    books: tuple[BookId, ...] | None
    home: HomeId | None
    before: int | None
    count: int


def _listed(books: Sequence[SeenBook] | Everything) -> Sequence[SeenBook]:
    return books.books if isinstance(books, Everything) else books


def _seen(
    book: str, books: Sequence[SeenBook] | Everything, seen: dict[str, SeenBook | None]
) -> SeenBook | None:
    if book not in seen and isinstance(books, Everything):
        seen[book] = seen_book(books.worker, BookId(book), at=books.at)
    return seen.get(book)


def _hit(row: Found, book: SeenBook, marked: str) -> Hit:
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
    )


def _sqlite(asked: _Asked) -> list[tuple[int, str]]:
    """Look through the newest epochs, then through more, then through all."""
    words = f"{{text}} : ({as_fts5(asked.query)})"
    match = words
    if asked.books is not None:
        match += f" AND {{scope}} : ({' OR '.join(f'b{book}0' for book in asked.books)})"
    if asked.home is not None:
        match += f" AND {{scope}} : h{asked.home}0"
    place = PLACE_SQL.format("rowid")
    found: list[int] = []
    with connections["derived"].cursor() as cursor:
        before = _before(asked, cursor)
        top = ((before - 1) >> LOW) + 1
        for width in EPOCHS:
            if top <= 0 or len(found) == asked.count:
                break
            lowest = max(0, top - (width or top))
            cursor.execute(
                "SELECT rowid FROM search_index WHERE search_index MATCH %s"  # noqa: S608
                f" AND rowid BETWEEN %s AND %s AND {place} < %s ORDER BY {place} DESC LIMIT %s",
                [
                    match,
                    lowest << HIGH,
                    (top << HIGH) - 1,
                    before,
                    asked.count - len(found),
                ],
            )
            found += [key for (key,) in cursor.fetchall()]
            top = lowest
        if not found:
            return []
        cursor.execute(
            "SELECT rowid, highlight(search_index, 0, %s, %s) FROM search_index"  # noqa: S608
            f" WHERE search_index MATCH %s AND rowid IN ({', '.join(map(str, found))})",
            [START, STOP, words],
        )
        marked = dict(cursor.fetchall())
    return [(key, marked[key]) for key in found]


def _before(asked: _Asked, cursor: CursorWrapper) -> int:
    """Return the place that everything looked for is below: a page's end, or the newest epoch's."""
    if asked.before is not None:
        return asked.before
    cursor.execute("SELECT MAX(id) FROM search_found")
    (newest,) = cursor.fetchone()
    return 0 if newest is None else ((newest >> HIGH) + 1) << LOW


def _postgresql(asked: _Asked) -> list[tuple[int, str]]:
    """Look through the newest blocks of the log, then through larger ones, then through all."""
    place = PLACE_SQL.format("id")
    with connections["derived"].cursor() as cursor:
        cursor.execute(
            f"SELECT q, numnode(q), (SELECT MAX({place}) FROM search_found)"  # noqa: S608
            " FROM to_tsquery('search_words', %s) q",
            [as_tsquery(asked.query)],
        )
        words, nodes, newest = cursor.fetchone()
        if not nodes or newest is None:
            return []
        wanted = [f"({words})"]
        if asked.books is not None:
            wanted.append("(" + " | ".join(f"'b {book}'" for book in asked.books) + ")")
        if asked.home is not None:
            wanted.append(f"'h {asked.home}'")
        found: list[tuple[int, str]] = []
        top = newest + 1 if asked.before is None else min(asked.before, newest + 1)
        for bits in (*BLOCKS, None):
            lowest, blocks = _blocks(top, bits)
            # Adding nothing keeps the planner from walking an index in order, which is quick for
            # a word that is everywhere and takes seconds for one that is nowhere.
            cursor.execute(
                "SELECT id, text FROM search_found WHERE vector @@ %s::tsquery"  # noqa: S608
                f" AND {place} + 0 >= %s AND {place} + 0 < %s ORDER BY {place} + 0 DESC LIMIT %s",
                [" & ".join(wanted + blocks), lowest, top, asked.count - len(found)],
            )
            found += cursor.fetchall()
            top = lowest
            if len(found) == asked.count or lowest <= 0:
                break
        return _marked(asked.query, found, cursor)


def _blocks(top: int, bits: int | None) -> tuple[int, list[str]]:
    """Return where the two newest blocks of 2**bits leaves below `top` begin, and their words."""
    newest = 0 if bits is None else (top - 1) >> (LEAF + bits)
    if bits is None or newest < 1:
        return 0, []
    return (newest - 1) << (LEAF + bits), [f"('{bits} {newest}' | '{bits} {newest - 1}')"]


def _marked(
    query: Query, found: list[tuple[int, str]], cursor: CursorWrapper
) -> list[tuple[int, str]]:
    words = {word for term in query.terms for word in term.words}
    for _, text in found:
        words |= words_in(text)
    cursor.execute(
        "SELECT word, ts_lexize('search_porter', word) FROM unnest(%s::text[]) word", [list(words)]
    )
    stems = {word: stem[0] for word, stem in cursor.fetchall() if stem}
    return [(key, mark(text, query.terms, stems)) for key, text in found]
