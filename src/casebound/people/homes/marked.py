"""Rows that rights follow from, and the mark that each carries (`ledger.keyring.marks`).

Whatever a right follows from is in the mark: who, where, which role, from and to. A row without its
mark gives nothing, and `tell_of_unmarked` tells those who look after casebound.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django.db.models import Model
from django.utils import timezone

from casebound.foundation.base.times import as_kept
from casebound.ledger.keyring.marks import Cell, has_mark, mark
from casebound.people.events.actions import note_not_on_log
from casebound.people.homes.models import Appointment, Consent, Grant, Home, Placement

Row = TypeVar("Row", bound=Model)

MARKED: Final[Mapping[type[Model], tuple[str, ...]]] = {
    Home: ("id", "book_id", "is_office", "secure"),
    Placement: ("id", "child_id", "home_id", "from_at", "to_at"),
    Appointment: ("id", "worker_id", "role", "home_id", "child_id", "from_at", "to_at"),
    Grant: (
        "id", "worker_id", "book_id", "permission", "form", "register", "period_from", "period_to",
        "leaf", "from_at", "to_at",
    ),
    Consent: ("id", "child_id", "home_id", "party", "given", "from_at", "to_at"),
}  # fmt: skip


def mark_of(table: type[Model], values: Mapping[str, Any]) -> str:
    """Return the mark of a row with these values."""
    return mark(_name(table), [values[field] for field in MARKED[table]])


def is_marked(table: type[Model], values: tuple[Cell, ...], shown: str) -> bool:
    """Say whether a row of these values, in the order of `MARKED`, has its mark; tell if not."""
    if has_mark(_name(table), values, shown):
        return True
    _tell(table, values)
    return False


def has_its_mark(row: Model) -> bool:
    """Say whether a row has its mark."""
    table = type(row)
    values = tuple(getattr(row, field) for field in MARKED[table])
    return is_marked(table, values, str(getattr(row, "mark", "")))


def marked(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that have their mark, in their order."""
    return [row for row in rows if has_its_mark(row)]


def moment(value: Any) -> Any:  # noqa: ANN401 (a cell: SQLite gives text where it knows no better)
    """Return a moment as it is marked, from what the driver gives."""
    return None if value is None else as_kept(value)


def _tell(table: type[Model], values: tuple[Cell, ...]) -> None:
    """Tell that a row was refused, and about which worker it is."""
    fields = MARKED[table]
    about = str(values[fields.index("worker_id")]) if "worker_id" in fields else ""
    note_not_on_log(table=_name(table), row=str(values[0]), about=about, by="", at=timezone.now())


def _name(table: type[Model]) -> str:
    return table._meta.db_table
