"""The rows that a handover is gathered from, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfHome


class HandoverItem(models.Model):
    """A page of a book that the next shift should know of, and the words for that shift."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"words"}
        operational: ClassVar = {
            "id", "leaf", "entry_id", "book_id", "number", "home_id", "form", "happened_at",
            "signed_at",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=56, primary_key=True)
    leaf = models.BigIntegerField()
    entry_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    home_id = models.CharField(max_length=32)
    form = models.CharField(max_length=120)  # its title, as it was when it was written
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        """Index: by home, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "signed_at", "leaf"], name="handover_item_home")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"handover item {self.id}"


class UpcomingAppointment(models.Model):
    """A future appointment that an entry tells of."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"id", "leaf", "book_id", "number", "home_id", "at"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=56, primary_key=True)
    leaf = models.BigIntegerField()
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    home_id = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        """Index: by home and time."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "at"], name="handover_appointment_home")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"appointment {self.id}"


class Handover(models.Model):
    """A handover that stands. The next handover gathers entries from its time on."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        operational: ClassVar = {"leaf", "home_id", "book_id", "number", "signed_at", "author"}
        schedule: ClassVar = "home-record"

    leaf = models.BigIntegerField(primary_key=True)
    home_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    signed_at = models.DateTimeField()
    author = models.CharField(max_length=120)

    class Meta:
        """Index: by home, newest first."""

        indexes: ClassVar = [models.Index(fields=["home_id", "leaf"], name="handover_home")]

    def __str__(self) -> str:
        """Name the row."""
        return f"handover {self.leaf}"
