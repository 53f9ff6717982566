"""What rooms declare: gathered from a module of one name in each room, lowest room first."""

from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules_of_rooms(name: str) -> list[ModuleType]:
    """Return the modules of this name (`entries`, `readings`) of the rooms that have one."""
    return [
        import_module(f"{app.name}.{name}")
        for app in apps.get_app_configs()
        if app.name.startswith("casebound.") and module_has_submodule(app.module, name)
    ]


def gathered(module: str, name: str) -> dict[str, object]:
    """Return the entries of the tables of one name that the rooms' modules declare.

    Raises:
        ValueError: two rooms declare the same key.
    """
    together: dict[str, object] = {}
    for room in modules_of_rooms(module):
        for key, value in getattr(room, name, {}).items():
            if key in together:
                raise ValueError(f"{room.__name__}.{name}: another room declares {key!r} already")
            together[key] = value
    return together
