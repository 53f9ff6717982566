"""Drafts as values: what somebody is writing, and the earlier entry it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from casebound.foundation.base.ids import BookId, DraftId, EntryId, WorkerId
from casebound.foundation.base.times import instant, utc_text
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

    def is_same_as(self, other: "About | None") -> bool:
        """Say whether another draft is about the same thing in the same entry."""
        thing = (self.entry_id, self.subject)
        return other is not None and thing == (other.entry_id, other.subject)

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
class Handing:
    """That a draft was handed to a colleague, in the words it had then (P28, HL7 EHR-S RI.1.3).

    Attributes:
        author: whose words they are: account id, full name and role.
        saved_at: when they were last saved by their author.
        by: who handed them on, by full name; at: when.
        to: who they were handed to.
        read_at: when that colleague first opened them; None as long as they have not.
        words: what the draft said, as told to the colleague.
        is_kept: they are sealed already, as a draft that was read.
    """

    author: WorkerId
    name: str
    role: str
    saved_at: datetime
    by: str
    at: datetime
    to: WorkerId
    words: Content
    read_at: datetime | None = None
    is_kept: bool = False

    @property
    def who(self) -> str:
        """Name the person whose words they are, with their role."""
        return f"{self.name}, {self.role}" if self.role else self.name

    def to_json(self) -> dict[str, Any]:
        """Write it for the draft's body."""
        return {
            "author": self.author,
            "name": self.name,
            "role": self.role,
            "saved_at": utc_text(self.saved_at),
            "by": self.by,
            "at": utc_text(self.at),
            "to": self.to,
            "words": self.words.to_json(),
            "read_at": utc_text(self.read_at) if self.read_at else None,
            "is_kept": self.is_kept,
        }

    @classmethod
    def from_json(cls, table: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            author=WorkerId(table["author"]),
            name=table["name"],
            role=table["role"],
            saved_at=instant(table["saved_at"]),
            by=table["by"],
            at=instant(table["at"]),
            to=WorkerId(table["to"]),
            words=Content.from_json(table["words"]),
            read_at=instant(table["read_at"]) if table["read_at"] else None,
            is_kept=table["is_kept"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What became of a draft before it was signed.

    Attributes:
        moves: from which book to which it was moved, first to last.
        ask_again: what its author has to look at again since the last move.
        handings: who it was handed on to, first to last.
    """

    moves: tuple[Move, ...] = ()
    ask_again: tuple[AskedAgain, ...] = ()
    handings: tuple[Handing, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the history for the draft's body."""
        return {
            "moves": [move.to_json() for move in self.moves],
            "ask_again": [[asked.field, asked.words] for asked in self.ask_again],
            "handings": [handing.to_json() for handing in self.handings],
        }

    @classmethod
    def from_json(cls, table: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            moves=tuple(Move.from_json(move) for move in table.get("moves", [])),
            ask_again=tuple(AskedAgain(*asked) for asked in table.get("ask_again", [])),
            handings=tuple(Handing.from_json(handing) for handing in table.get("handings", [])),
        )


NO_HISTORY = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft, decrypted: what it says, and what it said first.

    `copied` is what was filled in from what is known when it was begun; it stays when the draft is
    handed on. `files` says whether it had any when it was opened.
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
    copied: Content = Content()  # noqa: RUF009 (it is frozen)
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
    begun_by: WorkerId | None = None  # whose words they are, if it was handed over
