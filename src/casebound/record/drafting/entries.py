"""What this room seals besides what people write: that a draft was handed to a colleague."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHandedOver(Kind):
    """A draft is a colleague's from now on, in the book of the home where it was begun.

    It says nothing of the child, of the form or of a word: who reads the home's book may be one
    that the draft names.
    """

    kind: ClassVar = "drafting/handed-over"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"author_name", "to_name"})
        operational = frozenset({"draft_id", "author_id", "to_id", "saved_at", "author_left"})

    draft_id: str
    author_id: str
    author_name: str
    to_id: str
    to_name: str
    saved_at: str
    author_left: bool


KINDS = (DraftHandedOver,)
