"""An entry with the permissions that the register of its book gives now (P39).

A later room's projection shows what this returns, and shows it again when somebody answers. So what
a person takes back is separated at once in every entry about them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.rows import Rows
from casebound.record.book.entries import Entry
from casebound.record.third_parties.reads import registered_as_projected
from casebound.record.third_parties.rules import RegisteredPerson, permission_of
from casebound.rulebook.catalogue.content import AboutOther, Sharing, StatementContent


def as_permitted(fact: Entry, book: BookId, leaf: int, rows: Rows) -> Entry:
    """Return the entry with each permission as the register of the book has it.

    0 queries for an entry with nothing about a third party, else 1 or 2.
    """
    content = fact.content
    if not content.about_others and not any(
        statement.sharing is Sharing.THIRD_PARTY for statement in content.statements
    ):
        return fact
    people = registered_as_projected(book, rows)
    if not people:
        return fact
    permitted = replace(
        content,
        statements=tuple(
            _permitted(statement, people, leaf)
            if statement.sharing is Sharing.THIRD_PARTY
            else statement
            for statement in content.statements
        ),
        about_others=tuple(_permitted(about, people, leaf) for about in content.about_others),
    )
    return replace(fact, content=permitted)


Marked = TypeVar("Marked", StatementContent, AboutOther)


def _permitted(marked: Marked, people: Sequence[RegisteredPerson], leaf: int) -> Marked:
    permission = permission_of(
        people,
        ids=marked.third_party_ids,
        words=marked.third_party,
        said=marked.permission,
        leaf=leaf,
    )
    return replace(marked, permission=permission)
