"""What the address of a page of this room asks for: a child, a person, a day, and a place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.calendar import A_DAY, start_of
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import day_in_words
from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.oversight.who_looked.scope import LooksScope
from casebound.people.access.looks import LooksWanted, Place
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest

EVERYBODY: Final = gettext_noop("Looks of everybody are shown.")
EVERY_DAY: Final = gettext_noop("Every day is shown.")
EVERY_BOOK: Final = gettext_noop("Looks at every book are shown.")
_BEGAN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)
_DIGITS: Final = 19  # of a number of a look, and of microseconds until long after 2100


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for.

    Attributes:
        book: looks at this book only; empty: at all that the manager answers for.
        worker: looks of this person only, and `who` is their name.
        day: looks of this day only; `typed` is what stands in its boxes, `wrong` what is wrong.
        before: where the page begins.
    """

    book: str
    worker: str
    who: str
    day: date | None
    typed: str
    wrong: str
    before: Place | None

    @property
    def is_set(self) -> bool:
        """Whether it narrows the list."""
        return bool(self.book or self.worker or self.day)

    def words(self, scope: LooksScope) -> str:
        """Say it in words: `Jay, Sam Okafor, Monday 23 November 2026`."""
        title = scope.books[BookId(self.book)].title if self.book else ""
        parts = (title, self.who, day_in_words(self.day) if self.day else "")
        return ", ".join(part for part in parts if part)

    def wanted(self, scope: LooksScope) -> LooksWanted:
        """Return the question to the trail."""
        return LooksWanted(
            books=(BookId(self.book),) if self.book else scope.asked,
            worker=self.worker,
            since=start_of(self.day) if self.day else None,
            until=start_of(self.day + A_DAY) if self.day else None,
            before=self.before,
        )

    def link(self, *, before: Place | None = None) -> str:
        """Return the address of the same list, beginning at a place."""
        parameters = {
            "child": self.book,
            "person": self.worker,
            "day": self.day.isoformat() if self.day else "",
            "before": place_words(before) if before else "",
        }
        query = urlencode({name: value for name, value in parameters.items() if value})
        return f"?{query}" if query else ""


def filter_of(request: WorkerRequest, scope: LooksScope) -> Filter:
    """Return what the address asks for, as far as it means something. At most 1 query."""
    here = asked(request)
    book = here.choice(
        "child", scope.books, label=gettext_noop("Child or home"), instead=EVERY_BOOK
    )
    worker = here.text("person")
    who = full_names([worker]).get(WorkerId(worker), "") if worker else ""
    if worker and not who:
        here.left_out(gettext_noop("Person"), worker, EVERYBODY)
        worker = ""
    day, typed, wrong = here.day("day", label=gettext_noop("Day"), instead=EVERY_DAY)
    return Filter(book, worker, who, day, typed, wrong, place_asked(request))


def place_asked(request: WorkerRequest) -> Place | None:
    """Return the place at which the page begins; None at the newest."""
    here = asked(request)
    typed = here.text("before")
    place = _place(typed)
    if typed and place is None:
        here.left_out(gettext_noop("Earlier looks"), typed, AS_USUAL)
    return place


def place_words(place: Place) -> str:
    """Write a place as it stands in an address: microseconds since 1970, and the look's number."""
    return f"{(place[0] - _BEGAN) // _MICRO}.{place[1]}"


def _place(words: str) -> Place | None:
    micros, _, number = words.partition(".")
    if not all(part.isdecimal() and len(part) < _DIGITS for part in (micros, number)):
        return None
    try:
        return _BEGAN + int(micros) * _MICRO, int(number)
    except OverflowError:
        return None


def nothing_words(wanted: Filter) -> tuple[str, str]:
    """Return what is said where nobody looked."""
    if wanted.is_set:
        return gettext("Nobody looked."), gettext("Choose another child, person or day.")
    return gettext("Nobody has looked yet."), gettext("Each look at a book is listed here.")
