# ruff: noqa: RUF001 (quotation marks of every kind are what this is about)
"""The vocabulary: terms with what to write instead, and acronyms with what they stand for.

One compiled alternation finds all terms at once. Terms are whole words: no "lac" in "placement".
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Self

NOTHING: Final = re.compile(r"(?!)")
# A letter or digit beside it, or joined by a hyphen or an apostrophe, makes it another word.
BEFORE: Final = r"(?<![\w\-'’])"
AFTER: Final = r"(?!\w|[\-'’]\w)"


class Sort(StrEnum):
    """Why a term is worth a second look. Only offensive ones hold up signing (P45)."""

    CARE = "care"
    PLAIN = "plain"
    OPINION = "opinion"
    GROUP = "group"
    OFFENSIVE = "offensive"


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what to write instead, and whose advice that is."""

    term: str
    sort: Sort
    instead: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms by their words in small letters, and all acronyms as they are written."""

    terms: Mapping[str, Term]
    acronyms: Mapping[str, str]
    pattern: re.Pattern[str]
    offensive: tuple[str, ...]  # the first word of each offensive term, in small letters

    @classmethod
    def of(cls, terms: Iterable[Term], acronyms: Mapping[str, str]) -> Self:
        """Make a vocabulary; of two alike terms the later one counts."""
        by_words = {_key(one.term): one for one in terms}
        offensive = {key.split()[0] for key, one in by_words.items() if one.sort is Sort.OFFENSIVE}
        return cls(by_words, dict(acronyms), _pattern(by_words), tuple(sorted(offensive)))

    def with_more(self, terms: Iterable[Term]) -> "Vocabulary":
        """Return the vocabulary with a provider's own terms; the product's own stay."""
        more = [one for one in terms if _key(one.term) not in self.terms]
        return Vocabulary.of([*self.terms.values(), *more], self.acronyms) if more else self

    def may_offend(self, text: str) -> bool:
        """Say whether an offensive term may be in a text; else none is. 30 us for 400 letters."""
        folded = text.casefold()
        return any(word in folded for word in self.offensive)

    def term(self, found: str) -> Term:
        """Return the term that was found."""
        return self.terms[_key(found)]


@cache
def shipped() -> Vocabulary:
    """Return the vocabulary that comes with the product, read once."""
    table = tomllib.loads((files(__package__) / "vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary.of(
        [
            Term(one["term"], Sort(one["kind"]), tuple(one["instead"]), one["source"])
            for one in table["terms"]
        ],
        table["acronyms"],
    )


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that "LAC review" is not found as "LAC".
    longest = sorted(terms, key=len, reverse=True)
    if not longest:
        return NOTHING
    words = "|".join(re.escape(one).replace(r"\ ", r"[^\S\n]+") for one in longest)
    return re.compile(f"{BEFORE}(?:{words}){AFTER}", re.IGNORECASE)
