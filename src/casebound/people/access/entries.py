"""What this room seals: the digest of a finished day of the read trail.

The digests stand in a book of their own, which no page shows. They hold numbers and a hash.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from django.conf import settings

from casebound.foundation.base.handling import FieldHandling
from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.projecting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailDayDigested(Kind):
    """A day of the read trail is over: so many looks, and the hash of all their rows.

    A digest is of every row from number `first` to number `last`, and the next digest begins behind
    `last`. So a row that comes later cannot be put between. `late` counts the rows whose time is of
    a day that was digested before, as after a clock that was wrong.
    """

    kind: ClassVar = "access/trail-day"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"day", "first", "last", "looks", "late", "digest"})

    day: str
    first: int
    last: int
    looks: int
    late: int
    digest: str


KINDS = (TrailDayDigested,)


def trail_book() -> BookId:
    """Return the book that the digests stand in."""
    return BookId(_id("trail"))


def digest_of_day(day: str) -> EntryId:
    """Return the id of the entry that digests a day, so that no day is digested twice."""
    return EntryId(_id(f"trail-day\0{day}"))


def _id(what: str) -> str:
    return sha256(f"casebound/{what}\0{settings.INSTALLATION.id}".encode()).hexdigest()[:32]
