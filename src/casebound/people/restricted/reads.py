"""What a worker may read of the entries of a book they read: the one question, for every room.

A restricted entry is for those who answer for the book, for the worker who wrote it and for the
colleague who told it and is asked whether it is right. It is for nobody it is about. What is about
the managers themselves is for those above them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.people.restricted.entries import AUTHOR, TOLD
from casebound.people.restricted.models import (
    AboutManagers,
    KeptFrom,
    NamedWorker,
    RestrictedEntry,
)

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
    """

    worker: WorkerId
    answers_for: tuple[BookId, ...] = ()
    answers_above: tuple[BookId, ...] = ()
    everywhere: bool = False
    above_everywhere: bool = False


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
        not_theirs |= ~Q(book_id__in=list(reader.answers_for))
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
    return rows.filter(~Exists(hidden.filter(either)))


_HIDDEN: Final = """
SELECT r.leaf FROM restricted_restrictedentry r WHERE {} AND (EXISTS (
    SELECT 1 FROM restricted_restrictedentry m JOIN restricted_keptfrom k ON k.family = m.family
    WHERE m.leaf = r.leaf AND k.worker_id = %s
) OR (({} OR ({} AND EXISTS (
    SELECT 1 FROM restricted_restrictedentry m
    JOIN restricted_aboutmanagers a ON a.family = m.family WHERE m.leaf = r.leaf
))) AND NOT EXISTS (
    SELECT 1 FROM restricted_namedworker n
    WHERE n.leaf = r.leaf AND n.worker_id = %s AND n.capacity IN ('author', 'told')
)))
"""


def leaves_hidden(
    reader: EntryReader, *, books: Iterable[BookId] | None = None
) -> tuple[str, list[str]]:
    """Return SQL that names the leaves the worker may not read, and its values.

    The same question as `hidden_from`, for what every page asks (`web/queries.py`). With `books`,
    only of these.
    """
    within, of_books = "1 = 1", list[str]()
    if books is not None:
        of_books = [*books]
        within = f"r.book_id IN ({_marks(of_books)})" if of_books else "1 = 0"
    elsewhere, managed = _not_in(reader.answers_for, everywhere=reader.everywhere)
    below, above = _not_in(reader.answers_above, everywhere=reader.above_everywhere)
    worker = str(reader.worker)
    values = [*of_books, worker, *managed, *above, worker]
    return _HIDDEN.format(within, elsewhere, below), values


def _not_in(books: Iterable[str], *, everywhere: bool) -> tuple[str, list[str]]:
    """Return the condition that a page is in none of these books, and its values."""
    if everywhere:
        return "1 = 0", []
    named = [str(book) for book in books]
    return (f"r.book_id NOT IN ({_marks(named)})" if named else "1 = 1"), named


def _marks(values: Iterable[str]) -> str:
    return ", ".join("%s" for _ in values)


def may_read(leaf: int, reader: EntryReader, *, book: BookId) -> bool:
    """Say whether a worker who reads the book may read this entry of it. 1 query."""
    return not hidden_from(reader).filter(book_id=book, leaf=leaf).exists()


def hidden_among(leaves: Iterable[int], reader: EntryReader) -> set[tuple[BookId, int]]:
    """Return which of these entries the worker may not read, by book. 1 query, none without any."""
    wanted = list(leaves)
    if not wanted:
        return set()
    rows = hidden_from(reader).filter(leaf__in=wanted).values_list("book_id", "leaf")
    return {(BookId(book), leaf) for book, leaf in rows}


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
