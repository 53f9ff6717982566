"""The provider's own terms, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfProvider


class ProviderTerm(models.Model):
    """A term, what to write instead and why; withdrawn ones are gone."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        operational: ClassVar = {"id", "term", "instead", "why", "added_at", "added_by"}

    id = models.CharField(max_length=32, primary_key=True)
    term = models.CharField(max_length=60)
    instead = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row."""
        return f"term {self.id}"
