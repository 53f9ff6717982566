"""Files of drafts: ciphertext under the key of the draft's book."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import OfDraft


class Upload(models.Model):
    """A file that somebody adds to what they are writing, and has not signed.

    What it is, what it is called and what its author says of it stands in `body`, encrypted.
    `content_key` follows from the bytes of the file and the key of the book: a draft holds a file
    once, and who has only the database cannot tell which file it is.
    """

    class Handling(OfDraft):
        """How each field is handled."""

        found_by = "draft_id"

        operational: ClassVar = {
            "id", "draft_id", "place", "added_at", "locator", "shown", "thumb", "body",
            "content_key",
        }  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    draft_id = models.CharField(max_length=32)
    content_key = models.CharField(max_length=32)
    place = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    locator = models.CharField(max_length=32, unique=True)
    shown = models.CharField(max_length=32, blank=True)
    thumb = models.CharField(max_length=32, blank=True)
    body = models.BinaryField()

    class Meta:
        """Found by their draft, in their order."""

        db_table = "draft_file"
        indexes: ClassVar = [
            models.Index(fields=["draft_id", "place"], name="attachments_upload_draft")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft_id", "content_key"], name="attachments_upload_once"
            )
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"upload {self.id}"
