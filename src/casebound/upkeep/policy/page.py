"""The clauses as a page of the documentation. `tools/clauses.py` writes it."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from casebound.upkeep.policy.reads import Clause, ClauseStatus, clauses

_HEAD: Final = """# The policy, clause by clause

This page is drawn from `src/casebound/upkeep/policy/clauses.toml`: what each of the 84 clauses of
the recording policy asks, how far casebound keeps it today, and the test that shows it. Change that
file, then run `.venv/bin/python tools/clauses.py`. `./run casebound policy` lists every test of a
clause.
"""
_TABLE: Final = """
| clause | asks | state | what there is, and what is to come | shown by |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page, in Markdown."""
    counts = Counter(clause.status for clause in clauses())
    told = ", ".join(f"{counts[status]} {status}" for status in ClauseStatus)
    return "\n".join([_HEAD, f"Today: {told}.", _TABLE.rstrip("\n"), *_rows(), ""])


def _rows() -> Iterator[str]:
    for clause in clauses():
        cells = (clause.id, clause.asks, clause.status.value, clause.does, _link(clause))
        yield f"| {' | '.join(cells)} |"


def _link(clause: Clause) -> str:
    """Return the test in words, leading to its file."""
    if not clause.shown_by:
        return ""
    file, _, test = clause.shown_by.rpartition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})"
