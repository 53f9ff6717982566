"""The mark of a request: only the log makes one, and nothing is done for a row without it."""

from collections.abc import Mapping
from typing import Any, Final

from casebound.ledger.keyring.marks import has_mark, mark
from casebound.people.second_person.models import Request

_FIELDS: Final = (
    "id", "what", "worker_id", "role", "home_id", "from_at", "asked_by", "expires_at", "state",
    "answered_by", "answered_at",
)  # fmt: skip
_TABLE: Final = "second_person_request"


def mark_of(values: Mapping[str, Any]) -> str:
    """Return the mark of a request with these values."""
    return mark(_TABLE, [values[field] for field in _FIELDS])


def values_of(row: Request) -> dict[str, Any]:
    """Return what the mark of a row is about."""
    return {field: getattr(row, field) for field in _FIELDS}


def has_its_mark(row: Request) -> bool:
    """Say whether the log made this row as it is."""
    return has_mark(_TABLE, tuple(values_of(row).values()), row.mark)
