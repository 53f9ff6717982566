"""What a line of the log is read as when its entry cannot be opened."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.opening import DAMAGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged(Kind):
    """An entry that cannot be opened. It is never sealed: the ledger reads such an entry as this.

    A room that shows entries shows it in its place. It has numbers and a time, and no words.
    """

    kind: ClassVar = DAMAGED

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"cause"})

    cause: str


KINDS = (Damaged,)
