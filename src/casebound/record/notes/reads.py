"""Notes that an entry may be written from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import entry_of
from casebound.record.book.entries import Entry
from casebound.record.book.reads import referred_to
from casebound.record.book.separating import in_book
from casebound.record.notes.models import Note
from casebound.record.notes.relations import DREW_ON

LOOK_BACK = timedelta(days=7)
AT_MOST = 8
FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """A note to draw on: its entry, number, when, its first words, and whether it was used."""

    entry: EntryId
    number: int
    when: str
    begins: str
    used: bool


def notes_to_draw_on(book: BookId, author: WorkerId, *, now: datetime) -> list[NoteSeen]:
    """Return the author's notes of the last week in this book, newest first, at most 8.

    3 queries, and 1 for each note, whose words are in the ledger alone.
    """
    rows = list(
        Note.objects.filter(
            book_id=book, author_id=author, happened_at__gte=now - LOOK_BACK
        ).order_by("-leaf")[:AT_MOST]
    )
    used = referred_to([EntryId(row.entry_id) for row in rows], by=DREW_ON, book=book)
    seen = []
    for row in rows:
        entry = entry_of(EntryId(row.entry_id))
        if entry is None:
            continue
        fact = in_book(Entry.read(entry), book)
        text = " ".join(statement.text for statement in fact.content.statements)
        begins = text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
        seen.append(
            NoteSeen(
                entry.entry_id,
                row.number,
                in_words(row.happened_at),
                begins,
                entry.entry_id in used,
            )
        )
    return seen
