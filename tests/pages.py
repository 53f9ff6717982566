"""What tests read off a page."""

from typing import Protocol


class Page(Protocol):
    """An answer of Django's test client."""

    @property
    def text(self) -> str:
        """The body as text."""


def as_shown(page: Page) -> str:
    """Return a page's HTML with each run of white space as one space, as a browser shows it."""
    return " ".join(page.text.split())
