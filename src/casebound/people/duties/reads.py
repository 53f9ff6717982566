"""What is due and what was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.foundation.base.messages import gettext
from casebound.ledger.projecting.rows import Rows
from casebound.people.duties.entries import Ended, Subject, SubjectKind
from casebound.people.duties.models import BarredWorker, Duty
from casebound.people.restricted.reads import EntryReader, readable

AT_MOST = 100
AHEAD = timedelta(days=92)  # a duty of a later day, such as a birthday, waits until then


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySeen:
    """A duty: what to do, about which entry, by when, who does it, and which entry did it.

    Attributes:
        form: the form to do it on, empty if there is no form to begin.
        subject: which of several things it is about: a person, a child, an action.
        assigned_to: the worker; None if only the managers have it to do.
        above: it is about the managers themselves, so only those who answer for them do it.
        barred_workers: workers who may not do it; empty once it is done.
        goal_at: when it is best done, before `due_at`, the limit.
        number: the number of the entry it is about.
        done_number: the number of the entry that did it, in the same book.
        done_leaf: the leaf of that entry.
    """

    key: str
    what: str
    rule: str
    form: str
    subject: Subject
    book: BookId
    home: HomeId
    number: int
    assigned_to: WorkerId | None
    managers: bool
    above: bool
    barred_workers: frozenset[WorkerId]
    since_at: datetime
    goal_at: datetime | None
    due_at: datetime
    without_delay: bool
    overdue: bool
    ended: Ended | None
    done_at: datetime | None
    done_by: WorkerId | None
    done_number: int | None
    done_leaf: int | None = None

    @property
    def in_time(self) -> bool:
        """Say whether it was done by its limit; the limit's own second is in time."""
        return self.done_at is not None and self.done_at <= self.due_at


def duties_of(reader: EntryReader, *, books: Iterable[BookId], at: datetime) -> list[DutySeen]:
    """Return a worker's duties in these books, soonest first, at most 100. 2 queries, or 1.

    In the books they answer for, these include the managers' duties that they are not barred from;
    those about the managers themselves only where they answer for that too.
    """
    mine = Q(assigned_to=reader.worker, book_id__in=list(books))
    if managed := list(reader.answers_for):
        barred = BarredWorker.objects.filter(duty_id=OuterRef("id"), worker_id=reader.worker)
        mine |= Q(~Exists(barred), managers=True, book_id__in=managed)
    return _soonest(_open_to(reader).filter(_at_hand(at), mine), at)


def duties_in(books: Iterable[BookId], *, reader: EntryReader, at: datetime) -> list[DutySeen]:
    """Return everybody's duties in these books, soonest first, at most 100. 2 queries, or 1."""
    return _soonest(_open_to(reader).filter(_at_hand(at), book_id__in=list(books)), at)


def duties_left(
    homes: Iterable[HomeId], *, but: Iterable[BookId], reader: EntryReader, at: datetime
) -> list[DutySeen]:
    """Return these homes' open duties in books other than `but`, soonest first. 2 queries, or 1.

    At most 100. The caller still has to check which of those books the worker may see.
    """
    open_there = _open_to(reader).filter(_at_hand(at), home_id__in=list(homes))
    return _soonest(open_there.exclude(book_id__in=list(but)), at)


def done_lately(
    books: Iterable[BookId],
    *,
    reader: EntryReader,
    since: datetime,
    at: datetime,
    own: bool = False,
) -> list[DutySeen]:
    """Return duties that ended in these books since a time, last first, at most 100. 1 query.

    If only the reader's `own`, the duties they did and those that were assigned to them.
    """
    ended = _shown_to(reader).filter(book_id__in=list(books), done_at__gte=since)
    if own:
        ended = ended.filter(Q(done_by=reader.worker) | Q(assigned_to=reader.worker))
    return _seen(ended.order_by("-done_at", "id")[:AT_MOST], at)


@dataclass(frozen=True, slots=True)
class DutyCount:
    """How many duties of a kind began, and what became of them.

    Attributes:
        ended: how many ended, by how.
        waiting: how many are open.
        overdue: how many of those are overdue.
    """

    ended: Mapping[Ended, int]
    waiting: int
    overdue: int


def duties_counted(
    keys: Iterable[str],
    *,
    books: Iterable[BookId],
    reader: EntryReader,
    since: datetime,
    at: datetime,
) -> dict[str, DutyCount]:
    """Return what became of the duties of each kind that began since a time. 1 query."""
    rows = (
        _of(reader)
        .filter(key__in=list(keys), book_id__in=list(books), since_at__gte=since)
        .values("key", "ended")
        .annotate(count=Count("id"), overdue=Count("id", filter=Q(due_at__lt=at) & _open()))
        .order_by("key", "ended")
    )
    counts: dict[str, DutyCount] = dict.fromkeys(keys, DutyCount({}, 0, 0))
    for row in rows:
        counted = counts[row["key"]]
        if row["ended"]:
            ended = {**counted.ended, Ended(row["ended"]): row["count"]}
            counts[row["key"]] = replace(counted, ended=ended)
        else:
            counts[row["key"]] = replace(counted, waiting=row["count"], overdue=row["overdue"])
    return counts


def duties_about(leaf: int, *, book: BookId, reader: EntryReader, at: datetime) -> list[DutySeen]:
    """Return open and ended duties about one entry, in one of its books, at most 100.

    If the entry is the first of its chain, it includes duties about the entries that follow it,
    and those about the managers themselves. 2 queries, or 1.
    """
    about = Q(about_index=leaf) | Q(root_index=leaf)
    begun = Q(shown_from=None) | Q(shown_from__lte=at)
    return _soonest(_of(reader).filter(about, begun, book_id=book), at)


def duties_from(
    leaves: Iterable[int], *, books: Iterable[BookId], reader: EntryReader, at: datetime
) -> dict[int, list[DutySeen]]:
    """Return the open duties of each of these entries and its followers. 2 queries, or 1.

    They are by the entry's leaf, soonest first, and only in these books.
    """
    rows = _open_to(reader).filter(root_index__in=list(leaves), book_id__in=list(books))
    due: dict[int, list[DutySeen]] = {}
    ordered = list(rows.order_by("due_at", "id"))
    for row, duty in zip(ordered, _seen(ordered, at), strict=True):
        due.setdefault(row.root_index, []).append(duty)
    return due


def asks_still(leaf: int, *, books: Iterable[BookId], but: str) -> bool:
    """Say whether an entry has open duties in these books, of any kind but one. 1 query."""
    about = Q(about_index=leaf) | Q(root_index=leaf)
    rows = Duty.objects.filter(_open(), about, book_id__in=list(books))
    return rows.exclude(key=but).exists()


def leaves_waiting(home: HomeId, *, reader: EntryReader) -> list[int]:
    """Return the entries of a home that have an open duty, the newest 500. 1 query."""
    rows = _open_to(reader).filter(home_id=home).order_by("-root_index")
    return list(rows.values_list("root_index", flat=True).distinct()[:500])


def duties_as_projected(leaf: int, rows: Rows) -> list[DutySeen]:
    """Return open and ended duties about an entry, for a later room's projection. 1 query.

    No duty is marked as overdue, because a projection has no clock. It does not say who is barred.
    """
    duties = sorted(rows.find(Duty, about_index=leaf), key=lambda row: (row.due_at, row.id))
    return [_duty(row, (), None) for row in duties]


def _open() -> Q:
    return Q(done_at__isnull=True)


def _at_hand(at: datetime) -> Q:
    """Leave out what begins much later. What is planned began when it was planned."""
    return Q(since_at__lte=at + AHEAD) & (Q(shown_from=None) | Q(shown_from__lte=at))


def _of(reader: EntryReader) -> QuerySet[Duty]:
    """Return the duties that are about no entry kept from the reader, and done by none.

    A confidential one is for the managers who may do it.
    """
    rows = readable(Duty.objects.all(), reader, leaves=("about_index", "root_index", "done_index"))
    barred = BarredWorker.objects.filter(duty_id=OuterRef("id"), worker_id=reader.worker)
    theirs = Q(pk__in=[]) if not reader.everywhere else ~Q(pk__in=[])
    theirs |= Q(book_id__in=list(reader.answers_for))
    return rows.filter(Q(confidential=False) | (theirs & ~Exists(barred)))


def _shown_to(reader: EntryReader) -> QuerySet[Duty]:
    """Leave out duties about the managers themselves, unless the reader answers for that."""
    return _of(reader).filter(Q(above=False) | Q(book_id__in=list(reader.answers_above)))


def _open_to(reader: EntryReader) -> QuerySet[Duty]:
    return _shown_to(reader).filter(_open())


def _soonest(rows: QuerySet[Duty], at: datetime) -> list[DutySeen]:
    return _seen(rows.order_by("due_at", "id")[:AT_MOST], at)


def _seen(rows: Iterable[Duty], at: datetime) -> list[DutySeen]:
    """Return the duties of these rows. 1 query for barred workers, if managers have open duties."""
    duties = list(rows)
    barred: dict[str, list[str]] = {}
    if shared := [duty.id for duty in duties if duty.managers and not duty.ended]:
        of_these = BarredWorker.objects.filter(duty_id__in=shared)
        for duty_id, worker in of_these.values_list("duty_id", "worker_id"):
            barred.setdefault(duty_id, []).append(worker)
    return [_duty(duty, barred.get(duty.id, ()), at) for duty in duties]


def _duty(row: Duty, barred: Iterable[str], at: datetime | None) -> DutySeen:
    return DutySeen(
        key=row.key,
        what=gettext(row.what),
        rule=row.rule,
        form=row.form,
        subject=Subject(SubjectKind(row.subject_kind), row.subject_id, row.subject_name),
        book=BookId(row.book_id),
        home=HomeId(row.home_id),
        number=row.about_number,
        assigned_to=WorkerId(row.assigned_to) if row.assigned_to else None,
        managers=row.managers,
        above=row.above,
        barred_workers=frozenset(WorkerId(worker) for worker in barred),
        since_at=row.since_at,
        goal_at=row.goal_at,
        due_at=row.due_at,
        without_delay=row.without_delay,
        overdue=row.done_at is None and at is not None and row.due_at < at,
        ended=Ended(row.ended) if row.ended else None,
        done_at=row.done_at,
        done_by=WorkerId(row.done_by) if row.done_by else None,
        done_number=row.done_number,
        done_leaf=row.done_index,
    )
