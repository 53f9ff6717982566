"""Questions about homes, children and appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.people.homes.entries import Role
from casebound.people.homes.models import Appointment, Child, Home, Placement


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """A home as people see it."""

    id: HomeId
    book: BookId
    name: str
    address: str
    is_office: bool


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child as staff see them."""

    id: ChildId
    full_name: str
    called: str
    pronouns: str
    born_on: date
    face: int
    home: HomeId

    @property
    def book(self) -> BookId:
        """The child's book, which has the child's id."""
        return BookId(self.id)


@dataclass(frozen=True, slots=True)
class AppointmentSeen:
    """A role a worker has now."""

    role: Role
    home: HomeId | None
    child: ChildId | None


def homes(ids: Iterable[HomeId] | None = None) -> list[HomeSeen]:
    """Return the homes with these ids, or all, by name. 1 query."""
    rows = Home.objects.all() if ids is None else Home.objects.filter(id__in=list(ids))
    return [
        HomeSeen(HomeId(h.id), BookId(h.book_id), h.name, h.address, h.is_office)
        for h in rows.order_by("name", "id")
    ]


def children_at(homes: Iterable[HomeId], *, at: datetime) -> list[ChildSeen]:
    """Return the children who live at these homes at `at`, by the name they go by. 2 queries."""
    where = dict(
        Placement.objects.filter(_holds(at), home_id__in=list(homes)).values_list(
            "child_id", "home_id"
        )
    )
    return [
        ChildSeen(
            ChildId(c.id),
            c.full_name,
            c.called,
            c.pronouns,
            c.born_on,
            c.face,
            HomeId(where[c.id]),
        )
        for c in Child.objects.filter(id__in=list(where)).order_by("called", "id")
    ]


def child_names(children: Iterable[str]) -> dict[str, str]:
    """Return the name each child goes by. 1 query."""
    return dict(Child.objects.filter(id__in=list(children)).values_list("id", "called"))


def appointments_of(worker: WorkerId, *, at: datetime) -> tuple[AppointmentSeen, ...]:
    """Return the roles a worker has at `at`. 1 query."""
    rows = (
        Appointment.objects.filter(_holds(at), worker_id=worker)
        .order_by("from_at", "id")
        .values_list("role", "home_id", "child_id")
    )
    return tuple(
        AppointmentSeen(
            Role(role), HomeId(home) if home else None, ChildId(child) if child else None
        )
        for role, home, child in rows
    )


def workers_at(home: HomeId, *, at: datetime) -> list[tuple[WorkerId, Role]]:
    """Return who works at a home at `at`, with their role there. 1 query."""
    rows = (
        Appointment.objects.filter(_holds(at), home_id=home)
        .order_by("worker_id", "from_at", "id")
        .values_list("worker_id", "role")
    )
    return [(WorkerId(worker), Role(role)) for worker, role in rows]


def book_of_home(home: HomeId | None) -> BookId:
    """Return a home's book; of no home, the office's. 1 query."""
    found = Home.objects.filter(is_office=True) if home is None else Home.objects.filter(id=home)
    return BookId(found.values_list("book_id", flat=True).get())


def book_of_appointment(appointment: str) -> BookId:
    """Return the book an appointment is written in. 2 queries."""
    home = Appointment.objects.values_list("home_id", flat=True).get(id=appointment)
    return book_of_home(HomeId(home) if home else None)


def book_of_placement(placement: str) -> BookId:
    """Return the book a placement is written in: the child's. 1 query."""
    return BookId(Placement.objects.values_list("child_id", flat=True).get(id=placement))


def _holds(at: datetime) -> Q:
    return Q(from_at__lte=at) & (Q(to_at__isnull=True) | Q(to_at__gt=at))
