"""The tables of the record built by hand. Unmanaged: no installation has them."""

from typing import ClassVar

from django.db import models


class Chain(models.Model):
    """The head of the hash chain: one row, locked by the writer that adds to the chain."""

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {"id", "head"}

    id = models.PositiveSmallIntegerField(primary_key=True)
    head = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Chain"]] = models.Manager()

    class Meta:
        """Made only while measuring."""

        app_label = "by_hand"
        managed = False
        db_table = "by_hand_chain"

    def __str__(self) -> str:
        """Name the row."""
        return "the chain"


class Entry(models.Model):
    """A signed entry, in plain text."""

    class Handling:
        """How each field is handled."""

        personal: ClassVar = {"content", "author_name"}
        operational: ClassVar = {
            "id", "book_id", "number", "form", "happened_at", "signed_at", "author_id",
            "author_role", "previous", "hash", "signature",
        }  # fmt: skip

    id = models.BigAutoField(primary_key=True)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    author_id = models.CharField(max_length=32)
    author_name = models.CharField(max_length=120)
    author_role = models.CharField(max_length=60)
    content = models.JSONField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)
    signature = models.BinaryField()

    objects: ClassVar[models.Manager["Entry"]] = models.Manager()

    class Meta:
        """Made only while measuring."""

        app_label = "by_hand"
        managed = False
        db_table = "by_hand_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book_id", "number"], name="by_hand_entry_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["book_id", "happened_at", "number"], name="by_hand_entry_time")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"entry {self.id}"


class Audit(models.Model):
    """Who wrote or read what, and when."""

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {"id", "at", "worker_id", "book_id", "what", "first", "last"}

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    worker_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    what = models.CharField(max_length=12)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Audit"]] = models.Manager()

    class Meta:
        """Made only while measuring."""

        app_label = "by_hand"
        managed = False
        db_table = "by_hand_audit"
        indexes: ClassVar = [models.Index(fields=["book_id", "id"], name="by_hand_audit_book")]

    def __str__(self) -> str:
        """Name the row."""
        return f"audit {self.id}"


class Membership(models.Model):
    """Which worker may read and write in which book."""

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {"id", "worker_id", "book_id", "title"}

    id = models.BigAutoField(primary_key=True)
    worker_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    title = models.CharField(max_length=60)

    objects: ClassVar[models.Manager["Membership"]] = models.Manager()

    class Meta:
        """Made only while measuring."""

        app_label = "by_hand"
        managed = False
        db_table = "by_hand_membership"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker_id", "book_id"], name="by_hand_membership_once")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"membership {self.id}"


TABLES = (Chain, Entry, Audit, Membership)
