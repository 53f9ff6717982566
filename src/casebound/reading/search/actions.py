"""Keeping the index quick."""

from typing import Final

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

PAGES: Final = 2000  # of the index, written in one go: about half a second
SLIGHT: Final = 2  # changes that mean there was nothing to merge (FTS5, "merge")


def tidy_index(*, steps: int | None = None) -> bool:
    """Bring the index into the shape that is quickest to search; return whether more is to do.

    SQLite: merges its parts, `steps` at most, each about half a second of writing. Every search
    opens every part, and every seal adds one; FTS5 merges as it goes but leaves up to sixteen, and
    once they are one a search costs a third. Once a night is enough.

    PostgreSQL: puts what was sealed lately, which GIN keeps on a list and every search reads
    through, into its place. A thousand entries on it cost a search 5 ms; every minute is best. Were
    there no such list, a seal would cost 2 ms more.
    """
    connection = connections["derived"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT search_tidy()")
        return False
    done = 0
    while steps is None or done < steps:
        with transaction.atomic(using="derived"), connection.cursor() as cursor:
            before = _changes(cursor)
            # Below zero the first time: begin a merge of all parts, however few.
            cursor.execute(
                "INSERT INTO search_index(search_index, rank) VALUES('merge', %s)",
                [PAGES if done else -PAGES],
            )
            if _changes(cursor) - before < SLIGHT:
                return False
        done += 1
    return True


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
