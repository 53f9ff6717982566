"""Files of drafts, as their author sees them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef

from casebound.foundation.base.ids import BookId, ChildId, DraftId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.encryption import decrypt_draft, decrypt_upload
from casebound.foundation.proof.entry import FilePart
from casebound.foundation.proof.errors import MismatchError
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs
from casebound.record.attachments.models import Upload
from casebound.record.attachments.rules import SORTS, FileKind, Sort
from casebound.record.book.attached import Attachment
from casebound.rulebook.catalogue.completeness import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadSeen:
    """A file of a draft.

    Attributes:
        file: what is sealed of it: its hash, size and type, and what its author says of it.
        locators: where its bytes lie: `original`, and of a picture `shown` and `thumb`.
    """

    id: str
    place: int
    book: BookId
    file: Attachment
    locators: dict[str, str]

    @property
    def sort(self) -> Sort:
        """What it is to a person who opens it."""
        return SORTS[self.file.original.media_type]

    def pieces(self, which: str = "original") -> Iterator[bytes]:
        """Yield its bytes, or those of a copy.

        Raises:
            MismatchError: they were changed.
            OSError: they are gone.
        """
        locator = self.locators[which]
        return decrypt_upload(
            lambda: blobs.read(locator),
            book_key(self.book),
            origin=settings.INSTALLATION.origin,
            upload_id=upload_name(self.id, which),
        )


def part_for(content: bytes) -> FilePart:
    """Describe a copy of a picture, which is always a JPEG."""
    return FilePart(sha256(content).hexdigest(), len(content), "image/jpeg")


def upload_name(upload: str, which: str) -> str:
    """Return what a file is encrypted as: a copy of it under a name of its own."""
    return upload if which == "original" else f"{upload}.{which}"


def has_files() -> Exists:
    """Return what tells, in a query of drafts, whether a draft has files."""
    return Exists(Upload.objects.filter(draft_id=OuterRef("id")))


def uploads_of(draft: DraftId, book: BookId) -> list[UploadSeen]:
    """Return the files of a draft in their order. 1 query."""
    # Plain: building the query again takes longer than the database does.
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT id, place, locator, shown, thumb, body FROM draft_file"
            " WHERE draft_id = %s ORDER BY place, id",
            [draft],
        )
        rows = cursor.fetchall()
    names = ("id", "place", "locator", "shown", "thumb", "body")
    return [_seen(Upload(**dict(zip(names, row, strict=True))), book) for row in rows]


class DamagedFileError(RefusedError):
    """What is stored of a draft's file is not what was saved."""

    what = "A file of this draft is damaged."
    do = "Open the draft from the Shift page: it shows what can still be read."


def _seen(row: Upload, book: BookId) -> UploadSeen:
    try:
        plain = decrypt_draft(
            bytes(row.body), book_key(book), origin=settings.INSTALLATION.origin, draft_id=row.id
        )
    except MismatchError as damaged:
        raise DamagedFileError from damaged
    stored: dict[str, Any] = json.loads(plain)
    locators = {"original": row.locator, "shown": row.shown, "thumb": row.thumb}
    return UploadSeen(
        id=row.id,
        place=row.place,
        book=book,
        file=Attachment(
            original=FilePart(**stored["original"]),
            shown=FilePart(**stored["shown"]) if row.shown else None,
            thumb=FilePart(**stored["thumb"]) if row.thumb else None,
            kind=stored["kind"],
            name=stored["name"],
            alt=stored["alt"],
            scale_mm=stored["scale_mm"],
            note=stored.get("note", ""),
            about=tuple(ChildId(child) for child in stored.get("about", ())),
        ),
        locators={which: locator for which, locator in locators.items() if locator},
    )


def fingerprint(uploads: list[UploadSeen]) -> str:
    """Return what changes when a file is added, removed, moved, or described otherwise."""
    return sha256(repr([(upload.id, upload.file) for upload in uploads]).encode()).hexdigest()[:32]


def gaps(uploads: Sequence[UploadSeen]) -> tuple[Missing, ...]:
    """Name the pictures that nobody has described yet (P08: legible for everybody)."""
    return tuple(
        Missing(
            "files",
            f"Describe {FileKind(upload.file.kind).label.lower()} {number}"
            " for someone who cannot see it.",
            "P08",
        )
        for number, upload in enumerate(uploads, start=1)
        if upload.file.is_picture and not upload.file.alt.strip()
    )


def files_known() -> set[str]:
    """Return the name of every file that a draft has. 1 query."""
    return {
        locator
        for row in Upload.objects.values_list("locator", "shown", "thumb")
        for locator in row
        if locator
    }
