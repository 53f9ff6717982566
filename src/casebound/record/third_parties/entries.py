"""What this room seals: who somebody is to a child, and what they answered when asked to share."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyAdded(Kind):
    """Somebody is in the register of a child's book from now on.

    `also` has the other names they are called by. `standing` says whether they are a private person
    or a professional in their role, `known` whether the child knows that there is such a person,
    and `child_knows` what the child already knows about them.
    """

    kind: ClassVar = "third_parties/added"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_others = frozenset({"name", "also", "relation", "child_knows"})
        operational = frozenset({"person_id", "standing", "known"})

    person_id: str
    name: str
    also: tuple[str, ...]
    relation: str
    standing: str
    known: str
    child_knows: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyChanged(Kind):
    """What the register says of somebody is another thing from now on. It says all of it again."""

    kind: ClassVar = "third_parties/changed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_others = frozenset({"name", "also", "relation", "child_knows"})
        operational = frozenset({"person_id", "standing", "known"})

    person_id: str
    name: str
    also: tuple[str, ...]
    relation: str
    standing: str
    known: str
    child_knows: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionNoted(Kind):
    """Somebody was asked whether the child may read what is about them, or answered, or withdrew.

    `number` is the only entry of the book that the answer is for; None: for all of them. `on` is
    the day on which they were asked or answered, and `how` the way.
    """

    kind: ClassVar = "third_parties/permission"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_others = frozenset({"name", "how", "for_what"})
        operational = frozenset({"person_id", "answer", "number", "leaf", "on"})

    person_id: str
    name: str
    answer: str
    number: int | None
    leaf: int | None
    on: str
    how: Words
    for_what: Words


Described: TypeAlias = ThirdPartyAdded | ThirdPartyChanged
DESCRIBING = (ThirdPartyAdded.kind, ThirdPartyChanged.kind)
KINDS = (ThirdPartyAdded, ThirdPartyChanged, PermissionNoted)
