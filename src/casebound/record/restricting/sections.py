"""What a manager may decide, as closed lists: sections, outcomes, who to ask and to tell."""

from enum import StrEnum
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.people.restricted.holding import Scope


class ReviewOutcome(StrEnum):
    """What a manager decides who looks again at what is restricted (P42)."""

    RENEWED = "renewed"
    RELEASED = "released"
    MOVED = "moved"


class Section(StrEnum):
    """Where something can be moved to, besides being released."""

    CHILD = "child"
    NEED_TO_KNOW = "need_to_know"
    MANAGERS = "managers"


class DecisionStep(StrEnum):
    """What happened to a restriction, by one entry."""

    SET = "set"
    RENEWED = "renewed"
    RELEASED = "released"
    MOVED = "moved"
    ASKED = "asked"
    TOLD = "told"


class Consulted(StrEnum):
    """Who is asked before something is restricted, and told what was decided."""

    AUTHOR = "author"
    SOCIAL_WORKER = "social_worker"
    OTHER = "other"


SECTIONS: Final = {
    Section.CHILD: gettext_noop("Not shared with the child"),
    Section.NEED_TO_KNOW: gettext_noop("For staff who need to know"),
    Section.MANAGERS: gettext_noop("For managers alone"),
}
CONSULTED: Final = {
    Consulted.AUTHOR: gettext_noop("The colleague who wrote it"),
    Consulted.SOCIAL_WORKER: gettext_noop("The child’s social worker"),
    Consulted.OTHER: gettext_noop("Somebody else"),
}
HOW: Final = {
    "face_to_face": gettext_noop("Face to face"),
    "phone": gettext_noop("On the phone"),
    "writing": gettext_noop("In writing"),
}


def scope_words(scope: str) -> str:
    """Return a section in words."""
    return gettext(SECTIONS[Section(scope)])


def others_than(section: Section, *, is_whole: bool) -> tuple[Section, ...]:
    """Return the sections that something can be moved to: a whole entry also to the managers'."""
    return tuple(
        other
        for other in Section
        if other is not section and (is_whole or other is not Section.MANAGERS)
    )


def scope_of(section: Section) -> Scope:
    """Return who is kept from what stands in a section. Managers' alone is kept from staff."""
    return Scope.CHILD if section is Section.CHILD else Scope.NEED_TO_KNOW
