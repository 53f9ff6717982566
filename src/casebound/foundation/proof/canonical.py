"""Canonical JSON (CJ) and the cleaning of text before it is sealed (ledger 1.2)."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from casebound.foundation.proof.errors import CanonicalError, UnsealableTextError

# Read-only on purpose: mypy then takes a `dict[str, str]` where a JSON object is asked for.
# At run time only dict, list, tuple, str, int, bool and None themselves pass, no subclasses.
Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | bool | None"

LARGEST_INTEGER = 2**53 - 1  # 1.2: what every JSON reader can hold exactly

_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LEAVES = frozenset({str, bool, type(None)})

# Circles are found by the check below, which runs first. Keys are ASCII, so Python's sorting by
# code point is the UTF-16 sorting of RFC 8785 3.2.3.
_encode = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
).encode

# 1.2: control characters other than TAB, LF and CR (which have a meaning), the bidirectional
# overrides, and surrogates. Inside one `str` every surrogate is a lone one.
_UNSEALABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


@lru_cache(maxsize=1024)  # entries use the same few dozen keys; a look-up is a quarter of a match
def _is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def _check_object(value: dict[object, object]) -> None:
    for key, inner in value.items():
        if type(key) is not str or not _is_key(key):
            raise CanonicalError("an object key does not match [a-z][a-z0-9_]{0,31}")
        if type(inner) not in _LEAVES:
            _check(inner)


def _check(value: object) -> None:
    kind = type(value)
    if kind is dict:
        _check_object(value)  # type: ignore[arg-type]  # mypy does not narrow by `type(x) is`
    elif kind is list or kind is tuple:
        for inner in value:  # type: ignore[attr-defined]  # as above
            if type(inner) not in _LEAVES:
                _check(inner)
    elif kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # type: ignore[operator]  # as above
            raise CanonicalError("an integer is beyond 2^53-1")
    elif kind not in _LEAVES:
        raise CanonicalError(f"a value of type {kind.__name__} is not canonical JSON")


def canonical(value: object) -> bytes:
    """Write a value as canonical JSON: RFC 8785 without floats, in UTF-8 (1.2).

    A tuple is written as an array. Text is not normalised: see `clean_text`.

    Raises:
        CanonicalError: a float, a subclass or any other type; a key that does not match
            `[a-z][a-z0-9_]{0,31}`; an integer beyond 2^53-1; a surrogate; too deep or a circle.
    """
    try:
        _check(value)
        return _encode(value).encode()
    except RecursionError:
        raise CanonicalError("the value is nested too deeply") from None
    except UnicodeEncodeError:
        raise CanonicalError("a string has a surrogate") from None


def parse_canonical(data: bytes) -> Json:
    """Read canonical JSON, and nothing else that also means the same.

    Writing the value again and comparing finds repeated keys, spaces, other escapes, `-0` and
    another order of keys in one go; writing refuses floats, other keys and large integers.

    Raises:
        CanonicalError: the bytes are not UTF-8, not JSON, or not the one spelling of their value.
    """
    try:
        value: Json = json.loads(data.decode())
    except (ValueError, RecursionError):  # the cause would show words of the record
        raise CanonicalError("the bytes are not JSON in UTF-8") from None
    if canonical(value) != data:
        raise CanonicalError("the bytes are not the canonical spelling of their value")
    return value


def clean_text(text: str) -> str:
    """Normalise a text once, before it is shown for signing and sealed (1.2).

    Unicode NFC; CR LF and CR become LF; TAB becomes a space. Cleaning twice changes nothing more.
    "Control characters" is read as Unicode category Cc (C0, DEL and C1). The bidirectional
    isolates U+2066 to U+2069 are kept: 1.2 refuses only the embeddings and overrides U+202A to
    U+202E, and isolates are the proper way to write a name of another script into a sentence.

    Raises:
        UnsealableTextError: the text has another control character, one of U+202A to U+202E, or a
            lone surrogate. It names the first.
    """
    unsealable = _UNSEALABLE.search(text)
    if unsealable is not None:
        raise UnsealableTextError(ord(unsealable.group()), unsealable.start())
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", text)
