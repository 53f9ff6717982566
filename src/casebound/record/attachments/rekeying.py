"""Encrypting the files of a draft again, for the book it is moved to."""

from collections.abc import Sequence

from casebound.foundation.base.ids import BookId
from casebound.ledger.sealing import blobs
from casebound.record.attachments.actions import content_key, encrypted_words, store_piecewise
from casebound.record.attachments.models import Upload
from casebound.record.attachments.reads import UploadSeen


class Rekeyed:
    """The files of a draft, encrypted under the key of another book; not yet the draft's.

    The bytes are written when this is made, outside a transaction, because that takes long.
    `take_over` then changes the rows within the caller's transaction. After that has committed
    call `forget_old`; if it has not, call `abandon`.
    """

    def __init__(self, uploads: Sequence[UploadSeen], book: BookId) -> None:
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
                    new[which] = store_piecewise(book, upload.id, which, upload.pieces(which))
        except BaseException:
            self.abandon()
            raise

    def take_over(self) -> None:
        """Let the draft's rows name the new files. 1 query each."""
        for upload, written in zip(self._uploads, self._written, strict=True):
            Upload.objects.filter(id=upload.id).update(
                content_key=content_key(upload.file.original.sha256, self._book),
                locator=written["original"],
                shown=written.get("shown", ""),
                thumb=written.get("thumb", ""),
                body=encrypted_words(upload.id, self._book, upload.file, upload.note),
            )

    def forget_old(self) -> None:
        """Remove the files as they were encrypted before."""
        _remove([upload.locators for upload in self._uploads])

    def abandon(self) -> None:
        """Remove what was written."""
        _remove(self._written)


def _remove(locators: Sequence[dict[str, str]]) -> None:
    for each in locators:
        for locator in each.values():
            blobs.remove(locator)
