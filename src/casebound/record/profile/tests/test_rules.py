from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.record.profile.rules import LOOK_BACK, Spell, Was, day_by_day, only_difficult, spells

TODAY = date(2026, 3, 29)
ANSWERS = st.lists(st.dictionaries(st.sampled_from("ab"), st.sampled_from(["x", "y"])))


def test_a_value_said_again_goes_on_and_says_since_when_it_first_was() -> None:
    said = [{"gp": "Dr Moss"}, {"gp": "Dr Moss", "dentist": "Ms Vale"}, {"gp": "Dr Reed"}, {}]

    assert spells(said, "gp") == [Spell("Dr Moss", 0, 2), Spell("Dr Reed", 2, 3)]
    assert spells(said, "dentist") == [Spell("Ms Vale", 1, 2)]
    assert spells(said, "school") == []


@given(ANSWERS, st.sampled_from("ab"))
def test_the_spells_say_at_every_place_what_was_said_there(
    said: list[dict[str, str]], field: str
) -> None:
    found = spells(said, field)
    for place, answers in enumerate(said):
        holding = [
            item.value for item in found
            if item.since <= place and (item.until is None or place < item.until)
        ]  # fmt: skip
        assert holding == ([answers[field]] if field in answers else [])


@pytest.mark.policy("P11")
def test_thirty_days_are_shown_today_among_them_and_silence_is_not_a_good_day() -> None:
    days = day_by_day(
        [
            (TODAY, "good"),
            (TODAY - timedelta(days=1), "good"),
            (TODAY - timedelta(days=1), "difficult"),
            (TODAY - timedelta(days=LOOK_BACK), "difficult"),  # a day too long ago
        ],
        today=TODAY,
    )

    assert len(days) == LOOK_BACK
    assert days[-1] == (TODAY, Was.GOOD)
    assert days[-2] == (TODAY - timedelta(days=1), Was.MIXED)
    assert {was for _, was in days[:-2]} == {Was.NOT_SAID}


@pytest.mark.parametrize(
    ("said", "only"),
    [("difficult", True), ("difficult good", False), ("difficult mixed", False), ("", False)],
)
def test_a_record_that_tells_of_difficult_things_only_is_noticed(said: str, only: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    days = [(TODAY, Was(rating)) for rating in said.split()]

    assert only_difficult(days) is only
