"""Search, as its own room measures it: every class of query in every scope."""

import time
from dataclasses import asdict
from typing import Any

from casebound.reading.search import bench_search


def queries(rows: int = 1_000_000, each: int = 200) -> dict[str, Any]:
    """Fill the store with made-up statements and ask `each` queries of every class."""
    began = time.monotonic()
    bench_search.fill(rows)
    filled = time.monotonic() - began
    return {
        "rows": rows,
        "filled_seconds": filled,
        "lines": [asdict(line) for line in bench_search.measure(each=each)],
    }
