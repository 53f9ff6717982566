"""What people type into the search box, read as a query: plain rules, for both databases alike.

Words that must all be there, in any order; `"words in quotes"` stand together, and so do the parts
of "mum/dad" or "18:30"; "Anne-Marie" is found as "Annemarie" too; `walk*` finds every word that
begins so. Upper case, accents and endings make no difference, and nothing that is typed has any
other meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.refusals import RefusedError
from casebound.reading.search.stems import stem_of
from casebound.reading.search.words import is_one_by_one, words_of

MOST_CHARACTERS: Final = 200
MOST_TERMS: Final = 8
SHORTEST_BEGINNING: Final = 4  # letters before a star: what the index keeps beginnings of
SHORTEST: Final = 2  # letters or digits that one term at least must have

_QUOTES = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """Words that stand next to each other; `begins`: the last is only the beginning of a word.

    `joined`: the same written as one word, for the parts of a name; else nothing.
    """

    words: tuple[str, ...]
    begins: bool = False
    joined: str = ""

    def ways(self) -> "Iterator[WordMatch]":
        """Give the ways in which the term may stand in a text; one is enough."""
        for words in [self.words, *([(self.joined,)] if self.joined else [])]:
            if self.begins and len(words[-1]) < SHORTEST_BEGINNING:
                continue
            stems = tuple(map(stem_of, words))
            enough = len(stems[-1]) >= SHORTEST_BEGINNING
            yield WordMatch("stems", stems, self.begins and enough)
            if self.begins:
                yield WordMatch("words", words, begins=True)


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Words side by side in a column of the index: `stems` or `words`."""

    column: str
    words: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be found, and what was typed, for the box."""

    terms: tuple[QueryTerm, ...]
    typed: str

    @property
    def words(self) -> set[str]:
        """Return the words of all terms."""
        return {word for term in self.terms for word in [*term.words, term.joined] if word}


class SearchRefusedError(RefusedError):
    """What was typed cannot be searched for; it is shown again, to be put right."""

    what = "Nothing was searched for."


class EmptySearchError(SearchRefusedError):
    """There is no word in it."""

    do = "Write a word or a name to look for."


class TooShortError(SearchRefusedError):
    """There are only single letters in it."""

    do = "Write at least one word of two letters or more."


class ShortBeginningError(SearchRefusedError):
    """A star stands after too few letters."""

    do = f"Write at least {SHORTEST_BEGINNING} letters before a star, as in “walk*”."


class TooLongError(SearchRefusedError):
    """More was typed than anybody searches for."""

    do = f"Write fewer words: at most {MOST_TERMS}, and {MOST_CHARACTERS} characters in all."


def read_query(typed: str) -> Query:
    """Read what was typed. An open quotation goes on to the end.

    Raises:
        SearchRefusedError: there is nothing to look for in it, or too much.
    """
    if len(typed) > MOST_CHARACTERS:
        raise TooLongError
    terms: list[QueryTerm] = []
    for place, piece in enumerate(_QUOTES.split(typed)):
        terms += _quoted(piece) if place % 2 else _plain(piece)
    if not terms:
        raise EmptySearchError
    if len(terms) > MOST_TERMS:
        raise TooLongError
    if all(_is_too_short(term) for term in terms):
        raise TooShortError
    return Query(tuple(dict.fromkeys(terms)), typed)


def _is_too_short(term: QueryTerm) -> bool:
    return len("".join(term.words)) < SHORTEST and not is_one_by_one(term.words[0])


def _quoted(piece: str) -> list[QueryTerm]:
    words = tuple(word.word for word in words_of(piece).words)
    return [QueryTerm(words)] if words else []


def _plain(piece: str) -> list[QueryTerm]:
    terms = []
    for chunk in piece.split():
        read = words_of(chunk)
        if not read.words:
            continue
        words = tuple(word.word for word in read.words)
        # A name only if all of it is one.
        joined = read.joined[0].word if read.joined and read.is_one_name else ""
        begins = chunk.endswith("*") and not is_one_by_one(words[-1])
        if begins and max(len(words[-1]), len(joined)) < SHORTEST_BEGINNING:
            raise ShortBeginningError
        terms.append(QueryTerm(words, begins, joined))
    return terms


def as_fts5(query: Query) -> str:
    """Write the query for FTS5. The words are letters and digits alone, in quotes all the same."""
    return " AND ".join(f"({' OR '.join(map(_way_in_fts5, term.ways()))})" for term in query.terms)


def _way_in_fts5(way: WordMatch) -> str:
    return f'{{{way.column}}} : "{" ".join(way.words)}"{" *" if way.begins else ""}'
