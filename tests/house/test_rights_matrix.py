"""Each role, wherever somebody can have it, at each address: where Jay lives now, and later.

`test_rights` asks of roles at the home where Jay lives. Here somebody has a role there, at the
other home, for the whole provider or with one child, and Jay lives there, has moved to the other
home, or has moved on. The oracle (`tests/oracle`) works out from the one table of rights what the
server must answer. A run of the tests asks a third of it; `CASEBOUND_RIGHTS=whole` asks all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from casebound.people.access.tests.build import account
from casebound.people.homes import actions as homes
from casebound.people.homes.tests.build import appointed
from casebound.people.rights.shape import Permission
from tests.house.addresses import NEEDS, Address, Need, Scene, addresses
from tests.house.source import nothing
from tests.installation import WHOLE_RIGHTS
from tests.made_up import MadeUp, Worker
from tests.oracle import sight
from tests.oracle.world import DAY, NOW, Appointment, Stay, World

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63", "P13")]

POST_ONLY = 405
REFUSED = {403, 404, POST_ONLY}
PERSON = "ada"
STATES = ("oak", "elm", "nowhere")  # where Jay is
# Pages for staff, which say where each child is: for nobody who is not told their names (0149).
NAMES_CHILDREN = {"handover:handover", "in_house:in-house"}


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has: a role somewhere, or a grant of Jay's book."""

    role: str
    home: str | None = None
    child: str | None = None

    def __str__(self) -> str:
        """Say it in words."""
        return (
            f"{self.role} at {self.home or 'every home'}{f' of {self.child}' if self.child else ''}"
        )


def every() -> Iterator[Held]:
    """Yield each role of the table, wherever somebody can have it."""
    for role, row in sight.table().items():
        if "home" in row["works"]:
            yield from (Held(role, home) for home in ("oak", "elm"))
        if "provider" in row["works"]:
            yield Held(role)
        if "child" in row["works"]:
            yield from (Held(role, "oak", "jay"), Held(role, "elm", "noor"))


def world_of(jay: str) -> World:
    """Return the made-up provider as plain values; `jay` says where Jay is now."""
    stays = [Stay("jay", "oak", -400 * DAY, None if jay == "oak" else -1)]
    if jay == "elm":
        stays.append(Stay("jay", "elm", -1))
    stays += [Stay("mika", "oak", -400 * DAY, -30 * DAY), Stay("noor", "elm", -400 * DAY)]
    return World(("oak", "elm"), (PERSON,), ("jay", "mika", "noor"), stays)


def move(made_up: MadeUp, to: str) -> None:
    """Let Jay move to the other home, or move on."""
    if to != "oak":
        homes.end_placement(
            placement=made_up.placement_of(made_up.jay), to_at=made_up.now, by=made_up.dana.id,
            at=made_up.now,
        )  # fmt: skip
    if to == "elm":
        homes.begin_placement(
            child=made_up.jay.id, home=made_up.elm, from_at=made_up.now, by=made_up.dana.id,
            at=made_up.now,
        )  # fmt: skip


def somebody(made_up: MadeUp, number: int, held: Held) -> Worker:
    """Open an account for somebody who has this."""
    worker = account(made_up, f"ada.kern{number}", f"Ada Kern{number}")
    home = {"oak": made_up.oak, "elm": made_up.elm, None: None}[held.home]
    child = {"jay": made_up.jay.id, "noor": made_up.noor.id, None: None}[held.child]
    if child is None:
        appointed(held.role, home, worker=worker.id)
    else:
        homes.appoint(
            worker=worker.id, full_name=worker.full_name, role=held.role, home=home, child=child,
            from_at=made_up.began, by=made_up.dana.id, at=made_up.now,
        )  # fmt: skip
    return worker


def expected(world: World, address: Address, book: str) -> bool | None:
    """Say whether the person is let in at an address; None if the table does not say it."""
    needs = address.example.needs or NEEDS.get(address.example.whose)
    if needs is None or address.example.is_empty:
        return None
    if address.name in NAMES_CHILDREN and not _is_told_names(world):
        return False
    if all(need.permission is Permission.READ_BOOK for need in needs):
        return all(_has(world, need, book) for need in needs)
    if sight.situations(world, "jay", NOW)["oak"] == sight.HERE:
        return all(_has(world, need, book) for need in needs)
    # Of a child who lives there no more, what its readers may do besides depends on more.
    reads = not book or sight.may(world, PERSON, "read_book", book, NOW)
    return None if reads else False


def _is_told_names(world: World) -> bool:
    rows = (sight.table()[held.role] for held in world.appointments)
    return any(row.get("names_children", True) for row in rows)


def _has(world: World, need: Need, book: str) -> bool:
    permission = str(need.permission)
    if need.where is not None:
        return sight.may(world, PERSON, permission, book or "oak", NOW, need.form)
    if need.form:  # of any child who lives somewhere now
        return any(
            sight.may(world, PERSON, permission, child, NOW, need.form, only=sight.TODAY)
            for child in world.children
        )
    return any(
        sight.gives(held.role, permission, situation)
        for held in world.appointments
        for situation in sight.TODAY
    )


def book_in(made_up: MadeUp, path: str) -> str:
    """Return the book that an address is of, by its name; empty if it is of none."""
    ids = {
        made_up.house(made_up.oak).book: "oak",
        made_up.jay.book: "jay",
        made_up.mika.book: "mika",
    }
    return next((name for book, name in ids.items() if f"/{book}/" in path), "")


@pytest.mark.parametrize("jay", STATES)
def test_the_server_answers_at_each_address_as_the_table_says(made_up: MadeUp, jay: str) -> None:
    asked = list(addresses(Scene(made_up)))
    held_by = [(held, somebody(made_up, number, held)) for number, held in enumerate(every())]
    move(made_up, jay)
    wrong = []
    for held, worker in held_by if WHOLE_RIGHTS else held_by[STATES.index(jay) :: len(STATES)]:
        world = world_of(jay)
        world.appointments.append(
            Appointment(PERSON, held.role, held.home, -400 * DAY, child=held.child)
        )
        browser, who = made_up.browser_of(worker), f"{held}, Jay: {jay}"
        for address in asked:
            wanted = expected(world, address, book_in(made_up, address.path))
            if wanted is not None and wanted is not _is_let_in(browser, address):
                wrong.append(f"{who}: {address.name}, wanted {wanted}")

    nothing(wrong)


def _is_let_in(browser: Client, address: Address) -> bool:
    answer = browser.get(address.path)
    if answer.status_code == POST_ONLY:
        answer = browser.post(address.path, dict(address.example.post))
    return answer.status_code not in REFUSED
