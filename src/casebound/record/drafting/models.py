"""Drafts: ciphertext under the key of their book. Destroying the book's key destroys them too."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import OfDraft


class Draft(models.Model):
    """What somebody is writing and has not signed."""

    class Handling(OfDraft):
        """How each field is handled."""

        found_by = "book_id"

        operational: ClassVar = {
            "id", "book_id", "author_id", "form", "begun_at", "saved_at", "version", "clock_at",
            "body", "page_id", "save_number", "is_empty", "begun_by",
        }  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    book_id = models.CharField(max_length=32)
    author_id = models.CharField(max_length=32)
    form = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    clock_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    page_id = models.CharField(max_length=32, default="")
    save_number = models.PositiveIntegerField(default=0)
    is_empty = models.BooleanField(default=False)  # it says only what it began with
    begun_by = models.CharField(
        max_length=32, default=""
    )  # if it was handed over: its first author
    body = models.BinaryField()

    class Meta:
        """Indexes: by author, and by book for the manager's desk."""

        db_table = "draft"
        indexes: ClassVar = [
            models.Index(fields=["author_id", "saved_at"], name="drafting_draft_author"),
            models.Index(fields=["book_id", "saved_at"], name="drafting_draft_book"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"draft {self.id}"


class DraftPage(models.Model):
    """A writing page that was opened: on which device, and when it was last heard of.

    So a page can say that the same draft is open somewhere else before it saves, and name the
    device that saved last. The session is a digest of a random number.
    """

    class Handling(OfDraft):
        """How each field is handled."""

        found_by = "draft_id"

        operational: ClassVar = {"id", "draft_id", "session", "device", "seen_at"}

    id = models.CharField(max_length=32, primary_key=True)
    draft_id = models.CharField(max_length=32)
    session = models.CharField(max_length=32)
    device = models.CharField(max_length=10)
    seen_at = models.DateTimeField()

    class Meta:
        """Index: the pages of a draft."""

        db_table = "draft_page"
        indexes: ClassVar = [models.Index(fields=["draft_id"], name="drafting_page_draft")]

    def __str__(self) -> str:
        """Name the row."""
        return f"page {self.id}"
