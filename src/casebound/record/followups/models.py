"""Which entry follows which, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfHome


class FollowUp(models.Model):
    """An entry that follows an earlier one, or confirms it."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"subject_name"}
        operational: ClassVar = {
            "leaf", "about_index", "root_index", "form", "subject_kind", "subject_id", "author_id",
            "book_id", "number", "signed_at", "withdrawn",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    about_index = models.BigIntegerField(db_index=True)
    root_index = models.BigIntegerField(db_index=True)  # the first entry of the chain
    form = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=12, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    subject_name = models.CharField(max_length=120, blank=True)
    author_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)  # the book of the entry it is about
    number = models.PositiveIntegerField()  # in that book
    signed_at = models.DateTimeField()
    withdrawn = models.BooleanField()  # it no longer counts; the row stays to keep the chain whole

    def __str__(self) -> str:
        """Name the row."""
        return f"follow-up {self.leaf}"


class LocalNumber(models.Model):
    """A number that no rule gives, as a home set it; the newest of a key holds."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        operational: ClassVar = {"id", "leaf", "home_id", "key", "count"}

    id = models.CharField(max_length=80, primary_key=True)  # entry and key
    leaf = models.BigIntegerField(db_index=True)
    home_id = models.CharField(max_length=32)
    key = models.CharField(max_length=40)  # of a clock
    count = models.PositiveSmallIntegerField()

    class Meta:
        """Found by home and key."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "key", "leaf"], name="followups_localnumber_key"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"number {self.id}"
