"""The full-text index beside the statements: a migration operation for both databases.

Neither database reads a text. The product folds and parts it into words (`words.py`) and stores
them beside it: their stems, the words themselves for beginnings, and how names sound. Both index
these as they are, so both find the same in every locale. Both know a statement's book and home as
words of the index, which nobody can type, so that rights are matched inside the index.

SQLite: FTS5 over a view of the table, kept by triggers. Its `ascii` tokenizer parts what the
product wrote at the spaces. `secure-delete` is FTS5's own: without it a removed word stays in the
index file.

PostgreSQL: a generated column and one GIN index, which need no extension. GIN cannot stop after the
newest twenty, so each statement also carries the blocks of the log it is in (of 128, 1,024, 8,192
and 65,536 leaves) as words, and its book and home within a block, and the newest are looked through
first. Nor can GIN look for beginnings without gathering every word that begins so; hence the first
four letters are words of their own. All these have a space in them, which no word of a text has.
"""

from typing import Any

from django.db import DatabaseError, connections, router
from django.db.migrations.operations.base import Operation

from casebound.reading.search.keys import PLACE_SQL

_SCOPE = "'b' || {0}book_id || '0 h' || {0}home_id || '0' || {0}names"
TELL_REMOVED = f"""
CREATE TRIGGER search_indexedstatement_removed AFTER DELETE ON search_indexedstatement BEGIN
    INSERT INTO search_index(search_index, rowid, stems, words, scope)
    VALUES ('delete', OLD.id, OLD.stems, OLD.words, {_SCOPE.format("OLD.")});
END
"""  # noqa: S608 (our own names)
SQLITE = (
    f"""
    CREATE VIEW search_scoped AS
    SELECT id, stems, words, {_SCOPE.format("")} AS scope FROM search_indexedstatement
    """,  # noqa: S608 (our own names)
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        stems, words, scope, content='search_scoped', content_rowid='id', columnsize=0, prefix='4',
        tokenize='ascii'
    )
    """,
    "INSERT INTO search_index(search_index, rank) VALUES('secure-delete', 1)",
    f"""
    CREATE TRIGGER search_indexedstatement_added AFTER INSERT ON search_indexedstatement BEGIN
        INSERT INTO search_index(rowid, stems, words, scope)
        VALUES (NEW.id, NEW.stems, NEW.words, {_SCOPE.format("NEW.")});
    END
    """,  # noqa: S608 (our own names)
    TELL_REMOVED,
    """
    CREATE TRIGGER search_indexedstatement_changed
    AFTER UPDATE OF id, text, stems, words, names, book_id, home_id
    ON search_indexedstatement BEGIN
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
# What GIN has not put in its place yet: the writer that fills the list empties it. At 4 MB, the
# server's own limit, that took 90 to 400 ms while everybody waited; at 256 kB it takes 7 to 30, is
# no dearer in all, and a search reads a shorter list.
MAKE_GIN = (
    "CREATE INDEX search_indexedstatement_vector ON search_indexedstatement USING gin (vector)"
    " WITH (gin_pending_list_limit = 256)"
)
POSTGRESQL = (
    r"""
    CREATE FUNCTION search_vector(
        place bigint, book text, home text, stems text, words text, names text
    ) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        stem_array text[] := string_to_array(btrim(stems), ' ');
        word_array text[] := string_to_array(btrim(words), ' ');
    BEGIN
        RETURN array_to_tsvector(ARRAY[
            'b ' || book, 'b ' || book || ' ' || (place >> 25),
            'h ' || home, 'h ' || home || ' ' || (place >> 25),
            '7 ' || (place >> 19), '10 ' || (place >> 22), '13 ' || (place >> 25),
            '16 ' || (place >> 28)
        ] || stem_array || ARRAY(
            SELECT DISTINCT 'p ' || left(word, 4) FROM unnest(stem_array || word_array) word
            WHERE length(word) >= 4
        ) || ARRAY(
            SELECT 'n ' || name FROM unnest(string_to_array(btrim(names), ' ')) name
        ));
    END $$
    """,
    # A phrase is checked in the words, which are four pages away where they are kept apart.
    "ALTER TABLE search_indexedstatement SET (toast_tuple_target = 8160)",
    f"""
    ALTER TABLE search_indexedstatement ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (search_vector({_PLACE}, book_id, home_id, stems, words, names))
    STORED
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
    "DROP FUNCTION search_vector(bigint, text, text, text, text, text)",
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


def agrees() -> bool:
    """Say whether the index has every word of the table, and no other. It reads both whole.

    On PostgreSQL the server itself keeps the index, and its column cannot be written.
    """
    connection = connections["derived"]
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT v FROM search_index_config WHERE k = 'secure-delete'")
        if cursor.fetchone() != (1,):
            return False
        try:
            # A command of FTS5 that looks like a row. It writes none.
            cursor.execute(
                "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)"
            )
        except DatabaseError as failed:
            if any(words in str(failed) for words in ("malformed", "corruption")):
                return False
            raise
    return True


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
