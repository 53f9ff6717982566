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

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

Table: TypeAlias = dict[str, Any]  # as TOML has it
Refuse: TypeAlias = Callable[[str], NoReturn]

NEVER_INHERITED: Final = frozenset({"name", "version", "retired"})
OWN_KEYS: Final = frozenset({"extends", "removed", "fields"})


def extended(earlier: Mapping[str, Any], change: Mapping[str, Any], *, refuse: Refuse) -> Table:
    """Return the whole form of which `change` says what differs from an earlier version.

    Neither table is changed. `refuse` raises with the sentence it is called with.
    """
    inherited = {key: value for key, value in earlier.items() if key not in NEVER_INHERITED}
    said = {key: value for key, value in change.items() if key not in OWN_KEYS}
    fields = [dict(field) for field in earlier.get("fields", [])]
    for name in change.get("removed", []):
        place = _place(fields, name)
        if place is None:
            refuse(f"`removed` names {name}, which version {change['extends']} does not ask")
        del fields[place]
    for field in change.get("fields", []):
        _apply(fields, dict(field), refuse=refuse)
    return {**inherited, **said, "fields": fields}


def _apply(fields: list[Table], change: Table, *, refuse: Refuse) -> None:
    """Change, move or add one question."""
    name = _name(change)
    after = change.pop("after", None)
    place = _place(fields, name)
    if place is None:
        if after is None:
            refuse(f'{name} is new: say behind which question with `after` ("": first)')
        field = change
    else:
        field = fields[place]
        if change.get("type", field.get("type")) != field.get("type"):
            refuse(f"{name} cannot change its type: remove it, and add one with a new name")
        field.update(change)
        if after is None:
            return
        del fields[place]
    behind = -1 if after == "" else _place(fields, after)
    if behind is None:
        refuse(f"{name} is to come after {after}, which is not asked")
    fields.insert(behind + 1, field)


def _name(field: Mapping[str, Any]) -> str:
    return str(field.get("include") or field.get("name") or "a question without a name")


def _place(fields: list[Table], name: object) -> int | None:
    return next((at for at, field in enumerate(fields) if _name(field) == name), None)
