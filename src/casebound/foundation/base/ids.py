"""Identities: 32 lower-case hex digits from the operating system's generator, saying nothing."""

import re
import secrets
from typing import NewType

BookId = NewType("BookId", str)
EntryId = NewType("EntryId", str)
ChildId = NewType("ChildId", str)
HomeId = NewType("HomeId", str)
WorkerId = NewType("WorkerId", str)
DraftId = NewType("DraftId", str)

_HEX32 = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """Return a fresh random identity of 128 bits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Say whether `text` has the form of an identity."""
    return _HEX32.fullmatch(text) is not None
