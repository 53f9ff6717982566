"""A line that leads to a page: what waits there, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineItem:
    """What waits, the address of its page, and whether it is overdue."""

    words: str
    url: str
    is_overdue: bool = False
