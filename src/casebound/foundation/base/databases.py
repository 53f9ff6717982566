"""The three stores as Django's `DATABASES`: SQLite files of the data folder, or PostgreSQL."""

from typing import Any
from urllib.parse import unquote, urlsplit

from casebound.foundation.base.installation import STORES, Installation

FILES = {"default": "ledger", "keyring": "keyring", "derived": "derived"}

# Losing power may cost `derived` its last rows; they are worked out again from the ledger.
# What is written goes from the log into the file every 4,000 pages (32 MB), not every 1,000: a
# seal writes the same few pages again and again, and that is a tenth of what it costs.
SQLITE_CARE = {
    "default": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;"
    " PRAGMA wal_autocheckpoint=4000",
    "keyring": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON",
    "derived": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
    " PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000",
}


def sqlite(installation: Installation) -> dict[str, dict[str, Any]]:
    """Return the embedded stores of `installation`, each an encrypted file."""
    return {
        store: {
            "ENGINE": "casebound.foundation.sqlcipher",
            "NAME": str(installation.data / f"{FILES[store]}.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "key_hex": installation.file_keys[store].hex(),
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_CARE[store],
            },
            "TEST": {"NAME": str(installation.data / f"test-{FILES[store]}.sqlite3")},
        }
        for store in STORES
    }


def postgresql(urls: dict[str, str], *, pool: int) -> dict[str, dict[str, Any]]:
    """Return the stores at `urls` (`postgresql://user:password@host:port/name?option=value`).

    Without a URL of its own, the keyring or the derived store is the database of the same name
    with `_keyring` or `_derived` behind it.
    """
    stores = {}
    for store in STORES:
        parts = urlsplit(urls.get(store) or urls["default"])
        name = unquote(parts.path.lstrip("/"))
        if not urls.get(store):
            name = f"{name}_{FILES[store]}"
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        options: dict[str, Any] = {}
        if store == "derived":
            # Nothing here need survive a crash: it is worked out again from the ledger.
            options["options"] = "-c synchronous_commit=off"
        if pool:
            options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
        stores[store] = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": query.get("port", str(parts.port or "")),
            "CONN_MAX_AGE": 0 if pool else None,
            "OPTIONS": options,
        }
    return stores
