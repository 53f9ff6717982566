"""Requests, worked out from the office's book."""

from typing import Any, Final

from casebound.foundation.base.times import instant
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.second_person.entries import AgreementAnswered, AgreementAsked
from casebound.people.second_person.marked import has_its_mark, mark_of, values_of
from casebound.people.second_person.models import Request
from casebound.people.second_person.rules import RequestKind, RequestState
from casebound.people.staff.entries import LinkGiven

_CAN_BE_ANSWERED: Final = (RequestState.WAITING,)
_CAN_BE_TAKEN_BACK: Final = (RequestState.WAITING, RequestState.AGREED)


def asked(entry: ReadEntry, fact: AgreementAsked, rows: Rows) -> None:
    """Add the request."""
    values: dict[str, Any] = {
        "id": fact.request_id,
        "what": fact.what,
        "worker_id": fact.worker_id,
        "role": fact.role or "",
        "home_id": fact.home_id or "",
        "from_at": instant(fact.from_at) if fact.from_at else None,
        "asked_by": entry.signed_by,
        "expires_at": instant(fact.expires_at),
        "state": RequestState.WAITING.value,
        "answered_by": "",
        "answered_at": None,
    }
    rows.add(
        Request,
        **values,
        full_name=fact.full_name,
        asked_at=entry.signed_at,
        number=next(iter(entry.pages.values())),
        with_sheet=False,
        reason="",
        mark=mark_of(values),
    )


def answered(entry: ReadEntry, fact: AgreementAnswered, rows: Rows) -> None:
    """Keep the answer; the first one holds. An appointment is made by then."""
    for row in rows.find(Request, id=fact.request_id):
        state = fact.answer
        if row.state not in (
            _CAN_BE_TAKEN_BACK if state == RequestState.WITHDRAWN else _CAN_BE_ANSWERED
        ):
            continue
        if (state, row.what) == (RequestState.AGREED.value, RequestKind.APPOINTMENT.value):
            state = RequestState.DONE.value
        _change(
            rows,
            row,
            state=state,
            answered_by=entry.signed_by,
            answered_at=entry.signed_at,
            with_sheet=bool(fact.with_sheet),
            reason=fact.reason,
        )


def link_given(entry: ReadEntry, fact: LinkGiven, rows: Rows) -> None:
    """Use up the agreement to a link of this person."""
    for row in rows.find(Request, worker_id=fact.account_id, state=RequestState.AGREED.value):
        _change(rows, row, state=RequestState.DONE.value)


def _change(rows: Rows, row: Request, **changes: Any) -> None:  # Any: values of columns
    """Change a row and mark it again; a row that somebody changed by hand stays without a mark."""
    values = values_of(row) | {key: changes[key] for key in changes if key in values_of(row)}
    renewed = mark_of(values) if has_its_mark(row) else ""
    rows.change(Request, {"id": row.id}, **changes, mark=renewed)


PROJECTION = Projection(
    version=1,
    tables=(Request,),
    on={
        AgreementAsked.kind: asked,
        AgreementAnswered.kind: answered,
        LinkGiven.kind: link_given,
    },
)
