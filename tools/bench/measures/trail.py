"""Questions to a long read trail, and a look put on it, beside those of a short one."""

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connections
from django.utils import timezone

from casebound.foundation.base.ids import BookId
from casebound.people.access.looks import LooksWanted, looks, traces
from tools.bench.writers import timed

SHORT: Final = 10_000
PAGE: Final = 201
BOOKS: Final = 500
PEOPLE: Final = 800
OF_A_MANAGER: Final = 8
YEARS: Final = timedelta(days=3 * 365)
CHUNK: Final = 500_000
_INDEXES: Final = {
    "access_reading_book": "(book_id, at, id)",
    "access_reading_worker": "(worker_id, at, id, book_id)",
    "access_reading_at": "(at, id)",
}
# A row of each look: the book and the person follow from its number, the time runs evenly.
_ROWS: Final = {
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)"
        " INSERT INTO read_trail (at, worker_id, book_id, what, first, last, under, device,"
        " network, why)"
        " SELECT datetime(%s, '+' || CAST(i * %s AS INTEGER) || ' seconds') || '.000000',"
        " printf('%%032d', (i * 7919) %% 800), printf('%%032d', (i * 104729) %% 500),"
        " 'entry', 1 + i %% 400, 1 + i %% 400, printf('%%032d', (i * 7919) %% 800),"
        " printf('%%032d', (i * 7919) %% 800), 'own', '' FROM n"
    ),
    "postgresql": (
        "INSERT INTO read_trail (at, worker_id, book_id, what, first, last, under, device,"
        " network, why) SELECT %s::timestamptz + make_interval(secs => i * %s),"
        " lpad(((i * 7919) %% 800)::text, 32, '0'), lpad(((i * 104729) %% 500)::text, 32, '0'),"
        " 'entry', 1 + i %% 400, 1 + i %% 400, lpad(((i * 7919) %% 800)::text, 32, '0'),"
        " lpad(((i * 7919) %% 800)::text, 32, '0'), 'own', ''"
        " FROM generate_series(%s::bigint, %s::bigint - 1) AS g(i)"
    ),
}


def questions(rows: int = 10_000_000, each: int = 100) -> dict[str, Any]:
    """Return how long each question takes in a trail of `rows`, and in a short one before it."""
    now = timezone.now().replace(microsecond=0)
    began, took = now - YEARS, dict[str, dict[str, list[float]]]()
    _fill(0, SHORT, rows, began)
    took["short"] = _asked(now, began, each)
    started = time.monotonic()
    _fill(SHORT, rows, rows, began)
    filled = time.monotonic() - started
    took["long"] = _asked(now, began, each)
    return {
        "rows": rows,
        "filled_seconds": filled,
        "ms": {
            f"{kind} {name}": asdict(timed(times, seconds=sum(times)))
            for name, kinds in took.items()
            for kind, times in kinds.items()
        },
    }


def _fill(first: int, until: int, rows: int, began: datetime) -> None:
    """Put looks on the trail, without its indexes, which are made again at the end."""
    store = connections["default"]
    apart = YEARS.total_seconds() / rows
    with store.cursor() as cursor:
        for name in _INDEXES:
            cursor.execute(f"DROP INDEX {name}")
        for begin in range(first, until, CHUNK):
            end = min(begin + CHUNK, until)
            if store.vendor == "sqlite":
                moment = f"{began.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
                cursor.execute(_ROWS["sqlite"], [begin, end, moment, apart])
            else:
                cursor.execute(_ROWS["postgresql"], [began, apart, begin, end])
        for name, columns in _INDEXES.items():
            cursor.execute(f"CREATE INDEX {name} ON read_trail {columns}")
        cursor.execute("ANALYZE read_trail")


def _asked(now: datetime, began: datetime, each: int) -> dict[str, list[float]]:
    books = tuple(BookId(f"{book:032d}") for book in range(BOOKS))
    own, people = books[:OF_A_MANAGER], [f"{person:032d}" for person in range(PEOPLE)]
    day = began + YEARS / 2
    kinds: dict[str, Callable[[int], object]] = {
        "the newest of a manager": lambda _: looks(LooksWanted(books=own), count=PAGE),
        "a child": lambda n: looks(LooksWanted(books=(books[n % BOOKS],)), count=PAGE),
        "a person": lambda n: looks(LooksWanted(books=own, worker=people[n % PEOPLE]), count=PAGE),
        "a day": lambda n: looks(
            LooksWanted(
                books=own, since=day + timedelta(days=n), until=day + timedelta(days=n + 1)
            ),
            count=PAGE,
        ),
        "a page far back": lambda n: looks(
            LooksWanted(books=own, before=(day + timedelta(hours=n), n)), count=PAGE
        ),
        "every book": lambda _: looks(LooksWanted(books=None), count=PAGE),
        "the last two weeks": lambda _: traces(own, since=now - timedelta(days=14)),
    }
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(each):
        for kind, ask in kinds.items():
            before = time.perf_counter()
            ask(number)
            took[kind].append(time.perf_counter() - before)
    return took
