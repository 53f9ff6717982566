"""How an entry refers to an earlier one: rooms declare it, and this module collects it.

An entry is never edited: words about an entry are a new entry that refers to it. A room lists its
relations in `RELATIONS` of its `relations.py`. The key of a relation stands in sealed entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from django.utils.translation import gettext, gettext_noop

from casebound.ledger.projecting.rooms import declared_items

LONGEST_KEY: Final = 40
JOINS_KEY: Final = "joins"


class Status(StrEnum):
    """The status of an entry that no longer stands in a book."""

    STRUCK = "struck"
    MISFILED = "misfiled"


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """One way in which an entry refers to an earlier one.

    Attributes:
        key: as it is sealed, at most 40 characters; of a relation that puts right, its form too.
        onward_words: the words that lead from the later entry to the earlier one.
        back_words: the words that lead from the earlier entry to the later one.
        puts_right: the later entry puts right something in the earlier one, and begins from it.
        into_all_books: the later entry goes into every book that the earlier one is in.
        follows: the later entry is what comes next after the earlier one.
        withdraws: the status of the earlier entry, if it no longer stands.
        into_other_books: the later entry leads to entries of books that it is not in itself.
        same_event: the later entry tells of the same event, or says which entries do.
        proposes: the status the earlier entry gets once somebody else agrees.
        agrees: the later entry withdraws the earlier one because a third entry asks for it. The
            reason stands in that one, which the later entry follows.
    """

    key: str
    onward_words: str
    back_words: str
    puts_right: bool = False
    into_all_books: bool = False
    follows: bool = False
    withdraws: Status | None = None
    into_other_books: bool = False
    same_event: bool = False
    proposes: Status | None = None
    agrees: bool = False

    @property
    def is_withdrawal(self) -> bool:
        """Whether the earlier entry no longer stands, or will not once somebody else agrees."""
        return self.withdraws is not None or self.proposes is not None

    @property
    def of_same_matter(self) -> bool:
        """Whether the later entry is restricted if the earlier one is: it tells of it."""
        about_it = self.puts_right or self.follows or self.agrees or self.proposes is not None
        return about_it or self.key == JOINS_KEY

    @property
    def onward(self) -> str:
        """The words that lead to the earlier entry, in the language of the reader."""
        return gettext(self.onward_words)

    @property
    def back(self) -> str:
        """The words that lead to the later entry, in the language of the reader."""
        return gettext(self.back_words)

    def __post_init__(self) -> None:
        """Refuse a key that does not fit its column on every database."""
        if not 0 < len(self.key) <= LONGEST_KEY:
            raise ValueError(f"relation {self.key!r} has a key of 1 to {LONGEST_KEY} characters")


ADDENDUM = Relation(
    "addendum",
    gettext_noop("Adds to"),
    gettext_noop("Added to by"),
    puts_right=True,
    into_all_books=True,
)
CORRECTION = Relation(
    "correction",
    gettext_noop("Corrects"),
    gettext_noop("Corrected by"),
    puts_right=True,
    into_all_books=True,
)
STRIKE = Relation(
    "strike",
    gettext_noop("Strikes through"),
    gettext_noop("Struck through by"),
    puts_right=True,
    into_all_books=True,
    withdraws=Status.STRUCK,
)
MISFILED = Relation(
    "misfiled",
    gettext_noop("Reports as misfiled"),
    gettext_noop("Reported as misfiled by"),
    puts_right=True,
    withdraws=Status.MISFILED,
)
RELATIONS = (ADDENDUM, CORRECTION, STRIKE, MISFILED)
# What a strike becomes if it needs somebody else, and what their agreement does (decision 0120).
# `record.followups` declares them: no page puts an entry right with one.
STRIKE_ASKED = Relation(
    "strike_asked",
    gettext_noop("Asks to strike through"),
    gettext_noop("To be struck through, once somebody else agrees:"),
    proposes=Status.STRUCK,
)
MISFILED_ASKED = Relation(
    "misfiled_asked",
    gettext_noop("Asks to report as misfiled"),
    gettext_noop("To be taken out as misfiled, once somebody else agrees:"),
    proposes=Status.MISFILED,
)
STRIKE_AGREED = Relation(
    "strike_agreed",
    gettext_noop("Agrees to strike through"),
    gettext_noop("Struck through with the agreement of"),
    withdraws=Status.STRUCK,
    agrees=True,
)
MISFILED_AGREED = Relation(
    "misfiled_agreed",
    gettext_noop("Agrees that it is misfiled:"),
    gettext_noop("Misfiled with the agreement of"),
    withdraws=Status.MISFILED,
    agrees=True,
)
ASKED = {STRIKE: STRIKE_ASKED, MISFILED: MISFILED_ASKED}
AGREED = {STRIKE_ASKED: STRIKE_AGREED, MISFILED_ASKED: MISFILED_AGREED}
# Not among `RELATIONS`: no page puts an entry right with it. `record.drafting` declares both.
SAME_EVENT = Relation(
    "same_event",
    gettext_noop("About the same event as"),
    gettext_noop("Also recorded:"),
    same_event=True,
)
JOINS = Relation(
    JOINS_KEY,
    gettext_noop("About one event:"),
    gettext_noop("Linked by"),
    into_all_books=True,
    same_event=True,
)


@cache
def relations() -> Mapping[str, Relation]:
    """Return every relation that a room declares, by its key.

    Raises:
        ValueError: two rooms declare the same key.
    """
    return declared_items("relations", "RELATIONS", key=lambda relation: relation.key)


def relation_of(key: str) -> Relation:
    """Return the relation that a sealed entry names.

    Raises:
        KeyError: no room declares it.
    """
    return relations()[key]
