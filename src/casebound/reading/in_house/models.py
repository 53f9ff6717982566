"""Comings and goings, and who is to work when, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfHome


class Movement(models.Model):
    """A child who went out or is missing, or a visitor who came, until somebody writes the end."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"who", "words"}
        operational: ClassVar = {
            "id", "leaf", "book_id", "number", "home_id", "kind", "since", "back_by", "ended_by",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=56, primary_key=True)
    leaf = models.BigIntegerField()
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    home_id = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    who = models.TextField(blank=True)
    words = models.TextField(blank=True)
    since = models.DateTimeField()
    back_by = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        """Index: the open ones of a home."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "ended_by", "since"], name="in_house_movement_home")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"movement {self.id}"


class RosterShift(models.Model):
    """A shift of somebody, as the roster plans it."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        personal: ClassVar = {"who", "part"}
        operational: ClassVar = {"id", "leaf", "book_id", "home_id", "begins_at", "ends_at"}
        schedule: ClassVar = "home-record"

    id = models.CharField(max_length=56, primary_key=True)
    leaf = models.BigIntegerField()
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    who = models.TextField()
    part = models.TextField(blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """Index: the shifts of a home by time."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "ends_at"], name="in_house_roster_home")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"roster shift {self.id}"
