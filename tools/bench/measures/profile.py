"""Where the time goes: signing and the book page under the profiler, the dearest five named."""

import cProfile
import pstats
from collections.abc import Callable
from typing import Any

from tools.bench.measures.page import Browser, fill
from tools.bench.measures.seal import ways
from tools.bench.measures.start import book_of

TOP = 5


def page(each: int = 300, top: int = TOP, order: str = "tottime") -> dict[str, Any]:
    """Name what takes the time of a book page."""
    fill()
    browser, path = Browser(), f"/books/{book_of(0).id}/"
    browser.get(path)
    return _profiled(lambda: browser.get(path), each, top, order)


def seal(each: int = 300, top: int = TOP, order: str = "tottime") -> dict[str, Any]:
    """Name what takes the time of signing a draft."""
    writes = iter(ways()["signed"](0, each))

    def write() -> None:
        next(writes)()

    return _profiled(write, each, top, order)


def _profiled(work: Callable[[], object], each: int, top: int, order: str) -> dict[str, Any]:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(each):
        work()
    profile.disable()
    # Typed in the standard library's stubs only as attributes of the class at run time.
    stats: Any = pstats.Stats(profile)
    place = {"tottime": 2, "cumtime": 3}[order]
    found = sorted(stats.stats.items(), key=lambda call: -call[1][place])[:top]
    return {
        "ms": stats.total_tt * 1000 / each,
        "top": [
            {
                "where": _named(where[0], where[2]),
                "calls": took[0] / each,
                "ms": took[place] * 1000 / each,
            }
            for where, took in found
        ],
    }


def _named(path: str, function: str) -> str:
    if path == "~":  # a function of a driver or of Python itself
        return function.strip("<>").removeprefix("method ").removeprefix("built-in method ")
    for mark in ("/site-packages/", "/src/", "/lib/"):
        if mark in path:
            path = path.rsplit(mark, 1)[1]
    return f"{path}:{function}"
