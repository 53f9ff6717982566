"""Small things encrypted under the installation's secret: second factors, forms that came back.

AES-256-GCM under a key that HKDF (RFC 5869) derives from `SECRET_KEY` for one purpose; the result
is `nonce || ciphertext || tag`. What belongs to a book is encrypted under the key of that book.
"""

import os
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12


def lock(content: bytes, *, purpose: bytes, place: bytes, more_key: str = "") -> bytes:
    """Encrypt something for its place. `more_key` is a part of the key that is not kept here."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(purpose, more_key).encrypt(nonce, content, place)


def unlock(locked: bytes, *, purpose: bytes, place: bytes, more_key: str = "") -> bytes:
    """Decrypt what `lock` made.

    Raises:
        InvalidTag: it was changed, or is of another place, key or purpose.
    """
    return _cipher(purpose, more_key).decrypt(locked[:_NONCE], locked[_NONCE:], place)


def _cipher(purpose: bytes, more_key: str) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return AESGCM(key.derive(settings.SECRET_KEY.encode() + more_key.encode()))
