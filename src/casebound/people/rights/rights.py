"""The one table of rights."""

from functools import cache
from importlib.resources import files
from typing import Final

from casebound.people.rights.loading import read_rights
from casebound.people.rights.shape import RightsTable, RoleRights

TABLE: Final = files(__package__) / "rights.toml"


@cache
def rights() -> RightsTable:
    """Return the table, read once."""
    return read_rights(TABLE)


@cache
def role_rights(key: str) -> RoleRights:
    """Return the row of a role.

    Raises:
        KeyError: there is none.
    """
    return {role.key: role for role in rights().roles}[key]
