"""Statements as they are searched. The full-text index beside the table is made in SQL."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class IndexedStatement(models.Model):
    """A statement in one book. Its key grows with the log, so newest first is the key backwards.

    There is no index but the key and the full-text index, which knows book and home as words: a
    statement is found by its words or not at all.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"text", "stems", "words", "names"}
        operational: ClassVar = {
            "id", "book_id", "home_id", "number", "anchor", "form", "form_version", "happened_at",
            "kind", "sharing", "late", "state", "told",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.BigIntegerField(primary_key=True)
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    anchor = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=40)
    form_version = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    kind = models.CharField(max_length=12, blank=True)
    sharing = models.CharField(max_length=12, blank=True)
    late = models.BooleanField()
    state = models.CharField(max_length=12, blank=True)
    told = models.CharField(max_length=12, blank=True)  # whether the person who told it agreed
    text = models.TextField()
    # What the index knows of the text (`words.py`): each ends, and begins, with a space.
    stems = models.TextField()
    words = models.TextField()
    names = models.TextField()

    def __str__(self) -> str:
        """Name the row."""
        return f"statement {self.id}"
