"""What is due, to whom it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.people.duties.models import Duty

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class DutySeen:
    """A duty: what to do, about which entry, by when, on whom it waits."""

    key: str
    what: str
    rule: str
    book: BookId
    number: int
    waits_on: WorkerId
    due_at: datetime
    overdue: bool


def duties_of(worker: WorkerId, *, books: Iterable[BookId], at: datetime) -> list[DutySeen]:
    """Return what waits on a worker in these books, soonest first, at most 100. 1 query."""
    return _seen(Duty.objects.filter(_open(), waits_on=worker, book_id__in=list(books)), at)


def duties_at(homes: Iterable[HomeId], *, books: Iterable[BookId], at: datetime) -> list[DutySeen]:
    """Return what waits on anybody at these homes, soonest first, at most 100. 1 query."""
    return _seen(Duty.objects.filter(_open(), home_id__in=list(homes), book_id__in=list(books)), at)


def _open() -> Q:
    return Q(done_at__isnull=True)


def _seen(rows: QuerySet[Duty], at: datetime) -> list[DutySeen]:
    return [
        DutySeen(
            row.key,
            row.what,
            row.rule,
            BookId(row.book_id),
            row.about_number,
            WorkerId(row.waits_on),
            row.due_at,
            row.due_at < at,
        )
        for row in rows.order_by("due_at", "id")[:AT_MOST]
    ]
