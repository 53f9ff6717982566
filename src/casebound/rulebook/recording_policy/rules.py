"""How long somebody has to read a version, and how its text is laid out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.calendar import days_after

# No rule gives a number. Two weeks reach everybody on a rolling rota, and everybody back from leave
# soon after; a new starter has them from their first day.
DAYS_TO_READ: Final = 14
LONGEST_TEXT: Final = 40_000
LONGEST_CHANGED: Final = 1000


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading or a paragraph of the policy."""

    text: str
    is_heading: bool


def read_by(*, published_at: datetime, began_at: datetime) -> datetime:
    """Return by when a person reads a version: two weeks from when it held for them."""
    return days_after(max(published_at, began_at), DAYS_TO_READ)


def blocks(text: str) -> Iterator[TextBlock]:
    """Yield the headings (lines that begin with #) and paragraphs of a text."""
    for block in text.replace("\r\n", "\n").split("\n\n"):
        words = block.strip()
        if words.startswith("#"):
            yield TextBlock(words.lstrip("#").strip(), is_heading=True)
        elif words:
            yield TextBlock(words, is_heading=False)
