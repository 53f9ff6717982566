"""When looking is out of the ordinary, and what a manager can answer (P63).

What is found here is a question. There are good reasons for each of them: an extra shift, a child
who moved, a file that had to be put together. Nobody is accused, and nothing is held up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from casebound.foundation.base.calendar import day_of, end_of, start_of
from casebound.foundation.base.messages import gettext_noop

WITHIN: Final = timedelta(hours=1)
ROUND: Final = timedelta(hours=2)  # before and after a shift: arriving early, writing up
LOOKED_BACK: Final = timedelta(days=14)
LONGEST: Final = 500


class WhyAsked(StrEnum):
    """Why a question is asked. The values are sealed, so they never change."""

    NO_SHIFT = "no_shift"
    ELSEWHERE = "elsewhere"
    MANY_BOOKS = "many_books"


ASKS: Final[Mapping[WhyAsked, str]] = {
    WhyAsked.NO_SHIFT: gettext_noop("They were not on the roster that day."),
    WhyAsked.ELSEWHERE: gettext_noop("They work at another home than the child lived at."),
    WhyAsked.MANY_BOOKS: gettext_noop("They opened many books within an hour."),
}


class LookingVerdict(StrEnum):
    """What a manager says about it. The values are sealed, so they never change."""

    FOR_WORK = "for_work"
    ROSTER_WRONG = "roster_wrong"
    TOLD_ME = "told_me"
    LOOKING_INTO = "looking_into"
    NOT_RIGHT = "not_right"


ANSWERS: Final[Mapping[LookingVerdict, str]] = {
    LookingVerdict.FOR_WORK: gettext_noop("It was for their work"),
    LookingVerdict.ROSTER_WRONG: gettext_noop(
        "They did work: the roster or the list of homes is not up to date"
    ),
    LookingVerdict.TOLD_ME: gettext_noop("They told me why, and it is all right"),
    LookingVerdict.LOOKING_INTO: gettext_noop("I am looking into it"),
    LookingVerdict.NOT_RIGHT: gettext_noop("It was not right, and I have acted on it"),
}
# What these say needs words: who comes later must be able to follow it.
NEED_WORDS: Final = frozenset(
    {LookingVerdict.TOLD_ME, LookingVerdict.LOOKING_INTO, LookingVerdict.NOT_RIGHT}
)
STILL_OPEN: Final = frozenset({LookingVerdict.LOOKING_INTO})


@dataclass(frozen=True, slots=True)
class Opened:
    """That somebody opened a book, at a moment.

    Attributes:
        home: the home that the book belonged to at that moment.
        works_at: the home of the appointment under which they looked; empty if it is for the whole
            provider, or a grant.
        on_roster: whether the home's roster would name somebody in their role.
    """

    worker: str
    book: str
    home: str
    at: datetime
    works_at: str
    on_roster: bool


@dataclass(frozen=True, slots=True)
class RosteredShift:
    """A shift of somebody at a home, by the name that the roster has."""

    home: str
    who: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingQuestion:
    """A question about a worker's looking, on one day, at the books of one home."""

    home: str
    worker: str
    day: date
    ground: WhyAsked
    books: tuple[str, ...]
    first_at: datetime
    last_at: datetime

    @property
    def id(self) -> str:
        """What tells it from every other question."""
        return question_id(home=self.home, worker=self.worker, day=self.day, ground=self.ground)


def question_id(*, home: str, worker: str, day: date, ground: WhyAsked) -> str:
    """Return what tells a question from every other."""
    return f"{day.isoformat()}-{ground.value}-{worker}-{home}"


def questions(
    opened: Sequence[Opened],
    everywhere: Sequence[Opened],
    shifts: Sequence[RosteredShift],
    names: Mapping[str, str],
    *,
    homes: Iterable[str],
    many: int,
) -> list[LookingQuestion]:
    """Return what a manager is asked, newest first.

    Args:
        opened: looks at the books of these homes.
        everywhere: looks of people who work at these homes, at any book.
        shifts: the rosters of these homes.
        names: the full name of each worker, as a roster writes it.
        homes: the homes that the manager answers for.
        many: how many books somebody opens in an hour before it is asked about.
    """
    asked = [
        *_grouped(WhyAsked.ELSEWHERE, (look for look in opened if is_elsewhere(look))),
        *_grouped(WhyAsked.NO_SHIFT, _off_shift(opened, shifts, names)),
        *_many(opened, everywhere, set(homes), many),
    ]
    return sorted(asked, key=lambda question: (question.last_at, question.id), reverse=True)


def is_elsewhere(look: Opened) -> bool:
    """Say whether somebody of another home looked, by a right that they have there."""
    return bool(look.works_at) and look.works_at != look.home


def _off_shift(
    opened: Sequence[Opened], shifts: Sequence[RosteredShift], names: Mapping[str, str]
) -> Iterator[Opened]:
    """Yield looks on days that a roster covers, of people who have no shift on it.

    A roster covers a day of a home if it plans anybody's shift then. Who works at the home and
    answers for it is on no roster, so they are not asked about.
    """
    planned: dict[str, list[RosteredShift]] = defaultdict(list)
    for shift in shifts:
        planned[shift.home].append(shift)
    for look in opened:
        of_home = planned.get(look.home, [])
        begins, ends = start_of(day_of(look.at)), end_of(day_of(look.at))
        that_day = [
            shift for shift in of_home if shift.begins_at <= ends and shift.ends_at > begins
        ]
        if not look.on_roster or look.works_at != look.home or not that_day:
            continue
        name = names.get(look.worker, "")
        if not any(_is_of(shift, name, look.at) for shift in of_home):
            yield look


def _is_of(shift: RosteredShift, name: str, at: datetime) -> bool:
    """Say whether it is this person's, and on the day of the look or round the clock of it."""
    near = shift.begins_at - ROUND <= at <= shift.ends_at + ROUND
    same_day = day_of(at) in {day_of(shift.begins_at), day_of(shift.ends_at)}
    return (near or same_day) and is_called(name, shift.who)


def is_called(full_name: str, on_roster: str) -> bool:
    """Say whether a roster's name can be this person's: `Sam`, `Sam O.` or `Sam Okafor`.

    When in doubt it is: a roster is typed in a hurry, and a wrong question is worse than none.
    """
    whole = full_name.casefold().split()
    short = on_roster.casefold().replace(".", " ").split()
    return (
        bool(short)
        and len(short) <= len(whole)
        and all(word.startswith(part) for word, part in zip(whole, short, strict=False))
    )


def _many(
    opened: Sequence[Opened], everywhere: Sequence[Opened], homes: set[str], many: int
) -> Iterator[LookingQuestion]:
    """Yield who opened more than so many books within an hour, counted over all homes.

    It is asked at each home whose books are among them, and where the person works.
    """
    looks: dict[str, dict[tuple[str, datetime], Opened]] = defaultdict(dict)
    for look in (*opened, *everywhere):
        looks[look.worker][look.book, look.at] = look
    for of_worker in looks.values():
        for burst in _bursts(sorted(of_worker.values(), key=lambda look: look.at), many):
            concerned = {look.home for look in burst} | {look.works_at for look in burst}
            for home in sorted(concerned & homes):
                yield _question(WhyAsked.MANY_BOOKS, burst, home=home)


def _bursts(looks: Sequence[Opened], many: int) -> Iterator[list[Opened]]:
    """Yield, of each day, the hour in which most books were opened, if they were too many."""
    by_day: dict[date, list[Opened]] = defaultdict(list)
    for look in looks:
        by_day[day_of(look.at)].append(look)
    for of_day in by_day.values():
        within = [
            [look for look in of_day if first <= look.at <= first + WITHIN]
            for first in sorted({look.at for look in of_day})
        ]
        most = max(within, key=_books)
        if _books(most) > many:
            yield most


def _books(looks: Iterable[Opened]) -> int:
    return len({look.book for look in looks})


def _grouped(ground: WhyAsked, looks: Iterable[Opened]) -> Iterator[LookingQuestion]:
    together: dict[tuple[str, str, date], list[Opened]] = defaultdict(list)
    for look in looks:
        together[look.home, look.worker, day_of(look.at)].append(look)
    for (home, _, _), found in together.items():
        yield _question(ground, found, home=home)


def _question(ground: WhyAsked, looks: Sequence[Opened], *, home: str) -> LookingQuestion:
    times = [look.at for look in looks]
    return LookingQuestion(
        home=home,
        worker=looks[0].worker,
        day=day_of(min(times)),
        ground=ground,
        books=tuple(dict.fromkeys(look.book for look in looks)),
        first_at=min(times),
        last_at=max(times),
    )
