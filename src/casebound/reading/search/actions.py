"""Keeping the index quick."""

from typing import Final

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

PAGES: Final = 2000  # of the index, written in one go: about half a second
SLIGHT: Final = 2  # changes that mean there was nothing to merge (FTS5, "merge")


def tidy_index(*, steps: int | None = None) -> bool:
    """Merge the parts of the index, `steps` at most; return whether there may be more to merge.

    Each search opens every part, and each seal adds one. FTS5 merges as it goes, but leaves up to
    sixteen; after a night's tidying a search costs a third. PostgreSQL sees to itself.
    """
    connection = connections["derived"]
    if connection.vendor != "sqlite":
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
