"""The stems of words: from memory, or asked of the database, whose index is made of them."""

import json
from typing import Final

from django.db import connections
from django.db.backends.utils import CursorWrapper

from casebound.reading.search.indexing import TOKENIZE

_MOST_KNOWN: Final = 50_000  # words; a few megabytes
_known: dict[str, str] = {}

# FTS5 tells no stem but of what it has indexed: words are put into an index of their own, of this
# connection and in memory alone, and taken out again.
_MAKE: Final = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_stemming
USING fts5(word, content='', tokenize='{TOKENIZE}')
"""
_MAKE_TOLD: Final = """
CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_stems
USING fts5vocab(temp, search_stemming, instance)
"""
_PUT: Final = "INSERT INTO temp.search_stemming(rowid, word) SELECT key, value FROM json_each(%s)"
_EMPTY: Final = "INSERT INTO temp.search_stemming(search_stemming) VALUES('delete-all')"


def stems_of(words: set[str]) -> dict[str, str]:
    """Return the stems of folded words by word. A word that has none is its own.

    No query for words that were met before; for all others together 1 on PostgreSQL, 5 on SQLite.
    """
    stems = {word: stem for word in words if (stem := _known.get(word)) is not None}
    if missing := list(words - stems.keys()):
        connection = connections["derived"]
        ask = _ask_fts5 if connection.vendor == "sqlite" else _ask_postgresql
        with connection.cursor() as cursor:
            asked = ask(missing, cursor)
        new = {word: asked.get(word, word) for word in missing}
        if len(_known) + len(new) > _MOST_KNOWN:
            _known.clear()
        _known.update(new)
        stems |= new
    return stems


def _ask_fts5(words: list[str], cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(_MAKE)
    cursor.execute(_MAKE_TOLD)
    cursor.execute(_PUT, [json.dumps(words)])
    cursor.execute("SELECT doc, term FROM temp.search_stems")
    stems = {words[at]: stem for at, stem in cursor.fetchall()}
    cursor.execute(_EMPTY)
    return stems


def _ask_postgresql(words: list[str], cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(
        "SELECT word, ts_lexize('search_porter', word) FROM unnest(%s::text[]) word", [words]
    )
    return {word: stem[0] for word, stem in cursor.fetchall() if stem}
