"""A new version of a form as a small file that says only what changed.

    # daily_log.2.toml
    extends = 1                  # everything not said here is as in version 1
    removed = ["whereabouts"]    # questions that are asked no more

    [[fields]]                   # a name that version 1 has: only these keys change
    name = "meals"
    hint = "What they ate and drank."

    [[fields]]                   # a new name: asked behind the question `after` ("": first)
    name = "screen_time"
    after = "sleep"
    type = "text"
    label = "Screens"

A key is dropped by giving it nothing: `hint = ""`, `when = []`. Included fragments are named by
what is included: `removed = ["view.1"]`.
"""

from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeAlias

from casebound.foundation.base.data_files import DataFileError, as_shape
from casebound.rulebook.catalogue.files import ChangeFile

Table: TypeAlias = dict[str, Any]  # as TOML has it

NEVER_INHERITED: Final = frozenset({"name", "version", "retired"})
OWN_KEYS: Final = frozenset({"extends", "removed", "fields"})


def extended(earlier: Mapping[str, Any], change: Mapping[str, Any], *, where: str) -> Table:
    """Return the whole form of which `change` says what differs from an earlier version.

    Neither table is changed.

    Raises:
        DataFileError: it changes what is not there, or does not say where a question comes.
    """
    own = {key: value for key, value in change.items() if key in OWN_KEYS}
    file = as_shape(ChangeFile, own, where=where)
    fields = [dict(field) for field in earlier.get("fields", [])]
    for name in file.removed:
        place = _place(fields, name)
        if place is None:
            _refuse(where, f"`removed` names {name}, which version {file.extends} does not ask")
        del fields[place]
    for field in file.fields:
        _apply(fields, dict(field), where)
    inherited = {key: value for key, value in earlier.items() if key not in NEVER_INHERITED}
    changed = {key: value for key, value in change.items() if key not in OWN_KEYS}
    return {**inherited, **changed, "fields": fields}


def _apply(fields: list[Table], change: Table, where: str) -> None:
    """Change, move or add one question."""
    name = _name(change)
    after = change.pop("after", None)
    place = _place(fields, name)
    if place is None:
        if after is None:
            _refuse(where, f'{name} is new: say behind which question with `after` ("": first)')
        field = change
    else:
        field = fields[place]
        if change.get("type", field.get("type")) != field.get("type"):
            _refuse(where, f"{name} cannot change its type: remove it, and add one of another name")
        field.update(change)
        if after is None:
            return
        del fields[place]
    behind = -1 if after == "" else _place(fields, after)
    if behind is None:
        _refuse(where, f"{name} is to come after {after}, which is not asked")
    fields.insert(behind + 1, field)


def _name(field: Mapping[str, Any]) -> str:
    return str(field.get("include") or field.get("name") or "a question without a name")


def _place(fields: list[Table], name: object) -> int | None:
    return next((at for at, field in enumerate(fields) if _name(field) == name), None)


def _refuse(where: str, problem: str) -> NoReturn:
    raise DataFileError(f"{where}: {problem}")
