"""The read trail: who looked at which pages, and when. Ids only, insert-only."""

from typing import ClassVar

from django.db import models


class Reading(models.Model):
    """One look at a book."""

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {"id", "at", "worker_id", "book_id", "what", "first", "last"}
        schedule: ClassVar = "child-case-record"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    worker_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    what = models.CharField(max_length=12)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        """By book, for "who looked at my record"."""

        db_table = "read_trail"
        indexes: ClassVar = [models.Index(fields=["book_id", "id"], name="access_reading_book")]

    def __str__(self) -> str:
        """Name the row."""
        return f"reading {self.id}"
