"""A server's process has loaded all it needs, and its collector looks past that."""

import gc
from importlib import import_module
from typing import cast

import pytest

from casebound.foundation.base.loaded import EACH
from tests.processes import Processes

pytestmark = pytest.mark.django_db(databases=["default", "keyring", "derived"], transaction=True)

A_PROGRAM = 50_000  # objects: less than any Django with its models and addresses


def serving() -> tuple[int, int, int]:
    """Begin as a worker of the server does; say what is kept, and what a collection looks at."""
    import_module("casebound.config.wsgi")
    return gc.get_freeze_count(), len(gc.get_objects()), gc.get_threshold()[0]


def test_what_is_loaded_is_not_looked_through_again(processes: Processes) -> None:
    [found] = processes.together(serving, [])
    kept, looked_at, each = cast("tuple[int, int, int]", found)
    assert kept > A_PROGRAM
    assert looked_at < kept / 10
    assert each == EACH
