"""Consent to the independent person reading a child's records (reg 44(2)(b)), as plain values.

Two have to say yes: the child and the placing authority. The newest answer of each counts.
"""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop

LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 1_000


class Party(StrEnum):
    """Whose consent it is."""

    CHILD = "child"
    PLACING_AUTHORITY = "placing_authority"


class How(StrEnum):
    """How somebody said it."""

    IN_PERSON = "in_person"
    SIGNS = "signs"
    WRITTEN = "written"
    PHONE = "phone"
    MEETING = "meeting"


class ConsentEnd(StrEnum):
    """Why an answer counts no more."""

    WITHDRAWN = "withdrawn"
    ANSWERED_AGAIN = "answered_again"
    MOVED_ON = "moved_on"


_PARTIES: Final = {
    Party.CHILD: gettext_noop("the child"),
    Party.PLACING_AUTHORITY: gettext_noop("the placing authority"),
}
_HOW: Final = {
    How.IN_PERSON: gettext_noop("said in person"),
    How.SIGNS: gettext_noop("with signs, symbols or an interpreter"),
    How.WRITTEN: gettext_noop("in writing"),
    How.PHONE: gettext_noop("by phone or video call"),
    How.MEETING: gettext_noop("in a meeting, with minutes"),
}
_ENDED: Final = {
    ConsentEnd.WITHDRAWN: gettext_noop("withdrawn"),
    ConsentEnd.ANSWERED_AGAIN: gettext_noop("replaced by a later answer"),
    ConsentEnd.MOVED_ON: gettext_noop("ended when the child moved on"),
}


def party_in_words(party: str) -> str:
    """Name the party in a sentence."""
    return gettext(_PARTIES[Party(party)])


def how_in_words(how: str) -> str:
    """Say how it was said, at the end of a sentence."""
    return gettext(_HOW[How(how)])


def ended_in_words(ended: str) -> str:
    """Say why an answer counts no more; nothing if it counts."""
    return gettext(_ENDED[ConsentEnd(ended)]) if ended else ""


def ways_of_saying() -> list[tuple[str, str]]:
    """Return the ways of saying it as a form offers them."""
    return [(how.value, _sentence(gettext(words))) for how, words in _HOW.items()]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
