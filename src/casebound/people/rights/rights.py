"""The one table of rights."""

from functools import cache
from importlib.resources import files
from typing import Final

from casebound.people.rights.loading import read_rights
from casebound.people.rights.shape import RightsTable, Role

TABLE: Final = files(__package__) / "rights.toml"


@cache
def rights() -> RightsTable:
    """Return the table, read once."""
    return read_rights(TABLE)


def roles() -> tuple[Role, ...]:
    """Return every role, in the order of the table."""
    return rights().roles


@cache
def role_of(key: str) -> Role:
    """Return the role of this key.

    Raises:
        KeyError: there is none.
    """
    return {role.key: role for role in roles()}[key]
