"""What the index keeps of a text: columns beside it that the databases index as they are."""

from dataclasses import dataclass
from typing import Final

from casebound.reading.search.sounds import sound_of
from casebound.reading.search.stems import stem_of
from casebound.reading.search.words import TextWords, is_name, words_of

# Between the words of a text and those that are joined from several: no phrase goes across it.
_GAP: Final = "·"


@dataclass(frozen=True, slots=True)
class IndexedText:
    """The three columns. Each begins and ends with a space, so that a word is found between two."""

    stems: str
    words: str
    names: str


def indexed(text: str) -> IndexedText:
    """Return what the index keeps of a text."""
    read = words_of(text)
    words = [word.word for word in read.words]
    joined = sorted({word.word for word in read.joined}.difference(words))
    listed = words + [part for word in joined for part in (_GAP, word)]
    return IndexedText(
        stems=_line([stem_of(word) for word in listed]),
        words=_line(listed),
        names=_line(sorted(_names(text, read))),
    )


def _names(text: str, read: TextWords) -> set[str]:
    return {
        sound
        for word in [*read.words, *read.joined]
        if is_name(text, word) and (sound := sound_of(word.word))
    }


def _line(words: list[str]) -> str:
    return f" {' '.join(words)} "
