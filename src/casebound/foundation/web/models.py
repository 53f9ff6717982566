"""What somebody posted: kept so that its answer has an address, and that it is done once."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import (
    OWN,
    BelongsTo,
    ComesOut,
    Ends,
    Keeping,
    TableHandling,
    Upkeep,
)


class PostedForm(models.Model):
    """The answer to a form, for the rest of the session: ciphertext whose key is in the address.

    The server cannot read a row by itself, and no backup can: half of the key is the random
    part of an address that only the browser knows.
    """

    class Handling(TableHandling):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        keeping = Keeping.OPERATIONAL
        seen_by = frozenset({OWN})
        comes_out = ComesOut.NOTHING  # nobody can read it without the address
        ends = Ends.WITH_SESSION
        found_by = "worker_id"

        operational: ClassVar = {"id", "session", "worker_id", "posted_at", "body"}

    id = models.CharField(max_length=32, primary_key=True)
    session = models.CharField(max_length=32)
    worker_id = models.CharField(max_length=32, blank=True)
    posted_at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        """Indexes: the forms of a session, and those that are over."""

        db_table = "posted_form"
        indexes: ClassVar = [
            models.Index(fields=["session", "posted_at"], name="web_postedform_session"),
            models.Index(fields=["posted_at"], name="web_postedform_posted"),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"posted form {self.id}"


class SentForm(models.Model):
    """A form that a page's script has sent: where its answer led, so that it is done once.

    The address is encrypted under a key that only that page knows. An empty body: still at work.
    """

    class Handling(Upkeep):
        """How each field is handled."""

        ends = Ends.WITH_SESSION

        operational: ClassVar = {"id", "sent_at", "body"}

    id = models.CharField(max_length=32, primary_key=True)
    sent_at = models.DateTimeField()
    body = models.BinaryField(default=b"")

    class Meta:
        """Index: those that are over."""

        db_table = "sent_form"
        indexes: ClassVar = [models.Index(fields=["sent_at"], name="web_sentform_sent")]

    def __str__(self) -> str:
        """Name the row."""
        return f"sent form {self.id}"
