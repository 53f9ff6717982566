"""The cache of the database, in JSON: who writes a row there runs no code here.

Django's own keeps pickles, and reading one runs what it says. The table is Django's (`casebound
init` makes it with `createcachetable`), and so are the keys.
"""

import json
from datetime import UTC, datetime
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections, transaction

STORE: Final = "default"
_NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


class JsonCache(BaseDatabaseCache):
    """What may be lost: counts of tries, and which codes were used. Every write takes away old."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:  # noqa: ANN401
        """Return a value, or `default`. 1 query."""
        rows = self._ask("SELECT value FROM {} WHERE cache_key = %s AND expires > %s", key, version)
        if not rows:
            return default
        try:
            return json.loads(rows[0][0])
        except ValueError:  # of an older version, or somebody's who is not us
            return default

    def set(
        self,
        key: str,
        value: Any,  # noqa: ANN401 (as Django has it)
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value. 2 statements."""
        self._insert(
            "DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires",
            key, value, timeout, version,
        )  # fmt: skip

    def add(
        self,
        key: str,
        value: Any,  # noqa: ANN401 (as Django has it)
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value if there is none. Of several requests one alone is told that it did."""
        return self._insert("DO NOTHING", key, value, timeout, version)

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value for longer."""
        missing = object()
        value = self.get(key, missing, version)
        if value is not missing:
            self.set(key, value, timeout, version)
        return value is not missing

    def delete(self, key: str, version: int | None = None) -> bool:
        """Take a value away."""
        with connections[STORE].cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self._name} WHERE cache_key = %s",  # noqa: S608 (our own name)
                [self.make_and_validate_key(key, version)],
            )
            return bool(cursor.rowcount > 0)

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Say whether there is a value. 1 query."""
        return bool(
            self._ask("SELECT 1 FROM {} WHERE cache_key = %s AND expires > %s", key, version)
        )

    def clear(self) -> None:
        """Take all values away."""
        with connections[STORE].cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._name}")  # noqa: S608 (our own name)

    @property
    def _name(self) -> str:
        return str(connections[STORE].ops.quote_name(self._table))  # type: ignore[attr-defined]

    def _ask(self, sql: str, key: str, version: int | None) -> list[tuple[Any, ...]]:
        with connections[STORE].cursor() as cursor:
            place = self.make_and_validate_key(key, version)
            cursor.execute(sql.format(self._name), [place, _moment(datetime.now(UTC))])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _insert(
        self,
        if_there: str,
        key: str,
        value: Any,  # noqa: ANN401 (as Django has it)
        timeout: float | None,
        version: int | None,
    ) -> bool:
        ends = self.get_backend_timeout(timeout)
        expires = _NEVER if ends is None else datetime.fromtimestamp(ends, UTC)
        place = self.make_and_validate_key(key, version)
        with transaction.atomic(using=STORE), connections[STORE].cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self._name} WHERE expires <= %s",  # noqa: S608 (our own name)
                [_moment(datetime.now(UTC))],
            )
            cursor.execute(
                f"INSERT INTO {self._name} (cache_key, value, expires) VALUES (%s, %s, %s)"  # noqa: S608
                f" ON CONFLICT (cache_key) {if_there}",
                [place, json.dumps(value), _moment(expires)],
            )
            return bool(cursor.rowcount == 1)


def _moment(at: datetime) -> Any:  # noqa: ANN401 (as the database has it)
    return connections[STORE].ops.adapt_datetimefield_value(at)
