"""The author's statement of signing, S, over the entry root (ledger 1.6)."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from casebound.foundation.proof.canonical import Json
from casebound.foundation.proof.errors import MismatchError, ShapeError
from casebound.foundation.proof.shapes import a_text, an_object
from casebound.foundation.proof.spelling import utc_second

# Given the entry root, build S. A callable, because S holds the root and the root comes first.
Statement: TypeAlias = Callable[[bytes], Mapping[str, Json]]

_UNSIGNED = ("at", "auth", "e", "log", "m", "u")
_KEYS = {"attest1": _UNSIGNED, "webauthn1": (*_UNSIGNED, "cred", "ad", "cd", "sig")}


def attest(*, at: str, auth: str, origin: str, user: str) -> Statement:
    """Make the statement `attest1`: this user proved again who they are, and pressed "sign".

    Args:
        at: UTC second of the signing.
        auth: how they proved it, as in `password+totp`.
        origin: the log the entry is for.
        user: the stable id of the user (never logged, it is in the encrypted body).
    """

    def statement(root: bytes) -> Mapping[str, Json]:
        return {"at": at, "auth": auth, "e": root.hex(), "log": origin, "m": "attest1", "u": user}

    return statement


def check_statement(statement: Json, *, origin: str, root: bytes) -> Mapping[str, Json]:
    """Return S, if it is a statement about this root and log.

    The device signature of a `webauthn1` statement is checked elsewhere, with the device's key;
    here only its form is.

    Raises:
        ShapeError: S is of no known kind, or has other keys or values.
        SpellingError: its time is not a UTC second.
        MismatchError: it is about another entry or log.
    """
    method = an_object(statement).get("m")
    keys = _KEYS.get(method) if isinstance(method, str) else None
    if keys is None:
        raise ShapeError("a statement of signing is of kind attest1 or webauthn1")
    checked = an_object(statement, *keys)
    for key in keys:
        if not a_text(checked[key]):
            raise ShapeError("a statement of signing has an empty value")
    utc_second(a_text(checked["at"]))
    if checked["e"] != root.hex() or checked["log"] != origin:
        raise MismatchError("the statement of signing is about another entry")
    return checked
