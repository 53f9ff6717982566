"""Questions about homes, children and appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Final

from django.db.models import Max, Q

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.web.queries import rows_of
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import entries as sealed_entries
from casebound.people.homes.births import Birth, BirthKnown
from casebound.people.homes.marked import marked
from casebound.people.homes.models import (
    Appointment,
    Child,
    ChildBirth,
    ChildName,
    Grant,
    Home,
    Placement,
)
from casebound.people.homes.naming import ChildNames, hidden_names, is_called_alike, short_name
from casebound.people.homes.other_children import OtherChild, OtherChildren
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission, Role

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
class AppointmentSeen:
    """A role a worker has now."""

    role: Role
    home: HomeId | None
    child: ChildId | None


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """An appointment as it stands in a list; without `to_at` it has no end yet."""

    id: str
    worker: WorkerId
    role: Role
    home: HomeId | None
    child: ChildId | None
    from_at: datetime
    to_at: datetime | None


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
    reason: str
    from_at: datetime
    to_at: datetime
    granted_by: WorkerId


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
    placements = marked(Placement.objects.filter(_holds(at), home_id__in=list(homes)))
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


def other_children(child: ChildId) -> OtherChildren:
    """Return the children who live or lived at a home where this child does or did. 1 query."""
    return other_children_of([child])[child]


def other_children_of(children: Iterable[ChildId]) -> dict[ChildId, OtherChildren]:
    """Return the same for several children. 1 query, none for nobody."""
    wanted = list(children)
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    rows = rows_of("derived", _WITH_OTHERS.format(marks), wanted)
    named = {row[1]: _names_now(row[1:]) for row in rows}
    near: dict[ChildId, list[OtherChild]] = {child: [] for child in wanted}
    for child, id_ in sorted({(row[0], row[1]) for row in rows}):
        if id_ != child:
            near[child].append(named[id_])
    return {
        child: OtherChildren(
            tuple(dict.fromkeys(named[child].in_full)) if child in named else (), tuple(others)
        )
        for child, others in near.items()
    }


def _names_now(row: tuple[str, ...]) -> OtherChild:
    child, called, full_name, short_name, wide_name, earlier = row
    return OtherChild(
        ChildId(child),
        ChildNames(child, called, full_name),
        tuple(dict.fromkeys((short_name, wide_name))),
        tuple(filter(None, earlier.split("\n"))),
    )


_WITH_OTHERS: Final = """
SELECT DISTINCT mine.child_id, c.id, c.called, c.full_name, c.short_name, c.wide_name,
    c.earlier_names
FROM homes_placement mine
JOIN homes_placement theirs ON theirs.home_id = mine.home_id
JOIN homes_child c ON c.id = theirs.child_id
WHERE mine.child_id IN ({})
"""


def named_by(leaf: int) -> list[ChildId]:
    """Return the children whose short name the entry of this leaf changed. 1 query."""
    return [
        ChildId(id_) for id_ in Child.objects.filter(named_in=leaf).values_list("id", flat=True)
    ]


def called_alike(called: str, *, home: HomeId, at: datetime) -> list[PlacementLine]:
    """Return who lives at a home at `at` or will come, and goes by this name. 2 queries."""
    return [line for line in placements_at(home, at=at) if is_called_alike(line.called, called)]


def appointments_of(worker: WorkerId, *, at: datetime) -> tuple[AppointmentSeen, ...]:
    """Return the roles a worker has at `at`. 1 query."""
    rows = Appointment.objects.filter(_holds(at), worker_id=worker).order_by("from_at", "id")
    lines = (_appointment(row) for row in marked(rows))
    return tuple(AppointmentSeen(line.role, line.home, line.child) for line in lines)


def workers_at(home: HomeId, *, at: datetime) -> list[tuple[WorkerId, Role]]:
    """Return who works at a home at `at`, with their role there. 1 query."""
    rows = Appointment.objects.filter(_holds(at), home_id=home).order_by(
        "worker_id", "from_at", "id"
    )
    return [(WorkerId(row.worker_id), role_of(row.role)) for row in marked(rows)]


def last_role_at(worker: WorkerId, home: HomeId) -> Role | None:
    """Return the role a worker has at a home or had there last; None if never. 1 query."""
    rows = Appointment.objects.filter(worker_id=worker, home_id=home).order_by("-from_at", "-id")
    return next((role_of(row.role) for row in marked(rows)), None)


def roles_of(
    workers: Iterable[WorkerId], *, at: datetime
) -> dict[WorkerId, list[tuple[Role, HomeId | None]]]:
    """Return the roles each of these workers has at `at`, with the home. 1 query."""
    rows = Appointment.objects.filter(_holds(at), worker_id__in=list(workers)).order_by(
        "from_at", "id"
    )
    roles: dict[WorkerId, list[tuple[Role, HomeId | None]]] = {}
    for line in (_appointment(row) for row in marked(rows)):
        held = (line.role, line.home)
        if held not in (roles_held := roles.setdefault(line.worker, [])):
            roles_held.append(held)
    return roles


def workers_with_roles(
    keys: Iterable[str], *, at: datetime
) -> list[tuple[WorkerId, Role, HomeId | None]]:
    """Return who has one of these roles at `at`, and at which home (None: everywhere). 1 query."""
    rows = Appointment.objects.filter(_holds(at), role__in=list(keys)).order_by("from_at", "id")
    lines = (_appointment(row) for row in marked(rows))
    return [(line.worker, line.role, line.home) for line in lines]


def roles_ever_held(keys: Iterable[str]) -> bool:
    """Say whether anybody has or ever had one of these roles, or will. 1 query."""
    return bool(marked(Appointment.objects.filter(role__in=list(keys))))


def appointments_listed(worker: WorkerId) -> list[AppointmentLine]:
    """Return every appointment of a worker, newest first, at most 200. 1 query."""
    rows = Appointment.objects.filter(worker_id=worker).order_by("-from_at", "-id")
    return [_appointment(row) for row in marked(rows[:AT_MOST])]


def key_workers_at(home: HomeId, *, at: datetime) -> list[AppointmentLine]:
    """Return the key workers' appointments at a home that have not ended at `at`. 1 query."""
    rows = Appointment.objects.filter(_not_over(at), home_id=home, child_id__isnull=False).order_by(
        "from_at", "id"
    )
    return [_appointment(row) for row in marked(rows)]


def appointment(appointment: str) -> AppointmentLine | None:
    """Return the appointment, or None if there is none. 1 query."""
    rows = marked(Appointment.objects.filter(id=appointment))
    return next((_appointment(row) for row in rows), None)


def is_appointed(
    worker: WorkerId,
    role: str,
    *,
    home: HomeId | None,
    child: ChildId | None,
    from_at: datetime,
    to_at: datetime | None,
) -> bool:
    """Say whether the worker has this role there at any time from `from_at` to `to_at`. 1 query."""
    rows = Appointment.objects.filter(
        _not_over(from_at), worker_id=worker, role=role, home_id=home, child_id=child
    )
    return bool(marked(rows if to_at is None else rows.filter(from_at__lt=to_at)))


def placements_at(home: HomeId, *, at: datetime) -> list[PlacementLine]:
    """Return who lives at a home at `at` or will come, by the name they go by. 2 queries."""
    rows = marked(Placement.objects.filter(_not_over(at), home_id=home))
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


def heads_as_projected(worker: str, home: str, *, at: datetime, rows: Rows) -> bool:
    """Say whether a worker is the registered manager, for a later room's projection. 1 query.

    A deputy is not: the registered manager deals with what is about them.
    """
    return any(
        _heads(role_of(row.role))
        for row in marked(rows.find(Appointment, worker_id=worker))
        if row.home_id in {home, None}
        and row.from_at <= at
        and (row.to_at is None or at < row.to_at)
    )


def heads_of(home: HomeId, *, at: datetime) -> frozenset[WorkerId]:
    """Return who is the registered manager of a home at `at`. 1 query."""
    rows = Appointment.objects.filter(_holds(at), Q(home_id=home) | Q(home_id=None))
    return frozenset(WorkerId(row.worker_id) for row in marked(rows) if _heads(role_of(row.role)))


def _heads(role: Role) -> bool:
    return role.gives_today(Permission.GRANT_ACCESS) and not role.gives_today(
        Permission.ANSWER_ABOVE
    )


def lives_at(child: ChildId, home: HomeId, *, at: datetime) -> bool:
    """Say whether the child lives at the home at `at` or will come. 1 query."""
    return bool(marked(Placement.objects.filter(_not_over(at), child_id=child, home_id=home)))


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


def _grant(row: Grant) -> GrantSeen:
    return GrantSeen(
        id=row.id,
        worker=WorkerId(row.worker_id),
        book=BookId(row.book_id),
        permission=row.permission,
        form=row.form,
        register=row.register,
        period=(row.period_from, row.period_to) if row.period_from and row.period_to else None,
        reason=row.reason,
        from_at=row.from_at,
        to_at=row.to_at,
        granted_by=WorkerId(row.granted_by),
    )


def _home(row: Home) -> HomeSeen:
    return HomeSeen(
        HomeId(row.id), BookId(row.book_id), row.name, row.address, row.is_office, row.secure
    )


def _appointment(row: Appointment) -> AppointmentLine:
    return AppointmentLine(
        row.id,
        WorkerId(row.worker_id),
        role_of(row.role),
        HomeId(row.home_id) if row.home_id else None,
        ChildId(row.child_id) if row.child_id else None,
        row.from_at,
        row.to_at,
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


def _not_over(at: datetime) -> Q:
    return Q(to_at__isnull=True) | Q(to_at__gt=at)


def _holds(at: datetime) -> Q:
    return Q(from_at__lte=at) & (Q(to_at__isnull=True) | Q(to_at__gt=at))
