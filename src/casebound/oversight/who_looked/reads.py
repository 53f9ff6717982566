"""Who looked, in words: as a manager filters it, and of one book a day at a time (P63)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import clock, day_in_words
from casebound.people.access.looks import LookSeen, LooksWanted, Place, looks
from casebound.people.access.readings import readings
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.accounts.reads import full_names
from casebound.people.events.reads import browsers_named
from casebound.people.events.rules import Network
from casebound.people.events.whys import WHY_WORDS
from casebound.people.homes.appointments import AppointmentLine, appointments_named
from casebound.people.homes.reads import GrantSeen, grants_named
from casebound.people.homes.reads import homes as homes_named
from casebound.reading.chronology.reads import pages_among

PAGE: Final = 200  # looks on a page; those of one person at one book on one day make one line
PRINTED: Final = 2000
_NETWORKS: Final = {
    Network.UNKNOWN: "",
    Network.OWN: gettext_noop("inside your own network"),
    Network.OUTSIDE: gettext_noop("from outside your own network"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksLine:
    """What one person did with one book on one day, from the same browser under the same right.

    Attributes:
        title: whose book; empty on a page of one book, or if the reader no longer reads it.
        did: what they did, each with how often.
        when: from when to when.
        right: under which appointment or grant, in words.
        where: from where, in words.
        why: why, if they were asked, in words.
    """

    worker: WorkerId
    who: str
    book: BookId
    title: str
    did: Sequence[str]
    when: str
    right: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class DayOfLooks:
    """A day, with its lines."""

    day: date
    words: str
    lines: Sequence[LooksLine]


@dataclass(frozen=True, slots=True)
class LooksPage:
    """A page of the trail. `older` is where the next one begins; None at the end."""

    days: Sequence[DayOfLooks]
    older: Place | None


@dataclass(slots=True)
class _Together:
    """Looks that make one line, newest first."""

    first: LookSeen
    looks: list[LookSeen] = field(default_factory=list)


def looks_page(
    wanted: LooksWanted, *, reader: WorkerId, at: datetime, count: int = PAGE
) -> LooksPage:
    """Return a page of who looked, newest day first. At most 8 queries, and 1 a book.

    A look at one page that the reader may not read is left out, so that nobody learns from who
    read it that there is something about them.
    """
    found = looks(wanted, count=count + 1)
    older = found[count - 1].place if len(found) > count else None
    seen = seen_among(reader, {look.book for look in found}, at=at) if found else {}
    shown = _readable(found[:count], seen)
    words = _Words(shown, seen)
    return LooksPage(words.days(), older)


def _readable(found: Sequence[LookSeen], seen: dict[BookId, SeenBook]) -> list[LookSeen]:
    """Leave out the looks at one page that the reader may not read. 1 query a book."""
    pages: dict[BookId, set[int]] = {}
    for look in found:
        if look.first == look.last:
            pages.setdefault(look.book, set()).add(look.first)
    there = {
        book: pages_among(seen[book], numbers) if book in seen else set[int]()
        for book, numbers in pages.items()
    }
    return [look for look in found if look.first != look.last or look.first in there[look.book]]


class _Words:
    """Says looks in words. 5 queries."""

    def __init__(self, found: Sequence[LookSeen], seen: dict[BookId, SeenBook]) -> None:
        self._found = found
        self._seen = seen
        self._names = full_names({look.worker for look in found})
        under = {look.under for look in found}
        self._appointments = appointments_named(under)
        self._grants = grants_named(under - self._appointments.keys())
        self._homes = {
            home.id: home.name
            for home in homes_named(
                [line.home for line in self._appointments.values() if line.home]
            )
        }
        self._browsers = browsers_named({look.device for look in found if look.device})

    def days(self) -> list[DayOfLooks]:
        """Return the looks by day; those of one person at one book make one line."""
        together: dict[date, dict[tuple[str, ...], _Together]] = {}
        for look in self._found:
            of_day = together.setdefault(day_of(look.at), {})
            key = (look.worker, look.book, look.under, look.device, look.network, look.why)
            of_day.setdefault(key, _Together(look)).looks.append(look)
        return [
            DayOfLooks(day, day_in_words(day), [self._line(line) for line in lines.values()])
            for day, lines in together.items()
        ]

    def _line(self, line: _Together) -> LooksLine:
        look, book = line.first, self._seen.get(line.first.book)
        return LooksLine(
            worker=look.worker,
            who=self._names.get(look.worker, gettext("somebody without an account")),
            book=look.book,
            title=book.title if book else gettext("a book that you do not read"),
            did=_did(line.looks),
            when=_from_to([seen.at for seen in line.looks]),
            right=self._right(look.under),
            where=self._where(look),
            why=gettext(WHY_WORDS[look.why]) if look.why in WHY_WORDS else "",
        )

    def _right(self, under: str) -> str:
        if under in self._appointments:
            return self._appointed(self._appointments[under])
        return _granted(self._grants[under]) if under in self._grants else ""

    def _appointed(self, line: AppointmentLine) -> str:
        role = gettext(line.role.words)
        home = self._homes.get(line.home, "") if line.home else ""
        return gettext("{role}, {home}").format(role=role, home=home) if home else role

    def _where(self, look: LookSeen) -> str:
        browser = self._browsers.get(look.device, "")
        if not look.device:
            browser = gettext("a browser they had not signed in on before")
        elif not browser:
            browser = gettext("a browser they had signed in on before")
        network = gettext(_NETWORKS.get(Network(look.network), "") or "")
        return ", ".join(part for part in (browser, network) if part)


def _granted(grant: GrantSeen) -> str:
    return gettext("by name, for a time: {reason}").format(reason=grant.reason)


def _did(found: Iterable[LookSeen]) -> list[str]:
    """Say what was done, each way of looking once, with how often: `read one entry (3 times)`."""
    counted: dict[str, int] = {}
    for look in reversed(list(found)):
        counted[look.what] = counted.get(look.what, 0) + 1
    return [
        ngettext("{words}", "{words} ({count} times)", count).format(
            words=gettext(readings().get(what, what)), count=count
        )
        for what, count in counted.items()
    ]


def _from_to(times: Sequence[datetime]) -> str:
    first, last = clock(min(times)), clock(max(times))
    return first if first == last else gettext("{first} to {last}").format(first=first, last=last)
