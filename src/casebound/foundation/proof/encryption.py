"""AES-256-GCM with the place and purpose of every message bound in (ledger 1.12).

Everything here returns or takes `nonce || ciphertext || tag`: 28 bytes more than the plaintext.
`nonce` is 12 bytes and random unless given, and only the worked example gives one: a nonce used
twice under one key would lose both messages.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR, GCM

from casebound.foundation.proof.commitments import EntrySecret, mac
from casebound.foundation.proof.errors import MismatchError, SpellingError

_NONCE = 12
_TAG = 16
_PIECE = 256 * 1024

Opener: TypeAlias = Callable[[], BinaryIO]
"""Opens an encrypted file for reading, each time again."""


def _extra(purpose: str, *places: str) -> bytes:
    # A line break inside a name would let two places have the same extra data.
    if any("\n" in place for place in places):
        raise SpellingError("an id or origin has a line break")
    return "\n".join((purpose, *places)).encode()


def _lock(key: bytes, plaintext: bytes, extra: bytes, nonce: bytes | None) -> bytes:
    nonce = os.urandom(_NONCE) if nonce is None else nonce
    return nonce + AESGCM(key).encrypt(nonce, plaintext, extra)


def _unlock(key: bytes, locked: bytes, extra: bytes) -> bytes:
    if len(locked) < _NONCE + _TAG:
        raise MismatchError("encrypted bytes are cut short")
    try:
        return AESGCM(key).decrypt(locked[:_NONCE], locked[_NONCE:], extra)
    except InvalidTag:
        raise MismatchError("encrypted bytes were changed, or are of another place") from None


def encrypt_body(
    secret: EntrySecret, body: bytes, *, origin: str, entry_id: str, nonce: bytes | None = None
) -> bytes:
    """Encrypt the body of an entry."""
    return _lock(secret.body_key(), body, _extra("sr1/body", origin, entry_id), nonce)


def decrypt_body(secret: EntrySecret, locked: bytes, *, origin: str, entry_id: str) -> bytes:
    """Decrypt the body of an entry.

    Raises:
        MismatchError: changed bytes, another secret, or another entry's.
    """
    return _unlock(secret.body_key(), locked, _extra("sr1/body", origin, entry_id))


def encrypt_blob(
    secret: EntrySecret,
    i: int,
    content: Iterable[bytes],
    *,
    origin: str,
    entry_id: str,
    nonce: bytes | None = None,
) -> Iterator[bytes]:
    """Encrypt the file attached to part `i`, piece by piece as it comes."""
    extra = _extra("sr1/blob", origin, entry_id, str(i))
    return _lock_pieces(secret.blob_key(i), content, extra, nonce)


def decrypt_blob(
    secret: EntrySecret, i: int, locked: Opener, *, origin: str, entry_id: str
) -> Iterator[bytes]:
    """Decrypt the file attached to part `i`, piece by piece.

    It is read twice: nothing is given out before all of it has proved to be what was encrypted.

    Raises:
        MismatchError: changed bytes, another secret, or another part's or entry's.
    """
    return _unlock_pieces(secret.blob_key(i), locked, _extra("sr1/blob", origin, entry_id, str(i)))


class Locking:
    """Encrypts what comes piece by piece: `first`, each answer of `add`, and `end`, joined."""

    def __init__(self, key: bytes, extra: bytes, nonce: bytes | None = None) -> None:
        """Begin a message, the only one under its key and nonce."""
        self.first = os.urandom(_NONCE) if nonce is None else nonce
        self._cipher = Cipher(AES(key), GCM(self.first)).encryptor()
        self._cipher.authenticate_additional_data(extra)

    def add(self, piece: bytes) -> bytes:
        """Encrypt the next piece."""
        return self._cipher.update(piece)

    def end(self) -> bytes:
        """Return what stands behind the last piece."""
        return self._cipher.finalize() + self._cipher.tag


def upload_locking(book_key: bytes, *, origin: str, upload_id: str) -> Locking:
    """Begin to encrypt a file of a draft that is still arriving; the same as `encrypt_upload`."""
    key = mac(book_key, b"upload" + upload_id.encode())
    return Locking(key, _extra("sr1/upload", origin, upload_id))


def encrypt_upload(
    content: Iterable[bytes], book_key: bytes, *, origin: str, upload_id: str
) -> Iterator[bytes]:
    """Encrypt a file that belongs to a draft, under a key of its own below its book's."""
    key = mac(book_key, b"upload" + upload_id.encode())
    return _lock_pieces(key, content, _extra("sr1/upload", origin, upload_id), None)


def decrypt_upload(
    locked: Opener, book_key: bytes, *, origin: str, upload_id: str
) -> Iterator[bytes]:
    """Decrypt a file of a draft, as `decrypt_blob` does.

    Raises:
        MismatchError: changed bytes, another book key or another upload's.
    """
    key = mac(book_key, b"upload" + upload_id.encode())
    return _unlock_pieces(key, locked, _extra("sr1/upload", origin, upload_id))


def _lock_pieces(
    key: bytes, content: Iterable[bytes], extra: bytes, nonce: bytes | None
) -> Iterator[bytes]:
    locking = Locking(key, extra, nonce)
    yield locking.first
    for piece in content:
        yield locking.add(piece)
    yield locking.end()


def _unlock_pieces(key: bytes, locked: Opener, extra: bytes) -> Iterator[bytes]:
    with locked() as file:
        size = file.seek(0, os.SEEK_END)
        if size < _NONCE + _TAG:
            raise MismatchError("encrypted bytes are cut short")
        file.seek(size - _TAG)
        tag = file.read(_TAG)
        for gives in (False, True):
            file.seek(0)
            cipher = Cipher(AES(key), GCM(file.read(_NONCE), tag)).decryptor()
            cipher.authenticate_additional_data(extra)
            left = size - _NONCE - _TAG
            while left and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                plain = cipher.update(piece)
                if gives:
                    yield plain
            try:
                cipher.finalize()
            except InvalidTag:
                words = "encrypted bytes were changed, or are of another place"
                raise MismatchError(words) from None


def wrap_secret(
    secret: EntrySecret,
    book_key: bytes,
    *,
    origin: str,
    entry_id: str,
    book_id: str,
    nonce: bytes | None = None,
) -> bytes:
    """Wrap the secret of an entry under the key KD of a book: 60 bytes."""
    extra = _extra("sr1/wrap", origin, entry_id, book_id)
    return _lock(mac(book_key, b"wrap"), secret.value, extra, nonce)


def unwrap_secret(
    wrapped: bytes, book_key: bytes, *, origin: str, entry_id: str, book_id: str
) -> EntrySecret:
    """Unwrap the secret of an entry.

    Raises:
        MismatchError: changed bytes, another book key, or the wrap of another entry or book.
    """
    extra = _extra("sr1/wrap", origin, entry_id, book_id)
    return EntrySecret(_unlock(mac(book_key, b"wrap"), wrapped, extra))


def encrypt_draft(
    draft: bytes, book_key: bytes, *, origin: str, draft_id: str, nonce: bytes | None = None
) -> bytes:
    """Encrypt a draft, which is not sealed, under the key of its book."""
    extra = _extra("sr1/draft", origin, draft_id)
    return _lock(mac(book_key, b"draft"), draft, extra, nonce)


def decrypt_draft(locked: bytes, book_key: bytes, *, origin: str, draft_id: str) -> bytes:
    """Decrypt a draft.

    Raises:
        MismatchError: changed bytes, another book key or another draft's.
    """
    extra = _extra("sr1/draft", origin, draft_id)
    return _unlock(mac(book_key, b"draft"), locked, extra)


def salvage_draft(locked: bytes, book_key: bytes) -> bytes:
    """Decrypt what can be read of a damaged draft, without checking that nobody changed it.

    A changed byte harms that byte alone, and what was cut off is gone. If the beginning was changed
    nothing of it can be read. For the eyes of its author, and never to sign.
    """
    counter = locked[:_NONCE].ljust(_NONCE, b"\0") + (2).to_bytes(4, "big")  # SP 800-38D, 7.1
    cipher = Cipher(AES(mac(book_key, b"draft")), CTR(counter))
    plain: bytes = cipher.decryptor().update(locked[_NONCE:])
    return plain


def wrap_book_key(
    book_key: bytes,
    epoch_key: bytes,
    *,
    origin: str,
    book_id: str,
    epoch: int,
    nonce: bytes | None = None,
) -> bytes:
    """Wrap the key KD of a book under the epoch's master key: a row of the keyring, 60 bytes."""
    return _lock(epoch_key, book_key, _extra("sr1/key", origin, book_id, str(epoch)), nonce)


def unwrap_book_key(
    row: bytes, epoch_key: bytes, *, origin: str, book_id: str, epoch: int
) -> bytes:
    """Unwrap the key of a book.

    Raises:
        MismatchError: changed bytes, another master key, or another book's or epoch's row.
    """
    return _unlock(epoch_key, row, _extra("sr1/key", origin, book_id, str(epoch)))
