"""Every address of the house, whose it is, and an example of it.

A room gives an example of each of its addresses in its own `tests/examples.py`: who may use it, and
what to put in its places.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casebound.config.rooms import ROOMS
from casebound.foundation.base.ids import DraftId
from casebound.people.homes.reads import book_of
from casebound.people.rights.shape import TODAY, Permission, Role, Situation
from tests.made_up import MadeUp, Worker

WORDS = "heliotrope"  # in every entry and draft of the scene, and nowhere else


class Whose(Enum):
    """Who may use an address."""

    ANYBODYS = auto()  # before signing in, too
    ONES_OWN = auto()  # the worker who is signed in, for themselves
    BOOKS = auto()  # who reads Jay's book: the workers and the manager of Oak House
    DRAFTS = auto()  # Sam alone, who writes it
    LEFT = auto()  # a book of a child who has moved on: the manager alone
    HOME = auto()  # who manages Oak House
    READERS = auto()  # who reads any book at all
    MANAGERS = auto()
    PROVERS = auto()  # managers and the administrator: it shows no content
    ADMINISTRATORS = auto()
    LEAVERS = auto()  # who may close an account: the manager there, the administrator
    NOBODYS = auto()  # outside the demo there is no such page


class Scene:
    """The made-up provider with something written, and somebody writing."""

    def __init__(self, made_up: MadeUp) -> None:
        """Seal an entry in Jay's book, Mika's having its first page only."""
        self.made_up = made_up
        self.number = made_up.write(made_up.jay, f"A {WORDS} was in bloom.").numbers[
            made_up.jay.book
        ]

        self.oak = made_up.house(made_up.oak)
        visit = made_up.write(self.oak, form="independent_visit", by=made_up.dana)
        self.visit = visit.numbers[self.oak.book]

    def draft(self, form: str = "daily_log") -> str:
        """Begin a draft of Sam's that nobody has touched."""
        return self.made_up.draft(self.made_up.jay, f"More {WORDS}.", form=form)

    def draft_with_file(self) -> DraftId:
        """Begin a draft of Sam's with a file."""
        draft = self.made_up.draft(self.made_up.jay, f"More {WORDS}.")
        self.made_up.attach(draft, f"A list of {WORDS}.".encode(), name="list.txt")
        return draft

    def visitors(self) -> Mapping[str, Worker | None]:
        """Return who comes to the door, by what they are to Jay and to Sam's draft."""
        return {
            "a stranger": None,
            "its worker": self.made_up.sam,
            "a colleague": self.made_up.kit,
            "the manager": self.made_up.dana,
            "the wrong home's worker": self.made_up.lin,
            "the wrong home's manager": self.made_up.robin,
            "the system administrator": self.made_up.alex,
        }


OAK = {"its worker", "a colleague", "the manager"}
ELM = {"the wrong home's worker", "the wrong home's manager"}
MANAGING = {"the manager", "the wrong home's manager"}
ADMINISTRATOR = {"the system administrator"}
STAFF = OAK | ELM | ADMINISTRATOR

WELCOME = {
    Whose.ANYBODYS: STAFF | {"a stranger"},
    Whose.ONES_OWN: STAFF,
    Whose.BOOKS: OAK,
    Whose.DRAFTS: {"its worker"},
    Whose.LEFT: {"the manager"},
    Whose.HOME: {"the manager"},
    Whose.READERS: OAK | ELM,
    Whose.MANAGERS: MANAGING,
    Whose.PROVERS: MANAGING | ADMINISTRATOR,
    Whose.ADMINISTRATORS: ADMINISTRATOR,
    Whose.LEAVERS: {"the manager"} | ADMINISTRATOR,
    Whose.NOBODYS: set[str](),
}


@dataclass(frozen=True)
class Need:
    """A cell of the table of rights that an address asks: a permission, where, and on which form.

    Without a place it is asked of what somebody may do in general.
    """

    permission: StrEnum
    where: Situation | None = None
    form: str = ""

    def of_home(self) -> "Need":
        """Return the same, asked of the home's own book."""
        return self if self.where is None else replace(self, where=Situation.HOME)

    def is_given_by(self, role: Role) -> bool:
        """Say whether a role at Oak House has it."""
        places = TODAY if self.where is None else {self.where}
        return any(role.gives(self.permission, place, form=self.form) for place in places)


NEEDS: Mapping[Whose, tuple[Need, ...]] = {
    Whose.BOOKS: (Need(Permission.READ_BOOK, Situation.LIVES_HERE),),
    Whose.LEFT: (Need(Permission.READ_BOOK, Situation.LIVED_HERE_LAST),),
    Whose.HOME: (Need(Permission.MANAGE_HOME, Situation.HOME),),
    Whose.READERS: (Need(Permission.READ_BOOK),),
    Whose.MANAGERS: (Need(Permission.ANSWER_FOR_BOOK),),
    Whose.PROVERS: (Need(Permission.VERIFY_LEDGER),),
    Whose.ADMINISTRATORS: (Need(Permission.MANAGE_ACCOUNTS),),
}


Places = Callable[[Scene], Mapping[str, Any]]


def nowhere(_: Scene) -> Mapping[str, Any]:
    """Fill no place."""
    return {}


def in_book(scene: Scene) -> Mapping[str, Any]:
    """Name Jay's book."""
    return {"book": scene.made_up.jay.book}


def in_home_book(scene: Scene) -> Mapping[str, Any]:
    """Name the book of Oak House."""
    return {"book": book_of(scene.made_up.oak)}


def in_book_left(scene: Scene) -> Mapping[str, Any]:
    """Name the book of a child who has moved on."""
    return {"book": scene.made_up.mika.book}


def on_page(scene: Scene) -> Mapping[str, Any]:
    """Name the page of Jay's book that has the words."""
    return {"book": scene.made_up.jay.book, "number": scene.number}


@dataclass(frozen=True)
class Example:
    """One use of an address."""

    whose: Whose
    places: Places = nowhere
    post: Mapping[str, str] = field(default_factory=dict)
    # Answers 404 (or asks for proof) to all the same, because what it needs is not there.
    is_empty: bool = False
    # What the table of rights must give, where that is more than `whose` says.
    needs: tuple[Need, ...] = ()


@cache
def examples() -> Mapping[str, tuple[Example, ...]]:
    """Return the examples of every address, as the rooms' own `tests/examples.py` give them."""
    gathered: dict[str, tuple[Example, ...]] = {}
    for room in ROOMS:
        if find_spec(f"{room}.tests") and find_spec(f"{room}.tests.examples"):
            gathered |= import_module(f"{room}.tests.examples").EXAMPLES
    return gathered


@dataclass(frozen=True, slots=True)
class Address:
    """An address with its places filled, and whose it is."""

    name: str
    path: str
    example: Example


def names() -> Iterator[str]:
    """Yield the name of every address the house answers to, with its namespace."""
    yield from _walk(get_resolver().url_patterns, "")


def addresses(scene: Scene) -> Iterator[Address]:
    """Yield every example of every address, its places filled afresh."""
    for name, of_address in examples().items():
        for example in of_address:
            yield Address(name, reverse(name, kwargs=dict(example.places(scene))), example)


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"
