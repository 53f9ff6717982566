"""Refusals: the part of the work that says no, why, and what to do next."""

from typing import ClassVar, Final

from casebound.foundation.base.messages import gettext


class Sentence:
    """A sentence of the catalogue, in the language of the moment when it is read."""

    def __init__(self, text: str) -> None:
        """Keep the sentence as it stands in the source."""
        self.text = text

    def __get__(self, refused: object, of: type | None = None) -> str:
        """Return it translated."""
        return gettext(self.text)


SENTENCES: Final = ("what", "why", "do")


class RefusedError(Exception):
    """Something a person asked for is not done, and this says so to that person.

    Subclasses carry the three sentences. They never hold a word about a child: ids only.
    """

    what: ClassVar[str] = "This was not done."
    why: ClassVar[str] = ""
    do: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Make the three sentences of each refusal messages of the catalogue."""
        super().__init_subclass__()
        for name in SENTENCES:
            if isinstance(text := cls.__dict__.get(name), str):
                setattr(cls, name, Sentence(text))

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
    why = "What you can see and do depends on your role and where you work."
    do = "Ask the registered manager of the home."
