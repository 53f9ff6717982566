"""The process of the product: what it does at its start, and what it forgets when it ends."""

import sys
from contextlib import suppress
from types import ModuleType
from typing import Any, Final

import apsw
from django.db import connections

from casebound.foundation.base.installation import STORES
from casebound.ledger.keyring.actions import check_master_key
from casebound.ledger.projecting import actions as projecting
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing import reads as sealed

_REMEMBERING: Final = ("casebound.ledger.keyring.", "casebound.ledger.sealing.")


def start() -> None:
    """Do what `prepare_stores` does when a server starts, behind the migrations."""
    highwater.check_size(sealed.size())
    check_master_key()
    sealing.sequence_all()
    projecting.catch_up()


def stop() -> None:
    """Close the stores, as a server does that is asked to stop, and forget."""
    connections.close_all()
    forget()


def forget() -> None:
    """Forget what a process knows: its connections, and what its modules remember."""
    handler: Any = connections
    for store in STORES:
        wrapper = getattr(handler._connections, store, None)  # noqa: SLF001 (makes none)
        if wrapper is None:
            continue
        if wrapper.connection is not None:
            with suppress(apsw.Error):
                wrapper.connection.close(force=True)
        del connections[store]
    for memory in _collected:
        memory.clear()
    for module, name, value in _noted:
        setattr(module, name, value)


def _modules() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith(_REMEMBERING)]


def _names(module: ModuleType) -> list[tuple[str, Any]]:
    """Return what a module may remember: its own lower-case names."""
    return [(name, value) for name, value in vars(module).items() if name[:1] == "_" != name[1:2]]


# What is empty before the first use is filled by use. A restart empties it.
_collected: Final[list[Any]] = [
    value
    for module in _modules()
    for _, value in _names(module)
    if hasattr(value, "clear") and not value
]
_noted: Final = [
    (module, name, value)
    for module in _modules()
    for name, value in _names(module)
    if name.islower() and isinstance(value, int | float | str | None)
]
