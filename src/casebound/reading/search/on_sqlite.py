"""Asking FTS5."""

from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

from casebound.foundation.base.ids import BookId, HomeId
from casebound.people.restricted.parts import open_in_part
from casebound.people.restricted.reads import EntryReader, leaves_hidden
from casebound.reading.search.asked import SoundQuery, StatementQuery, next_stretch
from casebound.reading.search.keys import HIGH, LEAF, LOW, PLACE_SQL
from casebound.reading.search.query import as_fts5

_PLACE = PLACE_SQL.format("rowid")
# A statement of a book that is read in part, in the table that knows its book.
_IN_PART = """
EXISTS (SELECT 1 FROM search_indexedstatement s WHERE s.id = search_index.rowid AND {})
"""
_READABLE = f"({_PLACE} >> {LEAF}) NOT IN ({{}})"
_FIND = f"""
SELECT rowid FROM search_index
WHERE search_index MATCH %s AND rowid BETWEEN %s AND %s AND {_PLACE} < %s
AND {{}} ORDER BY {_PLACE} DESC LIMIT %s
"""  # noqa: S608 (our own names)

_SOUNDING = f"""
SELECT text FROM search_indexedstatement WHERE id IN (
    SELECT rowid FROM search_index WHERE search_index MATCH %s AND {{}}
    ORDER BY {_PLACE} DESC LIMIT %s
)
"""  # noqa: S608 (our own names)


def newest(query: StatementQuery) -> list[int]:
    """Return keys, newest first. 2 queries, and 1 for each further stretch."""
    words, scope = as_fts5(query.query), _scope(query.books, query.home)
    readable, of_reader = _readable(query.reader, query.books)
    find = _FIND.format(readable)
    keys: list[int] = []
    with connections["derived"].cursor() as cursor:
        before = _before(query, cursor)
        newest = top = ((before - 1) >> LOW) + 1
        width = 1
        while top > 0 and len(keys) < query.count:
            lowest, missing = max(0, top - width), query.count - len(keys)
            cursor.execute(
                find,
                [words + scope, lowest << HIGH, (top << HIGH) - 1, before, *of_reader, missing],
            )
            keys += [key for (key,) in cursor.fetchall()]
            # The newest epoch may have just begun: what is in it says nothing of those before.
            if top != newest:
                width = next_stretch(
                    seen=newest - lowest, found=len(keys), missing=query.count - len(keys)
                )
            top = lowest
    return keys


def texts_sounding(query: SoundQuery) -> list[str]:
    """Return the newest texts in which a name sounds so. 1 query."""
    sounds = " OR ".join(f'"{sound}"' for sound in query.sounds)
    match = f"{{scope}} : ({sounds})" + _scope(query.books, query.home)
    readable, of_reader = _readable(query.reader, query.books)
    sounding = _SOUNDING.format(readable)
    with connections["derived"].cursor() as cursor:
        cursor.execute(sounding, [match, *of_reader, query.count])
        return [text for (text,) in cursor.fetchall()]


def _scope(books: tuple[BookId, ...] | None, home: HomeId | None) -> str:
    scope = ""
    if books is not None:
        scope += f" AND {{scope}} : ({' OR '.join(f'b{book}0' for book in books)})"
    if home is not None:
        scope += f" AND {{scope}} : h{home}0"
    return scope


def _before(query: StatementQuery, cursor: CursorWrapper) -> int:
    """Return the place that all is below: the end of the page before, or of the newest epoch."""
    cursor.execute("SELECT MAX(id) FROM search_indexedstatement")
    (last,) = cursor.fetchone()
    end = 0 if last is None else ((last >> HIGH) + 1) << LOW
    return end if query.before is None else min(query.before, end)


def _readable(reader: EntryReader, books: tuple[BookId, ...] | None) -> tuple[str, list[Any]]:
    """Return the condition that a statement is of an entry that the worker may read."""
    hidden, values = leaves_hidden(reader, books=books)
    readable = _READABLE.format(hidden)
    if not reader.parts:
        return readable, values
    leaf = f"({PLACE_SQL.format('s.id')} >> {LEAF})"
    in_part, of_parts = open_in_part(reader.parts, book="s.book_id", leaf=leaf)
    return f"{readable} AND {_IN_PART.format(in_part)}", [*values, *of_parts]
