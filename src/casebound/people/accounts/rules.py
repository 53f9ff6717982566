"""The form of a user name and of a full name, and how a proof of identity is written."""

import re
import unicodedata
from collections.abc import Sequence

# Controls, and marks that turn the direction of writing. Joiners stay: names are spelt with them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NAMES = {"webauthn": "passkey", "socialaccount": "sign_on"}
_USER_NAME = re.compile("[\\w][\\w.'\u2019-]{0,58}[\\w]")


def clean_user_name(text: str) -> str:
    """Return a user name as it is stored: composed, lower case, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_user_name(text: str) -> bool:
    """Say whether a cleaned text can be a user name: letters of any script, digits, . - '."""
    return _USER_NAME.fullmatch(text) is not None


def clean_full_name(text: str) -> str:
    """Return a name as it is stored and signed with: single spaces, no invisible characters.

    It removes marks that turn the direction of writing, because a name stands inside sentences.
    """
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub(" ", text)).split())


def session_methods(records: Sequence[dict[str, object]]) -> str:
    """Write down how a session began, such as `password+totp` or `passkey`.

    It takes the session's records of authentication, first to last, and leaves out the records of
    proving again. It returns an empty text if there are none, as in the demo.
    """
    names: list[str] = []
    for record in records:
        if record.get("reauthenticated"):
            continue
        name = str(record.get("type") or record.get("method") or "")
        name = _NAMES.get(name, name)
        if name and name not in names:
            names.append(name)
    return "+".join(names)
