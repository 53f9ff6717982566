"""The ledger's tables (format, section 2). Insert-only but for `Pending`, `Head` and `Book`.

Written with plain SQL by `sequencing`; the models are here for migrations and for reading. A
page's number is not part of the staged key: it is given when the entry is sequenced, and the
pending row carries the wraps until then.
"""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, Ends, SealedInBook, SealedLog, Upkeep


class SealedEntry(models.Model):
    """An entry's encrypted body."""

    class Handling(SealedInBook):
        """How each field is handled."""

        found_by = "id"

        operational: ClassVar = {"id", "body"}

    id = models.CharField(max_length=32, primary_key=True, db_comment="The entry, a random id.")
    body = models.BinaryField(
        db_comment="The signed entry, encrypted with its own secret, which is in entry_key."
    )

    class Meta:
        """Table of the ledger."""

        db_table = "sealed_entry"

    def __str__(self) -> str:
        """Name the entry by its id."""
        return self.id


class EntryKey(models.Model):
    """An entry's place in one book, and its secret wrapped under that book's key."""

    class Handling(SealedInBook):
        """How each field is handled."""

        operational: ClassVar = {"pk", "entry_id", "book_id", "page", "wrapped"}

    pk = models.CompositePrimaryKey("book_id", "page")
    entry_id = models.CharField(max_length=32, db_comment="The entry: sealed_entry.id.")
    book_id = models.CharField(
        max_length=32, db_comment="A book or register in which the entry has a number: book.id."
    )
    page = models.PositiveIntegerField(
        db_comment="The number of the entry in that book, from 1 without gaps."
    )
    wrapped = models.BinaryField(
        db_comment="The entry's secret, encrypted with the key of the book; empty in a register."
    )

    class Meta:
        """Table of the ledger."""

        db_table = "entry_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "book_id"], name="sealing_key_once_a_book"),
            models.CheckConstraint(condition=models.Q(page__gte=1), name="sealing_key_page_from_1"),
        ]

    def __str__(self) -> str:
        """Name the page by its book."""
        return f"page {self.page} of {self.book_id}"


class EntryBlob(models.Model):
    """The random name of an attached file's encrypted bytes, and the part it belongs to."""

    class Handling(SealedInBook):
        """How each field is handled."""

        found_by = "entry_id"

        operational: ClassVar = {"pk", "entry_id", "part", "locator"}

    pk = models.CompositePrimaryKey("entry_id", "part")
    entry_id = models.CharField(
        max_length=32, db_comment="The entry that has the file: sealed_entry.id."
    )
    part = models.PositiveSmallIntegerField(
        db_comment="Which part of the entry describes the file."
    )
    locator = models.CharField(
        max_length=32,
        unique=True,
        db_comment="The random name of the encrypted file in the folder blobs.",
    )

    class Meta:
        """Table of the ledger."""

        db_table = "entry_blob"

    def __str__(self) -> str:
        """Name the file by its entry."""
        return f"file of part {self.part} of {self.entry_id}"


class Pending(models.Model):
    """An entry that is signed and staged, waiting for its place in the log."""

    class Handling(Upkeep):
        """How each field is handled."""

        operational: ClassVar = {"seq", "entry_id", "fields", "set_aside"}

    seq = models.BigAutoField(primary_key=True)
    entry_id = models.CharField(max_length=32, unique=True)
    fields = models.BinaryField()
    set_aside = models.CharField(
        max_length=80,
        blank=True,
        db_default="",
        db_comment="Why the entry may not be signed into the log; usually empty.",
    )

    class Meta:
        """Table of the ledger."""

        db_table = "log_pending"

    def __str__(self) -> str:
        """Name the entry by its id."""
        return self.entry_id


class Leaf(models.Model):
    """One line of the log, kept for ever."""

    class Handling(SealedLog):
        """How each field is handled."""

        operational: ClassVar = {"idx", "hash", "data", "entry_id"}

    idx = models.BigIntegerField(
        primary_key=True, db_comment="The place in the log, from 0 without gaps."
    )
    hash = models.BinaryField(db_comment="The hash of this line, from which the tree is made.")
    data = models.BinaryField(db_comment="The line itself: when, and hashes of what was sealed.")
    entry_id = models.CharField(  # noqa: DJ001 (no entry)
        max_length=32,
        null=True,
        unique=True,
        db_comment="The entry of this line: sealed_entry.id; empty for lines about the log itself.",
    )

    class Meta:
        """Table of the ledger."""

        db_table = "log_leaf"

    def __str__(self) -> str:
        """Name the line by its place."""
        return f"leaf {self.idx}"


class Node(models.Model):
    """The hash of a perfect subtree of the log; level 0 is the leaves' own."""

    class Handling(SealedLog):
        """How each field is handled."""

        operational: ClassVar = {"pk", "level", "idx", "hash"}

    pk = models.CompositePrimaryKey("level", "idx")
    level = models.PositiveSmallIntegerField(
        db_comment="The height in the tree; 0 is a line of the log."
    )
    idx = models.BigIntegerField(db_comment="The place at that height, from 0.")
    hash = models.BinaryField(db_comment="The hash of the two nodes below.")

    class Meta:
        """Table of the ledger."""

        db_table = "log_node"

    def __str__(self) -> str:
        """Name the node by its place."""
        return f"node {self.level}/{self.idx}"


class Head(models.Model):
    """How far the log reaches: one row."""

    class Handling(Upkeep):
        """How each field is handled."""

        operational: ClassVar = {"id", "size", "peaks", "last_at"}

    id = models.PositiveSmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    peaks = models.BinaryField()
    last_at = models.CharField(max_length=20)

    class Meta:
        """Table of the ledger."""

        db_table = "log_head"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="sealing_head_is_one_row"),
        ]

    def __str__(self) -> str:
        """Name the head by its size."""
        return f"log of {self.size}"


class SignedCheckpoint(models.Model):
    """A signed tree head."""

    class Handling(SealedLog):
        """How each field is handled."""

        operational: ClassVar = {"size", "note"}

    size = models.BigIntegerField(primary_key=True, db_comment="How many lines the log had.")
    note = models.BinaryField(
        db_comment="The signed statement of that size and of the root of the tree."
    )

    class Meta:
        """Table of the ledger."""

        db_table = "log_checkpoint"

    def __str__(self) -> str:
        """Name the checkpoint by its size."""
        return f"checkpoint {self.size}"


class Book(models.Model):
    """A book: its secret tag and how many pages it has. Deleted when the book is destroyed."""

    class Handling(Upkeep):
        """How each field is handled."""

        belongs_to = BelongsTo.BOOK
        ends = Ends.WITH_BOOK
        found_by = "id"

        operational: ClassVar = {"id", "tag", "pages"}

    id = models.CharField(max_length=32, primary_key=True)
    tag = models.BinaryField()
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        """Table of the ledger."""

        db_table = "book"

    def __str__(self) -> str:
        """Name the book by its id."""
        return self.id
