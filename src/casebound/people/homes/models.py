"""The tables of this room: who lives and works where, worked out from the books."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfBook, DerivedOfHome


class Home(models.Model):
    """A home, or the provider's office, which has a book of its own too."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        found_by = "id"

        operational: ClassVar = {
            "id", "book_id", "is_office", "secure", "name", "address",
        }  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    book_id = models.CharField(max_length=32, unique=True)
    is_office = models.BooleanField()
    secure = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)

    def __str__(self) -> str:
        """Name the row."""
        return f"home {self.id}"


class Child(models.Model):
    """A child. The child's book has the same id."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "id"

        personal: ClassVar = {"full_name", "called", "pronouns", "born_on"}
        operational: ClassVar = {"id", "face"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    full_name = models.CharField(max_length=120)
    called = models.CharField(max_length=60)
    pronouns = models.CharField(max_length=40)
    born_on = models.DateField()
    face = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Name the row, not the child."""
        return f"child {self.id}"


class Placement(models.Model):
    """A child's time at a home."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        operational: ClassVar = {"id", "child_id", "home_id", "from_at", "to_at"}

    id = models.CharField(max_length=32, primary_key=True)
    child_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        """Indexes for both directions of every rights question."""

        indexes: ClassVar = [
            models.Index(fields=["child_id", "home_id"], name="homes_placement_child"),
            models.Index(fields=["home_id"], name="homes_placement_home"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"placement {self.id}"


class Appointment(models.Model):
    """A worker's role at a home, or for the whole provider (no home), from and to."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"manage_accounts", "manage_home"})
        found_by = "worker_id"

        operational: ClassVar = {
            "id", "worker_id", "role", "home_id", "child_id", "from_at", "to_at",
        }  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    worker_id = models.CharField(max_length=32)
    role = models.CharField(max_length=40)
    home_id = models.CharField(max_length=32, null=True)  # noqa: DJ001 (the whole provider)
    child_id = models.CharField(max_length=32, null=True)  # noqa: DJ001 (not a key worker)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        """Indexes for rights questions."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id"], name="homes_appointment_worker"),
            models.Index(fields=["home_id"], name="homes_appointment_home"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"appointment {self.id}"


class Grant(models.Model):
    """Access to a book, or to a part of it, that a named person has for a time.

    `form`, `register` and the period say which part, and are empty for the whole book.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        seen_by = frozenset({"grant_access"})

        personal: ClassVar = {"reason"}
        operational: ClassVar = {
            "id", "worker_id", "book_id", "permission", "form", "register", "period_from",
            "period_to", "from_at", "to_at", "granted_by",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    worker_id = models.CharField(max_length=32)
    book_id = models.CharField(max_length=32)
    permission = models.CharField(max_length=40)
    form = models.CharField(max_length=40)
    register = models.CharField(max_length=40)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    reason = models.TextField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    granted_by = models.CharField(max_length=32)

    class Meta:
        """Indexes: by worker for every rights question, by book for the list of a book's grants."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id"], name="homes_grant_worker"),
            models.Index(fields=["book_id"], name="homes_grant_book"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"grant {self.id}"
