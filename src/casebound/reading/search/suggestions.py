"""Other spellings for a search that found little: names that live in the books that were searched.

A name is read from texts that the worker may read and from nothing else, so no suggestion says what
is in another book, nor whether there is anything.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from django.db import connections

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, HomeId
from casebound.people.restricted.reads import EntryReader
from casebound.reading.search import on_postgresql, on_sqlite
from casebound.reading.search.asked import SoundQuery
from casebound.reading.search.query import Query, QueryTerm, SearchRefusedError, read_query
from casebound.reading.search.snippets import without_delimiters
from casebound.reading.search.sounds import letters_apart, sound_of, sounds_near
from casebound.reading.search.words import is_name, words_of

MOST: Final = 3
TEXTS: Final = 100  # the newest that are read for names: about 40 ms if each has 60 words
MORE_OFTEN: Final = 5  # times as often as the word that was typed: the word is a slip then
SOUNDS_ALIKE: Final = 4  # letters that may differ in names that sound just the same
_SHORT: Final = 4  # letters of a word in which one may be wrong; in a longer one two

_QUOTES: Final = '"“”„«»'


def suggestions(
    query: Query, *, books: Sequence[BookId], reader: EntryReader, home: HomeId | None = None
) -> list[str]:
    """Return what to search for in these books instead, at most three, the likeliest first.

    Each is what was typed with one name in another spelling. 1 query, and 1 more if no name that
    sounds just so is one letter away.
    """
    asked = sorted(set(filter(None, map(_asked, query.terms))))
    if not asked or not books:
        return []
    near = [sound for word in asked for sound in sounds_near(word)]
    texts: list[str] = []
    for sounds in ([sound_of(word) for word in asked], near):
        wanted = tuple(dict.fromkeys(filter(None, sounds)))
        if wanted:
            texts += _texts(
                SoundQuery(sounds=wanted, books=tuple(books), home=home, count=TEXTS, reader=reader)
            )
        likely = _likely(asked, _Names(texts))
        if likely and likely[0].distance == 1:
            break
    return list(islice(_suggested(query, likely), MOST))


def _texts(query: SoundQuery) -> list[str]:
    if connections["derived"].vendor == "sqlite":
        return on_sqlite.texts_sounding(query)
    return on_postgresql.texts_sounding(query)


def _asked(term: QueryTerm) -> str:
    """Return the word that may be a misspelt name; nothing of a phrase or a beginning."""
    word = term.joined or (term.words[0] if len(term.words) == 1 else "")
    return "" if term.begins else word


class _Names:
    """The names in some texts, folded, and how each is written and how often."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.spellings: dict[str, Counter[str]] = {}
        self.other_words: Counter[str] = Counter()
        for text in map(without_delimiters, texts):
            read = words_of(text)
            for word in {*read.words, *read.joined}:
                if is_name(text, word):
                    spellings = self.spellings.setdefault(word.word, Counter())
                    spellings[text[word.start : word.stop]] += 1
                else:
                    self.other_words[word.word] += 1

    def times(self, word: str) -> int:
        """Return how often a folded word is in the texts, as a name or not."""
        return self.spellings.get(word, Counter()).total() + self.other_words[word]

    def uses(self, name: str) -> int:
        """Return how often a name is written; 0 for a word that is seldom written as a name."""
        uses = self.spellings[name].total()
        return uses if uses > self.other_words[name] else 0

    def written(self, name: str) -> str:
        """Return the usual spelling of a name."""
        spellings = self.spellings[name]
        return min(spellings, key=lambda spelling: (-spellings[spelling], sort_key(spelling)))


class _LikelyName(NamedTuple):
    """A name that may be meant by a word, in the order of likelihood."""

    distance: int
    uses_below_zero: int
    order: tuple[str, str, str]
    name: str
    word: str


def _likely(asked: Sequence[str], names: _Names) -> list[_LikelyName]:
    """Return what may be meant, by distance, then by use."""
    return sorted(
        _LikelyName(distance, -uses, sort_key(names.written(name)), name, word)
        for word in asked
        for name in names.spellings
        if name != word
        and (distance := _distance(word, name)) is not None
        and (uses := names.uses(name))
        and uses >= MORE_OFTEN * names.times(word)  # else it is meant as it is spelt
    )


def _suggested(query: Query, likely: Sequence[_LikelyName]) -> Iterator[str]:
    """Give what to search for instead."""
    before: list[str] = []
    for _, _, (_, _, written), name, word in likely:
        instead = _instead(query.typed, word, written)
        if instead and not any(name in longer for longer in before):  # "Hara" after "O'Hara"
            before.append(name)
            yield instead


def _distance(word: str, name: str) -> int | None:
    """Return how far a name is from a word; None if the one is not likely to be the other."""
    most = 1 if len(word) <= _SHORT else 2
    if min(len(word), len(name)) > _SHORT and sound_of(word) == sound_of(name):
        most = SOUNDS_ALIKE
    if abs(len(word) - len(name)) > most:
        return None
    distance = letters_apart(word, name)
    return distance if distance <= most else None


def _instead(typed: str, word: str, name: str) -> str:
    """Return what was typed with a name for a word; nothing if it cannot be searched for."""
    chunks = typed.split()
    instead = " ".join(name if _is_word(chunk, word) else chunk for chunk in chunks)
    try:
        read_query(instead)
    except SearchRefusedError:
        return ""
    return instead


def _is_word(chunk: str, word: str) -> bool:
    read = words_of(chunk.strip(_QUOTES))
    return any(part.word == word for part in (*read.words, *read.joined))
