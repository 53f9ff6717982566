"""Which entries are damaged, in words: for the commands, and for the pages that show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.ledger.projecting.models import DamagedEntry
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.opening import Cause
from casebound.ledger.sealing.reads import entry_of

CAUSES: Final = {
    Cause.TAG: gettext_noop(
        "The stored bytes are not those that were sealed: their tag does not fit."
    ),
    Cause.BODY: gettext_noop("Its stored bytes are missing."),
    Cause.KEY: gettext_noop("The key of its book is missing from the keyring, or damaged."),
    Cause.WRAP: gettext_noop("Its own key is missing or damaged."),
    Cause.PAGE: gettext_noop("It is missing from a book that it was sealed in."),
    Cause.LINE: gettext_noop("Its line of the log is missing, or is not the one that was sealed."),
    Cause.WORDS: gettext_noop("What it says cannot be worked out."),
    Cause.UNREAD: gettext_noop("The database is damaged there and cannot be read."),
}


def cause_words(cause: str) -> str:
    """Say what is wrong with an entry, in one sentence."""
    return gettext(CAUSES[Cause(cause)])


@dataclass(frozen=True, slots=True)
class DamageSeen:
    """A number of a damaged entry.

    Attributes:
        leaf: its place in the log, from 0.
        entry_id: the entry; empty if nothing says which it was.
        book: the book or register; empty if nothing says which.
        number: its number there.
        cause: what is wrong.
        opens: whether its words can be read all the same.
    """

    leaf: int
    entry_id: EntryId
    book: BookId
    number: int
    cause: Cause
    opens: bool


def damaged_entries() -> list[DamageSeen]:
    """Return the numbers of all damaged entries, in the order of the log. 1 query."""
    rows = DamagedEntry.objects.order_by("leaf", "book_id")
    places = [_seen(row) for row in rows if not row.of_register]
    with_book = {place.leaf for place in places}
    return places + [_seen(row) for row in rows if row.of_register and row.leaf not in with_book]


def damage_in_words(places: Iterable[DamageSeen]) -> list[str]:
    """Say where and what, one line for numbers that follow each other with the same thing wrong.

    For the person who looks after casebound, so in ids and numbers alone.
    """
    runs: list[list[DamageSeen]] = []
    for place in sorted(places, key=lambda place: (place.book, place.number, place.leaf)):
        if runs and _follows(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_in_words(run) for run in runs]


def _follows(last: DamageSeen, place: DamageSeen) -> bool:
    of_same = (place.book, place.cause, place.opens) == (last.book, last.cause, last.opens)
    return of_same and bool(place.book) and place.number == last.number + 1


def _in_words(run: list[DamageSeen]) -> str:
    first, last = run[0], run[-1]
    if not first.book:
        where = f"Line {first.leaf + 1:,} of the log"
    elif first is last:
        where = f"Book {first.book}, no. {first.number:,}, line {first.leaf + 1:,} of the log"
    else:
        where = f"Book {first.book}, nos {first.number:,} to {last.number:,}"
    opens = " The words can be read." if first.opens else ""
    return f"{where}: {cause_words(first.cause)}{opens}"


def damaged_in(books: Iterable[BookId]) -> list[DamageSeen]:
    """Return the numbers in these books of entries that cannot be opened. 1 query."""
    rows = DamagedEntry.objects.filter(book_id__in=list(books), opens=False)
    return [_seen(row) for row in rows.order_by("leaf", "book_id")]


def is_unread_as_projected(leaf: int, rows: Rows) -> bool:
    """Say whether an entry cannot be opened, for a later room's projection. 1 query."""
    return bool(rows.find(DamagedEntry, leaf=leaf, opens=False))


def is_mended() -> bool:
    """Say whether an entry that could not be opened can be opened now. 1 query, 2 an entry.

    A page that could not be read for a moment, or a copy that was put back, mends it. Words that
    could not be worked out are another matter: the entry opens as it did then.
    """
    mendable = DamagedEntry.objects.filter(opens=False).exclude(cause=Cause.WORDS)
    rows = mendable.exclude(entry_id="").values_list("entry_id")
    entries = (entry_of(EntryId(entry)) for entry in dict.fromkeys(row[0] for row in rows))
    return any(entry is not None and not entry.is_damaged for entry in entries)


def _seen(row: DamagedEntry) -> DamageSeen:
    return DamageSeen(
        row.leaf,
        EntryId(row.entry_id),
        BookId(row.book_id),
        row.number,
        Cause(row.cause),
        row.opens,
    )
