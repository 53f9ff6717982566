"""Building an entry: everything that can be worked out before the entry has its place."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from casebound.foundation.base.ids import BookId, EntryId, WorkerId, new_id
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.commitments import EntrySecret, Part
from casebound.foundation.proof.encryption import encrypt_blob, wrap_secret
from casebound.foundation.proof.entry import file_parts, seal_bytes
from casebound.foundation.proof.statements import attest
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.registers import NO_KEY, registers_named
from casebound.ledger.sealing.staged import StagedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry as its author signs it.

    Attributes:
        books: the books it becomes a page of, 1 or more.
        parts: as sealed, in order (format 1.4).
        signed_by: the account that proved again who it is.
        signed_at: aware; the moment of signing.
        auth: how that was proved, such as `password+totp`.
        expects: for each book whose state matters, how many pages it had when it was read.
        registers: the registers that number it without holding it; `parts` names the same ones.
        files: for each part that describes an attached file, the source of its bytes, in pieces.
    """

    books: tuple[BookId, ...]
    parts: tuple[Part, ...]
    signed_by: WorkerId
    signed_at: datetime
    auth: str
    entry_id: EntryId = field(default_factory=lambda: EntryId(new_id()))
    expects: Mapping[BookId, int] = field(default_factory=dict)
    registers: tuple[BookId, ...] = ()
    files: Mapping[int, Callable[[], Iterable[bytes]]] = field(default_factory=dict)

    @property
    def numbered_in(self) -> tuple[BookId, ...]:
        """Everything that gives it a number: its books, then its registers."""
        return (*self.books, *self.registers)


def build(new: NewEntry) -> tuple[StagedEntry, bytes]:
    """Work out an entry's secret, commitments, signature and encrypted body.

    It takes about 0.5 ms for 180 words, outside any lock. It stores nothing but the encrypted
    attached files. If the entry is not sealed after all, `casebound work` removes them.

    Raises:
        ValueError: it is in no book, or its parts name other registers than it is numbered in.
    """
    if not new.books or registers_named(new.parts) != new.registers:
        raise ValueError("an entry is in a book, and names the registers it is numbered in")
    origin = settings.INSTALLATION.origin
    secret = EntrySecret(secrets.token_bytes(32))
    files = _store_files(new, secret)
    sealed = seal_bytes(
        origin=origin,
        entry_id=new.entry_id,
        secret=secret,
        parts=new.parts,
        statement_of_signing=attest(
            at=utc_text(new.signed_at), auth=new.auth, origin=origin, user=new.signed_by
        ),
        blobs=[stored.digest for _, stored in files],
    )
    wraps = tuple(
        (
            book,
            wrap_secret(secret, book_key(book), origin=origin, entry_id=new.entry_id, book_id=book),
        )
        for book in new.books
    )
    wraps += tuple((register, NO_KEY) for register in new.registers)
    staged = StagedEntry(
        new.entry_id,
        sealed.root,
        sealed.sign_digest,
        sealed.stored,
        wraps,
        tuple((part, stored.locator) for part, stored in files),
    )
    return staged, sealed.body


def _store_files(new: NewEntry, secret: EntrySecret) -> list[tuple[int, blobs.Stored]]:
    """Encrypt the attached files onto the disk, and check that they are the signed ones.

    Raises:
        ValueError: they are not the files that the parts describe. Then all are removed.
    """
    described = file_parts(new.parts)
    if described.keys() != new.files.keys():
        raise ValueError("an entry has a file for each part that describes one")
    origin, stored_files = settings.INSTALLATION.origin, list[tuple[int, blobs.Stored]]()
    try:
        for part, file in described.items():
            seen = _Seen()
            pieces = seen.passing(new.files[part]())
            stored_files.append(
                (part, blobs.write(
                    encrypt_blob(secret, part, pieces, origin=origin, entry_id=new.entry_id)
                ))
            )  # fmt: skip
            if (seen.digest.hexdigest(), seen.size) != (file.sha256, file.size):
                raise ValueError("an attached file is not the one that its part describes")  # noqa: TRY301
    except BaseException:
        for _, stored in stored_files:
            blobs.remove(stored.locator)
        raise
    return stored_files


class _Seen:
    """The hash and the size of the bytes that were read."""

    def __init__(self) -> None:
        self.digest, self.size = sha256(), 0

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.digest.update(piece)
            self.size += len(piece)
            yield piece
