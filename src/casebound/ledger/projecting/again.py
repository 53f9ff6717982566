"""Working out the rows of one entry again, without writing them.

A page that vouches for an entry works its rows out from the opened entry and compares them with
those that are stored. The function that works them out writes in `RowsAgain`, which only notes
down what would be written.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from casebound.ledger.projecting.rows import Rows

Written = dict[type[Model], list[dict[str, Any]]]


class RowsAgain(Rows):
    """Rows that are worked out and not written. Look-ups find what is stored.

    Attributes:
        written: for each table, the values of each row that would have been written or changed,
            with those that say which row it is.
    """

    def __init__(self) -> None:
        """Look up in the derived store."""
        super().__init__()
        self.written: Written = {}

    def add(self, model: type[Model], **values: Any) -> None:
        """Note down a row."""
        self.written.setdefault(model, []).append(values)

    def add_missing(self, model: type[Model], **values: Any) -> None:
        """Leave a row out that may be there already."""

    def change(self, model: type[Model], where: Mapping[str, Any], **values: Any) -> None:
        """Note down what would be changed, with the row it would be changed in."""
        self.written.setdefault(model, []).append({**where, **values})

    def remove(self, model: type[Model], **where: Any) -> None:
        """Leave what is stored."""
