"""Sentences in the language of the reader. This room is plain Python, so Django hands its way in.

Until it has, as in a command that finds no key file, a sentence stays as it is in the source.
"""

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []
_plurals: list[Callable[[str, str, int], str]] = []
_languages: list[Callable[[], str | None]] = []


def translate_with(
    translate: Callable[[str], str],
    translate_number: Callable[[str, str, int], str],
    language: Callable[[], str | None],
) -> None:
    """Use these functions from now on, in the whole process."""
    _translators[:] = [translate]
    _plurals[:] = [translate_number]
    _languages[:] = [language]


def language_now() -> str:
    """Return the language of the reader, empty as long as nobody translates."""
    return (_languages[0]() or "") if _languages else ""


def gettext(sentence: str) -> str:
    """Return a sentence of the catalogue, translated; an empty one stays empty."""
    return _translators[0](sentence) if sentence and _translators else sentence


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return a sentence of the catalogue in the number that fits `count`, translated."""
    if _plurals:
        return _plurals[0](singular, plural, count)
    return singular if count == 1 else plural


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue, and return it as it is."""
    return sentence
