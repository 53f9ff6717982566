"""How far the derived store has got."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import NOBODY, ComesOut, DerivedOfProvider


class Reach(models.Model):
    """One row: the next leaf to project, and the projections' version it was made with."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        seen_by = frozenset({NOBODY})
        comes_out = ComesOut.NOTHING

        operational: ClassVar = {"id", "next_leaf", "version"}

    id = models.PositiveSmallIntegerField(primary_key=True)
    next_leaf = models.BigIntegerField()
    version = models.CharField(max_length=64)

    class Meta:
        """Constraints."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="projecting_reach_is_one_row"),
        ]

    def __str__(self) -> str:
        """Name the row by how far it has got."""
        return f"up to leaf {self.next_leaf}"
