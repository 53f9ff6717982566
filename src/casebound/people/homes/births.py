"""When a child was born, and how sure that is: exact, estimated, disputed or not known.

Whatever works out an age or a day from a date of birth asks here, and says how sure it is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext

from casebound.foundation.base.times import date_in_words

OLDEST: Final = 25  # a care leaver's age, with room; an older age means a mistyped year
KEPT_FOR_YEARS: Final = 75  # reg 36: from the child's date of birth


class BirthKnown(StrEnum):
    """How sure a date of birth is. The values are sealed."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """As it is asked."""
        return gettext(_LABELS[self])

    @property
    def has_date(self) -> bool:
        """Whether a date goes with it."""
        return self is not BirthKnown.UNKNOWN

    @property
    def needs_source(self) -> bool:
        """Whether it must say who states it, and on what."""
        return self in {BirthKnown.ESTIMATED, BirthKnown.DISPUTED}


_LABELS: Final = {
    BirthKnown.EXACT: gettext_noop("It is known"),
    BirthKnown.ESTIMATED: gettext_noop("It is an estimate"),
    BirthKnown.DISPUTED: gettext_noop("It is disputed"),
    BirthKnown.UNKNOWN: gettext_noop("It is not known"),
}


@dataclass(frozen=True, slots=True)
class Birth:
    """What is held to be so of a child's birth.

    Attributes:
        known: how sure it is.
        born_on: the date; None if it is not known.
        by: who estimated it, or who says otherwise.
        basis: what that rests on.
        stated_on: the day it was stated here.
    """

    known: BirthKnown
    born_on: date | None
    by: str = ""
    basis: str = ""
    stated_on: date | None = None

    @property
    def words(self) -> str:
        """The date in words, with how sure it is."""
        if self.born_on is None:
            return "not known"
        day = date_in_words(self.born_on)
        if self.known is BirthKnown.ESTIMATED:
            return f"about {day}, estimated by {self.by}{self._stated}"
        if self.known is BirthKnown.DISPUTED:
            return f"{day}, which is disputed: {self.by}{self._stated}"
        return day

    def printed_words(self, how_much: str) -> str:
        """Say it at the head of a sheet: the `date`, the `year`, or `nothing`."""
        if how_much == "nothing":
            return ""
        if self.born_on is None:
            return gettext("date of birth not known")
        day = str(self.born_on.year) if how_much == "year" else date_in_words(self.born_on)
        words = gettext("born {day}")
        if self.known is BirthKnown.ESTIMATED:
            words = gettext("born about {day} (estimate)")
        if self.known is BirthKnown.DISPUTED:
            words = gettext("born {day} (disputed)")
        return words.format(day=day)

    @property
    def _stated(self) -> str:
        return f" on {date_in_words(self.stated_on)}" if self.stated_on else ""

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years; None if the date of birth is not known."""
        return None if self.born_on is None else age_on(self.born_on, day)

    def age_words(self, day: date) -> str:
        """Say the age, and how sure it is: `about 15, estimated by Jo Tamblyn on 3 March 2026`."""
        age = self.age_on(day)
        if age is None:
            return gettext("age not known")
        if self.known is BirthKnown.ESTIMATED:
            return (
                gettext("about {age}, estimated by {by}").format(age=age, by=self.by) + self._stated
            )
        if self.known is BirthKnown.DISPUTED:
            return (
                gettext("{age} by the date used here, which is disputed: {by}").format(
                    age=age, by=self.by
                )
                + self._stated
            )
        return ngettext("{age} year old", "{age} years old", age).format(age=age)

    def kept_words(self) -> str:
        """Say until when the record is kept at least (reg 36), and how sure that is."""
        if self.born_on is None:
            return gettext(
                "75 years from the child’s birth (reg 36). The date of birth is not known, so no"
                " end can be worked out, and the record stays."
            )
        until = date_in_words(kept_until(self.born_on))
        if self.known is BirthKnown.EXACT:
            return gettext(
                "at least until {until}, 75 years from the child’s birth (reg 36)"
            ).format(until=until)
        if self.known is BirthKnown.ESTIMATED:
            words = gettext(
                "at least until about {until}, 75 years from a date of birth that is an estimate"
                " (reg 36). Nothing is removed before the date is established."
            )
        else:
            words = gettext(
                "at least until about {until}, 75 years from a date of birth that is disputed"
                " (reg 36). Nothing is removed before the date is established."
            )
        return words.format(until=until)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years. A person born on 29 February turns a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def kept_until(born_on: date) -> date:
    """Return the last day for which a child's record is kept: 75 years from birth (reg 36)."""
    year = born_on.year + KEPT_FOR_YEARS
    try:
        return born_on.replace(year=year)
    except ValueError:  # born on 29 February
        return date(year, 3, 1)


def is_birth_date(born_on: date, *, admitted_on: date) -> bool:
    """Say whether somebody admitted on a day can have been born on `born_on` (0 to 25 years)."""
    return 0 <= age_on(born_on, admitted_on) <= OLDEST
