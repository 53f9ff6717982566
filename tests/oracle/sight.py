"""What a person sees of a world: the written rules as pure functions, and nothing of the product.

The rules are those of `docs/rights.md` and of decisions 0057, 0061, 0085, 0119, 0121, 0132 and
0139. The cells are those of the table of rights, read here as the plain data it is.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from tests.house.source import ROOT
from tests.oracle.world import DAY, Appointment, Entry, Grant, Said, World

TABLE: Final = ROOT / "src/casebound/people/rights/rights.toml"
# Forms whose register is for managers, with the register (decision 0119).
FOR_MANAGERS: Final = {
    "allegation": "allegation",
    "complaint": "complaint",
    "complaint_home": "complaint",
}
# Of a later entry that tells of the same matter. What two people agree to is told by both.
SAME_MATTER: Final = {"addendum", "correction", "strike", "misfiled"}
REGISTERS: Final = {"restraint": "restraint", "fire_drill": "fire_drill", "visitor": "visitor"}

HOME, HERE, LAST, BEFORE = "home", "lives_here", "lived_here_last", "lived_here_before"
EVERYWHERE: Final = frozenset({HOME, HERE, LAST, BEFORE})
TODAY: Final = frozenset({HOME, HERE})  # what lists and search ask: not who was where before


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the roles of the table of rights, by key."""
    read = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {role["key"]: role for role in read["roles"]}


def gives(role: str, permission: str, situation: str, form: str = "") -> bool:
    """Say whether the table gives a role a permission in a situation, and on a form."""
    row = table()[role]
    cell = row.get("may", {}).get(permission, ())
    if cell != "always" and situation not in cell:
        return False
    narrowed = permission in {"write_entry", "finish_own_draft"} and form and "forms" in row
    return not narrowed or form in row["forms"]


# Which books


def situations(world: World, book: str, at: int) -> dict[str, str]:
    """Return how a book belongs to each home it has to do with."""
    if book in world.homes:
        return {book: HOME}
    stays = [stay for stay in world.stays if stay.child == book and stay.begins <= at]
    open_now = {stay.home for stay in stays if stay.ends is None or at < stay.ends}
    if open_now:
        ended = {stay.home: BEFORE for stay in stays if stay.home not in open_now}
        return ended | dict.fromkeys(open_now, HERE)
    last = max(stays, key=lambda stay: stay.ends or 0, default=None)
    return {stay.home: LAST if last and stay.home == last.home else BEFORE for stay in stays}


def may(  # noqa: PLR0917 (read as a sentence)
    world: World, person: str, permission: str, book: str, at: int, form: str = "",
    *, only: frozenset[str] = EVERYWHERE,
) -> bool:  # fmt: skip
    """Say whether a person has a permission in a whole book, by how it belongs to homes."""
    if permission == "read_book" and _is_granted_whole(world, person, book, at, only):
        return True
    return any(
        gives(held.role, permission, situation, form)
        and not (permission == "read_book" and reads_in_part(held.role))
        for held, situation in held_in(world, person, book, at)
        if situation in only
    )


def held_in(world: World, person: str, book: str, at: int) -> Iterator[tuple[Appointment, str]]:
    """Yield what a person is appointed to that has to do with a book, and how the book belongs."""
    where = situations(world, book, at)
    for held in world.appointments:
        if held.person == person and held.holds(at) and _is_of(held, book):
            yield from ((held, how) for home, how in where.items() if held.home in {None, home})


def _is_of(held: Appointment, book: str) -> bool:
    """Say whether a role of one child without a home is of this child; every other role is."""
    return held.home is not None or held.child in {None, book}


def reads_in_part(role: str) -> bool:
    """Say whether a role reads only a few forms, or only what the child may read."""
    row = table()[role]
    return "reads" in row or row.get("reads_as") == "child"


def _is_granted_whole(world: World, person: str, book: str, at: int, only: frozenset[str]) -> bool:
    return bool(only & set(situations(world, book, at).values())) and any(
        grant.is_whole
        for grant in world.grants
        if grant.holds(at) and (grant.person, grant.book) == (person, book)
    )


def is_in_part(world: World, person: str, entry: Entry, book: str, at: int) -> bool:
    """Say whether an entry is in a part of a book that a person reads, who reads not the whole."""
    granted = any(
        not grant.is_whole and _opens(grant, entry)
        for grant in world.grants
        if grant.holds(at) and (grant.person, grant.book) == (person, book)
    )
    return granted or any(
        reads_in_part(held.role)
        and gives(held.role, "read_book", situation)
        and form_of(entry) in table()[held.role].get("reads", [form_of(entry)])
        for held, situation in held_in(world, person, book, at)
    )


def _opens(grant: Grant, entry: Entry) -> bool:
    return (
        grant.form in {"", form_of(entry)}
        and (not grant.register or register_of(entry) == grant.register)
        and (grant.days is None or grant.days[0] * DAY <= entry.at <= grant.days[1] * DAY)
        and grant.entry in {None, entry.key}
    )


def has_part(world: World, person: str, book: str, at: int) -> bool:
    """Say whether a person reads a part of a book, whatever there is in it."""
    return any(
        grant.holds(at) and (grant.person, grant.book) == (person, book) for grant in world.grants
    ) or any(
        reads_in_part(held.role) and gives(held.role, "read_book", situation)
        for held, situation in held_in(world, person, book, at)
    )


def lives_somewhere(world: World, book: str, at: int) -> bool:
    """Say whether a book is of a home, or of a child who lives at one."""
    return bool(TODAY & set(situations(world, book, at).values()))


def form_of(entry: Entry) -> str:
    """Return the form of an entry: what puts an earlier one right is on a form of its own."""
    return entry.how or entry.form


def register_of(entry: Entry) -> str:
    """Return the register that numbers an entry; empty if none does."""
    return "" if entry.how else (REGISTERS | FOR_MANAGERS).get(entry.form, "")


def reads_as_child(
    world: World, person: str, book: str, at: int, *, only: frozenset[str] = EVERYWHERE
) -> bool:
    """Say whether a person reads of a book only what the child may read."""
    return not may(world, person, "read_book", book, at, only=only) and any(
        table()[held.role].get("reads_as") == "child" and gives(held.role, "read_book", situation)
        for held, situation in held_in(world, person, book, at)
    )


def reads(world: World, person: str, at: int) -> set[str]:
    """Return the books that a person may read whole."""
    return {book for book in world.books if may(world, person, "read_book", book, at)}


def reads_now(world: World, person: str, at: int) -> set[str]:
    """Return the books that lists show: of homes, and of children where they live now."""
    return {book for book in world.books if may(world, person, "read_book", book, at, only=TODAY)}


# Which entries


def matters(world: World, entry: Entry) -> set[int]:
    """Return the matters that an entry is of: the restricted entries that it all began with."""
    tells_more = entry.how in SAME_MATTER and entry.earlier is not None
    if tells_more and (of_earlier := matters(world, world.entries[entry.earlier or 0])):
        return of_earlier
    return {entry.key} if entry.form in FOR_MANAGERS else set()


def kept_from(world: World, matter: int) -> frozenset[str]:
    """Return who is named as a party in any entry of a matter, however late."""
    return _all_matters(world)[matter][0]


def is_of_managers(world: World, matter: int) -> bool:
    """Say whether a matter is about the registered manager: by an answer, or by who is picked."""
    return _all_matters(world)[matter][1]


def _all_matters(world: World) -> dict[int, tuple[frozenset[str], bool]]:
    """Return of each matter who it is about, and whether it is about the managers."""
    key = ("matters", len(world.entries))
    if key not in world.known:
        known: dict[int, tuple[frozenset[str], bool]] = {}
        for entry in world.entries:
            above = entry.of_managers or any(_heads(world, who, entry) for who in entry.parties)
            for matter in matters(world, entry):
                people, was_above = known.get(matter, (frozenset(), False))
                known[matter] = (people | entry.parties, was_above or above)
        world.known[key] = known
    found: dict[int, tuple[frozenset[str], bool]] = world.known[key]  # type: ignore[assignment]
    return found


def _heads(world: World, person: str, entry: Entry) -> bool:
    """Say whether somebody was the registered manager of the home where an entry was written."""
    home = written_at(world, entry)
    return any(
        held.role == "registered_manager" and held.home in {None, home}
        for held in world.appointments
        if held.person == person and held.holds(entry.at)
    )


def sees(
    world: World, person: str, entry: Entry, book: str, at: int, *,
    only: frozenset[str] = EVERYWHERE,
) -> bool:  # fmt: skip
    """Say whether a person sees in a book that an entry is there."""
    if book not in entry.books:
        return False
    if not may(world, person, "read_book", book, at, only=only) and not is_in_part(
        world, person, entry, book, at
    ):
        return False
    of = matters(world, entry)
    if not of:
        return True
    if any(person in kept_from(world, matter) for matter in of):
        return False
    if person == entry.author or person in entry.told:
        return True
    needed = {"answer_for_book"}
    if any(is_of_managers(world, matter) for matter in of):
        needed.add("answer_above")
    return all(may(world, person, permission, book, at, only=only) for permission in needed)


# Which words


def status(world: World, entry: Entry, book: str) -> str:
    """Return `struck` or `misfiled`, if a later entry of the book says so of this one."""
    said = {
        later.how
        for later in world.entries_in(book)
        if later.earlier == entry.key and later.how in {"strike", "misfiled"}
    }
    return "misfiled" if "misfiled" in said else "struck" if said else ""


def said_in(entry: Entry, book: str) -> set[str]:
    """Return what an entry says in one of its books: what is about another child alone is not."""
    return {said.word for said in entry.said if _is_about(said, book)}


def _is_about(said: Said, book: str) -> bool:
    return not said.about or book in said.about


def listed(world: World, person: str, book: str, at: int) -> set[str]:
    """Return the words that pages of a book show: not those of entries in it by mistake."""
    return {
        word
        for entry in world.entries_in(book)
        if sees(world, person, entry, book, at) and status(world, entry, book) != "misfiled"
        for word in said_to(world, person, entry, book, at)
    }


def said_to(world: World, person: str, entry: Entry, book: str, at: int) -> set[str]:
    """Return what an entry says to a person in one of its books."""
    words = said_in(entry, book)
    if reads_as_child(world, person, book, at):
        words -= {said.word for said in entry.said if said.withheld}
    return words


def opened(world: World, person: str, entry: Entry, book: str, at: int) -> set[str]:
    """Return the words that the page of one entry shows."""
    if not sees(world, person, entry, book, at):
        return set()
    barred = status(world, entry, book) == "misfiled"
    if barred and not may(world, person, "answer_for_book", book, at):
        return set()
    return said_to(world, person, entry, book, at)


def home_seen(world: World, person: str, book: str, at: int) -> str:
    """Return the home that a book is of for a person: of a child, where they lived last.

    Only homes count through which they read the book.
    """
    where = situations(world, book, at)
    order = (HOME, HERE, LAST, BEFORE)
    through = {
        home
        for held in world.appointments
        if held.person == person and held.holds(at) and _is_of(held, book)
        for home, situation in where.items()
        if held.home in {None, home} and gives(held.role, "read_book", situation)
    }
    return min(through or where, key=lambda home: order.index(where[home]))


def written_at(world: World, entry: Entry) -> str:
    """Return the home where an entry was written."""
    return home_seen(world, entry.author, entry.books[0], entry.at)


def reads_everything(world: World, person: str, at: int) -> bool:
    """Say whether a role of the whole provider lets a person read every book of it."""
    return any(
        held.person == person
        and held.holds(at)
        and held.home is None
        and all(
            gives(held.role, "read_book", situation) for situation in (HOME, HERE, LAST, BEFORE)
        )
        for held in world.appointments
    )
