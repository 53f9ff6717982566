"""What a worker may read of the entries of a book they read: the one question, for every room.

A restricted entry is for those who answer for the book, for the worker who wrote it and for the
colleague who told it and is asked whether it is right. It is for nobody it is about. What is about
the managers themselves is for those above them.

What only those who need to know read is also for who has that right in the book. That may be a
whole entry, or a part of one: a statement, an answer, a file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.web.queries import rows_of
from casebound.people.restricted.entries import AUTHOR, TOLD, Readers
from casebound.people.restricted.holding import State
from casebound.people.restricted.models import (
    AboutManagers,
    EntryKind,
    KeptFrom,
    NamedWorker,
    PartKeptFrom,
    RestrictedEntry,
    Restriction,
)
from casebound.people.restricted.parts import BookPart, in_parts

AnyRow = TypeVar("AnyRow", bound=Model)


@dataclass(frozen=True, slots=True)
class EntryReader:
    """A worker who reads entries, and for which books they answer.

    Attributes:
        worker: who reads.
        answers_for: the books they answer for.
        answers_above: the books in which they answer for what is about the managers themselves.
        everywhere: whether they answer for every book of the provider.
        above_everywhere: whether they answer in every book for what is about the managers.
        needs_to_know: the books in which they read what only those who need to know read.
        granted: leaves of entries that were opened to them by name.
        parts: what they read of the books that they do not read whole.
    """

    worker: WorkerId
    answers_for: tuple[BookId, ...] = ()
    answers_above: tuple[BookId, ...] = ()
    everywhere: bool = False
    above_everywhere: bool = False
    needs_to_know: tuple[BookId, ...] = ()
    granted: tuple[int, ...] = ()
    parts: tuple[BookPart, ...] = ()


def hidden_from(reader: EntryReader) -> QuerySet[RestrictedEntry]:
    """Return the restricted entries that a worker may not read. No query until it is used."""
    about_them = KeptFrom.objects.filter(family=OuterRef("family"), worker_id=reader.worker)
    matters = RestrictedEntry.objects.filter(leaf=OuterRef("leaf"))
    # An entry of two matters is kept from the people of both.
    kept = Exists(matters.annotate(kept=Exists(about_them)).filter(kept=True))
    own = NamedWorker.objects.filter(
        leaf=OuterRef("leaf"), worker_id=reader.worker, capacity__in=[AUTHOR, TOLD]
    )
    of_managers = AboutManagers.objects.filter(family=OuterRef("family"))
    above = Exists(matters.annotate(above=Exists(of_managers)).filter(above=True))
    not_theirs = Q(pk__in=[])
    if not reader.everywhere:
        not_theirs |= Q(readers=Readers.MANAGERS) & ~Q(book_id__in=list(reader.answers_for))
        need_not = ~Q(book_id__in=list(reader.needs_to_know)) & ~Q(leaf__in=list(reader.granted))
        not_theirs |= Q(readers=Readers.NEED_TO_KNOW) & need_not
    if not reader.above_everywhere:
        not_theirs |= above & ~Q(book_id__in=list(reader.answers_above))
    return RestrictedEntry.objects.filter(kept | (not_theirs & ~Exists(own)))


def readable(
    rows: QuerySet[AnyRow], reader: EntryReader, *, leaves: Iterable[str] = ("leaf",)
) -> QuerySet[AnyRow]:
    """Return those of some rows of books that the worker may read. No query.

    `leaves` names the columns that say which entries a row is of; an empty one counts for nothing.
    """
    hidden = hidden_from(reader).filter(book_id=OuterRef("book_id"))
    either = Q()
    for column in leaves:
        either |= Q(leaf=OuterRef(column))
    rows = rows.filter(~Exists(hidden.filter(either)))
    if not reader.parts:
        return rows
    of_book = EntryKind.objects.filter(in_parts(reader.parts), book_id=OuterRef("book_id"))
    in_part = ~Q(book_id__in=[part.book for part in reader.parts])
    opened = [Exists(of_book.filter(leaf=OuterRef(column))) for column in leaves]
    return rows.filter(in_part | reduce(or_, opened))


_HIDDEN: Final = """
SELECT r.leaf FROM restricted_restrictedentry r WHERE {} AND (EXISTS (
    SELECT 1 FROM restricted_restrictedentry m JOIN restricted_keptfrom k ON k.family = m.family
    WHERE m.leaf = r.leaf AND k.worker_id = %s
) OR (((r.readers = 'managers' AND {})
    OR (r.readers = 'need_to_know' AND {} AND {}) OR ({} AND EXISTS (
    SELECT 1 FROM restricted_restrictedentry m
    JOIN restricted_aboutmanagers a ON a.family = m.family WHERE m.leaf = r.leaf
))) AND NOT EXISTS (
    SELECT 1 FROM restricted_namedworker n
    WHERE n.leaf = r.leaf AND n.worker_id = %s AND n.capacity IN ('author', 'told')
)))
"""


def leaves_hidden(
    reader: EntryReader, *, books: Iterable[BookId] | None = None
) -> tuple[str, list[Any]]:
    """Return SQL that names the leaves the worker may not read, and its values.

    The same question as `hidden_from`, for what every page asks (`web/queries.py`). With `books`,
    only of these.
    """
    within, of_books = "1 = 1", list[Any]()
    if books is not None:
        of_books = [*books]
        within = f"r.book_id IN ({_marks(of_books)})" if of_books else "1 = 0"
    elsewhere, managed = _not_in(reader.answers_for, everywhere=reader.everywhere)
    need_not, needed = _not_in(reader.needs_to_know, everywhere=reader.everywhere)
    closed, granted = _not_granted(reader)
    below, above = _not_in(reader.answers_above, everywhere=reader.above_everywhere)
    worker = str(reader.worker)
    values = [*of_books, worker, *managed, *needed, *granted, *above, worker]
    return _HIDDEN.format(within, elsewhere, need_not, closed, below), values


def _not_in(books: Iterable[str], *, everywhere: bool) -> tuple[str, list[Any]]:
    """Return the condition that a page is in none of these books, and its values."""
    if everywhere:
        return "1 = 0", []
    named = [str(book) for book in books]
    return (f"r.book_id NOT IN ({_marks(named)})" if named else "1 = 1"), [*named]


def _not_granted(reader: EntryReader) -> tuple[str, list[Any]]:
    """Return the condition that an entry is none of those opened to them, and its values."""
    if not reader.granted:
        return "1 = 1", []
    return f"r.leaf NOT IN ({_marks(reader.granted)})", [*reader.granted]


def _marks(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


# Of staff, only those who need to know read these parts. Who a part is about never does, even
# after the restriction ended.
_PART_HIDDEN: Final = """
r.part <> '' AND r.scope = 'need_to_know' AND (EXISTS (
    SELECT 1 FROM restricted_partkeptfrom k
    WHERE k.leaf = r.leaf AND k.part = r.part AND k.worker_id = %s
) OR (r.state = 'held' AND {} AND {} AND NOT EXISTS (
    SELECT 1 FROM restricted_namedworker n
    WHERE n.leaf = r.leaf AND n.worker_id = %s AND n.capacity IN ('author', 'told')
)))
"""


def part_hidden(reader: EntryReader) -> tuple[str, list[Any]]:
    """Return a condition for rows `r` of `restricted_restriction`, and its values.

    It holds for each part of an entry that this worker does not read, although they read the entry.
    """
    need_not, needed = _not_in(reader.needs_to_know, everywhere=reader.everywhere)
    closed, granted = _not_granted(reader)
    worker = str(reader.worker)
    return _PART_HIDDEN.format(need_not, closed), [worker, *needed, *granted, worker]


def parts_hidden_column(reader: EntryReader, line: str, *, vendor: str) -> tuple[str, list[Any]]:
    """Return SQL for one column: the parts of the row `line` that are hidden, with spaces between.

    `line` is a table with the columns `book_id` and `leaf`. No query more than that of the rows.
    """
    hidden, values = part_hidden(reader)
    joined = "group_concat(r.part, ' ')" if vendor == "sqlite" else "string_agg(r.part, ' ')"
    within = f"r.book_id = {line}.book_id AND r.leaf = {line}.leaf"
    return (
        f"(SELECT {joined} FROM restricted_restriction r WHERE {within} AND {hidden})",  # noqa: S608
        values,
    )


def parts_hidden_among(
    leaves: Iterable[int], reader: EntryReader
) -> dict[tuple[BookId, int], frozenset[str]]:
    """Return which parts of these entries the worker does not read. 1 query, none without any."""
    wanted = list(leaves)
    if not wanted:
        return {}
    hidden, values = part_hidden(reader)
    rows = rows_of(
        "derived",
        "SELECT r.book_id, r.leaf, r.part FROM restricted_restriction r"  # noqa: S608
        f" WHERE r.leaf IN ({_marks(wanted)}) AND {hidden}",
        [*wanted, *values],
    )
    parts: dict[tuple[BookId, int], set[str]] = {}
    for book, leaf, part in rows:
        parts.setdefault((BookId(book), leaf), set()).add(part)
    return {key: frozenset(names) for key, names in parts.items()}


def parts_hidden(leaf: int, reader: EntryReader, *, book: BookId) -> frozenset[str]:
    """Return which parts of an entry of a book the worker does not read. 1 query."""
    return parts_hidden_among([leaf], reader).get((book, leaf), frozenset())


def kept_from_parts(leaf: int) -> dict[str, WorkerId]:
    """Return the parts of an entry that are about a worker, with that worker. 1 query."""
    rows = PartKeptFrom.objects.filter(leaf=leaf).order_by("part", "worker_id")
    return {part: WorkerId(worker) for part, worker in rows.values_list("part", "worker_id")}


def restrictions_of(leaf: int, *, book: BookId) -> list[Restriction]:
    """Return every restriction of an entry in a book, ended ones too, oldest first. 1 query."""
    return list(Restriction.objects.filter(leaf=leaf, book_id=book).order_by("set_in", "part"))


def known_in(books: Iterable[BookId], reader: EntryReader) -> "QuerySet[Restriction]":
    """Return what is or was held in these books and the worker may know of. No query until used.

    Of an entry that is kept from them they know nothing, nor of a part that is about them.
    """
    rows = Restriction.objects.filter(book_id__in=list(books))
    about_them = PartKeptFrom.objects.filter(
        leaf=OuterRef("leaf"), part=OuterRef("part"), worker_id=reader.worker
    )
    return readable(rows, reader).filter(~Exists(about_them))


def books_restricted() -> list[BookId]:
    """Return the books in which something is or was restricted. 1 query."""
    books = Restriction.objects.order_by("book_id").values_list("book_id", flat=True)
    return [BookId(book) for book in books.distinct()]


def held_in(books: Iterable[BookId], reader: EntryReader) -> QuerySet[Restriction]:
    """Return what is held in these books and the worker may know of. No query until it is used.

    Of an entry that is kept from them they know nothing, nor of a part that is about them.
    """
    rows = Restriction.objects.filter(book_id__in=list(books), state=State.HELD)
    about_them = PartKeptFrom.objects.filter(
        leaf=OuterRef("leaf"), part=OuterRef("part"), worker_id=reader.worker
    )
    return readable(rows, reader).filter(~Exists(about_them))


def may_read(leaf: int, reader: EntryReader, *, book: BookId) -> bool:
    """Say whether a worker who reads the book may read this entry of it. 1 query."""
    return (book, leaf) not in hidden_among([leaf], reader, book=book)


def hidden_among(
    leaves: Iterable[int], reader: EntryReader, *, book: BookId | None = None
) -> set[tuple[BookId, int]]:
    """Return which of these entries the worker may not read, by book. 1 query, none without any.

    1 more for who reads a book in part. With `book`, only in that book.
    """
    wanted = list(leaves)
    if not wanted:
        return set()
    within = Q(leaf__in=wanted) if book is None else Q(leaf__in=wanted, book_id=book)
    rows = hidden_from(reader).filter(within).values_list("book_id", "leaf")
    hidden = {(BookId(of), leaf) for of, leaf in rows}
    in_part = {part.book for part in reader.parts if book in {None, part.book}}
    if not in_part:
        return hidden
    kinds = EntryKind.objects.filter(in_parts(reader.parts), within)
    opened = set(kinds.values_list("book_id", "leaf"))
    return hidden | {(of, leaf) for of in in_part for leaf in wanted if (of, leaf) not in opened}


def is_opened_by_name(leaf: int, *, book: BookId) -> bool:
    """Say whether a grant can open an entry: those for managers are opened to nobody. 1 query."""
    closed = RestrictedEntry.objects.filter(leaf=leaf, book_id=book, readers=Readers.MANAGERS)
    return not closed.exists()


def restricted_among(leaves: Iterable[int]) -> set[int]:
    """Return which of these entries are restricted. 1 query, none without any."""
    wanted = list(leaves)
    rows = (
        RestrictedEntry.objects.filter(leaf__in=wanted)
        if wanted
        else RestrictedEntry.objects.none()
    )
    return set(rows.values_list("leaf", flat=True))


def kept_from(leaf: int) -> frozenset[WorkerId]:
    """Return the workers that the matter of an entry is about. 1 query."""
    matters = RestrictedEntry.objects.filter(leaf=leaf).values("family")
    workers = KeptFrom.objects.filter(family__in=matters).values_list("worker_id", flat=True)
    return frozenset(WorkerId(worker) for worker in workers)


def is_of_managers(leaf: int) -> bool:
    """Say whether the matter of an entry is about somebody who answers for the home. 1 query."""
    matters = RestrictedEntry.objects.filter(leaf=leaf).values("family")
    return AboutManagers.objects.filter(family__in=matters).exists()
