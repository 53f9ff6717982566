"""How far each room's rows have got."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import NOBODY, ComesOut, DerivedOfBook, DerivedOfProvider


class Reach(models.Model):
    """One row a room: the next leaf to project, and the version its rows were made with."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        seen_by = frozenset({NOBODY})
        comes_out = ComesOut.NOTHING

        operational: ClassVar = {"room", "next_leaf", "version"}

    room = models.CharField(max_length=40, primary_key=True)
    next_leaf = models.BigIntegerField()
    version = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Name the row by how far the room has got."""
        return f"{self.room} up to leaf {self.next_leaf}"


class DamagedEntry(models.Model):
    """A number of an entry that cannot be opened, or with which something else is wrong."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {
            "pk", "leaf", "book_id", "number", "of_register", "entry_id", "cause", "opens",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    pk = models.CompositePrimaryKey("leaf", "book_id")
    leaf = models.BigIntegerField()
    book_id = models.CharField(max_length=32, db_index=True)  # a book or a register; or empty
    number = models.PositiveIntegerField()
    of_register = models.BooleanField()
    entry_id = models.CharField(max_length=32)
    cause = models.CharField(max_length=8)  # `sealing.opening.Cause`
    opens = models.BooleanField()  # its words can be read all the same

    def __str__(self) -> str:
        """Name the row."""
        return f"damaged no. {self.number} of {self.book_id}"
