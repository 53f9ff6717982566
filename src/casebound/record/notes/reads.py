"""Questions about notes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import may_read_words, referred_to, statuses
from casebound.record.book.separating import in_book
from casebound.record.notes.models import Note
from casebound.record.notes.relations import DREW_ON

LOOK_BACK: Final = timedelta(days=7)
AT_MOST: Final = 8
BEGINNING: Final = 80  # characters


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """A note that an entry can be written from.

    Attributes:
        entry: the note's entry.
        number: its number in the book.
        when: when the event was, in words.
        begins: the beginning of its text.
        used: whether an entry that stands was written from it.
    """

    entry: EntryId
    number: int
    when: str
    begins: str
    used: bool


def notes_to_draw_on(book: SeenBook, *, at: datetime) -> list[NoteSeen]:
    """Return the worker's own notes of the last week in this book, newest first, at most 8.

    None for a worker who may no longer read the book, and none that was put in it by mistake.

    2 queries; 1 more and 1 for each note, if there is any: only the ledger keeps its words.
    """
    if not book.may(Permission.READ_BOOK):
        return []
    notes = list(
        Note.objects.filter(
            book_id=book.id, author_id=book.worker, happened_at__gte=at - LOOK_BACK
        ).order_by("-leaf")[:AT_MOST]
    )
    barred = statuses([EntryId(note.entry_id) for note in notes], book=book.id) if notes else {}
    used = referred_to([EntryId(note.entry_id) for note in notes], by=DREW_ON, book=book.id)
    return [
        NoteSeen(
            entry.entry_id,
            note.number,
            in_words(note.happened_at),
            _beginning(_text(entry, book.id)),
            entry.entry_id in used,
        )
        for note in notes
        if may_read_words(barred.get(EntryId(note.entry_id)), book)
        and (entry := entry_of(EntryId(note.entry_id)))
        and is_written(entry)
    ]


def _text(entry: ReadEntry, book: BookId) -> str:
    """Return the statements of a note as one text."""
    fact = in_book(Entry.read(entry), book)
    return " ".join(statement.text for statement in fact.content.statements)


def _beginning(text: str) -> str:
    """Return the first whole words of `text`, with `…` where words are left out."""
    if len(text) <= BEGINNING:
        return text
    return text[:BEGINNING].rsplit(" ", 1)[0] + " …"
