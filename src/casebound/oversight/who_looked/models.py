"""What managers answered about somebody's looking, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfHome


class LookingAnswer(models.Model):
    """The newest answer to why a worker looked on a day as they did, for one reason to ask."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"see_who_looked"})
        found_by = "worker_id"

        personal: ClassVar = {"words"}
        operational: ClassVar = {
            "id", "home_id", "worker_id", "day", "ground", "answer", "answered_by", "answered_at",
        }  # fmt: skip
        schedule: ClassVar = "home-record"

    id = models.CharField(max_length=120, primary_key=True)
    home_id = models.CharField(max_length=32)
    worker_id = models.CharField(max_length=32)
    day = models.DateField()
    ground = models.CharField(max_length=16)
    answer = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    answered_by = models.CharField(max_length=32)
    answered_at = models.DateTimeField()

    class Meta:
        """Found by home, newest day first."""

        indexes: ClassVar = [models.Index(fields=["home_id", "day"], name="who_looked_answer_home")]

    def __str__(self) -> str:
        """Name the row, not the worker."""
        return f"answer {self.id}"
