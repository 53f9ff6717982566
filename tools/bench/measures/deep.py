"""Pages of a long book beside those of a short one: first, next, last, and from a day on."""

import random
import re
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from casebound.foundation.base.ids import BookId
from casebound.reading.chronology.reads import PAGE
from tools.bench.measures.filling import APART, BEGAN, FIRST, fill_book
from tools.bench.measures.page import Browser
from tools.bench.measures.start import place
from tools.bench.writers import timed

SHORT = 1000
_OLDER = re.compile(rb'href="\?(before=-?[0-9.]+)"')


def pages(lines: int = 1_000_000, each: int = 400, rounds: int = 5) -> dict[str, Any]:
    """Return p50 and p99 of each kind of page, of a book of `lines` and of one of a thousand."""
    books = place().books[:2]
    began = time.monotonic()
    for book, count in zip(books, (SHORT, lines), strict=True):
        fill_book(book, count)
    filled = time.monotonic() - began
    browser, chance = Browser(), random.Random(5)  # noqa: S311 (which pages to ask for)
    asked = {
        name: _kinds(browser, book, count, chance)
        for name, book, count in (("short", books[0], SHORT), ("long", books[1], lines))
    }
    took: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for kind in asked["short"]:
            for _ in range(max(each // rounds, 1)):
                for name in asked:  # one of each in turn, so that both meet the same machine
                    path = asked[name][kind]()
                    before = time.perf_counter()
                    browser.get(path)
                    took.setdefault((kind, name), []).append(time.perf_counter() - before)
    return {
        "lines": lines,
        "filled_seconds": filled,
        "ms": {
            f"{kind} {name}": asdict(timed(times, seconds=sum(times)))
            for (kind, name), times in took.items()
        },
    }


def _kinds(
    browser: Browser, book: BookId, lines: int, chance: random.Random
) -> dict[str, Callable[[], str]]:
    at = f"/books/{book}/"
    older = _OLDER.search(browser.get(at))
    if older is None:
        raise LookupError(f"{at} has no older page")
    # The key of the line after the oldest page: what the link to that page would say.
    after = FIRST + PAGE
    oldest = f"{int((BEGAN + after * APART).timestamp())}.{after}"

    def on_a_day() -> str:
        day = (BEGAN + chance.randrange(after, lines) * APART).date()
        return f"{at}?upto={day.isoformat()}"

    return {
        "first": lambda: at,
        "next": lambda: f"{at}?{older[1].decode()}",
        "last": lambda: f"{at}?before={oldest}",
        "jump to a date": on_a_day,
    }
