"""Lines of the books, rendered once, and again only when a later entry puts one right."""

from casebound.foundation.web import marked
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.reading.chronology.models import Line, Writer
from casebound.record.book import wording
from casebound.record.book.entries import Entry, How, Reference
from casebound.record.book.models import Link

_STATES = {How.STRIKE: "struck", How.MISFILED: "misfiled"}


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's line to each of its books, and redraw the lines it is about."""
    for book, number in entry.pages.items():
        href = f"/books/{book}/{number}/"
        rows.add(
            Line,
            book_id=book,
            number=number,
            happened_at=fact.happened_from,
            signed_at=entry.signed_at,
            form=fact.form,
            author_id=fact.author.id,
            home_id=fact.home_id,
            entry_id=entry.entry_id,
            leaf=entry.index,
            late=fact.late,
            state="",
            html=marked.entry_html(wording.shown(entry, fact, number=number, href=href)),
        )
        if not rows.find(Writer, book_id=book, author_id=fact.author.id):
            rows.add(Writer, book_id=book, author_id=fact.author.id, name=fact.author.name)
    for reference in fact.references:
        _redraw(reference, entry, fact, rows)


def _redraw(reference: Reference, by: ReadEntry, by_fact: Entry, rows: Rows) -> None:
    earlier = entry_of(reference.entry_id)
    if earlier is None:
        return
    fact = Entry.read(earlier)
    links = rows.find(Link, to_entry=earlier.entry_id)
    for book, number in earlier.pages.items():
        notes, state, reason = [], "", ""
        for link in links:
            later = by if link.from_entry == by.entry_id else entry_of(link.from_entry)
            if later is None:
                continue
            at = later.pages.get(book)
            notes.append(
                marked.Note(
                    wording.note_words(link.how, at), f"/books/{book}/{at}/" if at else ""
                )
            )
            if How(link.how) in _STATES:
                state = _STATES[How(link.how)]
                said = by_fact if later is by else Entry.read(later)
                reason = " ".join(one.text for one in said.content.statements)
        html = marked.entry_html(
            wording.shown(
                earlier,
                fact,
                number=number,
                href=f"/books/{book}/{number}/",
                notes=tuple(notes),
                state=state,
                state_reason=reason,
            )
        )
        rows.change(Line, {"book_id": book, "number": number}, state=state, html=html)


PROJECTION = Projection(version=1, tables=(Line, Writer), on={Entry.kind: entry_sealed})
