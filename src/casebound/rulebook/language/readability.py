"""How hard a text is to read: a formula of long sentences and long words.

Flesch's reading ease (1948) with syllables counted by the hyphenation patterns of pyphen, one
more than the places where a word may be broken. It was made for English prose and is only a hint:
below 50 is "fairly difficult" on Flesch's own scale. A text of a few words says nothing.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import pyphen

WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_END: Final = re.compile(r"[.!?…]+[\s”\"’')]+|\n+")
FEWEST: Final = 50  # words
HARD: Final = 50.0  # of Flesch's scale from 0 (hard) to 100 (easy)


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """Each sentence as start, end and number of words; and how easy the whole is to read."""

    sentences: tuple[tuple[int, int, int], ...]
    ease: float | None

    @property
    def is_hard(self) -> bool:
        """Say whether the whole is hard to read."""
        return self.ease is not None and self.ease < HARD


def reading(text: str) -> ReadingEase:
    """Measure a text; `ease` is None where there are fewer than 50 words."""
    sentences, start = [], 0
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    syllables = words = 0
    for end in ends:
        in_sentence = WORD.findall(text, start, end)
        if in_sentence:
            sentences.append((start, end, len(in_sentence)))
            words += len(in_sentence)
            syllables += sum(_syllables(word.casefold()) for word in in_sentence)
        start = end
    ease = None
    if words >= FEWEST:
        ease = 206.835 - 1.015 * words / len(sentences) - 84.6 * syllables / words
    return ReadingEase(tuple(sentences), ease)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return len(_patterns().positions(word[:60])) + 1


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)
