"""Names of other people that stand in a draft, noticed and offered as a mark (P39, P40).

Noticed are children of the home, now or earlier, and parents and other private people that
the book names. Never the child whose book it is, and nobody who works there. The author marks the
statement with one tap, or leaves it: nothing holds up signing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import BookId, ChildId
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import OtherChild, OtherChildren
from casebound.record.book.names import NameKind, names_of
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.content import Content, Sharing, StatementContent

PRIVATE: Final = frozenset({NameKind.THIRD_PARTY, NameKind.FAMILY})
# What people are called, and no name: a statement about "Mum" says so itself.
_TITLES: Final = frozenset(
    {"aunt", "auntie", "dad", "daddy", "dr", "gran", "grandad", "grandma", "granny", "miss", "mr",
     "mrs", "ms", "mum", "mummy", "nan", "nana", "uncle"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameNoticed:
    """A name in a statement, as it is written there."""

    number: int
    found: str
    is_child: bool


def names_noticed(prepared: PreparedDraft) -> list[NameNoticed]:
    """Return the names of other people in the statements of a child's draft. 2 queries."""
    if prepared.book.child is None:
        return []
    content, others = prepared.draft.content, prepared.others
    people = _private_people(prepared.draft.book, others)
    return [
        NameNoticed(number, found, is_child)
        for number, statement in enumerate(content.statements, 1)
        if statement.sharing in {Sharing.SHARED, Sharing.THIRD_PARTY}
        for found, is_child in _named(statement, content, others, people)
    ]


def with_mark(content: Content, noticed: NameNoticed) -> Content:
    """Return the content with the statement marked as being about the person."""
    statement = content.statements[noticed.number - 1]
    people = ", ".join(filter(None, (statement.third_party, noticed.found)))
    marked = replace(statement, sharing=Sharing.THIRD_PARTY, third_party=people)
    statements = list(content.statements)
    statements[noticed.number - 1] = marked
    return replace(content, statements=tuple(statements))


def with_name_left(content: Content, noticed: NameNoticed) -> Content:
    """Return the content in which the name is not asked about again."""
    return replace(content, dismissed_hints=(*content.dismissed_hints, noticed.found.lower()))


def _named(
    statement: StatementContent, content: Content, others: OtherChildren, people: OtherChildren
) -> Iterator[tuple[str, bool]]:
    """Yield each name that is neither marked nor left alone, once."""
    marked = statement.third_party if statement.sharing is Sharing.THIRD_PARTY else ""
    known = {*others.named_in(marked), *people.named_in(marked), *content.also_about}
    left = {fold(word) for word in content.dismissed_hints}
    for who in (others, people):
        for start, end, meant in who.find(statement.text):
            found = statement.text[start:end]
            if not meant <= known and fold(found) not in left and fold(found) not in fold(marked):
                known |= meant
                yield found, who is others


def _private_people(book: BookId, others: OtherChildren) -> OtherChildren:
    """Return parents and other private people of a book, to be found as children are."""
    names = (name.words for name in names_of(book) if name.kind in PRIVATE)
    return OtherChildren(others.own, tuple(_people(names)))


def _people(names: Iterable[str]) -> Iterator[OtherChild]:
    for name in names:
        words = _name_alone(name.split())
        if words:
            full_name = " ".join(words)
            yield OtherChild(ChildId(full_name), ChildNames(full_name, words[0], full_name))


def _name_alone(words: Sequence[str]) -> list[str]:
    """Return the words of a name that name somebody: "Mrs Abara" is "Abara"."""
    return [word for word in words if word[:1].isupper() and fold(word).strip(".") not in _TITLES]
