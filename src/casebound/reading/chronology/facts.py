"""Facts that are sealed by a deed and not on a form, in words: admission, leaving, appointments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from casebound.foundation.base.times import day_in_words, in_words, instant
from casebound.foundation.web import marked
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.accounts.reads import account
from casebound.people.homes.entries import (
    AppointmentEnded,
    ChildAdmitted,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
    Role,
    WorkerAppointed,
)
from casebound.rulebook.catalogue.wall_time import calendar_day

FORM: Final = "fact"  # what a line of a fact has in place of a form


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words: its title, when it was, and a sentence."""

    title: str
    happened_at: datetime
    words: str


# Any: each function takes the typed value of its own kind.
_WORDS: Mapping[str, Callable[[Any, ReadEntry], Fact]] = {
    ChildAdmitted.kind: lambda fact, _: Fact(
        "Admission",
        instant(fact.from_at),
        f"{fact.full_name}, called {fact.called} ({fact.pronouns}), born on"
        f" {day_in_words(calendar_day(fact.born_on))}, came to live here.",
    ),
    PlacementEnded.kind: lambda fact, _: Fact(
        "Moved on", instant(fact.to_at), "The time at this home ended."
    ),
    PlacementBegun.kind: lambda fact, _: Fact(
        "Admission", instant(fact.from_at), f"Came to live at {fact.home_name}. The book goes on."
    ),
    HomeOpened.kind: lambda fact, entry: Fact(
        "Beginning", entry.signed_at, f"This is the book of {fact.name}, {fact.address}."
    ),
    WorkerAppointed.kind: lambda fact, _: Fact(
        "Appointment", instant(fact.from_at), f"{fact.full_name}: {Role(fact.role).words}."
    ),
    AppointmentEnded.kind: lambda fact, _: Fact(
        "Appointment ended", instant(fact.to_at), "An appointment ended."
    ),
}
KINDS: Final = tuple(_WORDS)


def in_words_of(entry: ReadEntry, kind: str, typed: object) -> Fact:
    """Return a fact in words."""
    return _WORDS[kind](typed, entry)


def html(entry: ReadEntry, fact: Fact, *, number: int, href: str) -> str:
    """Return a fact as a line of a book. 1 query: who signed it, by the account's full name."""
    who = account(entry.signed_by)
    return marked.entry_html(
        marked.Entry(
            number=number,
            form=fact.title,
            happened=in_words(fact.happened_at),
            signed=in_words(entry.signed_at),
            author=who.full_name if who else "casebound, at its beginning",
            role="",
            statements=[marked.Statement(fact.words)],
            href=href,
        )
    )
