"""Keeping plain words out of PostgreSQL's write-ahead log."""

from django.db import connections


def make_unlogged() -> None:
    """Make every table of the derived store UNLOGGED, on PostgreSQL.

    A crash of the server empties these tables. Then they are worked out again from the ledger.
    """
    connection = connections["derived"]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relpersistence = 'p'"
            " AND c.relname <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET UNLOGGED")
