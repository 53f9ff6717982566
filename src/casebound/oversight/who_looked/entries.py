"""What this room seals: a manager's answer to a question about somebody's looking.

The answers of a home stand in a book of their own, which no page but this room's shows: what was
asked about a colleague is for those who may see who looked.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from django.conf import settings

from casebound.foundation.base.handling import FieldHandling
from casebound.foundation.base.ids import BookId, HomeId
from casebound.ledger.projecting.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingAnswered(Kind):
    """A manager answered why a worker looked on a day as they did."""

    kind: ClassVar = "who_looked/answered"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"worker_id", "words"})
        operational = frozenset({"home_id", "day", "ground", "answer"})

    home_id: str
    worker_id: str
    day: str
    ground: str
    answer: str
    words: Words


KINDS = (LookingAnswered,)


def answers_book(home: HomeId) -> BookId:
    """Return the book in which the answers of a home stand."""
    name = f"casebound/who-looked\0{settings.INSTALLATION.id}\0{home}"
    return BookId(sha256(name.encode()).hexdigest()[:32])
