"""AES-256-GCM with the place and purpose of every message bound in (ledger 1.12).

Everything here returns or takes `nonce || ciphertext || tag`: 28 bytes more than the plaintext.
`nonce` is 12 bytes and random unless given, and only the worked example gives one: a nonce used
twice under one key would lose both messages.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casebound.foundation.proof.commitments import EntrySecret, mac
from casebound.foundation.proof.errors import MismatchError, SpellingError

_NONCE = 12
_TAG = 16


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
    content: bytes,
    *,
    origin: str,
    entry_id: str,
    nonce: bytes | None = None,
) -> bytes:
    """Encrypt the file attached to part `i`, whole: the caller holds it in memory twice."""
    extra = _extra("sr1/blob", origin, entry_id, str(i))
    return _lock(secret.blob_key(i), content, extra, nonce)


def decrypt_blob(
    secret: EntrySecret, i: int, locked: bytes, *, origin: str, entry_id: str
) -> bytes:
    """Decrypt the file attached to part `i`.

    Raises:
        MismatchError: changed bytes, another secret, or another part's or entry's.
    """
    return _unlock(secret.blob_key(i), locked, _extra("sr1/blob", origin, entry_id, str(i)))


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
