"""The vocabulary: terms with what to write instead, and acronyms with what they stand for.

One compiled alternation finds all terms at once. Terms are whole words: no "lac" in "placement".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Self

from casebound.foundation.base.data_files import Strict, Text, as_shape, read_toml

NOTHING: Final = re.compile(r"(?!)")
# A letter or digit beside it, or joined by a hyphen or an apostrophe, makes it another word.
BEFORE: Final = r"(?<![\w\-'’])"
AFTER: Final = r"(?!\w|[\-'’]\w)"


class TermKind(StrEnum):
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
    sort: TermKind
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
        by_words = {_key(term.term): term for term in terms}
        offensive = {
            key.split()[0] for key, term in by_words.items() if term.sort is TermKind.OFFENSIVE
        }
        return cls(by_words, dict(acronyms), _pattern(by_words), tuple(sorted(offensive)))

    def with_more(self, terms: Iterable[Term]) -> "Vocabulary":
        """Return the vocabulary with a provider's own terms; the product's own stay."""
        more = [term for term in terms if _key(term.term) not in self.terms]
        return Vocabulary.of([*self.terms.values(), *more], self.acronyms) if more else self

    def may_offend(self, text: str) -> bool:
        """Say whether an offensive term may be in a text; else none is. 30 us for 400 letters."""
        folded = text.casefold()
        return any(word in folded for word in self.offensive)

    def term(self, found: str) -> Term:
        """Return the term that was found."""
        return self.terms[_key(found)]


class TermFile(Strict):
    """One term of the file, with its source."""

    term: Text
    kind: TermKind
    instead: tuple[Text, ...]
    source: Text


class VocabularyFile(Strict):
    """The file: terms, and what acronyms stand for."""

    terms: tuple[TermFile, ...]
    acronyms: dict[str, Text]


@cache
def shipped() -> Vocabulary:
    """Return the vocabulary that comes with the product, read once."""
    file = files(__package__) / "vocabulary.toml"
    table = as_shape(VocabularyFile, read_toml(file), where=file.name)
    return Vocabulary.of(
        [Term(term.term, term.kind, term.instead, term.source) for term in table.terms],
        table.acronyms,
    )


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that "LAC review" is not found as "LAC".
    longest = sorted(terms, key=len, reverse=True)
    if not longest:
        return NOTHING
    words = "|".join(re.escape(term).replace(r"\ ", r"[^\S\n]+") for term in longest)
    return re.compile(f"{BEFORE}(?:{words}){AFTER}", re.IGNORECASE)
