"""Reading the table of rights, strictly: a mistake in it stops the program at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Final, TypeAlias

from msgspec import Meta

from casebound.foundation.base.data_files import DataFileError, Strict, Text, as_shape, read_toml
from casebound.people.rights.shape import (
    ALWAYS,
    ReadsAs,
    RightsTable,
    Role,
    Situation,
    Works,
)

LONGEST_KEY: Final = 40  # the length of the column that stores it

Key: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^[A-Za-z_][A-Za-z0-9_]{{0,{LONGEST_KEY - 1}}}\Z",
        description=f"is no key: letters, digits and _, {LONGEST_KEY} at most",
    ),
]
Always: TypeAlias = Annotated[
    str, Meta(pattern=r"^always\Z", description="says no situation: “always”, or a list of some")
]
Span: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[1-9][0-9]{0,3} (hours|days)\Z",
        description="is no time: “26 hours”, or “28 days”",
    ),
]
Cell: TypeAlias = Always | Annotated[tuple[Situation, ...], Meta(min_length=1)]


class RoleFile(Strict):
    """`[[roles]]`."""

    key: Key
    words: Text
    seniority: int
    works: tuple[Works, ...]
    appointed_by: tuple[Text, ...]
    may: dict[str, Cell] = {}
    with_consent: dict[str, Cell] = {}
    forms: tuple[Text, ...] | None = None
    reads: tuple[Text, ...] | None = None
    reads_as: ReadsAs = ReadsAs.STAFF
    names_children: bool = True
    visitor: bool = False
    longest: Span | None = None
    after_end: Span | None = None


class GrantsFile(Strict):
    """`[grants]`."""

    permissions: tuple[Text, ...]
    longest_days: int


class WritersFile(Strict):
    """`[every_writer]`."""

    asked_by_name: tuple[Text, ...]
    used_the_measure: tuple[Text, ...]


class RightsFile(Strict):
    """The whole table. Each role is read by itself, so that an error names the role."""

    permissions: dict[str, Text]
    grants: GrantsFile
    every_writer: WritersFile
    roles: tuple[dict[str, Any], ...]


def read_rights(file: Traversable) -> RightsTable:
    """Return the table of a file.

    Raises:
        DataFileError: it is not a table of rights. The message names the role.
    """
    table = as_shape(RightsFile, read_toml(file), where=file.name)
    roles = tuple(_role(row, table) for row in table.roles)
    keys = [role.key for role in roles]
    _check_once("key", keys)
    _check_once("seniority", [str(role.seniority) for role in roles])
    for role in roles:
        if unknown := role.appointed_by - set(keys):
            raise DataFileError(f"{role.key}: appointed by unknown {', '.join(sorted(unknown))}")
    _check_permissions("grants", table.grants.permissions, table.permissions)
    return RightsTable(
        permissions=table.permissions,
        roles=roles,
        asked_by_name=frozenset(table.every_writer.asked_by_name),
        used_the_measure=frozenset(table.every_writer.used_the_measure),
        grantable=frozenset(table.grants.permissions),
        longest_grant_days=table.grants.longest_days,
    )


def _role(row: Mapping[str, Any], table: RightsFile) -> Role:
    role = as_shape(RoleFile, row, where=str(row.get("key", "a role without a key")))
    _check_permissions(role.key, [*role.may, *role.with_consent], table.permissions)
    if role.longest is None and (role.visitor or role.after_end or Works.ONE_CHILD in role.works):
        raise DataFileError(f"{role.key}: say how long it lasts at most, as `longest`")
    writers = table.every_writer
    named = role.forms is not None
    return Role(
        key=role.key,
        words=role.words,
        seniority=role.seniority,
        works=frozenset(role.works),
        appointed_by=frozenset(role.appointed_by),
        may={name: _situations(cell) for name, cell in role.may.items()},
        forms=frozenset(role.forms or ()) | frozenset(writers.asked_by_name) if named else None,
        forms_of_users=frozenset(writers.used_the_measure) if named else frozenset(),
        is_visitor=role.visitor,
        longest=_span(role.longest) if role.longest else None,
        after_end=_span(role.after_end) if role.after_end else timedelta(0),
        with_consent={name: _situations(cell) for name, cell in role.with_consent.items()},
        reads=None if role.reads is None else frozenset(role.reads),
        reads_as=role.reads_as,
        names_children=role.names_children,
    )


def _span(words: Span) -> timedelta:
    count, unit = words.split()
    return timedelta(**{unit: int(count)})


def _situations(cell: Cell) -> frozenset[Situation]:
    return ALWAYS if isinstance(cell, str) else frozenset(cell)


def _check_permissions(where: str, names: Iterable[str], permissions: Mapping[str, str]) -> None:
    for name in names:
        if name not in permissions:
            raise DataFileError(f"{where}: unknown permission {name}")


def _check_once(what: str, values: Iterable[str]) -> None:
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise DataFileError(f"two roles have the {what} {twice[0]}")
