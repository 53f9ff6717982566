"""The rows of the registers, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook, DerivedOfHome


class RegisterEntry(models.Model):
    """A number of a register and the entry that has it. The number stays with the entry."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        found_by = "register_id"

        personal: ClassVar = {"author", "answers"}
        operational: ClassVar = {
            "pk", "register_id", "number", "leaf", "form", "happened_at", "year",
            "signed_at", "late", "put_right",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    pk = models.CompositePrimaryKey("register_id", "number")
    register_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    leaf = models.BigIntegerField(db_index=True)
    form = models.CharField(max_length=120)  # its title, as it was when it was written
    happened_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField()
    author = models.CharField(max_length=120)
    late = models.BooleanField()
    put_right = models.BooleanField()  # struck, or in the wrong book, in at least one of its books
    answers = models.TextField()  # the answers that the register shows: labels and words, as JSON

    class Meta:
        """Indexes: by number, over all years or within one."""

        indexes: ClassVar = [
            models.Index(fields=["register_id", "year", "number"], name="registers_entry_year"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"no. {self.number} of register {self.register_id}"


class RegisterEntryBook(models.Model):
    """A page of a book that a register numbers."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"id", "leaf", "book_id", "number"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=56, primary_key=True)
    leaf = models.BigIntegerField(db_index=True)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Name the row."""
        return f"place {self.id}"
