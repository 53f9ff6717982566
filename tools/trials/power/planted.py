"""Faults planted in the product, or in what it asks of the disk. The lives must find each of them.

Each is one mistake that somebody could make: a sync left out, or two steps in the wrong order.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import IntegrityError, connections, transaction

from casebound.foundation.base.ids import BookId
from casebound.ledger.keyring import actions as keyring
from casebound.ledger.projecting import actions as projecting
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing import highwater, sequencing
from casebound.ledger.sealing.connection import StoreConnection
from tools.trials.power.disk import Faults
from tools.trials.power.store.base import DatabaseWrapper

Plant = Callable[[], contextlib.AbstractContextManager[None]]


@contextmanager
def changed(owner: Any, name: str, value: object) -> Iterator[None]:  # noqa: ANN401 (a module or a class)
    """Change an attribute for a while."""
    kept = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, kept)


def setting(store: str, line: str) -> Plant:
    """Open a store with another setting."""
    return lambda: changed(
        DatabaseWrapper, "always", {**DatabaseWrapper.always, store: (f"PRAGMA {line}",)}
    )


def never_synced(ending: str) -> Plant:
    """Leave out every sync of files with this ending."""
    return lambda: changed(Faults, "never_synced", (ending,))


def folder_never_synced() -> contextlib.AbstractContextManager[None]:
    """Leave out every sync of the folder."""
    return changed(Faults, "folder_is_synced", value=False)


@contextmanager
def mark_before_commit() -> Iterator[None]:
    """Write the high-water mark before the commit of the entry, not behind it."""
    append = sequencing.append

    def append_and_mark(store: StoreConnection, now: Any, *words: Any, **named: Any) -> Any:  # noqa: ANN401 (as the function's)
        before = len(transaction.get_connection("default").run_on_commit)
        places = append(store, now, *words, **named)
        waiting = transaction.get_connection("default").run_on_commit
        for _, function, *_ in waiting[before:]:
            function()
        del waiting[before:]
        return places

    with changed(sequencing, "append", append_and_mark):
        yield


@contextmanager
def answered_before_commit() -> Iterator[None]:
    """Answer first, and commit when the next transaction begins."""
    commit, begin = DatabaseWrapper._commit, DatabaseWrapper._start_transaction_under_autocommit  # noqa: SLF001

    def commit_later(self: DatabaseWrapper) -> None:
        if self.alias != "default":
            commit(self)

    def commit_then_begin(self: DatabaseWrapper) -> None:
        if self._in_transaction():
            commit(self)
        begin(self)

    with (
        changed(DatabaseWrapper, "_commit", commit_later),
        changed(DatabaseWrapper, "_start_transaction_under_autocommit", commit_then_begin),
    ):
        yield


@contextmanager
def key_after_book() -> Iterator[None]:
    """Make a book's key behind the book, not before it."""
    make = keyring.make_book_key
    open_book = sealing.open_book

    def open_book_first(book: BookId | None = None) -> BookId:
        with changed(sealing, "make_book_key", lambda _: b""):
            book = open_book(book)
        with contextlib.suppress(IntegrityError):
            make(book)
        return book

    with changed(sealing, "open_book", open_book_first):
        yield


@contextmanager
def draft_removed_first() -> Iterator[None]:
    """Remove the draft in a transaction of its own, before the entry is sealed."""
    seal_or_stage = sealing._seal_or_stage  # noqa: SLF001 (the mistake is made there)

    def remove_then_seal(*words: Any, removes: Any, **named: Any) -> Any:  # noqa: ANN401 (as the function's)
        for removal in removes:
            removal.run(StoreConnection())
        return seal_or_stage(*words, removes=(), **named)

    with changed(sealing, "_seal_or_stage", remove_then_seal):
        yield


def committed_between(statement: str, store: str) -> Plant:
    """Commit before a statement, so that it is not together with those before it."""

    @contextmanager
    def plant() -> Iterator[None]:
        execute = StoreConnection.execute

        def commit_then_execute(self: StoreConnection, words: str, values: Any = ()) -> Any:  # noqa: ANN401 (a cursor)
            connection = connections[store].connection
            if words.startswith(statement) and connection.in_transaction:
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
            return execute(self, words, values)

        with changed(StoreConnection, "execute", commit_then_execute):
            yield

    return plant


@contextmanager
def reach_before_rows() -> Iterator[None]:
    """Say that an entry was projected before its rows are there."""
    project = projecting.project_until

    def say_then_project(until: int, standing: Any, store: StoreConnection, **named: Any) -> int:  # noqa: ANN401 (as the function's)
        store.execute("UPDATE projecting_reach SET next_leaf = %s", [until])
        connections["derived"].connection.execute("COMMIT")
        connections["derived"].connection.execute("BEGIN IMMEDIATE")
        store.execute("UPDATE projecting_reach SET next_leaf = %s", [standing.next_leaf])
        return project(until, standing, store, **named)

    with changed(projecting, "project_until", say_then_project):
        yield


@contextmanager
def mark_never_written() -> Iterator[None]:
    """Leave the high-water mark as it was at the beginning."""
    with changed(highwater, "write", lambda _: None):
        yield


@contextmanager
def rows_sent_alone() -> Iterator[None]:
    """Commit each table's rows of an entry on its own."""
    send = Rows.send

    def send_and_commit(self: Rows) -> None:
        had_rows = bool(self._added)
        send(self)
        connection = connections["derived"].connection
        if had_rows and connection.in_transaction:
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")

    with changed(Rows, "send", send_and_commit):
        yield


PLANTED: Final[dict[str, Plant]] = {
    "ledger with synchronous=OFF": setting("default", "synchronous=OFF"),
    "ledger with synchronous=NORMAL": setting("default", "synchronous=NORMAL"),
    "keyring with synchronous=OFF": setting("keyring", "synchronous=OFF"),
    "keyring with synchronous=FULL": setting("keyring", "synchronous=FULL"),
    "write-ahead log is not synced": never_synced("ledger.sqlite3-wal"),
    "ledger is not synced when the log is folded": never_synced("ledger.sqlite3"),
    "folder is not synced": folder_never_synced,
    "answer before commit": answered_before_commit,
    "high-water mark before commit": mark_before_commit,
    "high-water mark is not written": mark_never_written,
    "key after the book": key_after_book,
    "draft removed before the seal": draft_removed_first,
    "checkpoint apart from its lines": committed_between("INSERT INTO log_checkpoint", "default"),
    "entry apart from its page": committed_between("INSERT INTO entry_key", "default"),
    "rows apart from the reach": rows_sent_alone,
    "reach before the rows": reach_before_rows,
}
