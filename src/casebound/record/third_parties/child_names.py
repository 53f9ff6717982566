"""How other people are named where the child of a book reads it (P39, P40).

Another child is "another child". Somebody of the register that the child does not know of is
"someone else", if they have not agreed. Who is known to the child keeps the name in words that
nobody marked: what the child knows is not taken away. Marked words are not shown at all
(`audience_of`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import ChildId
from casebound.people.access.reads import SeenBook
from casebound.people.homes.lived_with import other_children
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import Naming, OtherChild, OtherChildren
from casebound.record.third_parties.reads import PersonSeen, register_of

SOMEONE_ELSE: Final = gettext_noop("someone else")


@dataclass(frozen=True, slots=True)
class NamesForChild:
    """Says how other people are named to the child of a book (`rendering.other_names.Shows`)."""

    children: OtherChildren
    people: OtherChildren
    hides_files: bool = False  # each file says who it is about

    def shown(self, text: str, *, bracketed: bool = True) -> str:
        """Return a text as the child reads it. What stands in for a name is in brackets."""
        text = self.children.shown(text, lambda _: Naming.UNNAMED, bracketed=bracketed)
        words = gettext(SOMEONE_ELSE)
        instead = f"[{words}]" if bracketed else words
        parts, end = [], 0
        for start, stop, _ in self.people.find(text):
            parts += [text[end:start], instead]
            end = stop
        return "".join([*parts, text[end:]])


def names_for_child(book: SeenBook) -> NamesForChild:
    """Return how other people are named to the child of this book. 3 queries."""
    others = other_children(ChildId(book.id))
    return names_of_register(others, register_of(book.id))


def names_of_register(others: OtherChildren, register: Sequence[PersonSeen]) -> NamesForChild:
    """Return the names that a child with these others, and this register, does not read."""
    hidden = [
        OtherChild(
            ChildId(person.id),
            ChildNames(person.id, person.name.split()[0], person.name),
            short=person.names,
        )
        for person in register
        if person.is_private and not person.is_known and not person.is_shared
    ]
    return NamesForChild(others, OtherChildren(others.own, tuple(hidden)))
