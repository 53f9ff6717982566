"""Reading the table of rights, strictly: one with a mistake in it stops the program at once."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Any, Final

from casebound.people.rights.shape import ALWAYS, RightsTable, Role, Situation, Works

LONGEST_KEY: Final = 40  # of the column that keeps it


class RightsFileError(ValueError):
    """The table has a mistake. The message names the role and what is wrong with it."""


def read_rights(file: Traversable) -> RightsTable:
    """Return the table of a file.

    Raises:
        RightsFileError: it is not a table of rights.
    """
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    permissions = table.pop("permissions")
    grants, writers = table.pop("grants"), table.pop("every_writer")
    asked, used = frozenset(writers["asked_by_name"]), frozenset(writers["used_the_measure"])
    roles = tuple(
        role if role.forms is None else replace(role, forms=role.forms | asked, forms_of_users=used)
        for role in (_role(row, permissions) for row in table.pop("roles"))
    )
    if table:
        raise RightsFileError(f"unknown table {', '.join(sorted(table))}")
    keys = [role.key for role in roles]
    _check_once("key", keys)
    _check_once("seniority", [str(role.seniority) for role in roles])
    for role in roles:
        if unknown := role.appointed_by - set(keys):
            raise RightsFileError(f"{role.key}: appointed by unknown {', '.join(sorted(unknown))}")
    return RightsTable(
        permissions=permissions,
        roles=roles,
        asked_by_name=asked,
        used_the_measure=used,
        grantable=frozenset(_permission(name, permissions) for name in grants["permissions"]),
        longest_grant_days=int(grants["longest_days"]),
    )


def _check_once(what: str, values: Iterable[str]) -> None:
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise RightsFileError(f"two roles have the {what} {twice[0]}")


def _role(row: dict[str, Any], permissions: dict[str, str]) -> Role:
    where = str(row.get("key", "a role without a key"))
    left = dict(row)
    try:
        role = _taken(left, permissions)
    except (KeyError, TypeError, ValueError) as wrong:
        raise RightsFileError(f"{where}: {wrong}") from wrong
    if left:
        raise RightsFileError(f"{where}: unknown key {', '.join(sorted(left))}")
    if not role.key.isidentifier() or len(role.key) > LONGEST_KEY:
        raise RightsFileError(f"{where}: the key has letters and _, {LONGEST_KEY} at most")
    return role


def _taken(left: dict[str, Any], permissions: dict[str, str]) -> Role:
    return Role(
        key=left.pop("key"),
        words=left.pop("words"),
        seniority=int(left.pop("seniority")),
        works=frozenset(Works(value) for value in left.pop("works")),
        appointed_by=frozenset(left.pop("appointed_by")),
        may={
            _permission(name, permissions): _situations(cell)
            for name, cell in left.pop("may", {}).items()
        },
        forms=frozenset(left.pop("forms")) if "forms" in left else None,
    )


def _permission(name: str, permissions: dict[str, str]) -> str:
    if name not in permissions:
        raise ValueError(f"unknown permission {name}")
    return name


def _situations(cell: str | list[str]) -> frozenset[Situation]:
    if cell == "always":
        return ALWAYS
    if isinstance(cell, str) or not cell:
        raise ValueError(f"{cell!r} says no situation")
    return frozenset(Situation(value) for value in cell)
