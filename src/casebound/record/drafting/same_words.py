"""The same words twice in a row in one book: a question at the read-through that blocks nothing.

A log that was copied says of one day what happened on another. It may be true all the same, so the
author is only asked, and signs with the same one tap.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, last_entries
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.holding import for_all_staff
from casebound.record.book.reads import open_among, statuses
from casebound.record.book.separating import in_book
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.content import Content

LOOKED_AT: Final = 12  # entries of a book, the last
OWN: Final = 3  # of those the author's own, besides the very last
# A short routine line ("We had tea together.") is often the same, and nobody is asked about it.
FEWEST_WORDS: Final = 8
FEWEST_LETTERS: Final = 40  # in a script that does not part its words


@dataclass(frozen=True, slots=True)
class SameWords:
    """An earlier entry that says in the same words what the draft says."""

    book: BookId
    title: str
    number: int
    signed: str  # who signed it, and when
    begins: str


def same_words(prepared: PreparedDraft) -> list[SameWords]:
    """Return the earlier entries to ask about, at most one a book. 2 queries a book.

    No query if the draft has only short lines. An entry that was struck or misfiled is not asked
    about: its words are often written again where they belong.
    """
    ours = dict(_texts(prepared.draft.content))
    if not ours:
        return []
    about = prepared.draft.about
    found = []
    for book in prepared.books:
        if not book.may(Permission.READ_BOOK):
            continue
        for entry in _looked_at(prepared, book):
            if about is not None and entry.entry_id == about.entry_id:
                continue
            theirs = dict(_texts(in_book(for_all_staff(Entry.read(entry)), book.id).content))
            if alike := ours.keys() & theirs.keys():
                found.append(_said(entry, book, ours[min(alike)]))
                break
    return found


def _looked_at(prepared: PreparedDraft, book: SeenBook) -> list[ReadEntry]:
    """Return the last entry of the book and the author's own last few, newest first."""
    last = (entry for entry in last_entries(book.id, LOOKED_AT) if is_written(entry))
    entries = open_among(last, book)
    withdrawn = statuses((entry.entry_id for entry in entries), book=book.id) if entries else {}
    standing = [entry for entry in reversed(entries) if entry.entry_id not in withdrawn]
    own = [entry for entry in standing[1:] if entry.signed_by == prepared.draft.author]
    return standing[:1] + own[:OWN]


def _said(entry: ReadEntry, book: SeenBook, text: str) -> SameWords:
    author = Entry.read(entry).author.name
    signed = f"{author}, {in_words(entry.signed_at)}"
    begins = " ".join(text.split()[:FEWEST_WORDS])
    return SameWords(book.id, book.title, entry.pages[book.id], signed, begins)


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    """Yield each statement that is long enough, without what spacing, case and signs change."""
    for statement in content.statements:
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", statement.text).casefold())
        joined = " ".join(words)
        if len(words) >= FEWEST_WORDS or len(joined) >= FEWEST_LETTERS:
            yield joined, statement.text
