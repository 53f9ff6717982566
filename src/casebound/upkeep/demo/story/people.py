"""The made-up provider: its homes, the children, the workers and their appointments.

They stand in `lives/people.toml`, with dates that are right on one day.
"""

from datetime import date
from typing import Final

from msgspec.structs import replace

from casebound.upkeep.demo.story.lives import people
from casebound.upkeep.demo.story.lives.shapes import (
    PlannedAppointment,
    PlannedChild,
    PlannedHome,
    Provider,
    Worker,
)

__all__ = ["PlannedAppointment", "PlannedChild", "PlannedHome", "Worker"]

LEAP_DAY: Final = (2, 29)
_PEOPLE: Final = people()
PROVIDER: Final[Provider] = _PEOPLE.provider
HOMES: Final = _PEOPLE.homes
CHILDREN: Final = _PEOPLE.children
WORKERS: Final = _PEOPLE.workers
APPOINTMENTS: Final = _PEOPLE.appointments
PRONOUNS: Final = _PEOPLE.pronouns
HOME_OF: Final = {home.key: home for home in HOMES}
CHILD_OF: Final = {child.key: child for child in CHILDREN}
WORKER_OF: Final = {worker.key: worker for worker in WORKERS}


def children_on(day: date) -> tuple[PlannedChild, ...]:
    """Return the children with their dates moved by whole years, so that they keep their ages."""
    years = years_since(day)
    return tuple(
        replace(
            child,
            born_on=_moved(child.born_on, years),
            admitted_on=_moved(child.admitted_on, years),
        )
        for child in CHILDREN
    )


def age_of(child: PlannedChild) -> int:
    """Return how old a child is at the end of the story."""
    born, day = child.born_on, _PEOPLE.right_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def appointments_on(day: date) -> tuple[PlannedAppointment, ...]:
    """Return the appointments with their dates moved by the same years as the children's."""
    years = years_since(day)
    return tuple(
        replace(
            appointment,
            from_on=_moved(appointment.from_on, years),
            to_on=None if appointment.to_on is None else _moved(appointment.to_on, years),
        )
        for appointment in APPOINTMENTS
    )


def workers_of(home: str) -> list[str]:
    """Return the workers who are appointed to a home, not to one child of it, now."""
    return [
        appointment.worker
        for appointment in APPOINTMENTS
        if appointment.home == home and appointment.child is None and appointment.to_on is None
    ]


def role_of(worker: str) -> str:
    """Return the role of a worker in words, for lists of who was present."""
    if any(worker == home.nights for home in HOMES):
        return _PEOPLE.words_of_roles["night"]
    roles = [
        appointment.role
        for appointment in APPOINTMENTS
        if appointment.worker == worker and appointment.to_on is None
    ]
    return _PEOPLE.words_of_roles[roles[0]]


def titled(worker: str) -> str:
    """Return a worker's full name and role."""
    return ", ".join(person(worker))


def person(worker: str) -> tuple[str, str]:
    """Return a worker as somebody who was present."""
    return WORKER_OF[worker].full_name, role_of(worker)


def housemates(child: str) -> list[tuple[str, str]]:
    """Return the other young people of the child's home as people who were present."""
    home = HOME_OF[CHILD_OF[child].home]
    return [
        (mate.full_name, f"lives at {home.name}")
        for mate in CHILDREN
        if mate.home == home.key and mate.key != child
    ]


def years_since(day: date) -> int:
    """Return how many whole years `day` is from the day the dates were written for.

    Negative before it. The nearest year: the youngest is nine and the oldest seventeen all along.
    """
    return round((day - _PEOPLE.right_on).days / 365.25)


def _moved(day: date, years: int) -> date:
    if (day.month, day.day) == LEAP_DAY:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
