"""What the tests stand on does what `tests/stores.py` says."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from tests.processes import ProcessDiedError, Processes

MAKER = """
import time
from tests.postgres import Cluster

cluster = Cluster()
cluster.start()
print(cluster.folder, flush=True)
time.sleep(60)
"""


def names() -> list[str]:
    return list(ContentType.objects.filter(app_label="made-up").values_list("model", flat=True))


def add(name: str) -> int:
    ContentType.objects.create(app_label="made-up", model=name)
    return os.getpid()


def refuse(name: str) -> None:
    raise ValueError(name)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_gone_in_the_next(time: str) -> None:
    before = names()
    add(time)
    assert (before, names()) == ([], [time])


@pytest.mark.django_db(transaction=True)
def test_what_the_migrations_made_is_there_in_each_test() -> None:
    assert ContentType.objects.filter(app_label="contenttypes").exists()


@pytest.mark.django_db
def test_every_store_is_open_to_a_test_that_touches_one() -> None:
    for store in ("default", "keyring", "derived"):
        with connections[store].cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)


def test_processes_are_real_and_share_the_stores(processes: Processes) -> None:
    workers = processes.together(add, ["one"], ["two"])
    assert len({os.getpid(), *workers}) == 3
    assert sorted(names()) == ["one", "two"]


def test_what_a_process_raises_is_its_answer(processes: Processes) -> None:
    [outcome] = processes.together(refuse, ["no"])
    assert isinstance(outcome, ValueError)


def test_a_killed_process_says_so(processes: Processes) -> None:
    running = processes.start(sleep, 60)
    os.kill(running.process.pid or 0, signal.SIGKILL)
    with pytest.raises(ProcessDiedError):
        running.answer(within=10)


@pytest.mark.postgres
def test_a_killed_maker_leaves_no_cluster_behind() -> None:
    maker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            MAKER,
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert maker.stdout is not None
    folder = Path(maker.stdout.readline().strip())
    there = folder.exists()
    maker.kill()
    maker.communicate()
    until = time.monotonic() + 10
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (there, folder.exists()) == (True, False)
