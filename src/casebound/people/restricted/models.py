"""Which entries and parts are restricted, which workers an entry names, who it is kept from.

Every page that shows entries asks these tables first (`reads.py`). No room has a rule of its own.
"""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class RestrictedEntry(models.Model):
    """An entry in a book that only those who answer for the book read, and its writer.

    `family` is the leaf of the first entry of its matter: an allegation, and all that adds to it,
    corrects it, follows it or withdraws it. An entry that joins two matters has a row for each.

    `readers` says who reads it: those who answer for the book (`managers`), those who need to know
    (`need_to_know`), or, since it was released, all but those its matter is about (`all`).
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"pk", "book_id", "leaf", "family", "readers"}

    pk = models.CompositePrimaryKey("book_id", "leaf", "family")
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField(db_index=True)
    family = models.BigIntegerField()
    readers = models.CharField(max_length=16)

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


class Restriction(models.Model):
    """A restriction of an entry, or of a part of it, in one book: from the child, or among staff.

    `scope` is `child` (the child does not read it) or `need_to_know` (of the staff, only those who
    need to know read it). The two never follow from each other; a part may have both. `part` is
    empty for the whole entry, `s3` for its third statement, `a_name` for an answer, `f2` for a
    file. `set_in` is the leaf of the entry that set it: the entry itself, if its author did.

    A row stays when the restriction ends, with its last `state`: `held`, `released`, or `moved`
    (what was restricted stands in another section now).
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"reason", "reference", "officer"}
        operational: ClassVar = {
            "id", "book_id", "leaf", "part", "scope", "ground", "decided_by", "decided_at",
            "review_on", "state", "set_in",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=160, primary_key=True)
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    part = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=16)
    ground = models.CharField(max_length=40)
    reason = models.TextField()
    reference = models.CharField(max_length=120, blank=True)
    officer = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=32)
    decided_at = models.DateTimeField()
    review_on = models.DateField(null=True)
    state = models.CharField(max_length=12)
    set_in = models.BigIntegerField()

    class Meta:
        """Found by the entry, and those of a book that are due for review."""

        indexes: ClassVar = [
            models.Index(fields=["leaf"], name="restricted_leaf"),
            models.Index(fields=["book_id", "state", "review_on"], name="restricted_review"),
        ]

    def __str__(self) -> str:
        """Name the row, not what it holds."""
        return f"restriction of {self.leaf} in {self.book_id}"


class PartKeptFrom(models.Model):
    """A worker that a restricted part is about: they never read it, whatever becomes of it."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "leaf"

        operational: ClassVar = {"pk", "leaf", "part", "worker_id"}

    pk = models.CompositePrimaryKey("leaf", "part", "worker_id")
    leaf = models.BigIntegerField()
    part = models.CharField(max_length=40)
    worker_id = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row, not the worker."""
        return f"kept from, of a part of {self.leaf}"


class EntryKind(models.Model):
    """What an entry is, in one of its books: for who reads a part of the book alone (`parts`).

    `registers` names the registers that number it, each between commas.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"pk", "book_id", "leaf", "form", "registers", "happened_on"}

    pk = models.CompositePrimaryKey("book_id", "leaf")
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    form = models.CharField(max_length=40)
    registers = models.CharField(max_length=200)
    happened_on = models.DateField()

    def __str__(self) -> str:
        """Name the row."""
        return f"kind of {self.leaf} in {self.book_id}"
