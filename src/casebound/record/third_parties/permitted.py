"""An entry with the permissions that the register of its book gives now (P39).

A later room's projection shows what this returns, and shows it again when somebody answers. So what
a person takes back is separated at once in every entry about them.
"""

from collections.abc import Sequence
from dataclasses import replace

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.rows import Rows
from casebound.record.book.entries import Entry
from casebound.record.third_parties.reads import registered_as_projected
from casebound.record.third_parties.rules import RegisteredPerson, permission_of
from casebound.rulebook.catalogue.content import Sharing, StatementContent


def as_permitted(fact: Entry, book: BookId, leaf: int, rows: Rows) -> Entry:
    """Return the entry with each permission as the register of the book has it.

    0 queries for an entry with nothing about a third party, else 1 or 2.
    """
    statements = fact.content.statements
    if not any(statement.sharing is Sharing.THIRD_PARTY for statement in statements):
        return fact
    people = registered_as_projected(book, rows)
    if not people:
        return fact
    permitted = tuple(_permitted(statement, people, leaf) for statement in statements)
    return replace(fact, content=replace(fact.content, statements=permitted))


def _permitted(
    statement: StatementContent, people: Sequence[RegisteredPerson], leaf: int
) -> StatementContent:
    if statement.sharing is not Sharing.THIRD_PARTY:
        return statement
    permission = permission_of(
        people,
        ids=statement.third_party_ids,
        words=statement.third_party,
        said=statement.permission,
        leaf=leaf,
    )
    return replace(statement, permission=permission)
