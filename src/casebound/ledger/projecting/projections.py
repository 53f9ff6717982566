"""Which entries are damaged, so that pages and commands name them (`actions.project`)."""

from casebound.ledger.projecting.models import DamagedEntry
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry

ROOM = "projecting"


def add_damaged(entry: ReadEntry, rows: Rows) -> None:
    """Add a row for each number of an entry with something wrong; one of no book if it has none."""
    numbers: list[tuple[str, int, bool]] = [
        *((book, number, False) for book, number in entry.pages.items()),
        *((register, number, True) for register, number in entry.registers.items()),
    ]
    for book, number, of_register in numbers or [("", 0, False)]:
        rows.add(
            DamagedEntry,
            leaf=entry.index,
            book_id=book,
            number=number,
            of_register=of_register,
            entry_id=entry.entry_id,
            cause=entry.cause.value,
            opens=not entry.is_damaged,
        )


# Its rows follow from how the entries read and not from their kind, so it reacts to no kind.
PROJECTION = Projection(version=1, tables=(DamagedEntry,), on={})
