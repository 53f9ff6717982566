"""Drawing a world: who is appointed, who moves, who is granted what, and what everybody writes.

What is drawn is what the rules allow: the oracle itself says who may write in which book at that
time. So a world that the product refuses to let happen is a difference too.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.oracle.sight import (
    FOR_MANAGERS,
    HERE,
    home_seen,
    matters,
    may,
    sees,
    situations,
    status,
    table,
)
from tests.oracle.world import DAY, Appointment, Entry, Grant, Said, Stay, World

Any = TypeVar("Any")

HOMES: Final = ("oak", "elm")
PEOPLE: Final = ("ann", "ben", "cat", "dee", "eve", "fay")
CHILDREN: Final = ("ivo", "joy", "kim", "lou")
BEGIN: Final = -10 * DAY  # everybody is appointed and admitted
CHANGE: Final = -4 * DAY  # people and children come, go and change places
EDGES: Final = (-1, 0, 1, DAY)  # when something ends: a second ago, this moment, in a second
VISIT: Final = -DAY // 2
SOON: Final = (-1, 0, 1, 600)
ROLES: Final = (
    "residential_worker", "senior", "deputy_manager", "registered_manager",
    "responsible_individual", "records_officer", "system_administrator",
)  # fmt: skip
CHILD_FORMS: Final = ("daily_log", "daily_log", "contact", "restraint", "incident", "allegation")
MORE_CHILD_FORMS: Final = ("complaint", "allegation")
HOME_FORMS: Final = ("fire_drill", "visitor", "complaint_home")
OF_SEVERAL: Final = {"incident", "allegation"}
HOWS: Final = ("addendum", "correction", "strike", "misfiled")


class Chance(Protocol):
    """What decides: Hypothesis, which finds the smallest world, or a random number."""

    def one(self, of: Sequence[Any]) -> Any:
        """Return one of several."""

    def often(self, percent: int) -> bool:
        """Say yes so often."""


class Drawn:
    """Chance by Hypothesis. The smallest world is one in which nothing is often."""

    def __init__(self, data: DataObject) -> None:
        """Take what Hypothesis draws from."""
        self._data = data

    def one(self, of: Sequence[Any]) -> Any:
        """Return one of several."""
        return self._data.draw(st.sampled_from(of))

    def often(self, percent: int) -> bool:
        """Say yes so often."""
        return self._data.draw(st.integers(0, 99)) >= 100 - percent


class Dice:
    """Chance by a random number, for worlds of any size."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed, so that the world can be drawn again."""
        self._random = random.Random(seed)  # noqa: S311 (not for keys)

    def one(self, of: Sequence[Any]) -> Any:
        """Return one of several."""
        return self._random.choice(of)

    def often(self, percent: int) -> bool:
        """Say yes so often."""
        return self._random.randrange(100) < percent


def draw(chance: Chance, *, entries: int = 12) -> World:
    """Return a world in which so many entries are written."""
    world = World(homes=HOMES, people=PEOPLE, children=CHILDREN)
    _begin(world, chance)
    _write(world, chance, count=entries // 2, begins=BEGIN + DAY, until=CHANGE)
    _change(world, chance)
    _grant(world, chance)
    _write(world, chance, count=entries - entries // 2, begins=CHANGE + DAY, until=-DAY)
    _visit(world, chance)
    return world


def _begin(world: World, chance: Chance) -> None:
    for child in world.children:
        world.stays.append(Stay(child, chance.one(HOMES), BEGIN))
    for number, person in enumerate(world.people):
        for _ in range(2 if chance.often(30) else 1):
            # Somebody must write: the first two are workers, the third is a manager.
            role = (
                ("residential_worker", "senior", "registered_manager")[number]
                if number < 3
                else chance.one(ROLES)
            )
            _appoint(world, chance, person, role, BEGIN)
    if chance.often(40):
        _appoint_key_worker(world, chance, BEGIN)


def _appoint(world: World, chance: Chance, person: str, role: str, at: int) -> None:
    works = table()[role]["works"]
    home = chance.one(HOMES) if "home" in works and chance.often(85) else None
    if home is None and "provider" not in works:
        home = chance.one(HOMES)
    ends = chance.one(EDGES) if chance.often(25) else None
    _add(world, Appointment(person, role, home, at, ends))


def _appoint_key_worker(world: World, chance: Chance, at: int) -> None:
    child, person = chance.one(CHILDREN), chance.one(PEOPLE)
    homes = [home for home, where in situations(world, child, at).items() if where == HERE]
    ends = chance.one(EDGES) if chance.often(25) else None
    if homes:
        _add(world, Appointment(person, "key_worker", homes[0], at, ends, child))


def _add(world: World, new: Appointment) -> None:
    """Add an appointment, unless they have it at that time already."""
    same = (new.person, new.role, new.home, new.child)
    if not any(
        (held.person, held.role, held.home, held.child) == same
        and (held.ends is None or held.ends > new.begins)
        for held in world.appointments
    ):
        world.appointments.append(new)


def _change(world: World, chance: Chance) -> None:
    """Let children move on or to the other home, and end and begin appointments."""
    for child in world.children:
        if not chance.often(35):
            continue
        stay = next(stay for stay in world.stays if stay.child == child)
        world.stays[world.stays.index(stay)] = replace(stay, ends=CHANGE)
        if chance.often(60):
            home = (
                chance.one(HOMES) if chance.often(25) else next(h for h in HOMES if h != stay.home)
            )
            world.stays.append(Stay(child, home, CHANGE))
    for held in tuple(world.appointments):
        if held.ends is None and chance.often(20):
            world.appointments[world.appointments.index(held)] = replace(held, ends=CHANGE)
    for person in world.people:
        if chance.often(20):
            _appoint(world, chance, person, chance.one(ROLES), CHANGE)
    if chance.often(30):
        _appoint_key_worker(world, chance, CHANGE)


def _grant(world: World, chance: Chance) -> None:
    for _ in range(4):
        book, person = chance.one(world.books), chance.one(world.people)
        givers = [
            giver
            for giver in world.people
            if giver != person
            and may(world, giver, "grant_access", book, CHANGE)
            and may(world, giver, "read_book", book, CHANGE)
        ]
        if not givers:
            continue
        part = chance.one(("", "form", "register", "days", "entry"))
        there = [entry.key for entry in world.entries_in(book)]
        grant = Grant(
            person, book, CHANGE, chance.one(EDGES), chance.one(givers),
            form=chance.one(("daily_log", "contact")) if part == "form" else "",
            register="restraint" if part == "register" else "",
            days=chance.one(((-9, -4), (-3, 0))) if part == "days" else None,
            entry=chance.one(there) if part == "entry" and there else None,
            ended_early=chance.one((-DAY, -2)) if chance.often(20) else None,
        )  # fmt: skip
        if not any(_is_same(grant, old) for old in world.grants):
            world.grants.append(grant)


def _is_same(grant: Grant, other: Grant) -> bool:
    """Say whether two grants open the same to one person, which is granted once."""
    return replace(
        other, begins=grant.begins, ends=grant.ends, by=grant.by, ended_early=None
    ) == replace(grant, ended_early=None)


def _visit(world: World, chance: Chance) -> None:
    """Let visitors come, and people who work for a shift. Each ends by itself."""
    for role, row in table().items():
        if role == "key_worker" or not row.get("longest") or not chance.often(25):
            continue
        child = chance.one(CHILDREN) if "one_child" in row["works"] else None
        home = None if child else chance.one(HOMES)
        person = chance.one(PEOPLE)
        _add(world, Appointment(person, role, home, VISIT, chance.one(SOON), child))


def _write(world: World, chance: Chance, *, count: int, begins: int, until: int) -> None:
    for number in range(count):
        at = begins + (until - begins) * number // max(count, 1)
        writers = [
            (person, book)
            for person in world.people
            for book in world.books
            if may(world, person, "write_entry", book, at)
            and may(world, person, "read_book", book, at)
        ]
        if not writers:
            return
        person, book = chance.one(writers)
        entry = _put_right(world, chance, person, book, at) if chance.often(30) else None
        entry = entry or _new(world, chance, person, book, at)
        if entry is not None:
            world.entries.append(entry)


def _new(world: World, chance: Chance, person: str, book: str, at: int) -> Entry | None:
    forms = HOME_FORMS if book in world.homes else CHILD_FORMS
    allowed = [form for form in forms if may(world, person, "write_entry", book, at, form)]
    if not allowed:
        return None
    form, key = chance.one(allowed), len(world.entries)
    books = (book, *_others(world, chance, person, book, form, at))
    parties = _parties(world, chance, person, book, form, at)
    return Entry(
        key, books, form, person, at, _said(chance, key, books), parties=parties,
        told=_told(world, chance, person, book, form, at, but=parties),
        of_managers=form in FOR_MANAGERS and chance.often(20),
    )  # fmt: skip


def _said(chance: Chance, key: int, books: tuple[str, ...]) -> tuple[Said, ...]:
    """Return two or three statements; of several children, some are about one of them alone."""
    return tuple(
        Said(
            f"word{key}of{number}",
            # The first one is about all of them: an entry says something of each child.
            frozenset({chance.one(books)})
            if number > 1 and len(books) > 1 and chance.often(70)
            else frozenset(),
            withheld=chance.often(15),
        )
        for number in range(1, 4 if chance.often(40) else 3)
    )


def _others(  # noqa: PLR0917 (as `_new`)
    world: World, chance: Chance, person: str, book: str, form: str, at: int
) -> tuple[str, ...]:
    """Return another child of the same home, which the entry is about as well."""
    if form not in OF_SEVERAL or book in world.homes or not chance.often(50):
        return ()
    homes = {home for home, where in situations(world, book, at).items() if where == HERE}
    there = [
        other
        for other in world.children
        if other != book
        and may(world, person, "write_entry", other, at, form)
        and HERE in {situations(world, other, at).get(home) for home in homes}
    ]
    return (chance.one(there),) if there else ()


def _at_home(world: World, person: str, book: str, at: int) -> set[str]:
    """Return who works at the home of a book, as a person sees it."""
    home = home_seen(world, person, book, at)
    return {held.person for held in world.appointments if held.holds(at) and held.home == home}


def _parties(  # noqa: PLR0917 (as `_new`)
    world: World, chance: Chance, person: str, book: str, form: str, at: int
) -> frozenset[str]:
    there = sorted(_at_home(world, person, book, at) - {person})
    if form not in FOR_MANAGERS or not there or not chance.often(60):
        return frozenset()
    return frozenset(chance.one(there) for _ in range(2))


def _told(  # noqa: PLR0917 (as `_new`)
    world: World, chance: Chance, person: str, book: str, form: str, at: int,
    *, but: frozenset[str],
) -> frozenset[str]:  # fmt: skip
    there = sorted(
        other
        for other in _at_home(world, person, book, at) - {person} - but
        if may(world, other, "read_book", book, at) and may(world, other, "write_entry", book, at)
    )
    if book in world.homes or not there or not chance.often(30):
        return frozenset()
    del form
    return frozenset({chance.one(there)})


def _put_right(world: World, chance: Chance, person: str, book: str, at: int) -> Entry | None:
    """Return an entry that adds to an earlier one of the book, corrects it or withdraws it."""
    earlier = [
        entry
        for entry in world.entries_in(book)
        if not entry.how
        and sees(world, person, entry, book, at)
        and not status(world, entry, book)
        and may(world, person, "write_entry", book, at, entry.form)
        and all(may(world, person, "write_entry", other, at, entry.form) for other in entry.books)
    ]
    if not earlier:
        return None
    about = chance.one(earlier)
    # What a register asks something for, or is for managers, two people withdraw (decision 0120).
    plain = about.form in {"daily_log", "contact"} and not about.told and person != about.author
    plain = plain and not any(said.withheld for said in about.said)  # it waits for its review
    how = chance.one(HOWS if plain else HOWS[:2])
    books = (book,) if how == "misfiled" else (book, *(b for b in about.books if b != book))
    key = len(world.entries)
    said = (Said(f"word{key}of1"),)
    of_matter = bool(matters(world, about))
    party = _parties(world, chance, person, book, about.form, at) if of_matter else frozenset()
    if how != "addendum":
        party = frozenset()
    return Entry(
        key, books, about.form, person, at, said, how=how, earlier=about.key, parties=party
    )
