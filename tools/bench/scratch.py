"""Installations to measure, made in temporary folders and removed afterwards.

Nothing here touches an installation that is in use: each scratch has its own folder, its own keys
and (on PostgreSQL) its own cluster, and is measured in processes of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casebound.foundation.base.installation import Installation
from tests.postgres import Cluster

Store = Literal["sqlite", "postgres"]
ROOT = Path(__file__).resolve().parents[2]
# What a server of records is given; otherwise PostgreSQL's own settings.
CLUSTER = {
    "max_connections": "150",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}
ORIGIN = "bench.casebound.example/1"


class MeasureFailedError(Exception):
    """A process that measured ended without an answer."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """One installation to measure: its kind of store, its folder, and what opens it."""

    store: Store
    data: Path
    environment: dict[str, str]

    def call(self, function: str, **words: object) -> Any:  # noqa: ANN401 (JSON, as each gives)
        """Run a function of `measures` in a fresh process on this installation.

        Raises:
            MeasureFailedError: the process ended without an answer; it has said why.
        """
        done = subprocess.run(
            [sys.executable, "-m", "tools.bench.child", function, json.dumps(words)],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise MeasureFailedError(f"{function} on {self.store}: exit code {done.returncode}")
        return json.loads(done.stdout)


@contextmanager
def scratch(store: Store) -> Iterator[Scratch]:
    """Make an empty installation to measure; remove it afterwards."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="casebound-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("CASEBOUND_")
        } | {
            "CASEBOUND_DATA": str(folder / "data"),
            "CASEBOUND_KEY_FILE": str(folder / "keys"),
            "CASEBOUND_TLS": "no",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        kept, os.environ["CASEBOUND_KEY_FILE"] = (
            os.environ.get("CASEBOUND_KEY_FILE"),
            environment["CASEBOUND_KEY_FILE"],
        )
        try:
            Installation.create(folder / "data", origin=ORIGIN)
        finally:
            del os.environ["CASEBOUND_KEY_FILE"]
            if kept is not None:
                os.environ["CASEBOUND_KEY_FILE"] = kept
        if store == "postgres":
            cluster = stack.enter_context(Cluster(durable=True, settings=CLUSTER))
            cluster.create("casebound", "casebound_keyring", "casebound_derived", "by_hand")
            environment["CASEBOUND_DATABASE_URL"] = cluster.url("casebound")
            environment["CASEBOUND_BENCH_BY_HAND"] = cluster.url("by_hand")
        yield Scratch(store, folder / "data", environment)
