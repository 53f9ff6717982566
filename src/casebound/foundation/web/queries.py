"""Questions in SQL, for what every page asks: Django builds its own queries again each time."""

from collections.abc import Sequence
from typing import Any

from django.db import connections


def rows_of(store: str, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows that one question in SQL finds in a store, as the driver gives them. 1 query.

    25 µs, where a query of a model takes 200 to 350 µs. Write SQL only where every
    page asks; elsewhere use the models.
    """
    with connections[store].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
