"""The made-up provider: its homes, the children, the workers and their appointments.

They stand in `lives/people.toml`, with dates that are right on one day.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec.structs import replace

from casebound.foundation.base.times import LONDON
from casebound.upkeep.demo.story.lives import people
from casebound.upkeep.demo.story.lives.shapes import (
    OnDay,
    PlannedAppointment,
    PlannedChild,
    PlannedHome,
    Provider,
    Worker,
)
from casebound.upkeep.demo.story.seasons import DAYS, Day

__all__ = ["PlannedAppointment", "PlannedChild", "PlannedHome", "Worker"]

LEAP_DAY: Final = (2, 29)
A_WEEK: Final = 7
LAST_WEEK: Final = 13  # of the story
CAME: Final = time(16, 0)
LEFT: Final = time(11, 0)
_PEOPLE: Final = people()
PROVIDER: Final[Provider] = _PEOPLE.provider
HOMES: Final = _PEOPLE.homes
CHILDREN: Final = _PEOPLE.children
WORKERS: Final = _PEOPLE.workers
VISITORS: Final = _PEOPLE.visitors
APPOINTMENTS: Final = _PEOPLE.appointments
PRONOUNS: Final = _PEOPLE.pronouns
HOME_OF: Final = {home.key: home for home in HOMES}
CHILD_OF: Final = {child.key: child for child in CHILDREN}
WORKER_OF: Final = {worker.key: worker for worker in WORKERS}


def lives_there(child: PlannedChild, day: Day) -> bool:
    """Say whether a child lives in their home on a day, from the morning after they came."""
    return (child.came is None or _number(child.came) < _number_of(day)) and (
        child.left is None or _number_of(day) < _number(child.left)
    )


def children_of(home: str, day: Day) -> list[PlannedChild]:
    """Return the children who live in a home on a day."""
    return [child for child in CHILDREN if child.home == home and lives_there(child, day)]


def day_in(told: OnDay, today: date) -> date:
    """Return the date of a day of the story that ends on `today`."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=_number(told) - A_WEEK * LAST_WEEK)


def came_at(child: PlannedChild, today: date) -> datetime | None:
    """Return when a child came who came during the story that ends on `today`."""
    return datetime.combine(day_in(child.came, today), CAME, LONDON) if child.came else None


def left_at(child: PlannedChild, today: date) -> datetime | None:
    """Return when a child moved on who did so during the story."""
    return datetime.combine(day_in(child.left, today), LEFT, LONDON) if child.left else None


def _number(told: OnDay) -> int:
    return A_WEEK * told.week + DAYS.index(told.day)


def _number_of(day: Day) -> int:
    return A_WEEK * day.week + day.on.weekday()


def children_on(day: date) -> tuple[PlannedChild, ...]:
    """Return the children with their dates moved by whole years, so that they keep their ages."""
    years = years_since(day)
    return tuple(
        replace(
            child,
            born_on=_born_on(child, day),
            admitted_on=day_in(child.came, day) if child.came else _moved(child.admitted_on, years),
        )
        for child in CHILDREN
    )


def age_of(child: PlannedChild) -> int:
    """Return how old a child is at the end of the story."""
    born, day = child.born_on, _PEOPLE.right_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _born_on(child: PlannedChild, day: date) -> date:
    if child.left is None or not child.left_age:
        return _moved(child.born_on, years_since(day))
    return _moved(day_in(child.left, day) - timedelta(days=1), -child.left_age)


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


def housemates(child: str, day: Day) -> list[tuple[str, str]]:
    """Return the other young people of the child's home as people who were present on a day."""
    home = HOME_OF[CHILD_OF[child].home]
    return [
        (mate.full_name, f"lives at {home.name}")
        for mate in children_of(home.key, day)
        if mate.key != child
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
