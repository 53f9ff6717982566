"""How far each room's rows have got."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import NOBODY, ComesOut, DerivedOfProvider


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
