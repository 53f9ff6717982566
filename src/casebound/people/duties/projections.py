"""The table of duties; the rooms that have duties fill it."""

from casebound.ledger.projecting.registry import Projection
from casebound.people.duties.models import BarredWorker, Duty

PROJECTION = Projection(version=3, tables=(Duty, BarredWorker), on={})
