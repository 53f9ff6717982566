"""One spelling for each value: hex, base64, numbers, times and names (ledger 1.1, 1.7, 1.9).

A checker that takes two spellings for one value lets a file be changed without anybody noticing.
"""

import base64
import binascii
import re
from datetime import datetime

from casebound.foundation.proof.errors import SpellingError

_HEX = re.compile(r"[0-9a-f]*")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# 1.9 and C2SP signed-note: no Unicode spaces, no plus, no control characters. \s covers the
# spaces Python knows, which include the separators U+001C to U+001F.
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f-\x9f]+")
_GENERATION = re.compile(r".+/[1-9][0-9]*")
_TOKEN = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


def unhex(text: str, size: int = 32) -> bytes:
    """Read `size` bytes from lower-case hex.

    Raises:
        SpellingError: another length, upper case, or not hex.
    """
    if len(text) != 2 * size or _HEX.fullmatch(text) is None:
        raise SpellingError(f"not {size} bytes of lower-case hex")
    return bytes.fromhex(text)


def to_base64(data: bytes) -> str:
    """Write standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def unbase64(text: str, size: int | None = None) -> bytes:
    """Read standard base64 that writes back to the same text; of `size` bytes if given.

    Raises:
        SpellingError: other characters, wrong padding, stray bits in the last character, or
            another length.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise SpellingError("not base64") from None
    if to_base64(data) != text:
        raise SpellingError("base64 that does not write back to the same text")
    if size is not None and len(data) != size:
        raise SpellingError(f"not {size} bytes of base64")
    return data


def number(text: str) -> int:
    """Read a decimal number from 0 to 10^19-1 without sign or leading zeros.

    Raises:
        SpellingError: anything else.
    """
    if _NUMBER.fullmatch(text) is None:
        raise SpellingError("not a plain decimal number")
    return int(text)


def utc_second(text: str) -> str:
    """Return the text if it is a real UTC second `YYYY-MM-DDTHH:MM:SSZ` (1.7).

    These strings sort as the times do, so the later of two is `max(a, b)`.

    Raises:
        SpellingError: another form, or a day or time that does not exist.
    """
    if _SECOND.fullmatch(text) is None:
        raise SpellingError("not a UTC second")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise SpellingError("not a day and time that exists") from None
    return text


def key_name(text: str) -> str:
    """Return the text if it can name a key: no spaces, plus or control characters (1.9).

    Raises:
        SpellingError: it cannot.
    """
    if _NAME.fullmatch(text) is None:
        raise SpellingError("not a key name")
    return text


def origin_name(text: str) -> str:
    """Return the text if it can name a log: a key name ending in the generation, `.../1` (1.9).

    Raises:
        SpellingError: it cannot.
    """
    if _GENERATION.fullmatch(key_name(text)) is None:
        raise SpellingError("an origin ends in its generation, as in example.org/home/1")
    return text


def token(text: str) -> str:
    """Return the text if it is a short word of the software, which nobody's name fits into.

    Up to 64 of `a-z`, `0-9`, dot and hyphen: leaves hold no personal data (1.7).

    Raises:
        SpellingError: it is not.
    """
    if _TOKEN.fullmatch(text) is None:
        raise SpellingError("not a word of a-z, 0-9, dot and hyphen")
    return text
