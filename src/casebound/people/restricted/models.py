"""Which entries are restricted, which workers each entry names, and who it is kept from.

Every page that shows entries asks these tables first (`reads.py`). No room has a rule of its own.
"""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class RestrictedEntry(models.Model):
    """An entry in a book that only those who answer for the book read, and its writer.

    `family` is the leaf of the first entry of its matter: an allegation, and all that adds to it,
    corrects it, follows it or withdraws it. An entry that joins two matters has a row for each.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"pk", "book_id", "leaf", "family"}

    pk = models.CompositePrimaryKey("book_id", "leaf", "family")
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField(db_index=True)
    family = models.BigIntegerField()

    def __str__(self) -> str:
        """Name the row."""
        return f"restricted {self.leaf} in {self.book_id}"


class NamedWorker(models.Model):
    """A worker that an entry names by their account, and in which capacity.

    The capacity is `author`, `told` (they told it, and are asked whether it is right), or the name
    of the question whose answer names them: `users`, `about_workers`.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "leaf"

        operational: ClassVar = {"pk", "leaf", "worker_id", "capacity"}

    pk = models.CompositePrimaryKey("leaf", "worker_id", "capacity")
    leaf = models.BigIntegerField()
    worker_id = models.CharField(max_length=32, db_index=True)
    capacity = models.CharField(max_length=40)

    def __str__(self) -> str:
        """Name the row, not the worker."""
        return f"named in {self.leaf}"


class KeptFrom(models.Model):
    """A worker that a restricted matter is about, or who is party to it.

    The row stays, whatever is corrected or withdrawn later: they were named.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "family"

        operational: ClassVar = {"pk", "family", "worker_id"}

    pk = models.CompositePrimaryKey("family", "worker_id")
    family = models.BigIntegerField()
    worker_id = models.CharField(max_length=32, db_index=True)

    def __str__(self) -> str:
        """Name the row, not the worker."""
        return f"kept from, of {self.family}"


class AboutManagers(models.Model):
    """A restricted matter that is about somebody who answers for the home themselves.

    Only those who answer for the managers read it, and the worker who wrote it.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "family"

        operational: ClassVar = {"family"}

    family = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        """Name the row."""
        return f"about managers, of {self.family}"
