"""An installation of a trial's own, and processes that work on it and leave nothing open."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path


def in_a_process(work: Callable[[], bytes]) -> bytes:
    """Do something in a process of its own, so that this one has no connection to pass on.

    Raises:
        RuntimeError: it failed.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        code = 1
        try:
            os.close(reading)
            os.write(writing, work())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    answer = b""
    while more := os.read(reading, 1 << 16):
        answer += more
    os.close(reading)
    if os.waitpid(process, 0)[1]:
        raise RuntimeError("a process of the trial failed")
    return answer


def install(store: str, folder: Path, open_now: ExitStack) -> None:
    """Make an installation on a store and let Django open it; call it in a process of its own."""
    from casebound.foundation.base.installation import Installation  # noqa: PLC0415
    from tests.postgres import Cluster  # noqa: PLC0415

    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    Installation.create(folder / "data", origin="kills.example/trial/1")
    os.environ["CASEBOUND_DATA"] = str(folder / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
    if store == "PostgreSQL":
        cluster = open_now.enter_context(Cluster())
        cluster.create("casebound", "casebound_keyring", "casebound_derived")
        os.environ["CASEBOUND_DATABASE_URL"] = cluster.url("casebound")
    import django  # noqa: PLC0415 (its settings are chosen now)

    django.setup()
    in_a_process(_prepare)


def _prepare() -> bytes:
    from casebound.upkeep.running.actions import fold_stores, prepare_stores  # noqa: PLC0415

    prepare_stores()
    fold_stores()
    return b""
