"""The three stores as Django's `DATABASES`: encrypted SQLite files of the data folder."""

from typing import Any

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
