"""The closed lists of the register in words."""

from typing import Final

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from casebound.record.third_parties.rules import KnownToChild, PermissionAnswer, PersonStanding

STANDINGS: Final = [
    (
        PersonStanding.PRIVATE.value,
        gettext_lazy("A private person"),
        gettext_lazy("Family, a friend, a neighbour. What is about them is kept apart."),
    ),
    (
        PersonStanding.PROFESSIONAL.value,
        gettext_lazy("A professional in their role"),
        gettext_lazy("A social worker, a teacher, a nurse. The child may read what they did."),
    ),
]
KNOWN: Final = [
    (KnownToChild.YES.value, gettext_lazy("Yes, the child knows them")),
    (KnownToChild.NO.value, gettext_lazy("No, the child does not know of them")),
    (KnownToChild.UNSURE.value, gettext_lazy("We are not sure")),
]
ANSWERS: Final = [
    (PermissionAnswer.ASKED.value, gettext_lazy("They were asked, and have not answered yet")),
    (PermissionAnswer.GIVEN.value, gettext_lazy("They agreed")),
    (PermissionAnswer.REFUSED.value, gettext_lazy("They did not agree")),
    (PermissionAnswer.WITHDRAWN.value, gettext_lazy("They took their permission back")),
]
_STANDINGS: Final = {
    PersonStanding.PRIVATE: gettext_noop("A private person"),
    PersonStanding.PROFESSIONAL: gettext_noop("A professional in their role"),
}
_KNOWN: Final = {
    KnownToChild.YES: gettext_noop("yes"),
    KnownToChild.NO: gettext_noop("no"),
    KnownToChild.UNSURE: gettext_noop("not sure"),
}
_ANSWERS: Final = {
    PermissionAnswer.ASKED: gettext_noop("asked, no answer yet"),
    PermissionAnswer.GIVEN: gettext_noop("agreed"),
    PermissionAnswer.REFUSED: gettext_noop("did not agree"),
    PermissionAnswer.WITHDRAWN: gettext_noop("took their permission back"),
}


def standing_words(value: str) -> str:
    """Write whether somebody is a private person or a professional."""
    return gettext(_STANDINGS[PersonStanding(value)])


def known_words(value: str) -> str:
    """Write whether the child knows of somebody."""
    return gettext(_KNOWN[KnownToChild(value)])


def answer_words(value: str) -> str:
    """Write what somebody answered; that they were not asked, if it is empty."""
    return gettext(_ANSWERS[PermissionAnswer(value)]) if value else gettext("not asked yet")
