"""The database backend: Django's own for PostgreSQL, for a server that can be away and come back.

A connection that the server has ended is noticed before it is used, without a trip to the server.
In a web process every wait has an end: `bound_requests` sets it. A command may take its time.
"""

import select
from collections.abc import Iterable, Mapping
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

# A request waits no longer for one answer. The server gives up first, and says so.
STATEMENT_WITHIN: Final = 20  # seconds; waiting for a lock is a part of it
ANSWER_WITHIN: Final = 25.0
# A process that stopped in a transaction holds its locks no longer.
IDLE_WITHIN: Final = 60

SESSION: Final = "session"  # the option with what each connection sets for itself
_ANSWER: Final = "answer_within"


class Connection(psycopg.Connection[Any]):
    """A connection that waits for an answer only so long, if it was told how long."""

    answer_within: float | None = None

    def wait(self, gen: Any, *words: Any, **options: Any) -> Any:  # noqa: ANN401 (the driver's)
        """Wait for the server. After too long, end the connection: its answer may still come."""
        options.setdefault("timeout", self.answer_within)
        try:
            return super().wait(gen, *words, **options)
        except psycopg.errors._WaitTimeout as late:  # noqa: SLF001 (it has no public name)
            self.pgconn.finish()
            raise psycopg.OperationalError("the server did not answer in time") from late


class DatabaseWrapper(base.DatabaseWrapper):
    """Notices an ended connection before it is used, and bounds how long a request waits."""

    def get_connection_params(self) -> dict[str, Any]:
        """Take our own options out of what goes to the driver."""
        params = super().get_connection_params()
        params.pop(SESSION, None)
        params.pop(_ANSWER, None)
        return params

    @property
    def pool(self) -> Any:  # noqa: ANN401 (the driver's)
        """Return the pool of this process, whose connections are ours, or None."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if options:
            options["connection_class"] = Connection
        return super().pool

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 (the driver)
        """Open a connection, or take one of the pool that the server has not ended."""
        if not self.pool:
            self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            return Connection.connect(**conn_params)
        try:
            for _ in range(self.pool.max_size):
                connection = super().get_new_connection(conn_params)
                if not _has_ended(connection):
                    return connection
                connection.close()
                self.pool.putconn(connection)
            return super().get_new_connection(conn_params)
        except PoolTimeout as late:
            # Is it away, or are all connections in use? The pool does not say.
            psycopg.connect(**conn_params).close()
            raise psycopg.OperationalError("no more connections allowed by the pool") from late

    def is_usable(self) -> bool:
        """Say whether the connection works. Usually it asks the socket, and not the server."""
        if self.connection is None or _has_ended(self.connection):
            return False
        return not self.errors_occurred or super().is_usable()

    def _configure_connection(self, connection: Any) -> bool:  # noqa: ANN401 (the driver)
        """Set what each connection sets for itself: one statement a connection."""
        options = self.settings_dict["OPTIONS"]
        connection.answer_within = options.get(_ANSWER)
        session: Mapping[str, str] = options.get(SESSION, {})
        if session:
            sets = ", ".join(["set_config(%s, %s, false)"] * len(session))
            words = [word for pair in session.items() for word in pair]
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {sets}", words)
        own = super()._configure_connection(connection)  # type: ignore[misc]  # the stubs lack it
        return bool(own) or bool(session)


def bound_requests(
    stores: Iterable[dict[str, Any]],
    *,
    statement: int = STATEMENT_WITHIN,
    answer: float = ANSWER_WITHIN,
) -> None:
    """Bound how long the connections of this process wait. Call it before any is made."""
    for store in stores:
        if store["ENGINE"] != __package__:
            continue
        options = store["OPTIONS"]
        options[_ANSWER] = answer
        options[SESSION] = {
            **options.get(SESSION, {}),
            "statement_timeout": f"{statement}s",
            "idle_in_transaction_session_timeout": f"{IDLE_WITHIN}s",
        }


def _has_ended(connection: "psycopg.Connection[Any]") -> bool:
    """Say whether the server has ended a connection that nobody uses. It sends nothing.

    An idle server is silent. Something to read is its last words or the end of the line; it may
    also be a notice, and then the connection is still good.
    """
    if connection.closed:
        return True
    pg = connection.pgconn
    waiting = select.poll()
    waiting.register(pg.socket, select.POLLIN)
    if not waiting.poll(0):
        return False
    try:
        pg.consume_input()
        connection.execute("SELECT 1")
    except psycopg.Error:
        return True
    return False
