"""Writing restrictions of entries and their parts, for the projections that know what is sealed.

An author restricts while writing; a manager later, by an entry of its own (`set_in`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.restricted.entries import Readers
from casebound.people.restricted.models import KeptFrom, PartKeptFrom, RestrictedEntry, Restriction

RestrictionRow: TypeAlias = Restriction  # as other rooms read it
WHOLE: Final = ""  # the part that is the whole entry


class Scope(StrEnum):
    """Who is kept from something. The two never follow from each other."""

    CHILD = "child"
    NEED_TO_KNOW = "need_to_know"


class State(StrEnum):
    """What became of a restriction."""

    HELD = "held"
    RELEASED = "released"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A restriction, as an entry sets it.

    Attributes:
        book: the book it holds in.
        leaf: the entry that is restricted.
        part: the part of it, empty for the whole entry: `s3`, `a_name`, `f2`.
        ground: key of the ground, in the closed list of the rulebook.
        reference: of the police or the court.
        officer: of the police, by name.
        review_on: the day on which somebody looks at it again.
        set_in: the leaf of the entry that sets it.
        kept_from: ids of the workers it is about; they never read it.
    """

    book: BookId
    leaf: int
    scope: Scope
    ground: str
    reason: str
    decided_by: WorkerId
    decided_at: datetime
    set_in: int
    part: str = WHOLE
    reference: str = ""
    officer: str = ""
    review_on: date | None = None
    kept_from: frozenset[WorkerId] = frozenset()


def hold(rows: Rows, holding: Holding) -> None:
    """Add a restriction. A whole entry is from then on for those who need to know."""
    if holding.part == WHOLE and holding.scope is Scope.NEED_TO_KNOW:
        _close(rows, holding.book, holding.leaf)
    rows.add_missing(
        Restriction,
        id=_id(holding),
        book_id=holding.book,
        leaf=holding.leaf,
        part=holding.part,
        scope=holding.scope.value,
        ground=holding.ground,
        reason=holding.reason,
        reference=holding.reference,
        officer=holding.officer,
        decided_by=holding.decided_by,
        decided_at=holding.decided_at,
        review_on=holding.review_on,
        state=State.HELD.value,
        set_in=holding.set_in,
    )
    for worker in sorted(holding.kept_from):
        if holding.part == WHOLE:
            rows.add_missing(KeptFrom, family=holding.leaf, worker_id=worker)
        rows.add_missing(PartKeptFrom, leaf=holding.leaf, part=holding.part, worker_id=worker)


def end(rows: Rows, *, book: BookId, leaf: int, part: str, scope: Scope, state: State) -> None:
    """End the restrictions of a part in a book: they are released, or moved."""
    where = {
        "book_id": book,
        "leaf": leaf,
        "part": part,
        "scope": scope.value,
        "state": State.HELD.value,
    }
    rows.change(Restriction, where, state=state.value)
    if part == WHOLE and scope is Scope.NEED_TO_KNOW:
        _open(rows, book, leaf)


def _close(rows: Rows, book: BookId, leaf: int) -> None:
    """Keep an entry, and what adds to it, for those who need to know; also one that was open."""
    readers = Readers.NEED_TO_KNOW.value
    rows.add_missing(RestrictedEntry, book_id=book, leaf=leaf, family=leaf, readers=readers)
    opened = {"book_id": book, "family": leaf, "readers": Readers.ALL.value}
    rows.change(RestrictedEntry, opened, readers=readers)


def hold_with(rows: Rows, *, book: BookId, leaf: int, others: Iterable[int]) -> None:
    """Keep entries that tell more of a restricted entry as that is kept: they are one matter."""
    held = rows.find(RestrictedEntry, book_id=book, leaf=leaf, family=leaf)
    for row in held:
        for other in others:
            where = {"book_id": book, "leaf": other, "family": leaf}
            rows.add_missing(RestrictedEntry, **where, readers=row.readers)


def _open(rows: Rows, book: BookId, leaf: int) -> None:
    """Open an entry, and what adds to it, to all staff but those it is about."""
    where = {"book_id": book, "family": leaf, "readers": Readers.NEED_TO_KNOW.value}
    if rows.find(KeptFrom, family=leaf):
        rows.change(RestrictedEntry, where, readers=Readers.ALL.value)
    else:
        rows.remove(RestrictedEntry, **where)


def review_again(rows: Rows, *, book: BookId, leaf: int, part: str, scope: Scope, on: date) -> None:
    """Set the day of the next review of what is held of a part in a book."""
    where = {
        "book_id": book,
        "leaf": leaf,
        "part": part,
        "scope": scope.value,
        "state": State.HELD.value,
    }
    rows.change(Restriction, where, review_on=on)


def held_as_projected(rows: Rows, leaf: int, *, book: BookId | None = None) -> list[Restriction]:
    """Return what is held of an entry now, for a later room's projection. 1 query."""
    where = {"leaf": leaf, "state": State.HELD.value}
    return rows.find(Restriction, **(where | {"book_id": book} if book else where))


def keep_for_managers(rows: Rows, *, book: BookId, leaf: int, by: int) -> None:
    """Keep an entry, in a book, for those who answer for it, from the decision of leaf `by` on."""
    rows.add_missing(
        RestrictedEntry, book_id=book, leaf=leaf, family=by, readers=Readers.MANAGERS.value
    )


def open_to_others(rows: Rows, *, book: BookId, by: int) -> None:
    """End what `keep_for_managers` began. The decision itself stays for those who answer."""
    for row in rows.find(RestrictedEntry, book_id=book, family=by):
        if row.leaf != by:
            rows.remove(RestrictedEntry, book_id=book, leaf=row.leaf, family=by)


def kept_from_as_projected(rows: Rows, leaf: int, part: str) -> tuple[str, ...]:
    """Return the workers a part is about, for a later room's projection. 1 query."""
    return tuple(row.worker_id for row in rows.find(PartKeptFrom, leaf=leaf, part=part))


def kept_as_projected(rows: Rows, leaf: int, *, book: BookId | None = None) -> frozenset[str]:
    """Return the parts of an entry that not all staff read now, in a book or in any. 2 queries."""
    held = held_as_projected(rows, leaf, book=book)
    parts = {row.part for row in held if row.part and row.scope == Scope.NEED_TO_KNOW}
    return frozenset(parts | {row.part for row in rows.find(PartKeptFrom, leaf=leaf) if row.part})


def _id(holding: Holding) -> str:
    part = holding.part or "entry"
    return f"{holding.set_in}-{holding.leaf}-{holding.book}-{part}-{holding.scope}"
