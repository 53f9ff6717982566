"""The full-text index beside the statements: a migration operation for both databases.

Both split a text into words alike, take off accents, and keep each word's stem (Porter), with no
stop words: "out of bed" is found as it was written. Both know a statement's book and home as words
of the index, which nobody can type, so that rights are matched inside the index.

SQLite: FTS5 over a view of the table, kept by triggers. `secure-delete` is FTS5's own: without it
a removed word stays in the index file. The words of book and home end in a digit, which no stemmer
takes off, so that two of them can never become one.

PostgreSQL: a generated column and one GIN index, which need no extension. The default parser takes
"mum/dad" for the name of a file and "4.5" for one number; so the text is made plain first. GIN
cannot stop after the newest twenty, so each statement also carries the blocks of the log it is in
(of 128, 1,024, 8,192 and 65,536 leaves) as words, and its book and home within a block, and the
newest are looked through first. Nor can GIN look for beginnings without gathering every word that
begins so; hence the first four letters are words of their own. All these have a space in them,
which no word of a text has.
"""

from typing import Any

from django.db import connections, router
from django.db.migrations.operations.base import Operation

from casebound.reading.search.keys import PLACE_SQL

TOKENIZE = "porter unicode61 remove_diacritics 2"
TELL_REMOVED = """
CREATE TRIGGER search_indexedstatement_removed AFTER DELETE ON search_indexedstatement BEGIN
    INSERT INTO search_index(search_index, rowid, text, scope)
    VALUES ('delete', OLD.id, OLD.text, 'b' || OLD.book_id || '0 h' || OLD.home_id || '0');
END
"""
SQLITE = (
    """
    CREATE VIEW search_scoped AS
    SELECT id, text, 'b' || book_id || '0 h' || home_id || '0' AS scope FROM search_indexedstatement
    """,
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
        text, scope, content='search_scoped', content_rowid='id', columnsize=0, prefix='4',
        tokenize='{TOKENIZE}'
    )
    """,
    "INSERT INTO search_index(search_index, rank) VALUES('secure-delete', 1)",
    """
    CREATE TRIGGER search_indexedstatement_added AFTER INSERT ON search_indexedstatement BEGIN
        INSERT INTO search_index(rowid, text, scope)
        VALUES (NEW.id, NEW.text, 'b' || NEW.book_id || '0 h' || NEW.home_id || '0');
    END
    """,
    TELL_REMOVED,
    """
    CREATE TRIGGER search_indexedstatement_changed
    AFTER UPDATE OF id, text, book_id, home_id ON search_indexedstatement BEGIN
        SELECT RAISE(ABORT, 'what is searched is removed and added, never changed');
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER search_indexedstatement_changed",
    "DROP TRIGGER search_indexedstatement_removed",
    "DROP TRIGGER search_indexedstatement_added",
    "DROP TABLE search_index",
    "DROP VIEW search_scoped",
)

_PLACE = PLACE_SQL.format("id")
# All characters used in England but letters, digits and accents; the parser knows the rest.
# Ranges of characters, because classes of them depend on the database's locale.
_NO_WORD = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff"
    r"\u2000-\u206f\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff]+"
)
# What GIN has not put in its place yet: the writer that fills the list empties it. At 4 MB, the
# server's own limit, that took 90 to 400 ms while everybody waited; at 256 kB it takes 7 to 30, is
# no dearer in all, and a search reads a shorter list.
MAKE_GIN = (
    "CREATE INDEX search_indexedstatement_vector ON search_indexedstatement USING gin (vector)"
    " WITH (gin_pending_list_limit = 256)"
)
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY search_porter (TEMPLATE = snowball, Language = porter)",
    "CREATE TEXT SEARCH CONFIGURATION search_words (PARSER = default)",
    """
    ALTER TEXT SEARCH CONFIGURATION search_words ADD MAPPING FOR
    asciiword, word, numword, int, uint, float, sfloat, version WITH search_porter
    """,
    r"""
    CREATE FUNCTION search_vector(place bigint, book text, home text, said text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        words tsvector := to_tsvector('search_words', regexp_replace(
            regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]+', '', 'g'),
            'no word', ' ', 'g'
        ));
    BEGIN
        RETURN words || array_to_tsvector(ARRAY[
            'b ' || book, 'b ' || book || ' ' || (place >> 25),
            'h ' || home, 'h ' || home || ' ' || (place >> 25),
            '7 ' || (place >> 19), '10 ' || (place >> 22), '13 ' || (place >> 25),
            '16 ' || (place >> 28)
        ] || ARRAY(
            SELECT 'p ' || left(word, 4) FROM unnest(tsvector_to_array(words)) word
            WHERE length(word) >= 4
        ));
    END $$
    """.replace("no word", _NO_WORD),
    # A phrase is checked in the vector itself, which is four pages away where it is kept apart.
    "ALTER TABLE search_indexedstatement SET (toast_tuple_target = 8160)",
    f"""
    ALTER TABLE search_indexedstatement ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (search_vector({_PLACE}, book_id, home_id, text)) STORED
    """,
    MAKE_GIN,
    f"CREATE INDEX search_indexedstatement_place ON search_indexedstatement (({_PLACE}))",
    # Only the owner of an index may tidy it, and the server's role owns nothing (operating.md).
    """
    CREATE FUNCTION search_tidy() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS
    $$ SELECT gin_clean_pending_list('search_indexedstatement_vector') $$
    """,
)
POSTGRESQL_BACK = (
    "DROP FUNCTION search_tidy()",
    "DROP INDEX search_indexedstatement_place",
    "ALTER TABLE search_indexedstatement DROP COLUMN vector",
    "ALTER TABLE search_indexedstatement RESET (toast_tuple_target)",
    "DROP FUNCTION search_vector(bigint, text, text, text)",
    "DROP TEXT SEARCH CONFIGURATION search_words",
    "DROP TEXT SEARCH DICTIONARY search_porter",
)


class IndexStatements(Operation):
    """Make the full-text index of `search_indexedstatement`, on whichever database it is."""

    reversible = True
    reduces_to_sql = True

    # Any, here and below: Django's own types of these arguments are not public.
    def state_forwards(self, app_label: str, state: Any) -> None:  # noqa: ANN401
        """Change nothing of what Django knows."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Any,  # noqa: ANN401
        from_state: Any,  # noqa: ANN401, ARG002 (Django's signature)
        to_state: Any,  # noqa: ANN401, ARG002 (Django's signature)
    ) -> None:
        """Make the index and what keeps it."""
        self._run(app_label, schema_editor, SQLITE, POSTGRESQL)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: Any,  # noqa: ANN401
        from_state: Any,  # noqa: ANN401, ARG002 (Django's signature)
        to_state: Any,  # noqa: ANN401, ARG002 (Django's signature)
    ) -> None:
        """Take it all away."""
        self._run(app_label, schema_editor, SQLITE_BACK, POSTGRESQL_BACK)

    def describe(self) -> str:
        """Say what this does."""
        return "Index the words of statements"

    def _run(
        self,
        label: str,
        schema_editor: Any,  # noqa: ANN401
        sqlite: tuple[str, ...],
        postgresql: tuple[str, ...],
    ) -> None:
        connection = schema_editor.connection
        if router.allow_migrate(connection.alias, label):
            for statement in sqlite if connection.vendor == "sqlite" else postgresql:
                schema_editor.execute(statement, params=None)


def empty() -> None:
    """Empty table and index on SQLite at once: word by word takes 10 ms a statement.

    The caller holds the transaction.
    """
    connection = connections["derived"]
    if connection.vendor != "sqlite":
        return  # the index goes with the table
    with connection.cursor() as cursor:
        for statement in (
            "DROP TRIGGER search_indexedstatement_removed",
            "DELETE FROM search_indexedstatement",
            "INSERT INTO search_index(search_index) VALUES('delete-all')",
            TELL_REMOVED,
        ):
            cursor.execute(statement)
