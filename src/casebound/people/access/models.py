"""The read trail: who looked at which pages, and when. Ids only, insert-only."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import ComesOut, Ends, SealedInBook


class Reading(models.Model):
    """One look at a book."""

    class Handling(SealedInBook):
        """How each field is handled."""

        comes_out = ComesOut.AS_READ
        ends = Ends.BY_SCHEDULE

        operational: ClassVar = {
            "id", "at", "worker_id", "book_id", "what", "first", "last", "under", "device",
            "network", "why",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.BigAutoField(primary_key=True, db_comment="The order in which looks were put down.")
    at = models.DateTimeField(db_comment="When the person looked, in UTC.")
    worker_id = models.CharField(max_length=32, db_comment="Who looked: accounts_account.id.")
    book_id = models.CharField(max_length=32, db_comment="At which book: book.id.")
    what = models.CharField(
        max_length=12, db_comment="In which way; the words stand in READINGS of the rooms."
    )
    first = models.PositiveIntegerField(db_comment="The first page they saw.")
    last = models.PositiveIntegerField(db_comment="The last page they saw.")
    under = models.CharField(
        max_length=32, db_comment="Under which right: the id of an appointment or a grant."
    )
    device = models.CharField(
        max_length=32, db_comment="On which browser: events_knowndevice.id; empty if unknown."
    )
    network = models.CharField(
        max_length=8, db_comment="The kind of network address: own or outside; empty if unknown."
    )
    why = models.CharField(
        max_length=24, db_comment="Why, if they were asked: a value of Why; else empty."
    )

    class Meta:
        """By book, for "who looked at my record"; by person, for how much they read; by day."""

        db_table = "read_trail"
        indexes: ClassVar = [
            models.Index(fields=["book_id", "at", "id"], name="access_reading_book"),
            models.Index(fields=["worker_id", "at", "id", "book_id"], name="access_reading_worker"),
            models.Index(fields=["at", "id"], name="access_reading_at"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"reading {self.id}"
