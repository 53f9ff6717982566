"""Who is in the house now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, ChildId, HomeId
from casebound.foundation.base.times import clock, in_words
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.homes.reads import children_at
from casebound.reading.in_house.models import Movement, RosterShift
from casebound.reading.in_house.rules import LONG_AGO, MovementKind

AT_MOST = 100
MOST_SHIFTS = 2000  # two weeks of a home with forty people


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildHere:
    """A child who lives here: in, out or missing. `words` and `number` if the reader may know."""

    id: ChildId
    name: str
    away: str = ""  # "", "out" or "missing"
    words: str = ""
    since: str = ""
    back_by: str = ""
    is_late: bool = False
    number: int = 0
    book: SeenBook | None = None


@dataclass(frozen=True, slots=True)
class VisitorHere:
    """A visitor who was signed in and not out."""

    number: int
    who: str
    words: str
    since: str
    long_ago: bool


@dataclass(frozen=True, slots=True)
class ColleagueHere:
    """Somebody the roster has on shift now."""

    who: str
    until: str


@dataclass(frozen=True, slots=True)
class InHouse:
    """Who is in the house at a moment.

    Attributes:
        children: who live here, by name, in or away.
        visitors: signed in and not out.
        on_shift: as the roster says; empty: no roster covers now.
        colleagues: who work here, by name, for a home whose roster does not cover now.
        read: the pages it was read from.
    """

    at: str
    children: tuple[ChildHere, ...]
    visitors: tuple[VisitorHere, ...]
    on_shift: tuple[ColleagueHere, ...]
    colleagues: tuple[str, ...]
    read: tuple[tuple[SeenBook, int], ...]

    @property
    def children_in(self) -> tuple[ChildHere, ...]:
        """The children who are in."""
        return tuple(child for child in self.children if not child.away)

    @property
    def children_away(self) -> tuple[ChildHere, ...]:
        """The children who are out or missing."""
        return tuple(child for child in self.children if child.away)

    @property
    def visitors_now(self) -> tuple[VisitorHere, ...]:
        """The visitors who are counted: not those who were forgotten days ago."""
        return tuple(visitor for visitor in self.visitors if not visitor.long_ago)


def in_house(home: SeenBook, *, at: datetime) -> InHouse:
    """Return who is in the house of a home's own book. At most 12 queries."""
    rows = list(
        Movement.objects.filter(home_id=home.home, ended_by=None, since__lte=at).order_by(
            "-since", "-leaf"
        )[:AT_MOST]
    )
    # The newest first: a child who is missing is not merely out.
    away = {row.book_id: row for row in rows if row.kind == MovementKind.OUT}
    away |= {row.book_id: row for row in rows if row.kind == MovementKind.MISSING}
    seen = seen_among(home.worker, [BookId(book) for book in away], at=at)
    lives_here = children_at([home.home], at=at)
    children = tuple(
        _child(child.id, child.short_name, away.get(child.id), seen, at) for child in lives_here
    )
    visitors = tuple(
        VisitorHere(row.number, row.who, row.words, in_words(row.since), at - row.since > LONG_AGO)
        for row in rows
        if row.kind == MovementKind.VISITOR and row.book_id == home.id
    )
    on_shift = _on_shift(home, at)
    read = [(child.book, child.number) for child in children if child.book and child.number]
    return InHouse(
        in_words(at),
        children,
        visitors,
        on_shift,
        () if on_shift else tuple(colleague.name for colleague in colleagues_at(home, at=at)),
        (*read, *((home, visitor.number) for visitor in visitors)),
    )


@dataclass(frozen=True, slots=True)
class ShiftPlanned:
    """A shift as a roster plans it: at which home, whose, from and to."""

    home: HomeId
    who: str
    begins_at: datetime
    ends_at: datetime


def shifts_planned(
    homes: Iterable[HomeId], *, since: datetime, until: datetime
) -> list[ShiftPlanned]:
    """Return the shifts of these homes' rosters in a time, at most 2,000. 1 query."""
    rows = RosterShift.objects.filter(
        home_id__in=list(homes), ends_at__gt=since, begins_at__lt=until
    )
    return [
        ShiftPlanned(HomeId(row.home_id), row.who, row.begins_at, row.ends_at)
        for row in rows.order_by("begins_at", "id")[:MOST_SHIFTS]
    ]


def _child(
    child: ChildId, name: str, row: Movement | None, seen: dict[BookId, SeenBook], at: datetime
) -> ChildHere:
    if row is None:
        return ChildHere(id=child, name=name)
    book = seen.get(BookId(row.book_id))
    return ChildHere(
        id=child,
        name=name,
        away=row.kind,
        words=row.words if book else "",
        since=in_words(row.since),
        back_by=in_words(row.back_by) if row.back_by else "",
        is_late=row.back_by is not None and row.back_by < at,
        number=row.number if book else 0,
        book=book,
    )


def _on_shift(home: SeenBook, at: datetime) -> tuple[ColleagueHere, ...]:
    rows = RosterShift.objects.filter(home_id=home.home, begins_at__lte=at, ends_at__gt=at)
    by_name = {row.who: row for row in rows.order_by("leaf", "id")[:AT_MOST]}
    return tuple(
        ColleagueHere(f"{who}, {row.part}" if row.part else who, clock(row.ends_at))
        for who, row in sorted(by_name.items())
    )
