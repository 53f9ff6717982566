"""What this room seals: that the provider looks at a word again, or no longer does."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAdded(Kind):
    """Everybody at the provider gets a hint on this term from now on."""

    kind: ClassVar = "glossary/term-added"

    class Handling(FieldHandling):
        """Say who each field is about."""

        operational = frozenset({"term_id", "term", "instead", "why"})

    term_id: str
    term: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWithdrawn(Kind):
    """Nobody gets a hint on the term any more."""

    kind: ClassVar = "glossary/term-withdrawn"

    class Handling(FieldHandling):
        """Say who each field is about."""

        operational = frozenset({"term_id"})

    term_id: str


KINDS = (TermAdded, TermWithdrawn)
