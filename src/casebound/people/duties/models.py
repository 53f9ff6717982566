"""What is due: one row a duty, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class Duty(models.Model):
    """Something a worker must do by a time, and the entry that did it.

    `due_at` is an instant. Reads compare it with the clock; no column says "overdue".
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"what", "subject_name"}
        operational: ClassVar = {
            "id", "key", "rule", "form", "subject_kind", "subject_id", "book_id", "home_id",
            "assigned_to", "managers", "above", "confidential", "shown_from", "since_at",
            "goal_at", "due_at", "without_delay", "about_index", "about_number", "root_index",
            "ended", "done_index", "done_number", "done_at", "done_by",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=160, primary_key=True)
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    rule = models.CharField(max_length=40)
    form = models.CharField(max_length=40, blank=True)  # the form to do it on
    subject_kind = models.CharField(max_length=12, blank=True)  # person, child or action
    subject_id = models.CharField(max_length=80, blank=True)
    subject_name = models.CharField(max_length=120, blank=True)
    book_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    assigned_to = models.CharField(max_length=32, blank=True)
    managers = models.BooleanField()  # assigned to those who manage the book
    above = models.BooleanField()  # only for those who answer for the managers themselves
    confidential = models.BooleanField(default=False)  # shown to the managers who may do it alone
    shown_from = models.DateTimeField(null=True)  # it waits for nobody before
    since_at = models.DateTimeField()
    goal_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    without_delay = models.BooleanField()
    about_index = models.BigIntegerField()
    about_number = models.PositiveIntegerField()
    root_index = models.BigIntegerField()  # the first entry of the chain, which links the chain
    ended = models.CharField(max_length=12, blank=True)
    done_index = models.BigIntegerField(null=True)
    done_number = models.PositiveIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=32, null=True)  # noqa: DJ001 (not done)

    class Meta:
        """Constraints: it is assigned to somebody; how, when and by what it ended go together."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True, ended="")
                | (models.Q(done_at__isnull=False, done_by__isnull=False) & ~models.Q(ended="")),
                name="duties_duty_done_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(managers=True) | ~models.Q(assigned_to=""),
                name="duties_duty_is_assigned",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_kind="", subject_id="")
                | (~models.Q(subject_kind="") & ~models.Q(subject_id="")),
                name="duties_duty_subject_kind_and_id",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["book_id", "due_at", "id"],
                name="duties_duty_open_book",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["assigned_to", "due_at", "id"],
                name="duties_duty_open_worker",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["book_id", "done_at", "id"],
                name="duties_duty_done_book",
                condition=models.Q(done_at__isnull=False),
            ),
            models.Index(fields=["root_index"], name="duties_duty_root"),
            models.Index(fields=["about_index"], name="duties_duty_about"),
            models.Index(fields=["done_index"], name="duties_duty_done"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"duty {self.id}"


class BarredWorker(models.Model):
    """A worker who may not do a duty, because they used the measure that it checks."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "duty_id"

        operational: ClassVar = {"pk", "duty_id", "worker_id"}

    pk = models.CompositePrimaryKey("duty_id", "worker_id")
    duty_id = models.CharField(max_length=160)
    worker_id = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row."""
        return f"barred from duty {self.duty_id}"


class DutyClosing(models.Model):
    """An entry, on one of its pages, with the duties that it closes.

    The row is added even if no duty was open. When the entry that closed a duty is withdrawn, the
    duty opens again, unless another entry here closes it.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {
            "id", "key", "about_index", "root_index", "in_book", "subject_kind", "subject_id",
            "assigned_to", "early", "ended", "leaf", "book_id", "number", "done_at", "signed_by",
            "withdrawn",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=300, primary_key=True)
    # Which duties: of a kind, and about an entry, in a chain of entries, or in a book.
    key = models.CharField(max_length=40)
    about_index = models.BigIntegerField(null=True)
    root_index = models.BigIntegerField(null=True)
    in_book = models.CharField(max_length=32, blank=True)
    subject_kind = models.CharField(max_length=12, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    assigned_to = models.CharField(max_length=32, blank=True)
    early = models.BooleanField()  # what was done before the duty began ends it too
    ended = models.CharField(max_length=12)
    # The entry that closes them.
    leaf = models.BigIntegerField(db_index=True)
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    done_at = models.DateTimeField()  # when it was done, as the entry says
    signed_by = models.CharField(max_length=32)
    withdrawn = models.BooleanField()

    class Meta:
        """Index: rows are found by what they close."""

        indexes: ClassVar = [
            models.Index(fields=["key", "about_index"], name="duties_dutyclosing_about"),
            models.Index(fields=["key", "root_index"], name="duties_dutyclosing_root"),
            models.Index(fields=["key", "in_book"], name="duties_dutyclosing_book"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"closing {self.id}"
