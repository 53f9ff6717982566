"""When looking is out of the ordinary: plain decisions over plain values."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casebound.oversight.who_looked.rules import (
    LookingQuestion,
    Opened,
    RosteredShift,
    WhyAsked,
    is_called,
)
from casebound.oversight.who_looked.rules import questions as asked

pytestmark = pytest.mark.policy("P63")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
SAM = {"sam": "Sam Okafor"}


def opened(book: str = "jay", at: datetime = NOON, **more: Any) -> Opened:
    given: dict[str, Any] = {"home": "oak", "works_at": "oak", "on_roster": True, "worker": "sam"}
    return Opened(book=book, at=at, **{**given, **more})


def shift(who: str, begins: int, ends: int, *, home: str = "oak") -> RosteredShift:
    midnight = NOON.replace(hour=0)
    return RosteredShift(home, who, midnight + begins * AN_HOUR, midnight + ends * AN_HOUR)


def questions(
    *looks: Opened,
    shifts: tuple[RosteredShift, ...] = (),
    others: tuple[Opened, ...] = (),
    many: int = 8,
) -> list[LookingQuestion]:
    return asked(looks, others, shifts, SAM, homes=["oak"], many=many)


def grounds(*looks: Opened, **more: Any) -> list[WhyAsked]:
    return [question.ground for question in questions(*looks, **more)]


def test_without_a_roster_nobody_is_asked_about_their_shift() -> None:
    assert grounds(opened()) == []


def test_a_look_on_a_day_that_the_roster_gives_to_others_is_asked_about() -> None:
    others = (shift("Kit Adeyemi", 8, 16),)

    assert grounds(opened(), shifts=others) == [WhyAsked.NO_SHIFT]
    assert grounds(opened(), shifts=(*others, shift("Sam Okafor", 14, 22))) == []


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "is_asked"),
    [
        (22, 31, 23.5, False),
        (-2, 7, 6, False),
        (-2, 7, 20, False),  # the day on which a night shift ends is theirs too
        (33, 40, 12, True),
        (25, 33, 23.5, False),  # early for the night
    ],
)
def test_a_shift_covers_its_days_and_two_hours_round_it(
    begins: int, ends: int, hour: float, *, is_asked: bool
) -> None:
    at = NOON.replace(hour=0) + hour * AN_HOUR
    shifts = (shift("Kit Adeyemi", 8, 16), shift("Sam", begins, ends))

    assert (grounds(opened(at=at), shifts=shifts) == [WhyAsked.NO_SHIFT]) is is_asked


def test_who_answers_for_the_home_is_on_no_roster_and_not_asked_about() -> None:
    assert grounds(opened(on_roster=False), shifts=(shift("Kit Adeyemi", 8, 16),)) == []


def test_the_roster_of_another_home_asks_nothing() -> None:
    assert grounds(opened(), shifts=(shift("Kit Adeyemi", 8, 16, home="elm"),)) == []


@pytest.mark.parametrize(
    ("typed", "is_them"),
    [
        ("Sam Okafor", True), ("sam okafor", True), ("Sam", True), ("Sam O.", True),
        ("S. O.", True),
        ("Kit", False), ("Okafor", False), ("", False), ("Sam Okafor (sleep-in)", False),
    ],
)  # fmt: skip
def test_a_roster_names_people_as_homes_do(typed: str, *, is_them: bool) -> None:
    assert is_called("Sam Okafor", typed) is is_them


def test_a_look_from_another_home_is_asked_about() -> None:
    assert grounds(opened(works_at="elm")) == [WhyAsked.ELSEWHERE]
    assert grounds(opened(works_at="")) == [], "a grant, and who works for the whole provider"


def test_many_books_within_an_hour_are_one_question_and_spread_over_the_day_none() -> None:
    quick = [opened(f"child {n}", NOON + n * timedelta(minutes=5)) for n in range(9)]
    slow = [opened(f"child {n}", NOON + n * AN_HOUR / 2) for n in range(12)]

    assert grounds(*quick) == [WhyAsked.MANY_BOOKS]
    assert grounds(*quick[:8]) == []
    assert grounds(*slow) == []
    assert grounds(*quick, *quick) == [WhyAsked.MANY_BOOKS], "the same looks count once"


def test_many_books_are_counted_over_all_homes_and_asked_where_they_are_and_where_one_works() -> (
    None
):
    here = [opened("jay")]
    there = tuple(opened(f"child {n}", home="", works_at="oak") for n in range(9))

    [question] = questions(*here, others=there)

    assert (question.home, question.ground) == ("oak", WhyAsked.MANY_BOOKS)
    assert len(question.books) == 10


def test_a_day_is_one_question_of_a_kind_with_its_first_and_its_last_look() -> None:
    first, last = opened(works_at="elm"), opened("mika", NOON + AN_HOUR, works_at="elm")
    [question] = questions(last, first)

    assert (question.first_at, question.last_at) == (NOON, NOON + AN_HOUR)
    assert set(question.books) == {"jay", "mika"}
    other_day = questions(first, opened(at=NOON + timedelta(days=1), works_at="elm"))
    assert len({found.id for found in other_day}) == 2
