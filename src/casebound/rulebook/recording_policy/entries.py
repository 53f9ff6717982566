"""What this room seals in the office's book: a version of the policy, and that somebody read it."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(Kind):
    """A version of the recording policy holds from now on, with what changed."""

    kind: ClassVar = "recording_policy/published"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"policy_number", "text", "changed"})

    policy_number: int
    text: Words
    changed: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAcknowledged(Kind):
    """The signer has read a version of the recording policy, and records by it."""

    kind: ClassVar = "recording_policy/acknowledged"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"policy_number"})

    policy_number: int


KINDS = (PolicyPublished, PolicyAcknowledged)
