"""Episodes of being missing, the lines of their logs, and a home's own numbers."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfHome


class Episode(models.Model):
    """One time a child was missing or away. It is open until `returned_at` has a value.

    An episode whose first entry was struck or misfiled has no row.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {
            "leaf", "book_id", "home_id", "number", "kind", "since_at", "returned_at",
            "returned_in",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # missing, or away
    since_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_in = models.BigIntegerField(null=True)  # leaf of the entry that says so

    class Meta:
        """Found by book; every page asks for those that are open."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "since_at"], name="missing_episode_book"),
            models.Index(
                fields=["leaf"],
                name="missing_episode_open",
                condition=models.Q(returned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"episode {self.leaf}"


class LogLine(models.Model):
    """One entry of an episode's log: the first, each line, the return. `answers` is JSON."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"author", "told_by", "words", "answers"}
        operational: ClassVar = {
            "leaf", "root_index", "book_id", "number", "entry_id", "form", "form_version",
            "happened_at", "signed_at", "late", "status", "does",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    root_index = models.BigIntegerField()
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    entry_id = models.CharField(max_length=32)
    form = models.CharField(max_length=40)
    form_version = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    author = models.CharField(max_length=160)
    told_by = models.CharField(max_length=160, blank=True)
    late = models.BooleanField()
    words = models.TextField(blank=True)  # the statements
    answers = models.TextField()
    status = models.CharField(max_length=12, blank=True)  # struck or misfiled, or it stands
    does = models.CharField(max_length=80, blank=True)  # what was due next that it was begun for

    class Meta:
        """Found by the episode, in the order of the log."""

        indexes: ClassVar = [
            models.Index(fields=["root_index", "leaf"], name="missing_logline_root"),
            models.Index(fields=["book_id", "number"], name="missing_logline_number"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"line {self.leaf}"


class MeetingNumbers(models.Model):
    """After how many times missing, in how many days, a home asks for a strategy meeting."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        operational: ClassVar = {"leaf", "home_id", "times", "days"}

    leaf = models.BigIntegerField(primary_key=True)
    home_id = models.CharField(max_length=32)
    times = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        """Found by home; the newest holds."""

        indexes: ClassVar = [
            models.Index(fields=["home_id", "leaf"], name="missing_meetingnumbers_home"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"numbers {self.leaf}"
