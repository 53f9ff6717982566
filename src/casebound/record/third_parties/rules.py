"""Who somebody is to a child, and whether the child may read what is about them (P39).

Plain decisions over plain values. Nothing is shared until the person has agreed to it, and what
they withdraw is separated again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.rulebook.catalogue.marks import ThirdPartyPermission


class PersonStanding(StrEnum):
    """Who somebody is in the record. The values are sealed."""

    PRIVATE = "private"
    PROFESSIONAL = "professional"


class KnownToChild(StrEnum):
    """Whether the child knows that there is such a person. The values are sealed."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class PermissionAnswer(StrEnum):
    """What was asked or answered. The values are sealed."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_DECIDES: Final = frozenset(
    {PermissionAnswer.GIVEN, PermissionAnswer.REFUSED, PermissionAnswer.WITHDRAWN}
)
# Of several people the one who is furthest from agreeing decides.
_WORST_FIRST: Final = (
    ThirdPartyPermission.WITHDRAWN,
    ThirdPartyPermission.REFUSED,
    ThirdPartyPermission.NOT_ASKED,
    ThirdPartyPermission.ASKED,
    ThirdPartyPermission.GIVEN,
)


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """An answer of somebody: for the entry at `leaf` alone, or for all, if it is None."""

    answer: PermissionAnswer
    on: date
    order: int
    leaf: int | None = None


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """Somebody of the register, as far as it decides what the child reads."""

    id: str
    names: tuple[str, ...]
    answers: tuple[PersonAnswer, ...] = ()

    def permission(self, leaf: int) -> ThirdPartyPermission:
        """Return what they say to the child reading the entry at `leaf`.

        The latest answer counts, in the order of the days on which they gave it. To be asked again
        changes no answer.
        """
        about_it = sorted(
            (answered for answered in self.answers if answered.leaf in {None, leaf}),
            key=lambda answered: (answered.on, answered.order),
        )
        decided = [answered for answered in about_it if answered.answer in _DECIDES]
        latest = decided or about_it
        return _PERMISSIONS[latest[-1].answer] if latest else ThirdPartyPermission.NOT_ASKED


_PERMISSIONS: Final = {
    PermissionAnswer.ASKED: ThirdPartyPermission.ASKED,
    PermissionAnswer.GIVEN: ThirdPartyPermission.GIVEN,
    PermissionAnswer.REFUSED: ThirdPartyPermission.REFUSED,
    PermissionAnswer.WITHDRAWN: ThirdPartyPermission.WITHDRAWN,
}


def permission_of(
    people: Sequence[RegisteredPerson],
    *,
    ids: Iterable[str],
    words: str,
    said: ThirdPartyPermission,
    leaf: int,
) -> ThirdPartyPermission:
    """Return whether the child may read words about these people, in the entry at `leaf`.

    The register decides about everybody in it: those who were picked by id, and those whose name
    stands in `words`. What the writer `said` is about the others. The furthest from agreeing
    decides.
    """
    wanted, named = set(ids), {fold(name) for name in names_in(words)}
    meant = [
        person
        for person in people
        if person.id in wanted or not named.isdisjoint(fold(name) for name in person.names)
    ]
    if not meant:
        return said
    known = {fold(name) for person in meant for name in person.names}
    answers = {person.permission(leaf) for person in meant}
    if not named <= known:
        answers.add(said)
    return next(answer for answer in _WORST_FIRST if answer in answers)


def names_in(words: str) -> list[str]:
    """Return the names in what somebody wrote in answer to "Who is it about?"."""
    parts = words.replace(" and ", ",").replace(";", ",").split(",")
    return [name for part in parts if (name := " ".join(part.split()))]
