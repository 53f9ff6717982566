"""Words that may tell of a measure regulation 19 never allows: found, and asked about, no more.

The table `never_allowed.toml` has the words, what says that it was something else, and examples.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Final

from casebound.foundation.base.data_files import Strict, Text, as_shape, read_toml

SENTENCE: Final = re.compile(r"[^.!?…\n]+")


class SignFile(Strict):
    """One of the things that are never allowed, and the words that may tell of it."""

    rule: Text
    about: Text
    patterns: tuple[Text, ...]
    unless: Text
    asked: tuple[Text, ...]
    let_be: tuple[Text, ...]


class SignsFile(Strict):
    """The file: words that patterns share, and the signs."""

    words: dict[str, Text]
    signs: tuple[SignFile, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Words in a text that may tell of it: where they stand, what it is about, and its rule."""

    start: int
    end: int
    found: str
    about: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    told: re.Pattern[str]
    unless: re.Pattern[str]
    about: str
    rule: str


@cache
def table() -> SignsFile:
    """Return what the file says, read once."""
    file = files(__package__) / "never_allowed.toml"
    return as_shape(SignsFile, read_toml(file), where=file.name)


def signs(text: str) -> tuple[Sign, ...]:
    """Return what in a text may tell of a measure that is never allowed, once for each rule.

    `text` has no quotations any more (`hints.without_quotations`).
    """
    first: dict[str, Sign] = {}
    for sign in _signs(text):
        first.setdefault(sign.rule, sign)
    return tuple(sorted(first.values(), key=lambda sign: sign.start))


def _signs(text: str) -> Iterator[Sign]:
    for sentence in SENTENCE.finditer(text):
        for pattern in _patterns():
            match = pattern.told.search(text, sentence.start(), sentence.end())
            if match is None:
                continue
            if pattern.unless.search(text, sentence.start(), sentence.end()):
                continue
            yield Sign(match.start(), match.end(), match[0], pattern.about, pattern.rule)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    words = table().words
    return tuple(
        _Pattern(
            _compiled("|".join(sign.patterns), words),
            _compiled(sign.unless, words),
            sign.about,
            sign.rule,
        )
        for sign in table().signs
    )


def _compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    # A `$` that stands alone ends a line in a pattern, and is left alone here.
    return re.compile(Template(pattern).safe_substitute(words), re.IGNORECASE)
