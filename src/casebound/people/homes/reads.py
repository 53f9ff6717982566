"""Questions about homes, children, where they live, and grants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Final

from django.db.models import Max

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import entries as sealed_entries
from casebound.people.homes.births import Birth, BirthKnown
from casebound.people.homes.holding import holds, not_over
from casebound.people.homes.marked import marked
from casebound.people.homes.models import (
    Child,
    ChildBirth,
    ChildName,
    Grant,
    Home,
    Placement,
)
from casebound.people.homes.naming import ChildNames, hidden_names, is_called_alike, short_name

AT_MOST = 200
_ALIKE: Final = 8  # more children of one name than a provider has


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """A home as people see it."""

    id: HomeId
    book: BookId
    name: str
    address: str
    is_office: bool
    secure: bool


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child as staff see them; `short_name` stands wherever one name must do."""

    id: ChildId
    full_name: str
    called: str
    short_name: str
    earlier_names: tuple[str, ...]
    home: HomeId

    @property
    def book(self) -> BookId:
        """The child's book, which has the child's id."""
        return BookId(self.id)


@dataclass(frozen=True, slots=True)
class ChildDetails:
    """How a child is named now, and what is held to be so of their birth."""

    full_name: str
    called: str
    short_name: str
    pronouns: str
    face: int
    birth: Birth


@dataclass(frozen=True, slots=True)
class NameSeen:
    """What a child was named from a day on, who wished it, and the page of the book that says so.

    `old_shown` says whether the child may meet the names before it.
    """

    number: int
    full_name: str
    called: str
    pronouns: str
    face: int
    from_on: date
    wished_by: str
    old_shown: bool
    signed_by: WorkerId


@dataclass(frozen=True, slots=True)
class BirthSeen:
    """What was held to be so of a child's birth, and the page of the book that says so."""

    number: int
    birth: Birth
    signed_by: WorkerId


@dataclass(frozen=True, slots=True)
class GrantSeen:
    """Access to a book, or to a part of it, that a person has for a time. See `models.Grant`."""

    id: str
    worker: WorkerId
    book: BookId
    permission: str
    form: str
    register: str
    period: tuple[date, date] | None
    leaf: int | None
    reason: str
    from_at: datetime
    to_at: datetime
    granted_by: WorkerId


@dataclass(frozen=True, slots=True)
class Stay:
    """A time that a child lived at a home; without `to_at` they still do."""

    home: HomeId
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """A child's time at a home; without `to_at` the child still lives there, or will."""

    id: str
    child: ChildId
    home: HomeId
    full_name: str
    called: str
    short_name: str
    from_at: datetime
    to_at: datetime | None


def homes(ids: Iterable[HomeId] | None = None) -> list[HomeSeen]:
    """Return the homes with these ids, or all, by name. 1 query."""
    rows = Home.objects.all() if ids is None else Home.objects.filter(id__in=list(ids))
    rows_marked = sorted(marked(rows), key=lambda row: (sort_key(row.name), row.id))
    return [_home(row) for row in rows_marked]


def home(home: HomeId) -> HomeSeen | None:
    """Return the home, or None if there is none. 1 query."""
    return next((_home(row) for row in marked(Home.objects.filter(id=home))), None)


def office() -> HomeSeen | None:
    """Return the provider's office, or None before it is opened. 1 query."""
    return next((_home(row) for row in marked(Home.objects.filter(is_office=True))), None)


def children_at(homes: Iterable[HomeId], *, at: datetime) -> list[ChildSeen]:
    """Return the children who live at these homes at `at`, by the name they go by. 2 queries."""
    placements = marked(Placement.objects.filter(holds(at), home_id__in=list(homes)))
    where = {row.child_id: row.home_id for row in placements}
    return [
        ChildSeen(
            ChildId(c.id),
            c.full_name,
            c.called,
            c.short_name,
            tuple(filter(None, c.earlier_names.split("\n"))),
            HomeId(where[c.id]),
        )
        for c in sorted(
            Child.objects.filter(id__in=list(where)),
            key=lambda child: (sort_key(child.short_name), child.id),
        )
    ]


def child_names(children: Iterable[str]) -> dict[str, str]:
    """Return the short name of each child. 1 query."""
    return dict(Child.objects.filter(id__in=list(children)).values_list("id", "short_name"))


def child_details(child: ChildId) -> ChildDetails | None:
    """Return how a child is named now, and their birth; None if there is no such child. 1 query."""
    row = Child.objects.filter(id=child).first()
    if row is None:
        return None
    birth = _birth(row, row.birth_stated_on)
    return ChildDetails(row.full_name, row.called, row.short_name, row.pronouns, row.face, birth)


def is_named_as_sealed(child: ChildId) -> bool:
    """Say whether a child's name and birth are those of the entries that state them.

    4 queries, and the entries are opened: for pages and prints that vouch for what they show.
    """
    row = Child.objects.filter(id=child).first()
    leaves = [
        leaf
        for leaf in (
            ChildName.objects.filter(child_id=child).aggregate(last=Max("leaf"))["last"],
            ChildBirth.objects.filter(child_id=child).aggregate(last=Max("leaf"))["last"],
        )
        if leaf is not None
    ]
    if row is None or len(leaves) < 2:  # noqa: PLR2004 (a name and a birth)
        return False
    try:
        named, born = (next(sealed_entries(leaf, until=leaf + 1)).values() for leaf in leaves)
    except StopIteration:
        return False
    return (
        (row.full_name, row.called) == (named.get("full_name"), named.get("called"))
        and {row.short_name, row.wide_name} <= _names_to_go_by(row)
        and (row.born_on.isoformat() if row.born_on else None) == born.get("born_on")
    )


def _names_to_go_by(row: Child) -> set[str]:
    """Return the names that tell a child apart from any of those called alike. 1 query."""
    child = ChildNames(row.id, row.called, row.full_name)
    others = [
        ChildNames(other.id, other.called, other.full_name)
        for other in Child.objects.filter(called_key=row.called_key).exclude(id=row.id)[:_ALIKE]
    ]
    return {
        short_name(child, some)
        for count in range(len(others) + 1)
        for some in combinations(others, count)
    }


def names_of(child: ChildId) -> list[NameSeen]:
    """Return what a child was named, in the order it was sealed, the last being so now. 1 query."""
    return [
        NameSeen(
            row.number, row.full_name, row.called, row.pronouns, row.face, row.from_on,
            row.wished_by, row.old_shown, WorkerId(row.signed_by),
        )
        for row in ChildName.objects.filter(child_id=child).order_by("leaf")
    ]  # fmt: skip


def births_of(child: ChildId) -> list[BirthSeen]:
    """Return what was held to be so of a child's birth, the last being so now. 1 query."""
    return [
        BirthSeen(row.number, _birth(row, row.stated_on), WorkerId(row.signed_by))
        for row in ChildBirth.objects.filter(child_id=child).order_by("leaf")
    ]


def names_not_shown(child: ChildId) -> dict[str, str]:
    """Return each earlier name that the child is not to meet, with the name now. 1 query."""
    names = names_of(child)
    hidden = [place for place, name in enumerate(names) if not name.old_shown]
    if not hidden:
        return {}
    now = names[-1]
    return hidden_names(
        [ChildNames(child, name.called, name.full_name) for name in names[: hidden[-1]]],
        ChildNames(child, now.called, now.full_name),
    )


def named_by(leaf: int) -> list[ChildId]:
    """Return the children whose short name the entry of this leaf changed. 1 query."""
    return [
        ChildId(id_) for id_ in Child.objects.filter(named_in=leaf).values_list("id", flat=True)
    ]


def called_alike(called: str, *, home: HomeId, at: datetime) -> list[PlacementLine]:
    """Return who lives at a home at `at` or will come, and goes by this name. 2 queries."""
    return [line for line in placements_at(home, at=at) if is_called_alike(line.called, called)]


def placements_at(home: HomeId, *, at: datetime) -> list[PlacementLine]:
    """Return who lives at a home at `at` or will come, by the name they go by. 2 queries."""
    rows = marked(Placement.objects.filter(not_over(at), home_id=home))
    children = Child.objects.in_bulk([row.child_id for row in rows])
    lines = [_placement(row, children[row.child_id]) for row in rows]
    return sorted(lines, key=lambda line: (sort_key(line.short_name), line.id))


def placements_born_on(born_on: date | None, *, home: HomeId) -> list[PlacementLine]:
    """Return the times at a home, over or not, of children of one date of birth. 2 queries.

    None finds the children whose date of birth is not known.
    """
    children = {row.id: row for row in Child.objects.filter(born_on=born_on)}
    rows = Placement.objects.filter(child_id__in=list(children), home_id=home)
    rows = rows.order_by("from_at", "id")
    return [_placement(row, children[row.child_id]) for row in marked(rows)]


def placements_of(child: ChildId) -> list[PlacementLine]:
    """Return a child's times at homes, in their order. 2 queries."""
    rows = Placement.objects.filter(child_id=child).order_by("from_at", "id")
    child_row = Child.objects.filter(id=child).first()
    return [_placement(row, child_row) for row in marked(rows)] if child_row else []


def placement(placement: str) -> PlacementLine | None:
    """Return the placement, or None if there is none. 2 queries."""
    rows = marked(Placement.objects.filter(id=placement))
    return next((_placement(row, Child.objects.get(id=row.child_id)) for row in rows), None)


def home_ids_as_projected(rows: Rows) -> list[HomeId]:
    """Return every home, for a later room's projection. 1 query."""
    return [HomeId(home.id) for home in rows.find(Home, is_office=False)]


def home_as_projected(placement: str, rows: Rows) -> HomeId:
    """Return the home of a placement, for a later room's projection. 1 query."""
    return HomeId(rows.find(Placement, id=placement)[0].home_id)


def home_of_child_as_projected(child: str, rows: Rows) -> HomeId:
    """Return the home where a child came last, for a later room's projection. 1 query."""
    placements = rows.find(Placement, child_id=child)
    return HomeId(max(placements, key=lambda row: (row.from_at, row.id)).home_id)


def home_of_book_as_projected(book: str, rows: Rows) -> HomeId:
    """Return the home a book belongs to, for a later room's projection. 1 query, or 2.

    Of a child's book it is the home where the child came last.
    """
    if home := rows.find(Home, book_id=book):
        return HomeId(home[0].id)
    return home_of_child_as_projected(book, rows)


def is_home_book_as_projected(book: str, rows: Rows) -> bool:
    """Say whether a book is a home's or the office's, for a later room's projection. 1 query."""
    return bool(rows.find(Home, book_id=book))


def lives_at(child: ChildId, home: HomeId, *, at: datetime) -> bool:
    """Say whether the child lives at the home at `at` or will come. 1 query."""
    return bool(marked(Placement.objects.filter(not_over(at), child_id=child, home_id=home)))


def book_of(home: HomeId | None) -> BookId | None:
    """Return a home's book; without a home, the office's; None if there is none. 1 query."""
    rows = Home.objects.filter(is_office=True) if home is None else Home.objects.filter(id=home)
    return next((BookId(row.book_id) for row in marked(rows)), None)


def grants_of(book: BookId) -> list[GrantSeen]:
    """Return every grant of a book, newest first, at most 200. 1 query."""
    rows = Grant.objects.filter(book_id=book).order_by("-from_at", "-id")
    return [_grant(row) for row in marked(rows[:AT_MOST])]


def grants_open(worker: WorkerId, *, at: datetime) -> list[GrantSeen]:
    """Return the grants of a worker that have not ended at `at`, at most 200. 1 query."""
    rows = Grant.objects.filter(worker_id=worker, to_at__gt=at).order_by("id")
    return [_grant(row) for row in marked(rows[:AT_MOST])]


def grant(grant: str) -> GrantSeen | None:
    """Return the grant, or None if there is none. 1 query."""
    return next((_grant(row) for row in marked(Grant.objects.filter(id=grant))), None)


def grants_named(grants: Iterable[str]) -> dict[str, GrantSeen]:
    """Return these grants by their ids, also those that have ended. 1 query."""
    return {row.id: _grant(row) for row in marked(Grant.objects.filter(id__in=list(grants)))}


def stays_of(children: Iterable[ChildId]) -> dict[ChildId, list[Stay]]:
    """Return where each of these children lived, from when and until when. 1 query."""
    stays: dict[ChildId, list[Stay]] = {}
    rows = Placement.objects.filter(child_id__in=list(children)).order_by("from_at", "id")
    for row in marked(rows):
        stay = Stay(HomeId(row.home_id), row.from_at, row.to_at)
        stays.setdefault(ChildId(row.child_id), []).append(stay)
    return stays


def _grant(row: Grant) -> GrantSeen:
    return GrantSeen(
        id=row.id,
        worker=WorkerId(row.worker_id),
        book=BookId(row.book_id),
        permission=row.permission,
        form=row.form,
        register=row.register,
        period=(row.period_from, row.period_to) if row.period_from and row.period_to else None,
        leaf=row.leaf,
        reason=row.reason,
        from_at=row.from_at,
        to_at=row.to_at,
        granted_by=WorkerId(row.granted_by),
    )


def _home(row: Home) -> HomeSeen:
    return HomeSeen(
        HomeId(row.id), BookId(row.book_id), row.name, row.address, row.is_office, row.secure
    )


def _placement(row: Placement, child: Child) -> PlacementLine:
    return PlacementLine(
        row.id,
        ChildId(row.child_id),
        HomeId(row.home_id),
        child.full_name,
        child.called,
        child.short_name,
        row.from_at,
        row.to_at,
    )


def _birth(row: Child | ChildBirth, stated_on: date) -> Birth:
    return Birth(BirthKnown(row.birth), row.born_on, row.birth_by, row.birth_basis, stated_on)
