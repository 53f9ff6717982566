"""Sentences in the language of the reader. This room is plain Python, so Django hands its way in.

Until it has, as in a command that finds no key file, a sentence stays as it is in the source.
"""

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []


def translate_with(translate: Callable[[str], str]) -> None:
    """Use this function from now on, in the whole process."""
    _translators[:] = [translate]


def gettext(sentence: str) -> str:
    """Return a sentence of the catalogue, translated; an empty one stays empty."""
    return _translators[0](sentence) if sentence and _translators else sentence


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue, and return it as it is."""
    return sentence
