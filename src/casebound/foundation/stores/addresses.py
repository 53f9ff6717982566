"""The three stores as Django's `DATABASES`: PostgreSQL at the addresses of the environment."""

from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from casebound.foundation.base.databases import FILES
from casebound.foundation.base.installation import STORES
from casebound.foundation.base.refusals import RefusedError

# How a connection is made and kept, unless the address says otherwise (seconds, milliseconds).
POSTGRES_CARE: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
# Of an address, what Django wants under another name. All else is libpq's own and goes to it.
_NAMED: Final = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
POOL_PATIENCE: Final = 5  # seconds until a request gets a connection of the pool, or is refused


class DatabaseAddressError(RefusedError):
    """The address of a PostgreSQL database cannot be read."""

    what = "casebound does not know where its database is."
    why = "The address in CASEBOUND_DATABASE_URL, or one of its options, is not one of PostgreSQL."
    do = "Write it as postgresql://user:password@host:port/name?sslmode=verify-full."


def postgresql(urls: Mapping[str, str], *, pool: int) -> dict[str, dict[str, Any]]:
    """Return the stores at `urls` (`postgresql://user:password@host:port/name?option=value`).

    Every option of libpq can stand in a URL, such as `sslmode` and `sslrootcert`. Without a URL of
    its own, the keyring or the derived store is the database of the same name with `_keyring` or
    `_derived` behind it.

    Raises:
        DatabaseAddressError: a URL is none, or has an option that libpq does not know.
    """
    stores = {}
    for store in STORES:
        words = _words_of(urls.get(store) or urls["default"])
        name = words.pop("dbname", "")
        if not urls.get(store):
            name = f"{name}_{FILES[store]}"
        place = {field: words.pop(word, "") for word, field in _NAMED.items()}
        options: dict[str, Any] = {**POSTGRES_CARE, **words}
        if "sslmode" not in options and _is_elsewhere(place["HOST"]):
            options["sslmode"] = "verify-full"
        if store == "derived":
            # Nothing here need survive a crash: it is worked out again from the ledger.
            options["session"] = {"synchronous_commit": "off"}
        if pool:
            options["pool"] = {
                "min_size": 1,
                "max_size": pool,
                "timeout": POOL_PATIENCE,
                # Then the next request tries again, and not a task that waits longer each time.
                "reconnect_timeout": POOL_PATIENCE,
            }
        stores[store] = {
            "ENGINE": "casebound.foundation.stores.postgres",
            "NAME": name,
            **place,
            "CONN_MAX_AGE": 0 if pool else None,
            "CONN_HEALTH_CHECKS": not pool,  # a pool's connection is looked at when it is taken
            "OPTIONS": options,
        }
    return stores


def _words_of(url: str) -> dict[str, str]:
    if not url.startswith(("postgresql://", "postgres://")):
        raise DatabaseAddressError
    try:
        words = conninfo_to_dict(url)
    except psycopg.ProgrammingError as wrong:
        raise DatabaseAddressError(f"{str(wrong).strip().capitalize()}.") from wrong
    return {name: str(value) for name, value in words.items() if value is not None}


def _is_elsewhere(host: str) -> bool:
    """Say whether a host is another machine: its name is no socket and not this machine's own."""
    return any(
        name and not name.startswith(("/", "@", "127.")) and name not in {"localhost", "::1"}
        for name in host.split(",")
    )
