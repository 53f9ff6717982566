"""The versions of the policy and who has read them, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfProvider


class PolicyVersion(models.Model):
    """A version of the recording policy. The highest one holds."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        operational: ClassVar = {"version", "text", "changed", "published_at", "published_by"}

    version = models.PositiveIntegerField(primary_key=True)
    text = models.TextField()
    changed = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row."""
        return f"policy {self.version}"


class PolicyReader(models.Model):
    """That a person has read a version, and when they first said so."""

    class Handling(DerivedOfProvider):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"see_policy_read"})
        found_by = "worker_id"

        operational: ClassVar = {"pk", "version", "worker_id", "read_at"}

    pk = models.CompositePrimaryKey("version", "worker_id")
    version = models.PositiveIntegerField()
    worker_id = models.CharField(max_length=32, db_index=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row, not the worker."""
        return f"reader of {self.version}"
