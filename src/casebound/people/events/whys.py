"""Why somebody reads very many pages in a day: the closed list from which they choose."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop


class Why(StrEnum):
    """A reason. The values are kept, so they never change."""

    INSPECTION = "why_inspection"
    ASKED_OUTSIDE = "why_asked_outside"
    CHILD_ASKED = "why_child_asked"
    HANDING_OVER = "why_handing_over"
    REVIEW = "why_review"
    SAMPLE = "why_sample"
    BEGINNING = "why_beginning"
    TOLD_BY_MANAGER = "why_told_by_manager"
    TOLD_FROM_ABOVE = "why_told_from_above"
    SOMETHING_ELSE = "why_something_else"


WHY_WORDS: Final[Mapping[str, str]] = {
    Why.INSPECTION: gettext_noop("An inspection"),
    Why.ASKED_OUTSIDE: gettext_noop("A court, a solicitor or the police asked"),
    Why.CHILD_ASKED: gettext_noop("The child or their family asked to see what is recorded"),
    Why.HANDING_OVER: gettext_noop("Handing over to another home"),
    Why.REVIEW: gettext_noop("Preparing a review or a report"),
    Why.SAMPLE: gettext_noop("Checking a sample"),
    Why.BEGINNING: gettext_noop("New here, or back after some time away"),
    Why.TOLD_BY_MANAGER: gettext_noop("The manager told me to"),
    Why.TOLD_FROM_ABOVE: gettext_noop("The responsible individual told me to"),
    Why.SOMETHING_ELSE: gettext_noop("Something else, and I will tell my manager today"),
}


def why_choices() -> list[tuple[str, str]]:
    """Return the reasons with their words, in the order of the page."""
    return [(why.value, gettext(WHY_WORDS[why])) for why in Why]
