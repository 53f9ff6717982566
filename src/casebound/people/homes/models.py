"""The tables of this room: who lives and works where, worked out from the books."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, DerivedOfBook, DerivedOfHome
from casebound.ledger.keyring.marks import LENGTH


class Home(models.Model):
    """A home, or the provider's office, which has a book of its own too."""

    class Handling(DerivedOfHome):
        """How each field is handled."""

        found_by = "id"

        operational: ClassVar = {
            "id", "book_id", "is_office", "secure", "name", "address", "mark",
        }  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    book_id = models.CharField(max_length=32, unique=True)
    is_office = models.BooleanField()
    secure = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    mark = models.CharField(max_length=LENGTH)

    def __str__(self) -> str:
        """Name the row."""
        return f"home {self.id}"


class Child(models.Model):
    """A child as they are named now. The child's book has the same id.

    `short_name` tells the child apart from others of their homes (`naming.short_name`),
    `wide_name` from all others of the provider, for workers who see more than one home, and
    `named_in` is the leaf of the entry that last changed it. `earlier_names`, a name a line, serve
    to recognise the child under a name from before.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "id"

        personal: ClassVar = {
            "full_name", "called", "called_key", "short_name", "wide_name", "earlier_names",
            "pronouns",
            "born_on", "birth", "birth_by", "birth_basis", "birth_stated_on",
        }  # fmt: skip
        operational: ClassVar = {"id", "face", "named_in"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    full_name = models.CharField(max_length=120)
    called = models.CharField(max_length=60)
    called_key = models.CharField(max_length=120)
    short_name = models.CharField(max_length=200)
    wide_name = models.CharField(max_length=200)
    earlier_names = models.TextField()
    named_in = models.BigIntegerField()
    pronouns = models.CharField(max_length=40)
    face = models.PositiveSmallIntegerField()
    born_on = models.DateField(null=True)
    birth = models.CharField(max_length=12)
    birth_by = models.CharField(max_length=120)
    birth_basis = models.TextField()
    birth_stated_on = models.DateField()

    class Meta:
        """Found by the name they go by, to tell them apart, and by the entry that named them."""

        indexes: ClassVar = [
            models.Index(fields=["called_key"], name="homes_child_called"),
            models.Index(fields=["named_in"], name="homes_child_named_in"),
        ]

    def __str__(self) -> str:
        """Name the row, not the child."""
        return f"child {self.id}"


class ChildName(models.Model):
    """What a child was named from a day on, and who wished it. The first is the admission's."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        personal: ClassVar = {"full_name", "called", "pronouns", "wished_by"}
        operational: ClassVar = {
            "leaf", "child_id", "number", "face", "from_on", "old_shown", "signed_by",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    child_id = models.CharField(max_length=32, db_index=True)
    number = models.PositiveIntegerField()
    full_name = models.CharField(max_length=120)
    called = models.CharField(max_length=60)
    pronouns = models.CharField(max_length=40)
    face = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    wished_by = models.TextField()
    old_shown = models.BooleanField()
    signed_by = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row, not the child."""
        return f"name {self.leaf}"


class ChildBirth(models.Model):
    """What was held to be so of a child's birth from an entry on. The first is the admission's."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        personal: ClassVar = {"born_on", "birth", "birth_by", "birth_basis"}
        operational: ClassVar = {"leaf", "child_id", "number", "stated_on", "signed_by"}
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    child_id = models.CharField(max_length=32, db_index=True)
    number = models.PositiveIntegerField()
    born_on = models.DateField(null=True)
    birth = models.CharField(max_length=12)
    birth_by = models.CharField(max_length=120)
    birth_basis = models.TextField()
    stated_on = models.DateField()
    signed_by = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row, not the child."""
        return f"birth {self.leaf}"


class Placement(models.Model):
    """A child's time at a home."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        operational: ClassVar = {"id", "child_id", "home_id", "from_at", "to_at", "mark"}

    id = models.CharField(max_length=32, primary_key=True)
    child_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    mark = models.CharField(max_length=LENGTH)

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
    """A worker's role at a home, or for the whole provider (no home), from and to.

    With a child it is a key worker's, or without a home a visitor's for that child alone. A role
    for a time has a reason.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        seen_by = frozenset({"manage_accounts", "manage_home"})
        found_by = "worker_id"

        personal: ClassVar = {"reason"}
        operational: ClassVar = {
            "id", "worker_id", "role", "home_id", "child_id", "from_at", "to_at", "appointed_by",
            "mark",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    worker_id = models.CharField(max_length=32)
    role = models.CharField(max_length=40)
    home_id = models.CharField(max_length=32, null=True)  # noqa: DJ001 (the whole provider)
    child_id = models.CharField(max_length=32, null=True)  # noqa: DJ001 (not of one child)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    reason = models.TextField()
    appointed_by = models.CharField(max_length=32)
    mark = models.CharField(max_length=LENGTH)

    class Meta:
        """Indexes for rights questions."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id"], name="homes_appointment_worker"),
            models.Index(fields=["home_id"], name="homes_appointment_home"),
            models.Index(fields=["child_id"], name="homes_appointment_child"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"appointment {self.id}"


class Grant(models.Model):
    """Access to a book, or to a part of it, that a named person has for a time.

    `form`, `register`, the period and `leaf` (an entry) say which part, and are empty for the whole
    book.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        seen_by = frozenset({"grant_access"})

        personal: ClassVar = {"reason"}
        operational: ClassVar = {
            "id", "worker_id", "book_id", "permission", "form", "register", "period_from",
            "period_to", "leaf", "from_at", "to_at", "granted_by", "mark",
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
    leaf = models.BigIntegerField(null=True)
    reason = models.TextField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    granted_by = models.CharField(max_length=32)
    mark = models.CharField(max_length=LENGTH)

    class Meta:
        """Indexes: by worker for every rights question, by book for the list of a book's grants."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id"], name="homes_grant_worker"),
            models.Index(fields=["book_id"], name="homes_grant_book"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"grant {self.id}"


class Consent(models.Model):
    """What a child, or a placing authority, said about the independent person reading the records.

    `to_at` is when it stopped counting, and `ended` is how (`consents.ConsentEnd`).
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        personal: ClassVar = {
            "given", "said_by", "words", "withdrawn_by", "withdrawn_words",
        }  # fmt: skip
        operational: ClassVar = {
            "id", "child_id", "home_id", "party", "how", "said_at", "number", "recorded_by",
            "from_at", "to_at", "ended", "withdrawn_how", "withdrawn_said_at", "ended_number",
            "ended_by", "mark",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    child_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    party = models.CharField(max_length=20)
    given = models.BooleanField()
    said_by = models.CharField(max_length=120)
    how = models.CharField(max_length=20)
    said_at = models.DateTimeField()
    words = models.TextField()
    number = models.PositiveIntegerField()
    recorded_by = models.CharField(max_length=32)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=20)
    withdrawn_by = models.CharField(max_length=120)
    withdrawn_how = models.CharField(max_length=20)
    withdrawn_said_at = models.DateTimeField(null=True)
    withdrawn_words = models.TextField()
    ended_number = models.PositiveIntegerField()
    ended_by = models.CharField(max_length=32)
    mark = models.CharField(max_length=LENGTH)

    class Meta:
        """Found by the child, for the list and for every question of rights that asks it."""

        indexes: ClassVar = [
            models.Index(fields=["child_id"], name="homes_consent_child"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"consent {self.id}"
