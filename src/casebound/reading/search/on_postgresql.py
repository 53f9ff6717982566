"""Asking PostgreSQL."""

from collections.abc import Mapping
from typing import Final

from django.db import connections
from django.db.backends.utils import CursorWrapper

from casebound.reading.search.asked import TIMES, Asked, next_stretch
from casebound.reading.search.keys import LEAF, PLACE_SQL
from casebound.reading.search.query import SHORTEST_BEGINNING, Query, as_tsquery
from casebound.reading.search.snippets import mark, words_in

# Bits of a leaf below its block, as `indexing.py` has them; and those of a book or home in a block.
BLOCKS: Final = (7, 10, 13, 16)
SCOPED: Final = 13
MOST_BLOCKS: Final = 2 * TIMES  # named in one query

_PLACE = PLACE_SQL.format("id")
_READ = f"""
SELECT to_tsquery('search_words', %s), to_tsquery('search_words', %s),
    (SELECT MAX({_PLACE}) FROM search_found)
"""  # noqa: S608 (our own names)
# Adding nothing keeps the planner from walking an index in order, which is quick for a word that is
# everywhere and takes seconds for one that is nowhere. A function is no operator: it uses no index.
_FIND = f"""
SELECT id, text FROM search_found
WHERE vector @@ %s::tsquery AND {_PLACE} + 0 >= %s AND {_PLACE} + 0 < %s {{}}
ORDER BY {_PLACE} + 0 DESC LIMIT %s
"""  # noqa: S608 (our own names)
_BEGINS = "AND ts_match_vq(vector, %s::tsquery)"


def newest(asked: Asked) -> list[tuple[int, str]]:
    """Return keys and marked texts, newest first.

    2 queries, 1 for each further stretch of the log (each up to eight times as long as all before),
    and at most 2 for stems that are not known yet.
    """
    with connections["derived"].cursor() as cursor:
        wanted, begins, last = _read(asked, cursor)
        if not wanted or last is None:
            return []
        find = _FIND.format(_BEGINS if begins else "")
        found: list[tuple[int, str]] = []
        top = last + 1 if asked.before is None else min(asked.before, last + 1)
        leaves, seen = _first(asked), 0
        while top > 0 and len(found) < asked.count:
            lowest, within = _stretch(asked, top, leaves)
            left = asked.count - len(found)
            match = " & ".join([*wanted, *within])
            cursor.execute(find, [match, lowest, top, *([begins] if begins else []), left])
            found += cursor.fetchall()
            seen += (top - lowest) >> LEAF
            top = lowest
            leaves = next_stretch(seen=seen, found=len(found), missing=asked.count - len(found))
        texts = [words_in(text) for _, text in found]
        stems = _stems(_words(asked.query).union(*texts), cursor)
        return [(key, mark(text, asked.query.terms, stems)) for key, text in found]


def _read(asked: Asked, cursor: CursorWrapper) -> tuple[list[str], str, int | None]:
    """Return what the index is asked, what is asked of its answers, and the newest place.

    Of a beginning the index is asked the first four letters; the whole of it of the answers.
    """
    whole = Query(tuple(one for one in asked.query.terms if not one.begins), "")
    begun = Query(tuple(one for one in asked.query.terms if one.begins), "")
    cursor.execute(_READ, [as_tsquery(whole), as_tsquery(begun)])
    words, begins, last = cursor.fetchone()
    wanted = [f"({words})"] if words else []
    stems = _stems({one.words[-1] for one in begun.terms}, cursor)
    for one in begun.terms:
        stem = stems[one.words[-1]]
        if len(stem) < SHORTEST_BEGINNING:
            return [*wanted, f"({begins})"], "", last
        wanted.append(f"'p {stem[:SHORTEST_BEGINNING]}'")
    return wanted, begins, last


def _first(asked: Asked) -> int:
    """Return how many leaves to look through first: a few hundred statements of the scope."""
    return 1 << (BLOCKS[0] + 1 if asked.books is None and asked.home is None else SCOPED)


def _stretch(asked: Asked, top: int, leaves: int) -> tuple[int, list[str]]:
    """Return the lowest place of a stretch of about `leaves` below `top`, and what is in it."""
    scopes = [f"h {asked.home}"] if asked.home else []
    if asked.books is not None:
        scopes = [f"b {book}" for book in asked.books]
    bits = SCOPED if scopes else max((bits for bits in BLOCKS if leaves >> bits), default=BLOCKS[0])
    last = (top - 1) >> (LEAF + bits)
    first = last - (leaves >> bits)
    if first <= 0 or last - first > MOST_BLOCKS:
        lowest, blocks = 0, [f"'{scope}'" for scope in scopes]
    else:
        lowest = first << (LEAF + bits)
        blocks = [
            f"'{scope} {block}'"
            for scope in scopes or [str(bits)]
            for block in range(first, last + 1)
        ]
    within = [f"({' | '.join(blocks)})"] if blocks else []
    if asked.home is not None and asked.books is not None:
        within.append(f"'h {asked.home}'")
    return lowest, within


_known: dict[str, str] = {}
_MOST_KNOWN: Final = 50_000  # words; a few megabytes


def _stems(words: set[str], cursor: CursorWrapper) -> Mapping[str, str]:
    """Return stems by word: from memory or, what is not there yet, from the database at once."""
    stems = {word: stem for word in words if (stem := _known.get(word)) is not None}
    missing = words - stems.keys()
    if missing:
        cursor.execute(
            "SELECT word, ts_lexize('search_porter', word) FROM unnest(%s::text[]) word",
            [list(missing)],
        )
        rows: list[tuple[str, list[str]]] = cursor.fetchall()
        new = {word: stem[0] if stem else word for word, stem in rows}
        if len(_known) + len(new) > _MOST_KNOWN:
            _known.clear()
        _known.update(new)
        stems |= new
    return stems


def _words(query: Query) -> set[str]:
    return {word for term in query.terms for word in term.words}
