"""What an entry takes on disk, store by store, beside its own text."""

from pathlib import Path
from typing import Any

from django.db import connections

from tools.bench import words
from tools.bench.by_hand import actions as by_hand
from tools.bench.measures.filling import draft_of, fill_log
from tools.bench.measures.start import FULL_NAME, ROLE

STORES = ("default", "keyring", "derived", "by_hand")


def use(entries: int = 5000) -> dict[str, Any]:
    """Return bytes an entry in each store, and of its text, after `entries` more of them."""
    fill_log(500)  # so that no table begins empty
    before = _sizes()
    fill_log(entries)
    for number in range(entries):
        draft = draft_of(number)
        by_hand.sign_entry(
            book=draft.book, form="daily_log", content=words.by_hand(draft.content),
            happened_at=draft.begun_at, by=draft.author, full_name=FULL_NAME, role=ROLE,
            at=draft.begun_at,
        )  # fmt: skip
    after = _sizes()
    text = sum(
        len("".join(words.statements(number, words=words.WORDS)).encode())
        for number in range(entries)
    )
    return {
        "text": text / entries,
        "stores": {store: (after[store] - before[store]) / entries for store in STORES},
    }


def _sizes() -> dict[str, int]:
    return {store: _size(store) for store in STORES}


def _size(store: str) -> int:
    connection = connections[store]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(connection.settings_dict["NAME"]).stat().st_size
