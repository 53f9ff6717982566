"""Days and times of a form's own questions that happened, so that they cannot be in the future.

What is still to come (a review, the next session, by when something is done) is not among them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.times import LONDON, instant
from casebound.rulebook.catalogue.shape import Field, FieldType

# By the name of the question, or of the column; the same name means the same in every form.
HAPPENED: Final = frozenset(
    {
        "at",  # of steps and referrals
        "authority_told_at",
        "born_on",
        "came_on",
        "completed_on",
        "consent_on",
        "held_at",
        "last_seen_at",
        "left_on",
        "let_out_at",
        "offered_at",
        "returned_at",
        "sent_on",
        "told_at",
    }
)


def still_to_come(field: Field, answer: object, now: datetime) -> Iterator[str]:
    """Yield where an answer says that something happened later than `now`.

    Empty for the answer as a whole; `2-told_at` for a row and its column.
    """
    if field.type is FieldType.ROWS and isinstance(answer, list):
        for number, row in enumerate(answer, 1):
            for column in field.columns:
                value = row.get(column.name) if isinstance(row, Mapping) else None
                if _is_ahead(column, value, now):
                    yield f"{number}-{column.name}"
    elif _is_ahead(field, answer, now):
        yield ""


def _is_ahead(field: Field, value: object, now: datetime) -> bool:
    if field.name not in HAPPENED or not isinstance(value, str):
        return False
    if field.type is FieldType.DATETIME:
        return instant(value) > now
    return (
        field.type is FieldType.DATE and date.fromisoformat(value) > now.astimezone(LONDON).date()
    )
