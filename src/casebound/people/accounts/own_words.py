"""Refusing passwords that are made of the words of this place (P09; ASVS 5.0, 6.1.2 and 6.2.11)."""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

# What anybody would try first who knows what this is. docs/controls.md lists them.
WORDS: Final = (
    "casebound",
    "case",
    "recording",
    "record",
    "children",
    "child",
    "home",
    "house",
    "care",
    "worker",
    "manager",
    "admin",
    "welcome",
    "password",
    "letmein",
)
_LEFT: Final = 6  # letters that have to be there besides
_SHORTEST: Final = 4


class OwnWordsValidator:
    """Refuses a password of which little is left without the words of this place."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 (Django's way)
        """Raise ValidationError if the password is one of them, with digits and signs or without.

        Counted are letters: a password in another script, or of signs alone, is left to the others.
        """
        letters = re.sub(r"[\W\d_]", "", password.casefold())
        left = letters
        for word in sorted({*WORDS, *_of_the_log()}, key=len, reverse=True):
            left = left.replace(word, "")
        if letters != left and len(left) < _LEFT:
            raise ValidationError(
                gettext("The password is made of words that anybody here would try first.")
            )

    def get_help_text(self) -> str:
        """Say what is asked."""
        return gettext("Do not use the name of this program, of your provider or of a home.")


def _of_the_log() -> set[str]:
    """Return the words of the name that the provider gave its log, such as its domain's."""
    words = re.split(r"[\W\d_]+", settings.INSTALLATION.origin.casefold())
    return {word for word in words if len(word) >= _SHORTEST}
