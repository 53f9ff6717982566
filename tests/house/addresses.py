"""Every address of the house, whose it is, and an example of it.

A new address needs a line here: who may use it, and what to put in its places.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casebound.foundation.base.ids import DraftId
from casebound.people.homes.reads import book_of
from casebound.record.book.entries import PUTS_RIGHT, How
from tests.made_up import MadeUp, Worker

WORDS = "heliotrope"  # in every entry and draft of the scene, and nowhere else


class Whose(Enum):
    """Who may use an address."""

    ANYBODYS = auto()  # before signing in, too
    ONES_OWN = auto()  # whoever is signed in, for themselves
    BOOKS = auto()  # who reads Jay's book: the workers and the manager of Oak House
    DRAFTS = auto()  # Sam alone, who writes it
    LEFT = auto()  # a book of a child who has moved on: the manager alone
    HOME = auto()  # who manages Oak House
    READERS = auto()  # who reads any book at all
    MANAGERS = auto()
    PROVERS = auto()  # managers and the administrator: it shows no content
    ADMINISTRATORS = auto()
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
    Whose.NOBODYS: set[str](),
}

Places = Callable[[Scene], Mapping[str, Any]]


def _none(_: Scene) -> Mapping[str, Any]:
    return {}


def _book(scene: Scene) -> Mapping[str, Any]:
    return {"book": scene.made_up.jay.book}


def _home_book(scene: Scene) -> Mapping[str, Any]:
    return {"book": book_of(scene.made_up.oak)}


def _book_left(scene: Scene) -> Mapping[str, Any]:
    return {"book": scene.made_up.mika.book}


def _page(scene: Scene) -> Mapping[str, Any]:
    return {"book": scene.made_up.jay.book, "number": scene.number}


def _following(scene: Scene) -> Mapping[str, Any]:
    return {"book": scene.oak.book, "number": scene.visit, "form": "independent_report"}


def _putting_right(how: How) -> Places:
    return lambda scene: {**_page(scene), "how": how.value}


def _draft(scene: Scene) -> Mapping[str, Any]:
    return {"draft": scene.draft()}


def _draft_file(scene: Scene) -> Mapping[str, Any]:
    return {"draft": scene.draft_with_file(), "number": 1, "which": "original"}


def _sealed_file(scene: Scene) -> Mapping[str, Any]:
    sealed = scene.made_up.sign(scene.draft_with_file())
    number = sealed.numbers[scene.made_up.jay.book]
    return {"book": scene.made_up.jay.book, "number": number, "place": 1, "which": "original"}


def _account(scene: Scene) -> Mapping[str, Any]:
    return {"account": scene.made_up.lin.id}


def _home(scene: Scene) -> Mapping[str, Any]:
    return {"home": scene.made_up.oak}


def _placement(scene: Scene) -> Mapping[str, Any]:
    made_up = scene.made_up
    return {"home": made_up.oak, "placement": made_up.placement_of(made_up.jay)}


def _passkey(_: Scene) -> Mapping[str, Any]:
    return {"pk": 1}


@dataclass(frozen=True)
class Example:
    """One use of an address."""

    whose: Whose
    places: Places = _none
    post: Mapping[str, str] = field(default_factory=dict)
    # Answers 404 (or asks for proof) to all the same, because what it needs is not there.
    is_empty: bool = False


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "web:gallery": (Example(Whose.ANYBODYS),),
    # Signing in, and one's own account
    "account_login": (Example(Whose.ANYBODYS),),
    "mfa_authenticate": (Example(Whose.ANYBODYS),),
    "mfa_login_webauthn": (Example(Whose.ANYBODYS),),
    "account_inactive": (Example(Whose.ANYBODYS),),
    "account_logout": (Example(Whose.ANYBODYS),),
    "accounts:new_password": (
        Example(
            Whose.ANYBODYS, lambda scene: {"account": scene.made_up.lin.id, "token": "used-up"}
        ),
    ),
    "accounts:security": (Example(Whose.ONES_OWN),),
    "accounts:square_code": (Example(Whose.ONES_OWN, is_empty=True),),
    "accounts:challenge": (Example(Whose.ONES_OWN, is_empty=True),),
    "account_reauthenticate": (Example(Whose.ONES_OWN),),
    "mfa_reauthenticate": (Example(Whose.ONES_OWN),),
    "mfa_reauthenticate_webauthn": (Example(Whose.ONES_OWN),),
    "mfa_index": (Example(Whose.ONES_OWN),),
    "account_change_password": (Example(Whose.ONES_OWN),),
    "mfa_activate_totp": (Example(Whose.ONES_OWN),),
    "mfa_deactivate_totp": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_view_recovery_codes": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_generate_recovery_codes": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_add_webauthn": (Example(Whose.ONES_OWN),),
    "mfa_remove_webauthn": (Example(Whose.ONES_OWN, _passkey, is_empty=True),),
    "mfa_edit_webauthn": (Example(Whose.ONES_OWN, _passkey, is_empty=True),),
    # The people who sign in
    "access:people": (Example(Whose.ADMINISTRATORS),),
    "access:new_account": (Example(Whose.ADMINISTRATORS),),
    "access:person": (Example(Whose.ADMINISTRATORS, _account),),
    "access:link": (Example(Whose.ADMINISTRATORS, _account),),
    "access:close_account": (Example(Whose.ADMINISTRATORS, _account),),
    "access:appoint": (Example(Whose.ADMINISTRATORS, _account),),
    "access:end_appointment": (
        Example(
            Whose.ADMINISTRATORS,
            lambda scene: {
                "account": scene.made_up.sam.id,
                "which": scene.made_up.sams_appointment,
            },
        ),
    ),
    # Homes, and who lives there
    "access:homes": (Example(Whose.ADMINISTRATORS),),
    "access:open_home": (Example(Whose.ADMINISTRATORS),),
    "access:our_home": (Example(Whose.HOME, _home),),
    "access:admit": (Example(Whose.HOME, _home),),
    "access:moved_on": (Example(Whose.HOME, _placement),),
    "access:lives_again": (Example(Whose.LEFT, _book_left),),
    "access:key_worker": (Example(Whose.HOME, _placement),),
    "access:end_key_work": (
        Example(
            Whose.HOME, lambda scene: {**_home(scene), "which": scene.made_up.kits_appointment}
        ),
    ),
    # Start pages
    "desk:shift": (Example(Whose.ONES_OWN),),
    "desk:nothing": (Example(Whose.ONES_OWN),),
    "desk:desk": (Example(Whose.MANAGERS),),
    "desk:moved_on": (Example(Whose.MANAGERS),),
    # Reading
    "chronology:book": (Example(Whose.BOOKS, _book), Example(Whose.LEFT, _book_left)),
    "chronology:print": (Example(Whose.BOOKS, _book), Example(Whose.LEFT, _book_left)),
    "chronology:entry": (
        Example(Whose.BOOKS, _page),
        Example(Whose.LEFT, lambda scene: {**_book_left(scene), "number": 1}),
    ),
    "profile:profile": (Example(Whose.BOOKS, _book), Example(Whose.LEFT, _book_left)),
    "registers:registers": (Example(Whose.BOOKS, _home_book),),
    "registers:register": (
        Example(Whose.BOOKS, lambda scene: {**_home_book(scene), "name": "restraint"}),
        Example(Whose.HOME, lambda scene: {**_home_book(scene), "name": "complaint"}),
    ),
    "registers:print": (
        Example(Whose.BOOKS, lambda scene: {**_home_book(scene), "name": "restraint"}),
    ),
    "handover:handover": (Example(Whose.BOOKS, _home_book),),
    "handover:write": (Example(Whose.BOOKS, _home_book),),
    "search:search": (Example(Whose.READERS, post={"q": "bloom"}),),
    "glossary:words": (Example(Whose.READERS),),
    "glossary:change": (Example(Whose.MANAGERS),),
    # Writing
    "drafting:jot": (Example(Whose.READERS),),
    "drafting:choose": (Example(Whose.BOOKS, _book),),
    "drafting:begin": (Example(Whose.BOOKS, lambda scene: {**_book(scene), "form": "daily_log"}),),
    "drafting:put_right": tuple(Example(Whose.BOOKS, _putting_right(how)) for how in PUTS_RIGHT),
    "drafting:follow": (Example(Whose.BOOKS, _following),),
    "drafting:write": (Example(Whose.DRAFTS, _draft, post={"read": "1"}),),
    "drafting:save": (Example(Whose.DRAFTS, _draft),),
    "drafting:hints": (Example(Whose.DRAFTS, _draft),),
    "drafting:kept": (Example(Whose.DRAFTS, _draft),),
    "drafting:discard": (Example(Whose.DRAFTS, _draft),),
    "drafting:sign": (Example(Whose.DRAFTS, _draft),),
    "drafting:files": (Example(Whose.DRAFTS, _draft),),
    "drafting:file": (Example(Whose.DRAFTS, _draft_file),),
    "attachments:file": (Example(Whose.BOOKS, _sealed_file),),
    # Proving
    "proof:proof": (Example(Whose.PROVERS),),
    "proof:check": (Example(Whose.PROVERS),),
    "proof:trust": (Example(Whose.PROVERS),),
    "proof:receipt": (Example(Whose.BOOKS, _page),),
    # The demo's door, which is not there
    "demo:door": (Example(Whose.NOBODYS),),
    "demo:step_in": (Example(Whose.NOBODYS, lambda scene: {"worker": scene.made_up.sam.id}),),
}


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
    for name, examples in EXAMPLES.items():
        for example in examples:
            yield Address(name, reverse(name, kwargs=dict(example.places(scene))), example)


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner)
        else:
            yield f"{space}{one.name or one.pattern}"
