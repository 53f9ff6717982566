"""The table of duties; the rooms that have duties fill it."""

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.people.duties.entries import reopen_duties
from casebound.people.duties.models import BarredWorker, Duty, DutyClosing


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Open again the duties that a withdrawn entry had closed.

    The duties that it started stay due until somebody else agrees (see `record.followups`).
    """
    reopen_duties(rows, by=withdrawal.leaf, book=withdrawal.book)


PROJECTION = Projection(
    version=7, tables=(Duty, BarredWorker, DutyClosing), on={}, withdraw=withdraw
)
