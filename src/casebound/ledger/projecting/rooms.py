"""Collect what rooms declare in a module of the same name in each room, lowest room first."""

from collections.abc import Callable, Hashable, Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules_of_rooms(name: str) -> list[ModuleType]:
    """Return the modules of this name (`entries`, `readings`) of the rooms that have one."""
    return [
        import_module(f"{app.name}.{name}")
        for app in apps.get_app_configs()
        if app.name.startswith("casebound.") and module_has_submodule(app.module, name)
    ]


def declared_tables(module: str, name: str) -> dict[str, Any]:
    """Return all entries of the tables (`READINGS`, `TITLES`) that the rooms' modules declare.

    Raises:
        ValueError: two rooms declare the same key.
    """
    return _gathered(module, name, lambda table: dict(table).items())


def declared_items(module: str, name: str, *, key: Callable[[Any], Hashable]) -> dict[Any, Any]:
    """Return all items of the tuples (`KINDS`, `NAV`) that the rooms' modules declare, by key.

    Raises:
        ValueError: two items have the same key.
    """
    return _gathered(module, name, lambda items: ((key(item), item) for item in items))


def _gathered(
    module: str, name: str, pairs_of: Callable[[Any], Iterable[tuple[Any, Any]]]
) -> dict[Any, Any]:
    gathered: dict[Any, Any] = {}
    for room in modules_of_rooms(module):
        for key, value in pairs_of(getattr(room, name, ())):
            if key in gathered:
                raise ValueError(f"{room.__name__}.{name}: {key!r} is declared already")
            gathered[key] = value
    return gathered
