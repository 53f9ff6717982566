"""The table of this room: each account as the log has it."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfBook


class StaffAccount(models.Model):
    """An account as the office's book says. The account itself is a row of `accounts_account`."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"manage_accounts"})
        found_by = "id"

        personal: ClassVar = {"username", "full_name", "sign_on_as"}
        operational: ClassVar = {"id", "is_open", "ends_at", "factors_reset_at", "leaf"}
        schedule: ClassVar = "worker-record"

    id = models.CharField(max_length=32, primary_key=True)
    username = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120)
    is_open = models.BooleanField()
    ends_at = models.DateTimeField(null=True)
    sign_on_as = models.CharField(max_length=255)
    factors_reset_at = models.DateTimeField(null=True)
    leaf = models.BigIntegerField()

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"account {self.id} on the log"
