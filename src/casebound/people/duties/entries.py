"""How a room's projection opens and closes duties. One mechanism for every clock."""

from dataclasses import dataclass
from datetime import datetime

from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.models import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKind:
    """A duty of a room: its key (`room/what`), what to do in words, and the rule that asks."""

    key: str
    what: str
    rule: str


def open_duty(
    rows: Rows,
    kind: DutyKind,
    *,
    about: ReadEntry,
    book: str,
    home: str,
    waits_on: str,
    since: datetime,
    due: datetime,
) -> None:
    """Open a duty about an entry; it waits on one worker and is due at an instant."""
    rows.add(
        Duty,
        id=_key(kind, about.index),
        key=kind.key,
        what=kind.what,
        rule=kind.rule,
        book_id=book,
        home_id=home,
        waits_on=waits_on,
        since_at=since,
        due_at=due,
        about_index=about.index,
        about_number=next(n for one, n in about.pages.items() if one == book),
        done_index=None,
        done_at=None,
        done_by=None,
    )


def close_duty(rows: Rows, kind: DutyKind, *, about: int, by: ReadEntry) -> None:
    """Close the duty about the entry of leaf `about`, done by an entry. Done once, stays done."""
    rows.change(
        Duty,
        {"id": _key(kind, about), "done_at": None},
        done_index=by.index,
        done_at=by.signed_at,
        done_by=by.signed_by,
    )


def _key(kind: DutyKind, about: int) -> str:
    return f"{kind.key}#{about}"
