"""What the index keeps of a text: columns beside it that the databases index as they are."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from casebound.reading.search.sounds import sound_of
from casebound.reading.search.stems import stem_of
from casebound.reading.search.words import LONGEST, is_name, piece_of

# Between the words of a text and those that are joined from several: no phrase goes across it.
_GAP: Final = "·"
_MOST_REMEMBERED: Final = 50_000  # pieces of text; about 20 MB


@dataclass(frozen=True, slots=True)
class IndexedText:
    """The three columns. Each begins and ends with a space, so that a word is found between two."""

    stems: str
    words: str
    names: str


def indexed(text: str) -> IndexedText:
    """Return what the index keeps of a text.

    Most pieces between two spaces were read before, and what they hold is remembered: 0.1 ms for
    200 words, where reading them all takes 0.3.
    """
    words, stems = list[str](), list[str]()
    joined, sounds = set[str](), set[str]()
    before = ""
    for text_piece in text.split(" "):
        read = _read(text_piece) if len(text_piece) <= LONGEST else _read.__wrapped__(text_piece)
        words += read.words
        stems += read.stems
        joined |= read.joined
        sounds |= read.sounds
        if before and read.opening:
            whole = (before + read.opening)[:LONGEST]
            joined.add(whole)
            sounds.add(sound_of(whole))
        before = read.closing
    behind = sorted(joined.difference(words))
    return IndexedText(
        stems=_line(stems + [part for word in behind for part in (_GAP, stem_of(word))]),
        words=_line(words + [part for word in behind for part in (_GAP, word)]),
        names=_line(sorted(sounds.difference({""}))),
    )


class _Read(NamedTuple):
    """What the index keeps of a piece of text without spaces."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    joined: frozenset[str]
    sounds: frozenset[str]
    opening: str
    closing: str


@lru_cache(maxsize=_MOST_REMEMBERED)
def _read(text: str) -> _Read:
    words, opening, closing = piece_of(text)
    names = [word for word in (*words.words, *words.joined) if is_name(text, word)]
    return _Read(
        words=tuple(word.word for word in words.words),
        stems=tuple(stem_of(word.word) for word in words.words),
        joined=frozenset(word.word for word in words.joined),
        sounds=frozenset(sound_of(word.word) for word in names),
        opening=opening,
        closing=closing,
    )


def _line(words: list[str]) -> str:
    return f" {' '.join(words)} "
