"""The notes that an entry can be written from, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class Note(models.Model):
    """A sealed note, in the one book it was written in. A withdrawn note has no row."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {
            "leaf", "entry_id", "book_id", "number", "author_id", "home_id", "happened_at",
        }  # fmt: skip

    leaf = models.BigIntegerField(primary_key=True)
    entry_id = models.CharField(max_length=32, unique=True)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    author_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    happened_at = models.DateTimeField()

    class Meta:
        """Found by book and author, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "author_id", "leaf"], name="notes_note_book_author"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"note {self.leaf}"
