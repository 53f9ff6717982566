"""Making, opening and re-wrapping book keys."""

import secrets
import threading
import time
from collections import OrderedDict
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.installation import KeyFileError
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.encryption import unwrap_book_key, wrap_book_key
from casebound.foundation.proof.errors import MismatchError
from casebound.ledger.keyring.models import BookKey, Epoch

# A process caches a key for a minute at most, so that every process soon loses a destroyed book.
REMEMBERED_FOR = 60.0
REMEMBERED_AT_MOST = 2048

_remembered: OrderedDict[BookId, tuple[float, bytes]] = OrderedDict()
_lock = threading.Lock()
_CHECKED = b"casebound epoch check value v1.."


class BookDestroyedError(RefusedError):
    """The key of a book is not in the keyring."""

    what = "This book cannot be opened."
    why = "Its key is not in the keyring: it was destroyed on its date, or the keyring is damaged."
    do = "Ask the person who looks after casebound to run `casebound verify`."


@transaction.atomic(using="keyring")
def begin_keyring(*, at: datetime) -> None:
    """Write the first epoch, with the check value of its master key, unless it is there."""
    if Epoch.objects.exists():
        return
    installation = settings.INSTALLATION
    Epoch.objects.create(
        number=installation.epoch, check_value=_seal_check(installation.master_key), began_at=at
    )


def check_master_key() -> None:
    """Make sure that the key file's master key is the key of the newest epoch. 1 query.

    Raises:
        KeyFileError: it is another key, so nothing could be read.
    """
    epoch = Epoch.objects.order_by("-number").first()
    if epoch is None:
        if BookKey.objects.exists():
            raise KeyFileError("Its keyring does not say which master key it was made with.")
        return  # nothing was begun
    sealed = bytes(epoch.check_value)
    try:
        good = AESGCM(settings.INSTALLATION.master_key).decrypt(sealed[:12], sealed[12:], None)
    except InvalidTag:
        good = b""
    if good != _CHECKED or epoch.number != settings.INSTALLATION.epoch:
        raise KeyFileError("Its key file holds another master key than the keyring was made with.")


def make_book_key(book: BookId) -> bytes:
    """Make, wrap and store the key of a new book, durable before the book. 1 query."""
    key = secrets.token_bytes(32)
    keep = settings.INSTALLATION
    wrapped = wrap_book_key(
        key, keep.master_key, origin=keep.origin, book_id=book, epoch=keep.epoch
    )
    with transaction.atomic(using="keyring"):
        BookKey.objects.create(book_id=book, epoch_id=keep.epoch, wrapped=wrapped)
    _remember(book, key)
    return key


def book_key(book: BookId) -> bytes:
    """Return the key of a book. 1 query, or none if the book was opened within the last minute.

    Raises:
        BookDestroyedError: the keyring has no key of this book.
        KeyFileError: the master key does not open it.
    """
    with _lock:
        remembered = _remembered.get(book)
    if remembered is not None and remembered[0] > time.monotonic():
        return remembered[1]
    row = BookKey.objects.filter(book_id=book).values_list("epoch_id", "wrapped").first()
    if row is None:
        raise BookDestroyedError(f"Book {book}.")
    keep = settings.INSTALLATION
    try:
        key = unwrap_book_key(
            bytes(row[1]), keep.master_key, origin=keep.origin, book_id=book, epoch=row[0]
        )
    except MismatchError as wrong:
        raise KeyFileError(f"Its master key does not open the key of book {book}.") from wrong
    _remember(book, key)
    return key


def has_key(book: BookId) -> bool:
    """Say whether the keyring has a key of this book, whole or damaged. 1 query."""
    return BookKey.objects.filter(book_id=book).exists()


def forget_keys() -> None:
    """Empty the cache of keys, as a restart does."""
    with _lock:
        _remembered.clear()


def _remember(book: BookId, key: bytes) -> None:
    with _lock:
        _remembered[book] = (time.monotonic() + REMEMBERED_FOR, key)
        _remembered.move_to_end(book)
        while len(_remembered) > REMEMBERED_AT_MOST:
            _remembered.popitem(last=False)


def _seal_check(master_key: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(master_key).encrypt(nonce, _CHECKED, None)
