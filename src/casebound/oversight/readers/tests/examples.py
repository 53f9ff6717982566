"""An example of each address of this room, and whose it is; and a little of what it seals."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from casebound.people.access.actions import appoint_for_a_time, grant_access
from casebound.people.homes.appointments import for_a_time_at
from casebound.people.homes.reads import grants_of
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission, Situation
from tests.house.addresses import Example, Need, Scene, Whose, in_book, in_home_book
from tests.made_up import MadeUp

GRANTS = (Need(Permission.GRANT_ACCESS, Situation.LIVES_HERE),)
OPENS = (Need(Permission.OPEN_FOR_A_TIME, Situation.HOME),)
A_SHIFT = timedelta(hours=12)


def give(made_up: MadeUp) -> str:
    """Let Robin read Jay's notes for a week; return the grant."""
    return grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=made_up.robin.id, form="note",
        reason="As agreed.", from_at=made_up.now, to_at=made_up.now + timedelta(days=7),
        by=made_up.dana.id, at=made_up.now, auth="password",
    )  # fmt: skip


def shift(made_up: MadeUp) -> str:
    """Give Robin a shift at Oak House as an agency worker; return the appointment."""
    return appoint_for_a_time(
        book=made_up.book(made_up.house(made_up.oak), by=made_up.dana), worker=made_up.robin.id,
        role=role_of("agency_worker"), reason="As agreed.", from_at=made_up.now,
        to_at=made_up.now + A_SHIFT, by=made_up.dana.id, at=made_up.now, auth="password",
    )  # fmt: skip


def _given(scene: Scene) -> Mapping[str, Any]:
    made_up = scene.made_up
    there = [grant.id for grant in grants_of(made_up.jay.book)]
    return {**in_book(scene), "which": there[0] if there else give(made_up)}


def _appointed(scene: Scene) -> Mapping[str, Any]:
    made_up = scene.made_up
    there = [line.id for line in for_a_time_at(made_up.oak, at=made_up.now)]
    return {**in_home_book(scene), "which": there[0] if there else shift(made_up)}


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "readers:readers": (
        Example(Whose.HOME, in_book, needs=GRANTS),
        Example(Whose.HOME, in_home_book, needs=OPENS),
    ),
    "readers:give": (Example(Whose.HOME, in_book, needs=GRANTS),),
    "readers:end_grant": (Example(Whose.HOME, _given, needs=GRANTS),),
    "readers:appoint": (Example(Whose.HOME, in_home_book, needs=OPENS),),
    "readers:end_appointment": (Example(Whose.HOME, _appointed, needs=OPENS),),
}


def _life(made_up: MadeUp) -> None:
    give(made_up)
    shift(made_up)


LIFE = _life
