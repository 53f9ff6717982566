"""Adding files to a draft, saying what they are, and sealing them with it."""

import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from casebound.foundation.base.ids import BookId, ChildId, DraftId
from casebound.foundation.base.pasted import without_turns
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.encryption import encrypt_draft, encrypt_upload
from casebound.foundation.proof.entry import FilePart
from casebound.foundation.stores.room_left import check_room
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.actions import Removal
from casebound.record.attachments import reads
from casebound.record.attachments.examining import examine
from casebound.record.attachments.models import Upload
from casebound.record.attachments.not_taken import NotTakenError
from casebound.record.attachments.reads import UploadSeen, upload_name, uploads_of
from casebound.record.attachments.rules import (
    LARGEST_SCALE,
    LARGEST_TOGETHER,
    LONGEST_ALT,
    MOST_FILES,
    SORTS,
    USUAL_KIND,
    FileKind,
)
from casebound.record.attachments.uploads import Arrived
from casebound.record.book.attached import Attachment, part_of


@dataclass(frozen=True, slots=True)
class Added:
    """A file of a draft; `before` if the draft had the same bytes already."""

    id: str
    before: bool = False


def add_file(
    *,
    draft: DraftId,
    book: BookId,
    arrived: Arrived,
    at: datetime,
    check: Callable[[], None] = lambda: None,
) -> Added:
    """Examine a file that has arrived, make the copies to show, and add it.

    The same file once more (a second try on a bad line) is the one that is there already, also
    if both come at the same moment: a draft holds a file once (`content_key`).

    `check` runs in the transaction that adds it, and refuses a draft that has left its book: the
    file is encrypted under the key of that book.

    Raises:
        NotTakenError: it is not what it says, or there are too many. Nothing is kept of it.
        NoRoomLeftError: the disk is full. Nothing is kept of it.
    """
    written = [arrived.locator]
    try:
        check_room()
        before = uploads_of(draft, book)
        for upload in before:
            if upload.file.original.sha256 == arrived.sha256:
                blobs.remove(arrived.locator)
                return Added(upload.id, before=True)
        if len(before) >= MOST_FILES:
            raise NotTakenError("many")  # noqa: TRY301
        if sum(upload.file.original.size for upload in before) + arrived.size > LARGEST_TOGETHER:
            raise NotTakenError("together")  # noqa: TRY301
        added = _add(draft, book, arrived, written, at=at, check=check)
    except BaseException as wrong:
        for locator in written:
            blobs.remove(locator)
        if isinstance(wrong, NotTakenError):
            raise NotTakenError(wrong.reason, arrived.name) from wrong
        raise
    if added != arrived.id:  # another try was quicker
        for locator in written:
            blobs.remove(locator)
    return Added(added, before=added != arrived.id)


def _add(
    draft: DraftId,
    book: BookId,
    arrived: Arrived,
    written: list[str],
    *,
    at: datetime,
    check: Callable[[], None],
) -> str:
    """Add a file that the draft does not have; return its id, or that of a quicker try."""
    original = FilePart(arrived.sha256, arrived.size, arrived.media_type)
    bare = UploadSeen(
        id=arrived.id,
        place=0,
        book=book,
        file=Attachment(original=original),
        locators={"original": arrived.locator},
    )
    examined = examine(arrived.media_type, bare.pieces())
    copies: dict[str, FilePart] = {}
    locators: dict[str, str] = {}
    for which, content in (("shown", examined.shown), ("thumb", examined.thumb)):
        if content:
            locators[which] = _store_piecewise(book, arrived.id, which, [content])
            written.append(locators[which])
            copies[which] = reads.part_for(content)
    file = Attachment(
        original=original,
        shown=copies.get("shown"),
        thumb=copies.get("thumb"),
        kind=USUAL_KIND[SORTS[arrived.media_type]].value,
        name=arrived.name,
        note=examined.note,
    )
    with transaction.atomic(using="default"):
        check()
        last = Upload.objects.filter(draft_id=draft).order_by("-place").first()
        new = Upload(
            id=arrived.id,
            draft_id=draft,
            content_key=_content_key(arrived.sha256, book),
            place=last.place + 1 if last else 1,
            added_at=at,
            locator=arrived.locator,
            shown=locators.get("shown", ""),
            thumb=locators.get("thumb", ""),
            body=_encrypted_words(arrived.id, book, file),
        )
        Upload.objects.bulk_create([new], ignore_conflicts=True)
        return Upload.objects.get(draft_id=draft, content_key=new.content_key).id


def _content_key(content_sha256: str, book: BookId) -> str:
    """Return what is the same for the same bytes under the same key, and tells nothing of them."""
    label = b"casebound/upload\n" + content_sha256.encode()
    return hmac.digest(book_key(book), label, "sha256").hex()[:32]


def _store_piecewise(book: BookId, upload: str, which: str, pieces: Iterable[bytes]) -> str:
    """Write a file, or a copy of it, encrypted under a key of the book; return its locator."""
    return blobs.write(
        encrypt_upload(
            pieces,
            book_key(book),
            origin=settings.INSTALLATION.origin,
            upload_id=upload_name(upload, which),
        )
    ).locator


def _encrypted_words(upload: str, book: BookId, file: Attachment) -> bytes:
    """Return what is stored of a file but its bytes: what it is, and what its author says of it."""
    return encrypt_draft(
        json.dumps(asdict(file)).encode(),
        book_key(book),
        origin=settings.INSTALLATION.origin,
        draft_id=upload,
    )


def describe(
    *, upload: UploadSeen, kind: str, alt: str, scale: str, about: tuple[ChildId, ...] | None = None
) -> None:
    """Keep what the author says of a file; what cannot be said of it is left as it was.

    `about` is the child it is about alone, nobody if it is about all; None leaves it as it was.
    """
    words = clean_text(without_turns(alt.strip())[:LONGEST_ALT])
    millimetres = int(scale) if scale.isdecimal() and len(scale) < 6 else None  # noqa: PLR2004
    if millimetres is not None and not 0 < millimetres <= LARGEST_SCALE:
        millimetres = None
    file = replace(
        upload.file,
        kind=kind if kind in set(FileKind) else upload.file.kind,
        alt=words,
        scale_mm=millimetres if upload.file.is_picture else None,
        about=upload.file.about if about is None else about,
    )
    if file != upload.file:
        body = _encrypted_words(upload.id, upload.book, file)
        Upload.objects.filter(id=upload.id).update(body=body)


@transaction.atomic(using="default")
def move(*, uploads: list[UploadSeen], upload: str, steps: int) -> None:
    """Move a file up (-1) or down (1) among those of its draft."""
    ids = [seen.id for seen in uploads]
    if upload not in ids:
        return
    place = ids.index(upload)
    ids.insert(max(0, place + steps), ids.pop(place))
    for number, moved in enumerate(ids, start=1):
        Upload.objects.filter(id=moved).update(place=number)


def remove(*, upload: UploadSeen) -> None:
    """Take a file out of a draft. It was never part of the record."""
    with transaction.atomic(using="default"):
        Upload.objects.filter(id=upload.id).delete()
        transaction.on_commit(lambda: _forget([upload]), using="default")


def remove_all(*, draft: DraftId, book: BookId) -> None:
    """Take every file out of a draft that is thrown away."""
    for upload in uploads_of(draft, book):
        remove(upload=upload)


def forget_all(*, draft: DraftId) -> None:
    """Take every file out of a damaged draft, without reading what is stored of them."""
    for upload in Upload.objects.filter(draft_id=draft):
        for locator in filter(None, (upload.locator, upload.shown, upload.thumb)):
            blobs.remove(locator)
        upload.delete()


def _forget(uploads: Iterable[UploadSeen]) -> None:
    for upload in uploads:
        for locator in upload.locators.values():
            blobs.remove(locator)


def sources(
    uploads: list[UploadSeen], names: list[str]
) -> dict[int, Callable[[], Iterable[bytes]]]:
    """Return what gives the bytes of each file's part; `names` are those of the entry's parts."""
    places = {name: i for i, name in enumerate(names)}

    def giving(upload: UploadSeen, which: str) -> Callable[[], Iterable[bytes]]:
        return lambda: upload.pieces(which)

    return {
        places[part_of(number, which)]: giving(upload, which)
        for number, upload in enumerate(uploads, start=1)
        for which in upload.locators
    }


def removal(draft: DraftId, files: int, *, otherwise: type[RefusedError]) -> Removal:
    """Return the rows of a draft's files, which go as it is sealed: its entry has the files now."""
    return Removal(table=Upload, where={"draft_id": draft}, rows=files, otherwise=otherwise)


def forget_sealed(uploads: list[UploadSeen]) -> None:
    """Remove what the draft had of the files, now that the entry has its own."""
    _forget(uploads)


class Rekeyed:
    """The files of a draft, encrypted under the key of another book; not yet the draft's.

    The bytes are written when this is made, outside a transaction, because that takes long.
    `take_over` then changes the rows within the caller's transaction. After that has committed
    call `forget_old`; if it has not, call `abandon`.
    """

    def __init__(self, uploads: list[UploadSeen], book: BookId) -> None:
        """Write each file and its copies again.

        Raises:
            MismatchError: a file was changed.
            OSError: a file is gone, or the disk is full. Nothing new is left.
        """
        self._uploads, self._book = uploads, book
        self._written: list[dict[str, str]] = []
        try:
            for upload in uploads:
                new: dict[str, str] = {}
                self._written.append(new)
                for which in upload.locators:
                    new[which] = _store_piecewise(book, upload.id, which, upload.pieces(which))
        except BaseException:
            self.abandon()
            raise

    def take_over(self) -> None:
        """Let the draft's rows name the new files. 1 query each."""
        for upload, written in zip(self._uploads, self._written, strict=True):
            Upload.objects.filter(id=upload.id).update(
                content_key=_content_key(upload.file.original.sha256, self._book),
                locator=written["original"],
                shown=written.get("shown", ""),
                thumb=written.get("thumb", ""),
                body=_encrypted_words(upload.id, self._book, upload.file),
            )

    def forget_old(self) -> None:
        """Remove the files as they were encrypted before."""
        _remove_all_of([upload.locators for upload in self._uploads])

    def abandon(self) -> None:
        """Remove what was written."""
        _remove_all_of(self._written)


def _remove_all_of(locators: Iterable[dict[str, str]]) -> None:
    for each in locators:
        for locator in each.values():
            blobs.remove(locator)
