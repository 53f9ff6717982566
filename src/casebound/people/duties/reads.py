"""What is due and what was done, to whom it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.duties.entries import Ended
from casebound.people.duties.models import Duty

AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySeen:
    """A duty: what to do, about which entry, by when, on whom it waits, and what did it.

    Attributes:
        form: the form it is done with, empty if there is none to begin.
        of: which of several it is (a worker, a child, an action), and `of_name` its name.
        waits_on: the worker, empty if it waits on the managers alone.
        goal_at: when it is best done, before `due_at`, the limit.
        number: the entry it is about; `done_number` the one that did it, in the same book.
    """

    key: str
    what: str
    rule: str
    form: str
    of: str
    of_name: str
    book: BookId
    home: HomeId
    number: int
    waits_on: WorkerId | None
    managers: bool
    never: frozenset[WorkerId]
    since_at: datetime
    goal_at: datetime | None
    due_at: datetime
    without_delay: bool
    overdue: bool
    ended: Ended | None
    done_at: datetime | None
    done_by: WorkerId | None
    done_number: int | None

    @property
    def in_time(self) -> bool:
        """Say whether it was done by its limit; the limit's own second is in time."""
        return self.done_at is not None and self.done_at <= self.due_at


def duties_of(
    worker: WorkerId, *, books: Iterable[BookId], managed: Iterable[BookId] = (), at: datetime
) -> list[DutySeen]:
    """Return what waits on a worker in these books, soonest first, at most 100. 1 query.

    What waits on the managers of a book is theirs in the books they manage, but for what they
    may not do themselves.
    """
    mine = Q(waits_on=worker, book_id__in=list(books))
    if managed := list(managed):
        mine |= Q(managers=True, book_id__in=managed) & ~Q(never__contains=worker)
    return _seen(Duty.objects.filter(_open(), mine), at)


def duties_in(books: Iterable[BookId], *, at: datetime) -> list[DutySeen]:
    """Return what waits on anybody in these books, soonest first, at most 100. 1 query."""
    return _seen(Duty.objects.filter(_open(), book_id__in=list(books)), at)


def duties_left(homes: Iterable[HomeId], *, but: Iterable[BookId], at: datetime) -> list[DutySeen]:
    """Return what is open of these homes in other books than `but`, soonest first. 1 query.

    At most 100. Whoever asks still has to ask which of those books may be seen.
    """
    open_there = Duty.objects.filter(_open(), home_id__in=list(homes))
    return _seen(open_there.exclude(book_id__in=list(but)), at)


def done_lately(
    books: Iterable[BookId], *, since: datetime, at: datetime, worker: WorkerId | None = None
) -> list[DutySeen]:
    """Return what ended in these books since a time, last first, at most 100. 1 query.

    Of a worker: what they did, and what waited on them.
    """
    found = Duty.objects.filter(book_id__in=list(books), done_at__gte=since)
    if worker is not None:
        found = found.filter(Q(done_by=worker) | Q(waits_on=worker))
    return [_one(row, at) for row in found.order_by("-done_at", "id")[:AT_MOST]]


def duties_about(leaf: int, *, book: BookId, at: datetime) -> list[DutySeen]:
    """Return what is and was due about one entry, in one of its books, at most 100. 1 query.

    Also what is due about the entries that follow it, if it is the first of its chain.
    """
    about = Q(about_index=leaf) | Q(root_index=leaf)
    return _seen(Duty.objects.filter(about, book_id=book), at)


def duties_from(
    leaves: Iterable[int], *, books: Iterable[BookId], at: datetime
) -> dict[int, list[DutySeen]]:
    """Return what is still due of each of these entries and what follows it. 1 query.

    Of each by its leaf, soonest first, in these books alone.
    """
    rows = Duty.objects.filter(_open(), root_index__in=list(leaves), book_id__in=list(books))
    found: dict[int, list[DutySeen]] = {}
    for row in rows.order_by("due_at", "id"):
        found.setdefault(row.root_index, []).append(_one(row, at))
    return found


def leaves_waiting(home: HomeId) -> list[int]:
    """Return the entries of a home of which something is still due, newest 500. 1 query."""
    rows = Duty.objects.filter(_open(), home_id=home).order_by("-root_index")
    return list(rows.values_list("root_index", flat=True).distinct()[:500])


def duties_as_projected(leaf: int, rows: Rows) -> list[DutySeen]:
    """Return what is and was due about an entry, as a later room's projection asks. 1 query.

    Nothing in it is overdue: a projection knows no clock.
    """
    found = sorted(rows.find(Duty, about_index=leaf), key=lambda row: (row.due_at, row.id))
    return [_one(row, None) for row in found]


def _open() -> Q:
    return Q(done_at__isnull=True)


def _seen(rows: QuerySet[Duty], at: datetime) -> list[DutySeen]:
    return [_one(row, at) for row in rows.order_by("due_at", "id")[:AT_MOST]]


def _one(row: Duty, at: datetime | None) -> DutySeen:
    return DutySeen(
        key=row.key,
        what=row.what,
        rule=row.rule,
        form=row.form,
        of=row.of,
        of_name=row.of_name,
        book=BookId(row.book_id),
        home=HomeId(row.home_id),
        number=row.about_number,
        waits_on=WorkerId(row.waits_on) if row.waits_on else None,
        managers=row.managers,
        never=frozenset(WorkerId(one) for one in row.never.split()),
        since_at=row.since_at,
        goal_at=row.goal_at,
        due_at=row.due_at,
        without_delay=row.without_delay,
        overdue=row.done_at is None and at is not None and row.due_at < at,
        ended=Ended(row.ended) if row.ended else None,
        done_at=row.done_at,
        done_by=WorkerId(row.done_by) if row.done_by else None,
        done_number=row.done_number,
    )
