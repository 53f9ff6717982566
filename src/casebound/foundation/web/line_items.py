"""A line that leads to a page: what waits there, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineItem:
    """What waits, and the address of its page."""

    words: str
    url: str
