"""The table of duties; the rooms that have duties fill it."""

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.people.duties.entries import Ended, end_duties, reopen_duties
from casebound.people.duties.models import BarredWorker, Duty, DutyClosing


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Open again what a withdrawn entry had closed, and end what it asked for itself."""
    leaf, book = withdrawal.leaf, withdrawal.book
    reopen_duties(rows, by=leaf, book=book)
    end_duties(rows, about=leaf, book=book, by=withdrawal.by, how=Ended(withdrawal.status))


PROJECTION = Projection(
    version=4, tables=(Duty, BarredWorker, DutyClosing), on={}, withdraw=withdraw
)
