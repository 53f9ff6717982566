"""Doing a check's pieces, in one process or several, on the ledger's state at one moment."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections

from casebound.ledger.sealing.connection import StoreConnection

Piece = tuple[Callable[..., Any], tuple[Any, ...]]
Answer = TypeVar("Answer")

_snapshot: list[str] = []  # the parent's snapshot, in a forked worker; empty in the parent


@contextmanager
def one_moment(store: StoreConnection) -> Iterator[str]:
    """Read the ledger's state of this moment inside the `with`, while others go on sealing.

    Yields the snapshot's name for other connections (PostgreSQL), or nothing. Inside a transaction
    of the caller, it is that transaction's snapshot.
    """
    wrapper = connections["default"]
    if wrapper.in_atomic_block:
        yield ""
    elif store.is_postgres:
        with wrapper.connection.transaction():
            store.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield store.execute("SELECT pg_export_snapshot()").fetchone()[0]
    else:
        store.execute("BEGIN")  # deferred: it reads, and nobody waits for it
        try:
            yield ""
        finally:
            store.execute("ROLLBACK")


def answers(pieces: Sequence[Piece], *, workers: int, moment: str) -> Iterator[Any]:
    """Yield the result of each piece, in the order of the pieces.

    A piece is a function of this package and its arguments after the connection. Several workers
    are forked. Then nothing else may run in this process (a command, not a server).
    """
    if workers < 2 or len(pieces) < 2:  # noqa: PLR2004 (one worker or one piece is no crowd)
        store = StoreConnection()
        for function, words in pieces:
            yield function(store, *words)
        return
    with multiprocessing.get_context("fork").Pool(
        min(workers, len(pieces)), _begin_worker, (moment,)
    ) as pool:
        yield from pool.imap(_do, pieces)


def _begin_worker(moment: str) -> None:
    # This process may not use the parent's connections, nor close them on the server.
    for wrapper in connections.all(initialized_only=True):
        wrapper.connection = None
    if moment:
        store = StoreConnection()
        store.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        store.execute(f"SET TRANSACTION SNAPSHOT '{moment}'")
    _snapshot[:] = [moment]


def _do(piece: Piece) -> Any:  # noqa: ANN401 (what the piece's function returns)
    function, words = piece
    return function(StoreConnection(), *words)
