"""Security events, the devices people signed in on, and who is to be told. Ids only."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import (
    OWN,
    BelongsTo,
    ComesOut,
    Ends,
    Keeping,
    TableHandling,
)


class OfSignIn(TableHandling):
    """What is kept about how people sign in: theirs, for those who look after them, for a year."""

    belongs_to = BelongsTo.WORKER
    keeping = Keeping.OPERATIONAL
    seen_by = frozenset({OWN, "see_security"})
    comes_out = ComesOut.AS_ITSELF
    ends = Ends.BY_SCHEDULE
    found_by = "worker_id"
    schedule = "security-events"


class SecurityEvent(models.Model):
    """Something that happened around signing in or looking. Inserted, and never changed.

    `worker_id` is the account it is about, empty if a stranger typed a name that nobody has.
    `by_id` is who did it, empty if nobody was signed in. `what` is one of a list of the kind: how
    somebody signed in, the name of the page that was refused, the reason that was chosen.
    `about_id` is the book, home, draft or request.
    """

    class Handling(OfSignIn):
        """How each field is handled."""

        personal: ClassVar = {"address"}
        operational: ClassVar = {
            "id", "at", "kind", "worker_id", "by_id", "browser", "known", "what", "about_id",
        }  # fmt: skip

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    worker_id = models.CharField(max_length=32, blank=True)
    by_id = models.CharField(max_length=32, blank=True)
    browser = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=45, blank=True)
    known = models.BooleanField(default=False)
    what = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=32, blank=True)

    class Meta:
        """Found by person, by book, and newest first."""

        indexes: ClassVar = [
            models.Index(fields=["worker_id", "kind", "at"], name="events_event_worker"),
            models.Index(fields=["about_id", "at"], name="events_event_about"),
            models.Index(fields=["at"], name="events_event_at"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"event {self.id}"


class KnownDevice(models.Model):
    """A browser on which a person signed in with both proofs. Strangers cannot lock them out on it.

    The browser holds a random number in a cookie that says nothing else; `id` is a digest of it.
    """

    class Handling(OfSignIn):
        """How each field is handled."""

        operational: ClassVar = {"id", "worker_id", "browser", "first_at", "last_at"}

    id = models.CharField(max_length=32, primary_key=True)
    worker_id = models.CharField(max_length=32)
    browser = models.CharField(max_length=32, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        """Found by person."""

        indexes: ClassVar = [models.Index(fields=["worker_id"], name="events_device_worker")]

    def __str__(self) -> str:
        """Name the row."""
        return f"device {self.id}"


class SecurityNotice(models.Model):
    """An event that somebody is told of at their next sign-in, until they say that they saw it."""

    class Handling(OfSignIn):
        """How each field is handled."""

        operational: ClassVar = {"id", "event", "worker_id", "seen_at"}

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(SecurityEvent, on_delete=models.CASCADE)
    worker_id = models.CharField(max_length=32)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Found by the person to tell; each is told once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "worker_id"], name="events_notice_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker_id", "seen_at"], name="events_notice_worker")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"notice {self.id}"
