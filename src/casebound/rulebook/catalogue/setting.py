"""What a form needs to know of the home it is written in: its kind, and who works and lives there.

Plain values, given by the caller, which knows the home; the catalogue knows no home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.shape import Form


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the home.

    `can_confirm` says whether they can be asked to confirm what they told: they read the book, and
    answer in it (P28).
    """

    name: str
    role: str
    can_confirm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEntry:
    """The entry that a follow-up follows: its form, when it was, and its sealed answers."""

    form: Form
    happened_from: datetime
    answers: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where an entry is written.

    Attributes:
        secure: whether the home is a secure children's home (reg 20(1)(c)).
        manages: whether the author answers for the book.
        workers: who works there, by id, the author too.
        children: who lives there, by id, with the name each goes by.
        accounts: everybody who has an account of the provider, or had one, by id, with their full
            name; of a form that asks who it is about, and else empty.
        earlier: the entry it follows, if it follows one.
        came_on: the day the child came to live there, where the form asks about it.
        longest_review: after how many days at most a restriction is looked at again, by ground,
            where the provider set a number of its own.
    """

    secure: bool = False
    manages: bool = False
    workers: Mapping[str, Colleague] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    earlier: EarlierEntry | None = None
    came_on: date | None = None
    longest_review: Mapping[str, int] = field(default_factory=dict)

    def accounts_called(self, name: str) -> list[str]:
        """Return the ids of those who have, or had, an account in this full name."""
        wanted = " ".join(name.split()).casefold()
        return sorted(key for key, full in self.accounts.items() if full.casefold() == wanted)

    def worker_called(self, name: str) -> str:
        """Return the id of the one worker of this name; nothing if there is none, or two."""
        wanted = " ".join(name.split()).casefold()
        same_name = [
            key for key, colleague in self.workers.items() if colleague.name.casefold() == wanted
        ]
        return same_name[0] if len(same_name) == 1 else ""


ANYWHERE = Setting()
