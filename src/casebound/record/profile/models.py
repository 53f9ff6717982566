"""Sections of a child's profile, what meets Schedule 3 as it happens, and how the days were."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class ProfileSection(models.Model):
    """One signed section of a profile that stands. `answers` is JSON, as sealed."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"answers"}
        operational: ClassVar = {
            "leaf", "book_id", "entry_id", "number", "form", "form_version", "author",
            "happened_at", "signed_at",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    book_id = models.CharField(max_length=32)
    entry_id = models.CharField(max_length=32, unique=True)
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    form_version = models.PositiveIntegerField()
    author = models.CharField(max_length=120)
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    answers = models.TextField()

    class Meta:
        """Found by book, in the order of what they tell of."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "happened_at", "leaf"], name="profile_section_book"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"section {self.leaf}"


class Schedule3Record(models.Model):
    """An entry that stands and meets an item of Schedule 3 that is written down as it happens."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"id", "book_id", "item", "leaf", "number", "form", "happened_at"}

    id = models.CharField(max_length=80, primary_key=True)  # entry, book and item
    book_id = models.CharField(max_length=32)
    item = models.PositiveSmallIntegerField()
    leaf = models.BigIntegerField()
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    happened_at = models.DateTimeField()

    class Meta:
        """Counted by book and item; the newest is the one sealed last."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "item", "leaf"], name="profile_schedule3record_item"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"schedule 3 record {self.id}"


class DayRating(models.Model):
    """How a day was, in the words of a daily log: `good`, `mixed` or `difficult`."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"was"}
        operational: ClassVar = {"id", "book_id", "number", "on"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=65, primary_key=True)  # entry and book
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    on = models.DateField()
    was = models.CharField(max_length=12)

    class Meta:
        """Found by book and day."""

        indexes: ClassVar = [models.Index(fields=["book_id", "on"], name="profile_day_book")]

    def __str__(self) -> str:
        """Name the row."""
        return f"day {self.id}"
