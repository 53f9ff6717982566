"""Who reads what of an entry: the one rule that every page, print and copy follows.

Each part of an entry carries its audience in the data. A page states who reads it, and `for_reader`
leaves only what is for that reader. Whatever renders an entry renders what `for_reader` returned.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final


class Reader(StrEnum):
    """Who reads. The values stand in rows."""

    STAFF = "staff"  # staff who may read the book
    NEED_TO_KNOW = "need_to_know"  # staff who need to know this
    ANSWERS_FOR_BOOK = "answers_for_book"  # staff who answer for the book
    CHILD = "child"
    THIRD_PARTY = "third_party"  # a third party who is known


Audience = frozenset[Reader]

NOBODY: Final[Audience] = frozenset()
ANSWERS_FOR_BOOK: Final[Audience] = frozenset({Reader.ANSWERS_FOR_BOOK})
NEED_TO_KNOW: Final[Audience] = ANSWERS_FOR_BOOK | {Reader.NEED_TO_KNOW}
STAFF: Final[Audience] = NEED_TO_KNOW | {Reader.STAFF}
STAFF_AND_CHILD: Final[Audience] = STAFF | {Reader.CHILD}


def audience_of(sharing: str, permission: str = "") -> Audience:
    """Return who reads a part with these marks; a mark that is not known restricts it to staff.

    What is withheld is not for the child. What is about a third party is for the child once the
    third party has given permission. Nothing is for a third party until somebody decides so.
    """
    if sharing == "shared" or (sharing == "third_party" and permission == "given"):
        return STAFF_AND_CHILD
    return STAFF


def audience_held(audience: Audience, scopes: Collection[str]) -> Audience:
    """Return who reads a part that is restricted so: `child`, `need_to_know`, or both.

    Of staff nobody reads what not all of them read, before it is opened to one (`seen.opened`).
    """
    if "child" in scopes:
        audience -= {Reader.CHILD}
    if "need_to_know" in scopes and audience & STAFF:
        audience = (audience - STAFF) | {Reader.NEED_TO_KNOW}
    return audience


def is_staff(reader: Reader) -> bool:
    """Return whether a reader is staff: they read the marks and names that are for staff."""
    return reader in STAFF
