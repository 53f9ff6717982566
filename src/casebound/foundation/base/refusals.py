"""Refusals: the part of the work that says no, why, and what to do next."""

from typing import ClassVar


class RefusedError(Exception):
    """Something a person asked for is not done, and this says so to that person.

    Subclasses carry the three sentences. They never hold a word about a child: ids only.
    """

    what: ClassVar[str] = "This was not done."
    why: ClassVar[str] = ""
    do: ClassVar[str] = ""

    def __init__(self, detail: str = "") -> None:
        """Keep `detail`, a sentence with what only this occasion knows."""
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        """Say it in one paragraph: what, the detail, why, what to do next."""
        return " ".join(part for part in (self.what, self.detail, self.why, self.do) if part)


class NotAllowedError(RefusedError):
    """The person has no right to do this here."""

    what = "You cannot do this here."
    why = "What a person may see and do follows from where they work and what for (P63)."
    do = "Ask the registered manager of the home."
