"""Drafts as values: what somebody is writing, and the earlier entry it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from casebound.foundation.base.ids import BookId, DraftId, EntryId, WorkerId
from casebound.people.duties.entries import WHOLE, Subject
from casebound.record.book.entries import Move, subject_from, subject_json
from casebound.record.book.relations import Relation, relation_of
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.shape import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The earlier entry a draft is about, and how many pages the book had when it was read.

    The draft puts that entry right, or follows it. `subject` says which of several things in the
    entry it follows. `others` has the pages of the other children's books that the entry is in.
    """

    relation: Relation
    entry_id: EntryId
    index: int
    number: int
    pages: int
    subject: Subject = WHOLE
    others: tuple[tuple[BookId, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the reference for the draft's body."""
        return {
            "relation": self.relation.key,
            "entry": self.entry_id,
            "index": self.index,
            "number": self.number,
            "pages": self.pages,
            "subject": subject_json(self.subject),
            "others": [[book, pages] for book, pages in self.others],
        }

    @classmethod
    def from_json(cls, table: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            relation=relation_of(table["relation"]),
            entry_id=EntryId(table["entry"]),
            index=table["index"],
            number=table["number"],
            pages=table["pages"],
            subject=subject_from(table.get("subject")),
            others=tuple((BookId(book), pages) for book, pages in table.get("others", [])),
        )


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Something a draft said that may not be so in the book it was moved to: where, and what."""

    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What became of a draft before it was signed.

    Attributes:
        moves: from which book to which it was moved, first to last.
        ask_again: what its author has to look at again since the last move.
    """

    moves: tuple[Move, ...] = ()
    ask_again: tuple[AskedAgain, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the history for the draft's body."""
        return {
            "moves": [move.to_json() for move in self.moves],
            "ask_again": [[asked.field, asked.words] for asked in self.ask_again],
        }

    @classmethod
    def from_json(cls, table: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            moves=tuple(Move.from_json(move) for move in table.get("moves", [])),
            ask_again=tuple(AskedAgain(*asked) for asked in table.get("ask_again", [])),
        )


NO_HISTORY = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft, decrypted: what it says, and what it said first.

    `files` says whether it had any when it was opened.
    """

    id: DraftId
    book: BookId
    author: WorkerId
    form: Form
    begun_at: datetime
    saved_at: datetime
    version: int
    content: Content
    about: About | None
    first: Content
    files: bool = False
    history: History = NO_HISTORY


@dataclass(frozen=True, slots=True)
class WritingPage:
    """The writing page that sends a save.

    The server gives each page an id when it shows it. `save` counts the saves the page has sent,
    from 1; 0 if nothing counts them, which is so without scripts.
    """

    id: str
    save: int = 0


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as a list shows it, without its content."""

    id: DraftId
    book: BookId
    author: WorkerId
    form: str
    saved_at: datetime
    clock_at: datetime | None
