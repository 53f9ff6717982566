"""The embedded store: encrypted on the disk, and written by one at a time."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler

from casebound.foundation.base.databases import sqlite
from casebound.foundation.base.installation import Installation
from casebound.foundation.sqlcipher.base import DatabaseWrapper
from casebound.foundation.sqlcipher.queue import WritersQueue
from tests.processes import Processes

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
MARKER = "marmalade-lighthouse"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    opened = connected(sqlite(Installation.passing(tmp_path))["default"])
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (words TEXT)")
    yield opened
    opened.close()


def connected(settings: dict[str, Any]) -> DatabaseWrapper:
    handler = ConnectionHandler({"default": settings})
    wrapper = handler["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper


def add(store: DatabaseWrapper, words: str) -> None:
    with store.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (%s)", [words])


def words(store: DatabaseWrapper) -> list[str]:
    with store.cursor() as cursor:
        cursor.execute("SELECT words FROM kept ORDER BY words")
        return [row[0] for row in cursor.fetchall()]


def can_enter(folder: Path) -> bool:
    """Say whether another could write now."""
    with (folder / "ledger.queue").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@pytest.mark.policy("P12")
def test_nothing_on_the_disk_can_be_read_without_the_key(
    store: DatabaseWrapper, tmp_path: Path
) -> None:
    add(store, MARKER)

    files = list(tmp_path.glob("ledger.sqlite3*"))
    raw = b"".join(path.read_bytes() for path in files)
    assert len(raw) > 4096
    assert MARKER.encode() not in raw
    assert b"SQLite format 3" not in raw


@pytest.mark.policy("P12")
def test_a_wrong_key_opens_nothing(store: DatabaseWrapper) -> None:
    add(store, MARKER)
    store.close()
    settings = dict(store.settings_dict)
    settings["OPTIONS"] = settings["OPTIONS"] | {"key_hex": "00" * 32}
    other = connected(settings)

    with pytest.raises(DatabaseError, match="file is not a database"):
        words(other)
    other.close()


def test_a_transaction_holds_its_turn_until_it_ends(store: DatabaseWrapper, tmp_path: Path) -> None:
    store.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    add(store, "one")
    held = not can_enter(tmp_path)
    store.commit()

    assert held
    assert can_enter(tmp_path)
    store.set_autocommit(True)


def test_a_statement_that_writes_by_itself_takes_its_turn_and_gives_it_back(
    store: DatabaseWrapper, tmp_path: Path
) -> None:
    before = WritersQueue(tmp_path / "ledger.queue")
    before.enter()
    assert words(store) == []  # to read, nobody waits
    leaving = Timer(0.2, before.leave)
    began = time.monotonic()
    leaving.start()

    add(store, "one")

    assert time.monotonic() - began >= 0.2
    assert can_enter(tmp_path)
    before.close()


def test_a_statement_that_fails_by_itself_gives_its_turn_back(
    store: DatabaseWrapper, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseError, match="no such table"), store.cursor() as cursor:
        cursor.execute("INSERT INTO missing VALUES (1)")

    assert can_enter(tmp_path)


def test_a_transaction_undone_lets_the_next_in(store: DatabaseWrapper, tmp_path: Path) -> None:
    store._start_transaction_under_autocommit()
    add(store, "one")
    store._rollback()

    assert can_enter(tmp_path)
    assert words(store) == []


def test_a_transaction_that_cannot_begin_gives_its_turn_back(
    store: DatabaseWrapper, tmp_path: Path
) -> None:
    store._start_transaction_under_autocommit()
    with pytest.raises(DatabaseError, match="within a transaction"), store.wrap_database_errors:
        store._start_transaction_under_autocommit()
    store._rollback()

    assert can_enter(tmp_path)


def test_a_closed_connection_lets_the_next_in(store: DatabaseWrapper, tmp_path: Path) -> None:
    store._start_transaction_under_autocommit()
    store.close()

    assert can_enter(tmp_path)


def test_the_queue_can_be_entered_and_left_twice(tmp_path: Path) -> None:
    queue = WritersQueue(tmp_path / "ledger.queue")
    queue.enter()
    queue.enter()
    queue.leave()
    queue.leave()

    assert can_enter(tmp_path)
    queue.close()


def test_who_waits_comes_in_as_soon_as_the_other_leaves(tmp_path: Path) -> None:
    first, second = (WritersQueue(tmp_path / "ledger.queue") for _ in range(2))
    first.enter()
    waiting = Thread(target=second.enter)
    waiting.start()
    waiting.join(0.05)
    waited = waiting.is_alive()

    first.leave()
    waiting.join(10)

    assert waited
    assert not waiting.is_alive()
    first.close()
    second.close()


def hold(path: str) -> None:
    WritersQueue(Path(path)).enter()
    Path(f"{path}.held").touch()
    time.sleep(60)


def test_a_killed_writer_blocks_nobody(processes: Processes, tmp_path: Path) -> None:
    holder = processes.start(hold, str(tmp_path / "ledger.queue"))
    until = time.monotonic() + 10
    while not (tmp_path / "ledger.queue.held").exists() and time.monotonic() < until:
        time.sleep(0.01)
    held = not can_enter(tmp_path)

    os.kill(holder.process.pid or 0, signal.SIGKILL)
    holder.process.join()

    assert held
    assert can_enter(tmp_path)
