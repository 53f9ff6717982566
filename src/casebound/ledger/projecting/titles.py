"""Events in words: a room says how a kind it seals reads as a line of a book.

A room's `titles.py` declares `TITLES`: for each kind that is not an entry on a form, a function
from (the typed value, the entry) to words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from casebound.ledger.projecting.rooms import declared_tables
from casebound.ledger.sealing.reads import ReadEntry


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event in words: its title, when it was, and a sentence.

    One that is not `for_child` tells of other people: the child does not read it in their book.
    """

    title: str
    happened_at: datetime
    words: str
    for_child: bool = True


Title = Callable[[Any, ReadEntry], EventWords]  # Any: the typed value of the function's own kind


@cache
def titles() -> Mapping[str, Title]:
    """Return the words for every kind of event that some room gives words for."""
    return declared_tables("titles", "TITLES")
