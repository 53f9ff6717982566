"""The ways of reading a book that the read trail records. Each room declares its own.

A room's `readings.py` declares `READINGS`: the word that the trail stores, and the words with which
"who looked at my record" says what the person did.
It may declare `MOST_COUNTED`: how many pages of such a look count at most against the limit of a
day, where the trail has the first and the last page and what lies between was not all shown. And
`ALWAYS_OPEN`: looks that belong to writing or to an alarm, so they never wait for an answer. And
`LISTS`: pages that show a little of several books at once, so that nobody has opened those books.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from casebound.ledger.projecting.rooms import declared_items, declared_tables

LONGEST: Final = 12  # letters of a word on the trail
READINGS: Final = {"consents": "read who agreed to the independent person reading the record"}


@cache
def readings() -> Mapping[str, str]:
    """Return every word of the trail with what the person did.

    Raises:
        ValueError: two rooms declare the same word, or it is too long for the trail.
    """
    words = declared_tables("readings", "READINGS")
    if long := [word for word in words if len(word) > LONGEST]:
        raise ValueError(f"a reading has at most {LONGEST} letters: {long[0]}")
    return words


@cache
def most_counted() -> Mapping[str, int]:
    """Return how many pages of a look count at most, for the words that say so."""
    return declared_tables("readings", "MOST_COUNTED")


@cache
def always_open() -> frozenset[str]:
    """Return the words of the looks that are never held up."""
    return frozenset(declared_items("readings", "ALWAYS_OPEN", key=str))


@cache
def lists() -> frozenset[str]:
    """Return the words of the pages that show a little of several books."""
    return frozenset(declared_items("readings", "LISTS", key=str))


def check_reading(what: str) -> None:
    """Refuse a word that no room declares.

    Raises:
        ValueError: no room declares it.
    """
    if what not in readings():
        raise ValueError(f"declare {what!r} in READINGS of the room that reads")
