"""What `casebound verify --quick` checks of the books: a sample of their lines.

The full check compares every row of every room (`ledger.projecting.comparing`). The quick one works
out the lines of some entries again, other ones each time.
"""

import secrets
from collections.abc import Iterator
from typing import Final

from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind, place
from casebound.reading.chronology.as_sealed import lines_as_sealed, may_differ

SAMPLE: Final = 200  # entries: about half a second


def check_sample(*, quickly: bool) -> Iterator[Problem]:
    """Work out the lines of some entries again and compare them, if the check is to be quick."""
    if not quickly:
        return
    for leaf in _some(sealed.size()):
        differs = any(
            not line.is_stored
            for entry in sealed.entries(leaf, until=leaf + 1)
            if not entry.is_damaged  # the check of its bytes names it
            for book in entry.pages
            for line in lines_as_sealed([entry], book).values()
        )
        if differs and not may_differ():
            what = "the book shows something else than the log says"
            yield place(Fault(ProblemKind.SHOWN, what, leaf))


def _some(size: int) -> list[int]:
    leaves = range(1, size)
    if len(leaves) <= SAMPLE:
        return list(leaves)
    return sorted(secrets.SystemRandom().sample(leaves, SAMPLE))


CHECKS = (check_sample,)
