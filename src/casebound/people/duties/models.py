"""What is due: one row a duty, worked out from the entries."""

from typing import ClassVar

from django.db import models


class Duty(models.Model):
    """Something somebody must do by a time, and what did it.

    `due_at` is an instant; whether it is overdue is asked against the clock, never kept.
    """

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {
            "id", "key", "what", "rule", "book_id", "home_id", "waits_on", "since_at", "due_at",
            "about_index", "about_number", "done_index", "done_at", "done_by",
        }  # fmt: skip

    id = models.CharField(max_length=80, primary_key=True)
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    rule = models.CharField(max_length=40)
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    waits_on = models.CharField(max_length=32)
    since_at = models.DateTimeField()
    due_at = models.DateTimeField()
    about_index = models.BigIntegerField()
    about_number = models.PositiveIntegerField()
    done_index = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=32, null=True)  # noqa: DJ001 (not done)

    class Meta:
        """Done at and by travel together; open duties are found by home and by worker."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="duties_duty_done_at_and_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["home_id", "due_at", "id"],
                name="duties_duty_open_home",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["waits_on", "due_at", "id"],
                name="duties_duty_open_worker",
                condition=models.Q(done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"duty {self.id}"
