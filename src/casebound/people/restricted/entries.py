"""Writing which entries are restricted, for the projection that knows what an entry says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.models import (
    AboutManagers,
    KeptFrom,
    NamedWorker,
    RestrictedEntry,
)


class Readers(StrEnum):
    """Which of the staff read a restricted entry, besides its author and who told it."""

    MANAGERS = "managers"  # who answer for the book
    NEED_TO_KNOW = "need_to_know"
    ALL = "all"  # it was released; who it is about still reads nothing


AUTHOR: Final = "author"
TOLD: Final = "told"


def name_workers(rows: Rows, entry: ReadEntry, named: Mapping[str, Iterable[str]]) -> None:
    """Add which workers an entry names, by capacity."""
    for capacity, workers in named.items():
        for worker in sorted(set(workers)):
            rows.add(NamedWorker, leaf=entry.index, worker_id=worker, capacity=capacity)


def restrict(
    rows: Rows,
    entry: ReadEntry,
    *,
    families: Iterable[int],
    parties: Iterable[str],
    of_managers: bool = False,
    readers: Readers = Readers.MANAGERS,
) -> None:
    """Restrict an entry in each of its books, and keep its matters from those it is about.

    Without a family it is the first entry of a matter of its own. `of_managers` keeps the matter
    from everybody who does not answer for the managers too. `readers` are those who answer
    for the book, or those who need to know.
    """
    matters = sorted(set(families)) or [entry.index]
    for book in entry.pages:
        for family in matters:
            rows.add(
                RestrictedEntry,
                book_id=book,
                leaf=entry.index,
                family=family,
                readers=readers.value,
            )
    for worker in sorted(set(parties)):
        for family in matters:
            rows.add_missing(KeptFrom, family=family, worker_id=worker)
    for family in matters if of_managers else ():
        rows.add_missing(AboutManagers, family=family)


def families_of(rows: Rows, leaves: Iterable[int]) -> set[int]:
    """Return the matters that these entries belong to. 1 query each."""
    return {
        row.family for leaf in sorted(set(leaves)) for row in rows.find(RestrictedEntry, leaf=leaf)
    }


def readers_of(rows: Rows, family: int) -> Readers:
    """Return who reads what adds to a matter: who reads its first entry now. 1 query."""
    first = rows.find(RestrictedEntry, leaf=family, family=family)
    found = {Readers(row.readers) for row in first}
    for readers in (Readers.MANAGERS, Readers.NEED_TO_KNOW, Readers.ALL):
        if readers in found:
            return readers
    return Readers.MANAGERS


@dataclass(frozen=True, slots=True)
class Matter:
    """What a restricted entry belongs to, so that those it is about have no part in what follows.

    Attributes:
        workers: ids of those it is about.
        of_managers: it is about the person who heads the home.
    """

    workers: tuple[str, ...] = ()
    of_managers: bool = False


NO_MATTER: Final = Matter()


def matter_as_projected(leaf: int, rows: Rows) -> Matter:
    """Return the matter of an entry, for a later room. 1 query, and 2 for each matter it is of."""
    families = sorted(families_of(rows, [leaf]))
    workers = {row.worker_id for family in families for row in rows.find(KeptFrom, family=family)}
    of_managers = any(rows.find(AboutManagers, family=family) for family in families)
    return Matter(tuple(sorted(workers)), of_managers)


def is_restricted(rows: Rows, leaf: int) -> bool:
    """Say whether an entry is restricted, for a later room's projection. 1 query."""
    return bool(rows.find(RestrictedEntry, leaf=leaf))


def has_restricted(rows: Rows, book: str) -> bool:
    """Say whether any entry of a book is restricted, for a later room's projection. 1 query."""
    return bool(rows.find(RestrictedEntry, book_id=book))
