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
