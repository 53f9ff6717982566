"""The parts of a book that somebody reads who does not read the whole book.

A grant opens one form, one register, some days or one entry, and some visitors read a few forms.
What the rest of the book says, and that it is there, is not for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Q

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.models import EntryKind


@dataclass(frozen=True, slots=True)
class BookPart:
    """A part of a book: the entries for which everything that is set here holds.

    Attributes:
        book: the book.
        forms: the only forms; None for every form.
        register: the only register; empty for every entry.
        period: the first and the last day of the events; None for every day.
        leaf: the only entry; None for every entry.
    """

    book: BookId
    forms: tuple[str, ...] | None = None
    register: str = ""
    period: tuple[date, date] | None = None
    leaf: int | None = None


def note_kind(
    rows: Rows, entry: ReadEntry, *, form: str, registers: Iterable[str], on: date
) -> None:
    """Add what an entry is, in each of its books, for the projection that knows what it says."""
    named = "".join(f",{register}" for register in sorted(set(registers)))
    for book in entry.pages:
        rows.add(
            EntryKind,
            book_id=book,
            leaf=entry.index,
            form=form,
            registers=f"{named}," if named else "",
            happened_on=on,
        )


def in_parts(parts: Sequence[BookPart]) -> Q:
    """Return the condition that a row of `EntryKind` is in one of these parts."""
    either = Q(pk__in=[])
    for part in parts:
        each = Q(book_id=part.book)
        if part.forms is not None:
            each &= Q(form__in=part.forms)
        if part.register:
            each &= Q(registers__contains=f",{part.register},")
        if part.period is not None:
            each &= Q(happened_on__gte=part.period[0], happened_on__lte=part.period[1])
        if part.leaf is not None:
            each &= Q(leaf=part.leaf)
        either |= each
    return either


def open_in_part(parts: Sequence[BookPart], *, book: str, leaf: str) -> tuple[str, list[Any]]:
    """Return SQL that lets only entries of these parts through, and its values.

    `book` and `leaf` name the columns of an entry, each with its table. A book of
    which there is no part is read whole.
    """
    if not parts:
        return "1 = 1", []
    books = [*dict.fromkeys(part.book for part in parts)]
    either, values = [], list[Any](books)
    for part in parts:
        each, of_part = _condition(part)
        either.append(f"({each})")
        values += of_part
    kinds = f"k.book_id = {book} AND k.leaf = {leaf} AND ({' OR '.join(either)})"
    opened = f"EXISTS (SELECT 1 FROM restricted_entrykind k WHERE {kinds})"  # noqa: S608
    return f"({book} NOT IN ({_marks(books)}) OR {opened})", values


def _condition(part: BookPart) -> tuple[str, list[Any]]:
    terms, values = ["k.book_id = %s"], list[Any]([part.book])
    if part.forms is not None:
        terms.append(f"k.form IN ({_marks(part.forms)})" if part.forms else "1 = 0")
        values += part.forms
    if part.register:
        terms.append("k.registers LIKE %s")
        values.append(f"%,{part.register},%")
    if part.period is not None:
        adapt = connections["derived"].ops.adapt_datefield_value
        terms.append("k.happened_on BETWEEN %s AND %s")
        values += [adapt(day) for day in part.period]
    if part.leaf is not None:
        terms.append("k.leaf = %s")
        values.append(part.leaf)
    return " AND ".join(terms), values


def _marks(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)
