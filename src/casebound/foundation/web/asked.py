"""What the address of a page asks for: filters, places in a list, what was just done.

Every view reads its part of the address here. What means nothing is left out, and the frame says so
at the top of the page with what is shown instead: no filter is dropped silently.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.typed_times import boxed_day, day_asked

AGAIN: Final = "again"  # the part of an address that leads to a posted form (`posted`)
# Parts that are read outside the views: by `posted`, and by the views of signing in.
READ_ELSEWHERE: Final = frozenset({AGAIN, "next"})
DAY_PARTS: Final = ("", "_date", "_month", "_year")
LONGEST_SHOWN: Final = 60
YES: Final = "1"
AS_USUAL: Final = gettext_noop("The page is shown as usual.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of an address that was not understood, and what is shown instead.

    Attributes:
        label: what the part is called on the page.
        typed: what stood there; empty if the page knows no part of this name.
        instead: sentences on why, and on what is shown.
    """

    label: str
    typed: str
    instead: str


class Asked:
    """The parts of one address. `names` is what the view asked for, `notes` what it left out."""

    def __init__(self, typed: QueryDict) -> None:
        self._typed = typed
        self._told: list[LeftOut] = []
        self._says_nothing = False
        self.names: set[str] = set()

    @property
    def typed(self) -> QueryDict:
        """The parts as they were typed."""
        return self._typed

    @property
    def notes(self) -> list[LeftOut]:
        """What was not understood, with the parts that the page does not know at all."""
        if self._says_nothing:
            return []
        unknown = [name for name in self._typed if name not in self.names | READ_ELSEWHERE]
        left_out = gettext("It was left out.")
        return [*self._told, *(LeftOut(name[:LONGEST_SHOWN], "", left_out) for name in unknown)]

    def say_nothing(self) -> None:
        """Say nothing of the address: the page is about something else, such as an error."""
        self._says_nothing = True

    def left_out(self, label: str, typed: str, instead: str) -> None:
        """Say that a part was left out. Label and sentence are words of the catalogue."""
        shown = typed if len(typed) <= LONGEST_SHOWN else f"{typed[:LONGEST_SHOWN]}…"
        self._told.append(LeftOut(gettext(label), shown, gettext(instead)))

    def text(self, name: str, *, label: str = "", longest: int = 0) -> str:
        """Return a part as it was typed, its beginning if it is too long."""
        self.names.add(name)
        typed = self._typed.get(name, "")
        if longest and len(typed) > longest:
            self.left_out(
                label,
                typed,
                gettext("Only its first {longest} letters are read.").format(longest=longest),
            )
            return typed[:longest]
        return typed

    def choice(self, name: str, among: Collection[str], *, label: str, instead: str) -> str:
        """Return a part that is one of some values, else an empty text."""
        typed = self.text(name)
        if not typed or typed in among:
            return typed
        self.left_out(label, typed, instead)
        return ""

    def done(self, *among: str) -> str:
        """Return what was just done, if it is one of these."""
        return self.choice("done", among, label=gettext_noop("What was done"), instead=AS_USUAL)

    def flag(self, name: str) -> bool:
        """Say whether a part says yes."""
        return self.choice(name, {YES}, label=name, instead=AS_USUAL) == YES

    def number(self, name: str, *, label: str, instead: str, digits: int = 9) -> int:
        """Return a part that is a number from 1 on, else 0."""
        typed = self.text(name)
        number = number_of(typed, digits=digits)
        if typed and not number:
            self.left_out(label, typed, instead)
        return number

    def day(self, name: str, *, label: str, instead: str) -> tuple[date | None, str, str]:
        """Return a day, the text that stands in its boxes, and what is wrong with it."""
        self.names |= {f"{name}{part}" for part in DAY_PARTS}
        day, wrong = day_asked(self._typed, name)
        typed = boxed_day(self._typed, name)
        if wrong:
            self.left_out(label, typed, f"{wrong} {gettext(instead)}")
        return day, typed, wrong


def number_of(typed: str, *, digits: int = 9) -> int:
    """Return the number that was typed, or 0."""
    return int(typed) if typed.isdecimal() and len(typed) <= digits else 0


def asked(request: HttpRequest) -> Asked:
    """Return what the address of a request asks for: one for the frame too."""
    kept: Asked | None = getattr(request, "casebound_asked", None)
    if kept is None:
        kept = Asked(request.GET)
        request.casebound_asked = kept  # type: ignore[attr-defined]  # kept for the frame
    return kept
