"""Files as they arrive: encrypted piece by piece, so that no plain byte is ever on the disk."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from casebound.foundation.base.ids import new_id
from casebound.foundation.proof.encryption import Locking, upload_locking
from casebound.ledger.sealing.blobs import Writing, remove
from casebound.record.attachments import sounds
from casebound.record.attachments.not_taken import NotTakenError
from casebound.record.attachments.rules import (
    HEAD,
    LARGEST,
    LARGEST_TOGETHER,
    MOST_FILES,
    SORTS,
    clean_name,
    type_of,
)

FIELD: Final = "file"  # the name of the control


@dataclass(slots=True)
class Arrived:
    """A file that has arrived and is on the disk, encrypted under a key of the draft's book."""

    id: str
    name: str
    locator: str
    media_type: str
    size: int
    sha256: str


@dataclass(slots=True)
class _Arriving:
    """A file on its way."""

    name: str
    locking: Locking
    writing: Writing
    id: str
    head: bytes = b""
    media_type: str = ""
    size: int = 0
    digest: Any = field(default_factory=sha256)


class EncryptingHandler(FileUploadHandler):
    """Takes the files of a form and gives Django none: what it made of them is in `arrived`."""

    chunk_size = 128 * 1024

    def __init__(self, book_key: bytes) -> None:
        """Keep the key of the book of the draft."""
        super().__init__(None)
        self._key = book_key
        self._now: _Arriving | None = None
        self._together = 0
        self.arrived: list[Arrived] = []
        self.refused: list[NotTakenError] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **kwargs)
        if self.field_name != FIELD:
            raise SkipFile
        if len(self.arrived) >= MOST_FILES:
            self._refuse("many")
        upload = new_id()
        locking = upload_locking(self._key, origin=settings.INSTALLATION.origin, upload_id=upload)
        writing = Writing()
        writing.add(locking.first)
        self._now = _Arriving(clean_name(self.file_name or ""), locking, writing, upload)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (Django's)
        """Encrypt a piece; stop as soon as it is known to be of no use, or too much."""
        now = self._now
        if now is None:
            return
        now.size += len(raw_data)
        self._together += len(raw_data)
        now.digest.update(raw_data)
        if len(now.head) < HEAD:
            now.head += raw_data[: HEAD - len(now.head)]
        if not now.media_type and len(now.head) == HEAD:
            self._tell(now)
        if now.media_type and now.size > LARGEST[SORTS[now.media_type]]:
            self._refuse(_film(now) or "large")
        if self._together > LARGEST_TOGETHER:
            self._refuse("together")
        now.writing.add(now.locking.add(raw_data))

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 (Django's)
        """Have the file on the disk."""
        now = self._now
        if now is None:
            return
        try:
            if not now.size:
                raise NotTakenError("empty", now.name)  # noqa: TRY301
            if not now.media_type:
                now.media_type = type_of(now.head)
            now.writing.add(now.locking.end())
            stored = now.writing.keep()
        except NotTakenError as refused:
            self._abandon()
            self.refused.append(NotTakenError(refused.reason, now.name))
            return
        self._now = None
        self.arrived.append(
            Arrived(
                now.id, now.name, stored.locator, now.media_type, now.size, now.digest.hexdigest()
            )
        )

    def claim(self) -> list[Arrived]:
        """Hand over what has arrived; from then on it is the caller's to keep or remove."""
        claimed, self.arrived = self.arrived, []
        return claimed

    def abandon_rest(self) -> None:
        """Take away what nobody has claimed: the form was not one of ours, or failed."""
        self._abandon()
        for arrived in self.claim():
            remove(arrived.locator)

    def upload_interrupted(self) -> None:
        """Take away what was cut off on its way."""
        self._abandon()

    def _tell(self, now: _Arriving) -> None:
        try:
            now.media_type = type_of(now.head)
        except NotTakenError as refused:
            self._refuse(refused.reason)
        if _film(now) == "film":
            self._refuse("film")  # now, and not when all of it has come

    def _refuse(self, reason: str) -> None:
        name = self._now.name if self._now else clean_name(self.file_name or "")
        if self._now:
            self._together -= self._now.size  # it takes no place of those that come after it
        self._abandon()
        self.refused.append(NotTakenError(reason, name))
        raise SkipFile  # the rest of this one is passed over, and what stands behind it is read

    def _abandon(self) -> None:
        now, self._now = self._now, None
        if now is not None:
            now.writing.abandon()


def _film(now: _Arriving) -> str:
    """Say whether what arrives as sound is of a film."""
    told = {"audio/mp4", "audio/webm"}
    return sounds.film_at(now.head) if now.media_type in told else ""
