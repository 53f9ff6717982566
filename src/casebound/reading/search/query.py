"""What people type into the search box, read as a query: plain rules, for both databases alike.

Words that must all be there, in any order; `"words in quotes"` stand together, and so do the parts
of "mum/dad" or "18:30"; `walk*` finds every word that begins so. Upper case, accents and endings
make no difference, and nothing that is typed has any other meaning.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.refusals import RefusedError

MOST_CHARACTERS: Final = 200
MOST_TERMS: Final = 8
SHORTEST_BEGINNING: Final = 4  # letters before a star: what the index keeps beginnings of
SHORTEST: Final = 2  # letters or digits that one term at least must have

_QUOTES = re.compile('["“”„«»]')
_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile("[aeiouy]")
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """Words that stand next to each other; `begins`: the last is only the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be found, and what was typed, for the box."""

    terms: tuple[QueryTerm, ...]
    typed: str

    @property
    def words(self) -> set[str]:
        """Return the words of all terms."""
        return {word for term in self.terms for word in term.words}


class SearchRefusedError(RefusedError):
    """What was typed cannot be searched for; it is shown again, to be put right."""

    what = "Nothing was searched."


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
    if all(len("".join(term.words)) < SHORTEST for term in terms):
        raise TooShortError
    return Query(tuple(dict.fromkeys(terms)), typed)


def fold(text: str) -> str:
    """Return `text` in lower case without accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).lower()


def _quoted(piece: str) -> list[QueryTerm]:
    words = tuple(_WORD.findall(fold(piece)))
    return [QueryTerm(words)] if words else []


def _plain(piece: str) -> list[QueryTerm]:
    terms = []
    for chunk in piece.split():
        words = tuple(_WORD.findall(fold(chunk)))
        if not words:
            continue
        begins = chunk.endswith("*")
        if begins and len(words[-1]) < SHORTEST_BEGINNING:
            raise ShortBeginningError
        terms.append(QueryTerm(words, begins and not _is_inflected(words[-1])))
    return terms


def _is_inflected(word: str) -> bool:
    """Say whether so little stays of a short word without its ending that a star is left out.

    Beginnings are looked for among stems, and the "us" of "used*" would begin too many words.
    """
    for ending in ("s", "ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) < SHORTEST_BEGINNING:
            return not rest.endswith(ending[0]) and bool(_VOWEL.search(rest))
    return False


def as_fts5(query: Query) -> str:
    """Write the query for FTS5. The words are letters and digits alone, in quotes all the same."""
    return " AND ".join(
        f'"{" ".join(term.words)}"{" *" if term.begins else ""}' for term in query.terms
    )


def as_tsquery(term: QueryTerm) -> str:
    """Write a term for PostgreSQL's `to_tsquery`."""
    return " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.begins else "")
