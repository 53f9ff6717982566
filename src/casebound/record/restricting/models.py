"""What became of each restriction, and how long one may last, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfProvider


class RestrictionStep(models.Model):
    """Something that was decided or said about a restriction in a book, by one entry.

    `which` names the restriction within its book: the entry, the part and the section. `entry_id`,
    `entry_number`, `form` and `form_version` are those of the entry that is restricted.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        seen_by = frozenset({"answer_for_book"})
        personal: ClassVar = {"reason", "name"}
        operational: ClassVar = {
            "id", "book_id", "which", "entry_id", "entry_number", "form", "form_version", "leaf",
            "number", "step", "how", "to", "ground", "who", "on",
            "signed_by", "decided_by", "at", "review_on",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=160, primary_key=True)
    book_id = models.CharField(max_length=32)
    which = models.CharField(max_length=80)
    entry_id = models.CharField(max_length=32)
    entry_number = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    form_version = models.PositiveIntegerField()
    leaf = models.BigIntegerField()
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)  # set, renewed, released, moved, asked or told
    to = models.CharField(max_length=16, blank=True)  # the section it moved to
    ground = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    who = models.CharField(max_length=16, blank=True)  # who was asked or told
    name = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=16, blank=True)
    on = models.DateField(null=True)
    signed_by = models.CharField(max_length=32)
    decided_by = models.CharField(max_length=32)
    at = models.DateTimeField()
    review_on = models.DateField(null=True)

    class Meta:
        """Found by the restriction."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "which", "leaf"], name="restricting_step_which")
        ]

    def __str__(self) -> str:
        """Name the row, not what it holds."""
        return f"step {self.leaf} of a restriction in {self.book_id}"


class ReviewInterval(models.Model):
    """How many days, at most, until what has this ground is looked at again."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        operational: ClassVar = {"ground", "days", "number", "set_by", "set_at"}

    ground = models.CharField(max_length=40, primary_key=True)
    days = models.PositiveIntegerField()
    number = models.PositiveIntegerField()  # of the page in the office's book
    set_by = models.CharField(max_length=32)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row."""
        return f"longest interval of {self.ground}"
