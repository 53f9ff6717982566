"""The table of this room: what was asked of a second person, and what became of it."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfBook
from casebound.ledger.keyring.marks import LENGTH


class Request(models.Model):
    """A request, as the office's book says. `mark` shows that the log made the row."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"manage_accounts", "agree_access"})
        found_by = "worker_id"

        personal: ClassVar = {"full_name", "reason"}
        operational: ClassVar = {
            "id", "what", "worker_id", "role", "home_id", "from_at", "asked_by", "asked_at",
            "expires_at", "number", "state", "answered_by", "answered_at", "with_sheet", "mark",
        }  # fmt: skip
        schedule: ClassVar = "worker-record"

    id = models.CharField(max_length=32, primary_key=True)
    what = models.CharField(max_length=20)
    worker_id = models.CharField(max_length=32)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=40, blank=True)
    home_id = models.CharField(max_length=32, blank=True)
    from_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    answered_by = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True)
    with_sheet = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    mark = models.CharField(max_length=LENGTH)

    class Meta:
        """Found by person, and by what still waits."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id", "state"], name="second_person_worker"),
            models.Index(fields=["state", "expires_at"], name="second_person_state"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"request {self.id}"
