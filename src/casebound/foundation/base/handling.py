"""What each table and each field has to have decided before it may be kept: five questions, once.

A table answers with a class `Handling` that inherits one of these and names its fields; a kind of
entry does the same for what it seals. House tests demand all answers
(`tests/house/test_decisions.py`). The same answers will feed subject access, export and disposal.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

NOBODY: Final = "nobody"  # no page shows it
OWN: Final = "own"  # the person it is about, or who is writing it


class BelongsTo(StrEnum):
    """Whose a row is."""

    BOOK = "a book"
    HOME = "a home"
    WORKER = "a worker"
    PROVIDER = "the provider"


class Keeping(StrEnum):
    """How a row is kept."""

    SEALED = "sealed: nothing in it is changed or taken away"
    DERIVED = "derived: worked out from the entries, and in no backup"
    OPERATIONAL = "operational: changed as people work"


class ComesOut(StrEnum):
    """How a row comes out when somebody asks for what is kept about them."""

    AS_SEALED = "as the sealed entry, field by field, each as its kind says"
    WITH_ENTRY = "not by itself: the entry that it follows from comes out"
    AS_READ = "as who read what, and when"
    AS_ITSELF = "as it stands"
    AS_DRAFT = "as an unsigned draft, to its author"
    NOTHING = "not at all: it says nothing about anybody"


class Ends(StrEnum):
    """How a row dies."""

    WITH_KEY = "unreadable when the key of its book is destroyed"
    WITH_BOOK = "taken out when its book is destroyed"
    WITH_DRAFT = "taken away when its draft is signed or discarded"
    WITH_SESSION = "taken away when the session ends, after 12 hours at the latest"
    BY_SCHEDULE = "when its schedule says"
    REMADE = "emptied whenever its rows are worked out again"
    NEVER = "kept for as long as the log: it holds hashes, keys or counts"


class TableHandling:
    """What a table has decided.

    Attributes:
        personal: fields that say something about a person; the rest are `operational`.
        schedule: the retention schedule, of a table with personal fields.
        seen_by: permissions, `OWN` or `NOBODY`.
        found_by: the field by which the rows of one book, home or worker are found; a table of the
            provider has none.
    """

    personal: ClassVar[Set[str]] = frozenset()
    operational: ClassVar[Set[str]] = frozenset()
    schedule: ClassVar[str] = ""
    belongs_to: ClassVar[BelongsTo]
    keeping: ClassVar[Keeping]
    seen_by: ClassVar[Set[str]]
    comes_out: ClassVar[ComesOut]
    ends: ClassVar[Ends]
    found_by: ClassVar[str] = ""


class SealedInBook(TableHandling):
    """Ciphertext of a book's entries: its key opens them, and without it they are noise."""

    belongs_to = BelongsTo.BOOK
    keeping = Keeping.SEALED
    seen_by = frozenset({"read_book"})
    comes_out = ComesOut.AS_SEALED
    ends = Ends.WITH_KEY
    found_by = "book_id"


class SealedLog(TableHandling):
    """The log of hashes, which proves that nothing was changed and tells nothing."""

    belongs_to = BelongsTo.PROVIDER
    keeping = Keeping.SEALED
    seen_by = frozenset({"verify_ledger"})
    comes_out = ComesOut.NOTHING
    ends = Ends.NEVER


class Upkeep(TableHandling):
    """Counts, marks and keys that the machinery needs and no page shows."""

    belongs_to = BelongsTo.PROVIDER
    keeping = Keeping.OPERATIONAL
    seen_by = frozenset({NOBODY})
    comes_out = ComesOut.NOTHING
    ends = Ends.NEVER


class DerivedOfBook(TableHandling):
    """Rows that follow from the entries of a book, for those who read it."""

    belongs_to = BelongsTo.BOOK
    keeping = Keeping.DERIVED
    seen_by = frozenset({"read_book"})
    comes_out = ComesOut.WITH_ENTRY
    ends = Ends.WITH_BOOK
    found_by = "book_id"


class DerivedOfHome(DerivedOfBook):
    """Rows that follow from entries and belong to a home, for those who read its book."""

    belongs_to = BelongsTo.HOME
    found_by = "home_id"


class DerivedOfProvider(DerivedOfBook):
    """Rows that follow from entries and belong to the whole provider."""

    belongs_to = BelongsTo.PROVIDER
    ends = Ends.REMADE
    found_by = ""


class OfDraft(TableHandling):
    """What somebody is writing and has not signed: ciphertext under the key of the draft's book."""

    belongs_to = BelongsTo.BOOK
    keeping = Keeping.OPERATIONAL
    seen_by = frozenset({OWN})
    comes_out = ComesOut.AS_DRAFT
    ends = Ends.WITH_DRAFT


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a sealed field has decided: its audience, if it is personal, and how it comes out."""

    audience: str
    comes_out: str
    personal: bool = True


FIELD_RULES: Final[Mapping[str, FieldRule]] = {
    "about_child": FieldRule("those who read the book, and the child", "in full"),
    "about_worker": FieldRule(
        "those who read the book, and the child", "in full: a worker acted in their role"
    ),
    "about_others": FieldRule(
        "those who read the book", "when the person agrees, or it is reasonable without"
    ),
    "marked": FieldRule(
        "as the sharing mark of each statement says", "statement by statement, as marked"
    ),
    "operational": FieldRule(
        "those who read the book", "with the entry, so that it is whole", personal=False
    ),
}


class FieldHandling:
    """What a kind of entry has decided about each field that it seals.

    A field is named in one of these sets, and has that set's `FIELD_RULES`.
    """

    about_child: ClassVar[Set[str]] = frozenset()
    about_worker: ClassVar[Set[str]] = frozenset()
    about_others: ClassVar[Set[str]] = frozenset()
    marked: ClassVar[Set[str]] = frozenset()
    operational: ClassVar[Set[str]] = frozenset()

    @classmethod
    def rule_of(cls, field: str) -> FieldRule:
        """Return what is decided about a field.

        Raises:
            KeyError: nothing is.
        """
        for name, rule in FIELD_RULES.items():
            if field in getattr(cls, name):
                return rule
        raise KeyError(field)
