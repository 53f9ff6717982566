"""What the entries about medicines say, kept as sealed: the rules work out the rest."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class MedicineEntry(models.Model):
    """One entry that stands and is about medicines or allergies. `answers` is JSON, as sealed."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"answers"}
        operational: ClassVar = {
            "id", "leaf", "book_id", "home_id", "number", "form", "root", "about", "due_at",
            "happened_at", "author",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=65, primary_key=True)  # entry and book
    leaf = models.BigIntegerField()
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    # The leaf of the first prescription, or of the first entry about an allergy; empty: of none.
    root = models.BigIntegerField(null=True)
    about = models.BigIntegerField(null=True)  # the leaf of the entry it refers to
    due_at = models.DateTimeField(null=True)  # of a dose: the moment it was due
    happened_at = models.DateTimeField()
    author = models.CharField(max_length=120)
    answers = models.TextField()

    class Meta:
        """Found by book, and by the entry that is withdrawn."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "form", "happened_at"], name="medicines_entry_book"),
            models.Index(fields=["leaf"], name="medicines_entry_leaf"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"about medicines {self.leaf}"
