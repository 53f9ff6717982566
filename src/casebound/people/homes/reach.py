"""Which books a worker's appointments and grants reach. Every question of rights uses this query.

A row is a book, one appointment or grant that reaches it, and whether the child lives at the home.
`people.access` decides from the table of rights which rows let the worker read or write.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import connections

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import as_kept
from casebound.foundation.web.queries import rows_of
from casebound.people.homes.consented import children_consented
from casebound.people.homes.marked import is_marked, moment
from casebound.people.homes.models import Appointment, Grant, Home, Placement
from casebound.people.rights.rights import role_of, roles
from casebound.people.rights.shape import Role, Situation


@dataclass(frozen=True, slots=True)
class GrantReach:
    """What a grant opens: one permission, in the whole book or in a part of it.

    Attributes:
        id: the grant.
        book: the book.
        permission: what it allows.
        form: the form of the only entries it opens; empty for every form.
        register: the register of the only entries it opens; empty for every entry.
        period: the first and the last day of the only events it opens; None for every day.
        leaf: the only entry it opens; None for every entry.
    """

    id: str
    book: BookId
    permission: str
    form: str = ""
    register: str = ""
    period: tuple[date, date] | None = None
    leaf: int | None = None

    def opens(
        self, permission: str, *, form: str = "", register: str = "", on: date | None = None
    ) -> bool:
        """Say whether it allows this. A grant of a part allows nothing outside that part."""
        return (
            permission == self.permission
            and self.leaf is None
            and self.form in {"", form}
            and self.register in {"", register}
            and (self.period is None or (on is not None and self.period[0] <= on <= self.period[1]))
        )


@dataclass(frozen=True, slots=True)
class Source:
    """An appointment or a grant of a worker, from which their rights come.

    Attributes:
        id: the appointment or the grant.
        role: the role they are appointed to; None for a grant.
        home: the home; None for the whole provider, and for a grant.
        child: the child whose key worker they are, or without a home, whose visitor.
        grant: what the grant opens; None for an appointment.
        is_over: whether the appointment has ended, and only what was begun can be finished.
    """

    id: str
    role: Role | None
    home: HomeId | None = None
    child: ChildId | None = None
    grant: GrantReach | None = None
    is_over: bool = False

    @property
    def reads_in_part(self) -> bool:
        """Whether it is an appointment that reads a part of one child's book."""
        return self.role is not None and self.role.reads_in_part and self.child is not None


@dataclass(frozen=True, slots=True)
class BookReached:
    """A book, the source that reaches it, and how the book belongs to the home.

    `title` tells a child apart from all that the worker may see, `face` seeds the child's picture
    (empty for a home). `left_at` says when the child moved on from the home, and is None if the
    child lives there. `consented`: the child and the placing authority consent that the worker
    reads case records, by the role of the source.
    """

    book: BookId
    child: ChildId | None
    home: HomeId
    home_name: str
    title: str
    situation: Situation
    left_at: datetime | None
    secure: bool
    office: bool
    face: str
    source: Source
    consented: bool = False


def sources_of(worker: WorkerId, *, at: datetime) -> tuple[Source, ...]:
    """Return the appointments and grants that a worker has at `at`. 1 query."""
    rows = rows_of("derived", _SOURCES, _who(worker, at))
    return _sources(rows, at=at)


def books_reached(worker: WorkerId, books: Sequence[BookId], *, at: datetime) -> list[BookReached]:
    """Return which of these books a worker's appointments and grants reach. 1 query."""
    marks = ",".join(["%s"] * len(books))
    return _by_name(_reached(worker, at, f"b.book_id IN ({marks}) ORDER BY r.id", books))


def book_and_sources(
    worker: WorkerId, book: BookId, *, at: datetime
) -> tuple[list[BookReached], tuple[Source, ...]]:
    """Return how a worker reaches a book, and all that they are appointed to or granted. 1 query.

    A page of a book needs both, the second for its frame.
    """
    moment = connections["derived"].ops.adapt_datetimefield_value(at)
    rows = rows_of("derived", _BOTH, [*_who(worker, at), moment, moment, moment, book])
    reached = _by_name(_books((row[:-1] for row in rows if row[0] is not None), at=at))
    return reached, _sources((row[_SOURCE_FROM:-1] for row in rows if row[0] is None), at=at)


def books_now(worker: WorkerId, *, at: datetime) -> list[BookReached]:
    """Return the reached books of homes, and of the children who live there. 1 query."""
    return _by_name(_reached(worker, at, "b.ended = 0 ORDER BY r.id", []))


def books_left(
    worker: WorkerId, *, at: datetime, before: tuple[datetime, BookId] | None, count: int
) -> list[BookReached]:
    """Return `count` rows of children who live at no home any more, last to leave first. 1 query.

    Only of children who left `before` a moment, or at that moment with a lower id.
    """
    more, values = "b.ended = 1", list[Any]()
    if before is not None:
        moment = connections["derived"].ops.adapt_datetimefield_value(before[0])
        more += " AND (b.left_at < %s OR (b.left_at = %s AND b.book_id < %s))"
        values = [moment, moment, before[1]]
    order = f"ORDER BY b.left_at DESC, b.book_id DESC, r.id LIMIT {int(count)}"
    return _reached(worker, at, f"{more} {order}", values)


_WITH: Final = """
WITH reach AS (
    SELECT id, role, home_id, child_id, NULL AS book_id, '' AS permission, '' AS form,
        '' AS register, NULL AS period_from, NULL AS period_to, NULL AS leaf, from_at, to_at, mark,
        worker_id
    FROM homes_appointment
    WHERE worker_id = %s AND from_at <= %s AND (to_at IS NULL OR to_at > %s)
    UNION ALL
    SELECT id, '', NULL, NULL, book_id, permission, form, register, period_from, period_to, leaf,
        from_at, to_at, mark, worker_id
    FROM homes_grant
    WHERE worker_id = %s AND from_at <= %s AND to_at > %s
)
"""
_BOOK: Final = """
    b.book_id, b.child_id, b.home_id, h.name, b.title, b.ended, b.left_at, h.secure, h.is_office,
    b.face, h.book_id, h.mark, b.placement, b.came_at, b.mark
"""
_SOURCE_FROM: Final = 15  # columns of a book come first
_NO_BOOK: Final = ", ".join(["NULL"] * _SOURCE_FROM)
_SOURCE: Final = """
    r.id, r.role, r.home_id, r.child_id, r.book_id, r.permission, r.form, r.register,
    r.period_from, r.period_to, r.leaf, r.from_at, r.to_at, r.mark, r.worker_id
"""
_SOURCES: Final = f"{_WITH} SELECT {_SOURCE} FROM reach r ORDER BY r.from_at, r.id"  # noqa: S608
# The office's book is a home's book as well. `ended` is 0 where the child lives, 1 where they lived
# last, 2 where they lived before that.
_SEES_SEVERAL: Final = """
    EXISTS (SELECT 1 FROM reach WHERE home_id IS NULL AND child_id IS NULL)
        OR (SELECT COUNT(DISTINCT home_id) FROM reach) > 1
"""
_BOOKS: Final = f"""
FROM (
    SELECT c.id AS book_id, c.id AS child_id, p.home_id AS home_id,
        CASE WHEN {_SEES_SEVERAL} THEN c.wide_name ELSE c.short_name END AS title,
        CASE
            WHEN p.to_at IS NULL OR p.to_at > %s THEN 0
            WHEN EXISTS (
                SELECT 1 FROM homes_placement n
                WHERE n.child_id = p.child_id AND n.from_at <= %s AND n.id <> p.id
                AND (n.to_at IS NULL OR n.to_at > p.to_at OR (n.to_at = p.to_at AND n.id > p.id))
            ) THEN 2
            ELSE 1
        END AS ended,
        p.to_at AS left_at, c.face AS face, p.id AS placement, p.from_at AS came_at, p.mark AS mark
    FROM homes_child c JOIN homes_placement p ON p.child_id = c.id
    WHERE p.from_at <= %s
    UNION ALL
    SELECT book_id, NULL, id, name, 0, NULL, NULL, NULL, NULL, NULL FROM homes_home
) b
JOIN homes_home h ON h.id = b.home_id
JOIN reach r ON r.book_id = b.book_id
    OR (r.book_id IS NULL AND (r.home_id = b.home_id
        OR (r.home_id IS NULL AND (r.child_id IS NULL OR r.child_id = b.child_id))))
WHERE
"""  # noqa: S608 (our own names)
# The rows of a book, and rows without a book: all that the worker has.
_BOTH: Final = f"""
{_WITH} SELECT {_BOOK}, {_SOURCE}, NULL AS since {_BOOKS} b.book_id = %s
UNION ALL
SELECT {_NO_BOOK}, {_SOURCE}, r.from_at FROM reach r
ORDER BY since, id
"""  # noqa: S608 (our own names)
_SITUATIONS: Final = (
    Situation.LIVES_HERE,
    Situation.LIVED_HERE_LAST,
    Situation.LIVED_HERE_BEFORE,
)
_ENDED: Final = {situation: ended for ended, situation in enumerate(_SITUATIONS)} | {
    Situation.HOME: 0
}


def _who(worker: WorkerId, at: datetime) -> list[Any]:
    """Return the values of `_WITH`. What ended lately may leave something (`Role.after_end`)."""
    adapt = connections["derived"].ops.adapt_datetimefield_value
    lately = at - max(role.after_end for role in roles())
    return [worker, adapt(at), adapt(lately), worker, adapt(at), adapt(at)]


def _reached(worker: WorkerId, at: datetime, more: str, values: Sequence[Any]) -> list[BookReached]:
    moment = connections["derived"].ops.adapt_datetimefield_value(at)
    rows = rows_of(
        "derived",
        f"{_WITH} SELECT {_BOOK}, {_SOURCE} {_BOOKS} {more}",
        [*_who(worker, at), moment, moment, moment, *values],
    )
    return _books(rows, at=at)


def _by_name(reached: list[BookReached]) -> list[BookReached]:
    """Sort by home, then the home's own book last, then by title.

    The home where a child lives, or lived last, comes before earlier homes. Callers use the first.
    """
    return sorted(
        reached,
        key=lambda row: (
            _ENDED[row.situation],
            sort_key(row.home_name),
            row.child is None,
            sort_key(row.title),
            row.book,
        ),
    )


def _books(rows: Iterable[Sequence[Any]], *, at: datetime) -> list[BookReached]:
    return _consented([book for row in rows if (book := _book(row, at=at)) is not None], at=at)


def _consented(reached: list[BookReached], *, at: datetime) -> list[BookReached]:
    """Say of each book whether both consent. 1 query, none for a role that needs no consent."""
    asking = {
        (row.child, row.home)
        for row in reached
        if row.child and row.source.role is not None and row.source.role.with_consent
    }
    if not asking:
        return reached
    yes = children_consented(asking, at=at)
    return [replace(row, consented=(row.child, row.home) in yes) for row in reached]


def _book(row: Sequence[Any], *, at: datetime) -> BookReached | None:
    """Return a book that is reached; None if a row on the way is not one that the log made."""
    book, child, home, home_name, title, ended, left_at, *more = row
    secure, office, face, home_book, home_mark, placement, came_at, lives_mark, *rest = more
    source = _source(rest, at=at)
    lives = (placement, child, home, moment(came_at), moment(left_at))
    if (
        source is None
        or not is_marked(Home, (home, home_book, office, secure), home_mark)
        or not (child is None or is_marked(Placement, lives, lives_mark))
    ):
        return None
    return BookReached(
        book=BookId(book),
        child=ChildId(child) if child else None,
        home=HomeId(home),
        home_name=home_name,
        title=title,
        situation=_SITUATIONS[ended] if child else Situation.HOME,
        left_at=as_kept(left_at) if ended else None,
        secure=bool(secure),
        office=child is None and bool(office),
        face="" if face is None else str(face),
        source=source,
    )


def _sources(rows: Iterable[Sequence[Any]], *, at: datetime) -> tuple[Source, ...]:
    return tuple(source for row in rows if (source := _source(row, at=at)) is not None)


def _source(row: Sequence[Any], *, at: datetime) -> Source | None:
    """Return a source of rights; None if it is over, or its row is not one that the log made."""
    key, role, home, child, book, permission, form, register, *when = row
    period_from, period_to, leaf, from_at, to_at, shown, worker = when
    first, last = _day(period_from), _day(period_to)
    times = (moment(from_at), moment(to_at))
    if book is not None:
        granted = (key, worker, book, permission, form, register, first, last, leaf, *times)
        if not is_marked(Grant, granted, shown):
            return None
        period = (first, last) if first and last else None
        reach = GrantReach(key, BookId(book), permission, form, register, period, leaf)
        return Source(key, None, grant=reach)
    if not is_marked(Appointment, (key, worker, role, home, child, *times), shown):
        return None
    appointed, ended = role_of(role), times[1]
    is_over = ended is not None and ended <= at
    if is_over and ended + appointed.after_end <= at:
        return None
    where = HomeId(home) if home else None, ChildId(child) if child else None
    return Source(key, appointed, *where, is_over=is_over)


def _day(day: date | str | None) -> date | None:
    """Return a day from a driver's value: SQLite does not know that a union's column is a date."""
    return date.fromisoformat(day) if isinstance(day, str) else day
