"""Asking PostgreSQL."""

from typing import Any, Final

from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.people.restricted.parts import open_in_part
from casebound.people.restricted.reads import EntryReader, leaves_hidden
from casebound.reading.search.asked import SoundQuery, StatementQuery, next_stretch
from casebound.reading.search.keys import LEAF, PLACE_SQL
from casebound.reading.search.query import SHORTEST_BEGINNING, Query, WordMatch
from casebound.reading.search.stems import stem_of

# Bits of a leaf below its block, as `indexing.py` has them; and those of a book or home in a block.
BLOCKS: Final = (7, 10, 13, 16)
SCOPED: Final = 13
# Words for where to look in one query: what they cost grows with the square of their number.
MOST_NAMED: Final = 48

_PLACE = PLACE_SQL.format("id")
# A statement of a book that is read in part, in the table that knows its book.
_IN_PART = """
EXISTS (SELECT 1 FROM search_indexedstatement s WHERE s.id = search_indexedstatement.id AND {})
"""
_READABLE = f"({_PLACE} >> {LEAF}) NOT IN ({{}})"
_LAST = f"SELECT MAX({_PLACE}) FROM search_indexedstatement"  # noqa: S608 (our own names)
# Adding nothing keeps the planner from walking an index in order, which is quick for a word that is
# everywhere and takes seconds for one that is nowhere.
_FIND = f"""
SELECT id FROM search_indexedstatement
WHERE {{}} AND {_PLACE} + 0 >= %s AND {_PLACE} + 0 < %s
ORDER BY {_PLACE} + 0 DESC LIMIT %s
"""  # noqa: S608 (our own names)
# The order names the row's place, not its key, so that the planner gathers by words here as well.
_SOUNDING = f"""
SELECT text FROM search_indexedstatement
WHERE {{}} ORDER BY {_PLACE} + 0 DESC LIMIT %s
"""  # noqa: S608 (our own names)
# Each word by itself: GIN leaps from one's next place to the other's. Of words in one `tsquery` it
# goes through all places of the rarest, from the beginning of the log.
_HOLDS = "vector @@ %s::tsquery"
# A function is no operator: it uses no index. What the index cannot answer in full is asked so;
# asked of the index as well, all that was asked of it would be asked again of every row.
_CHECKED = "strpos({}, %s) > 0"


def newest(query: StatementQuery) -> list[int]:
    """Return keys, newest first.

    2 queries, and 1 for each further stretch of the log (each up to eight times as long as all
    before).
    """
    with connections["derived"].cursor() as cursor:
        cursor.execute(_LAST)
        (last,) = cursor.fetchone()
        if last is None:
            return []
        words = wanted(query.query)
        conditions, values = checked(query.query)
        readable, of_reader = _readable(query.reader, query.books)
        conditions, values = [*conditions, readable], [*values, *of_reader]
        keys: list[int] = []
        top = last + 1 if query.before is None else min(query.before, last + 1)
        scoped = query.books is not None or query.home is not None
        leaves, seen = 1 << (SCOPED if scoped else BLOCKS[0] + 1), 0  # a few hundred statements
        while top > 0 and len(keys) < query.count:
            lowest, within = stretch(query, top, leaves)
            # Of few books first where, which is less than any word; of all, what is rarest.
            match = [*within, *words] if scoped else [*words, *within]
            cursor.execute(
                _FIND.format(" AND ".join([_HOLDS] * len(match) + conditions)),
                [*match, *values, lowest, top, query.count - len(keys)],
            )
            keys += [key for (key,) in cursor.fetchall()]
            seen += (top - lowest) >> LEAF
            top = lowest
            leaves = next_stretch(seen=seen, found=len(keys), missing=query.count - len(keys))
    return keys


def texts_sounding(query: SoundQuery) -> list[str]:
    """Return the newest texts in which a name sounds so. 1 query."""
    match = [
        " | ".join(f"'b {book}'" for book in query.books),
        " | ".join(f"'n {sound}'" for sound in query.sounds),
    ]
    if query.home is not None:
        match.append(f"'h {query.home}'")
    readable, of_reader = _readable(query.reader, query.books)
    wanted = " AND ".join([*[_HOLDS] * len(match), readable])
    with connections["derived"].cursor() as cursor:
        cursor.execute(_SOUNDING.format(wanted), [*match, *of_reader, query.count])
        return [text for (text,) in cursor.fetchall()]


def wanted(query: Query) -> list[str]:
    """Return what the index is asked, each a condition of its own.

    Of a phrase the words, of a beginning the first four letters. The longest words come first: they
    are the rarest, and GIN leaps from places of the first. What can be written in several ways
    comes last.
    """
    words: set[str] = set()
    several: set[str] = set()
    for term in query.terms:
        ways = dict.fromkeys(tuple(sorted(set(_lexemes(way)))) for way in term.ways())
        if len(ways) == 1:
            words.update(*ways)
        else:
            several.add(" | ".join(f"({' & '.join(way)})" for way in ways))
    return sorted(words, key=_rarest) + sorted(several)


def _rarest(lexeme: str) -> tuple[bool, int, str]:
    return lexeme.startswith("'p "), -len(lexeme), lexeme


def _lexemes(way: WordMatch) -> list[str]:
    *before, last = [f"'{stem_of(word)}'" for word in way.words]
    if way.column == "stems":
        *before, last = [f"'{word}'" for word in way.words]
    if way.begins:
        last = f"'p {way.words[-1][:SHORTEST_BEGINNING]}'"
    return [*before, last]


def checked(query: Query) -> tuple[list[str], list[str]]:
    """Return conditions on what the index answers, and what they are about."""
    conditions, values = [], []
    for term in query.terms:
        ways = list(term.ways())
        if any(way.begins or len(way.words) > 1 for way in ways):
            conditions.append(f"({' OR '.join(_CHECKED.format(way.column) for way in ways)})")
            values += [f" {' '.join(way.words)}{'' if way.begins else ' '}" for way in ways]
    return conditions, values


def stretch(query: StatementQuery, top: int, leaves: int) -> tuple[int, list[str]]:
    """Return the lowest place of a stretch of about `leaves` below `top`, and what is in it.

    Of more blocks than can be named it is those that can, or all that is left if they are less than
    half.
    """
    scopes = [f"h {query.home}"] if query.home else []
    if query.books is not None:
        scopes = [f"b {book}" for book in query.books]
    most = MOST_NAMED // max(1, len(scopes))
    bits = SCOPED if scopes else min((b for b in BLOCKS if leaves >> b < most), default=BLOCKS[-1])
    last = (top - 1) >> (LEAF + bits)
    first = max(0, last - (leaves >> bits))
    if last - first < 2 * most:
        first = max(first, last + 1 - most)
    if last - first < most:
        lowest = first << (LEAF + bits)
        blocks = [
            f"'{scope} {block}'"
            for scope in scopes or [str(bits)]
            for block in range(first, last + 1)
        ]
    else:
        lowest, blocks = 0, [f"'{scope}'" for scope in scopes]
    within = [" | ".join(blocks)] if blocks else []
    if query.home is not None and query.books is not None:
        within.append(f"'h {query.home}'")
    return lowest, within


def _readable(reader: EntryReader, books: tuple[BookId, ...] | None) -> tuple[str, list[Any]]:
    """Return the condition that a statement is of an entry that the worker may read."""
    hidden, values = leaves_hidden(reader, books=books)
    readable = _READABLE.format(hidden)
    if not reader.parts:
        return readable, values
    leaf = f"({PLACE_SQL.format('s.id')} >> {LEAF})"
    in_part, of_parts = open_in_part(reader.parts, book="s.book_id", leaf=leaf)
    return f"{readable} AND {_IN_PART.format(in_part)}", [*values, *of_parts]
