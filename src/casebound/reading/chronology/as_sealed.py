"""An entry's line, worked out from the opened entry and compared with the stored one (P58, P64).

The lines of the book are rows, which somebody with the database could change. Where a page vouches
for an entry (its own page, its receipt, a print) it shows what is worked out here, and says so if
the stored line says something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.messages import gettext
from casebound.ledger.projecting.again import RowsAgain
from casebound.ledger.projecting.reach import is_up_to_date, rooms_to_remake
from casebound.ledger.sealing.reads import ReadEntry, book_pages
from casebound.ledger.sealing.receipts import ProofSeen, proof_of
from casebound.people.access.reads import SeenBook
from casebound.people.homes.reads import is_named_as_sealed
from casebound.reading.chronology.models import Line
from casebound.reading.chronology.projections import draw, lasting_columns
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in
from casebound.record.rendering.entry_view import DAMAGED, EntryView, from_row, holds_parts

COLUMNS: Final = (
    "happened_at", "signed_at", "form", "author_id", "home_id", "entry_id", "leaf", "late", "state",
    "body", "staff_html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineAsSealed:
    """A line of a book as it follows from the opened entry.

    Attributes:
        number: its number in the book.
        leaf: the leaf of the entry.
        view: the entry as data to show.
        staff_html: the same as staff read it.
        happened_at: when the event was.
        is_stored: whether the stored line says the same, in every column.
        holds_parts: whether it has parts that not all staff read.
    """

    number: int
    leaf: int
    view: EntryView
    staff_html: str
    happened_at: datetime
    is_stored: bool
    holds_parts: bool = False


def line_as_sealed(entry: ReadEntry, book: BookId) -> LineAsSealed | None:
    """Work out an entry's line in a book; None if the book shows no line of it.

    About 3 ms: as many queries as it takes to show the line again after a later entry.
    """
    return lines_as_sealed([entry], book).get(entry.index)


def proof_of_page(entry: ReadEntry, book: SeenBook, line: LineAsSealed | None) -> ProofSeen:
    """Return the proof of an entry's page. It vouches for what is stored only if that is so.

    The child's name above the page is compared too.

    A stored line that differs for a good reason (its room waits to be remade, or a moment ago the
    entry was sealed) is no lie: then the page vouches for the words it shows, worked out here.
    """
    proof = proof_of(entry.index, book=book.id)
    if proof.state == "broken":
        return proof
    named = book.child is None or is_named_as_sealed(book.child)
    if (named and (line is None or line.is_stored)) or may_differ():
        return proof
    words = (
        gettext(
            "What casebound stores of this page to show it is not what was sealed. The words of the"
            " entry are worked out from the sealed entry."
        )
        if named
        else gettext(
            "The child’s name or birth that casebound shows is not the one that was sealed."
        )
    )
    more = gettext(
        "Tell the person responsible for records: other pages may show it differently."
        " `casebound verify` says what is wrong, and `casebound rebuild` puts it right."
    )
    return replace(proof, state="broken", words=words, more=more)


def may_differ() -> bool:
    """Say whether the stored lines are old: their room waits to be remade, or to catch up."""
    return "chronology" in rooms_to_remake() or not is_up_to_date()


@dataclass(frozen=True, slots=True)
class Vouched:
    """Entries for a print, each worked out from the opened entry.

    Attributes:
        lines: the line of each entry, in the order asked for.
        wrong: numbers of entries that are stored otherwise, and of those that are not stored.
        is_named: whether the child's name and birth are those that were sealed.
    """

    lines: list[LineAsSealed]
    wrong: list[int]
    is_named: bool


def vouched(book: SeenBook, numbers: Sequence[int], *, whole: bool) -> Vouched:
    """Work out the entries of a book that a print shows. About 3 ms each.

    With `whole`, the print is to show every entry of the book, so one that is stored nowhere is
    added. A number that no entry has is left out. Both are named as wrong.
    """
    more = set(range(1, book_pages(book.id) + 1)).difference(numbers) if whole else set[int]()
    lines: list[LineAsSealed] = []
    wrong: list[int] = []
    for number in [*numbers, *sorted(more)]:
        line = _open_line(book, number)
        if line is not None:
            lines.append(line)
        # An entry without a line, such as a word of the glossary, is in no print.
        if (line is not None and not line.is_stored) or (line is None and number not in more):
            wrong.append(number)
    if wrong and may_differ():
        wrong = []
    return Vouched(lines, sorted(wrong), book.child is None or is_named_as_sealed(book.child))


def _open_line(book: SeenBook, number: int) -> LineAsSealed | None:
    entry = entry_in(book, number)
    if entry is not None:
        return line_as_sealed(entry, book.id)
    # Its page is gone, and the book shows that it was there.
    lost = Line.objects.filter(book_id=book.id, number=number, state=DAMAGED).first()
    if lost is None:
        return None
    view = from_row(lost.body)
    return LineAsSealed(number, lost.leaf, view, lost.staff_html, lost.happened_at, is_stored=True)


def lines_as_sealed(entries: Sequence[ReadEntry], book: BookId) -> dict[int, LineAsSealed]:
    """Work out the lines of entries in a book, by leaf. 1 query for the stored ones."""
    numbers = {entry.pages[book] for entry in entries if book in entry.pages}
    stored = {
        row["number"]: row
        for row in Line.objects.filter(book_id=book, number__in=numbers).values("number", *COLUMNS)
    }
    lines: dict[int, LineAsSealed] = {}
    for entry in entries:
        follows = _follows(entry, book)
        if follows is not None:
            number, body = follows["number"], follows["body"]
            lines[entry.index] = LineAsSealed(
                number,
                entry.index,
                from_row(body),
                follows["staff_html"],
                follows["happened_at"],
                is_stored=stored.get(number)
                == {name: follows[name] for name in ("number", *COLUMNS)},
                holds_parts=holds_parts(body),
            )
    return lines


def _follows(entry: ReadEntry, book: BookId) -> Mapping[str, Any] | None:
    """Return every column of an entry's line in a book, as the entry has it."""
    rows = RowsAgain()
    draw(entry, rows)
    drawn = next((line for line in rows.written.get(Line, ()) if line["book_id"] == book), None)
    if drawn is None or not is_written(entry):
        return drawn
    return {**lasting_columns(entry, Entry.read(entry)), **drawn}
