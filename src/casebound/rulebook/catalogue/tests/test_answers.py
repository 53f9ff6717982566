import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import canonical
from casebound.rulebook.catalogue.answers import AnswerError, sealed_answers
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.setting import ANYWHERE, Colleague, Setting
from casebound.rulebook.catalogue.tests import build

NAMES = [field.name for field in build.forms_of_tests().form("everything").fields]


def sealed(**answers: object) -> dict[str, object]:
    return sealed_at(ANYWHERE, **answers)


def sealed_at(home: Setting, **answers: object) -> dict[str, object]:
    content = Content.from_json({"answers": answers})
    return dict(sealed_answers(build.forms_of_tests().form("everything"), content, home))


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("a_text", " toast ", "toast"),
        ("a_choice", "two", "two"),
        ("some_choices", ["two", "", "one"], ["one", "two"]),
        ("some_choices", "one", ["one"]),
        ("a_yes_no", "no", False),
        ("a_yes_no", True, True),
        ("a_date", "2028-02-29", "2028-02-29"),
        ("a_time", "07:05", "07:05"),
        ("a_datetime", "2026-06-01T00:15", "2026-05-31T23:15:00Z"),
        ("a_time", "7:05", "07:05"),
        ("a_time", "9.05 pm", "21:05"),
        ("a_date", "29 2 2012", "2012-02-29"),
        ("some_minutes", " 45 ", 45),
        ("some_minutes", "1,250", 1250),
        ("some_minutes", 45, 45),
        ("some_money", "£1,012.50", 101250),
        ("some_money", "12", 1200),
        ("some_money", 12, 12),
        ("some_people", [{"name": " Sam ", "role": ""}, {}], [{"name": "Sam", "role": ""}]),
    ],
)
def test_an_answer_is_sealed_as_its_value(name: str, typed: object, value: object) -> None:
    assert sealed(**{name: typed}) == {name: value}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("a_text", "x" * 501),
        ("a_text", "a\u202eb"),
        ("a_text", 7),
        ("a_long_text", "x" * 4001),
        ("a_choice", "three"),
        ("a_choice", ["one"]),
        ("some_choices", ["one", "three"]),
        ("some_choices", [{"name": "one"}]),
        ("a_yes_no", "perhaps"),
        ("a_yes_no", ["yes"]),
        ("a_date", "2026-02-29"),
        ("a_date", 2026),
        ("a_time", "21:5"),
        ("a_time", "24:05"),
        ("a_datetime", "2026-03-29T01:30"),
        ("some_minutes", "about 20"),
        ("some_minutes", "-5"),
        ("some_minutes", "10081"),
        ("some_minutes", True),
        ("some_money", "12.5"),
        ("some_money", "-1"),
        ("some_money", "9999999"),
        ("some_money", -1),
        ("some_money", True),
        ("some_people", "Sam"),
        ("some_people", ["Sam"]),
        ("some_people", [{"role": "aunt"}]),
        ("some_people", [{"name": "x" * 501}]),
        ("some_people", [{"name": "Sam"}] * 61),
    ],
)
def test_an_answer_its_field_does_not_take_is_refused_by_its_label(
    name: str, typed: object
) -> None:
    with pytest.raises(AnswerError) as refused:
        sealed(**{name: typed})
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", ["", " \n", "\u200b", None])
def test_what_is_not_answered_is_not_sealed(name: str, typed: object) -> None:
    assert sealed(**{name: typed}) == {}


@pytest.mark.parametrize(
    ("name", "typed"), [("some_choices", []), ("some_choices", [""]), ("some_people", [{}])]
)
def test_a_list_with_nothing_in_it_is_not_sealed(name: str, typed: object) -> None:
    assert sealed(**{name: typed}) == {}


def test_an_answer_whose_question_has_gone_again_is_not_sealed() -> None:
    walk = build.forms_of_tests().form("walk")
    far = Content(answers={"how_far": "far", "where_to": "the sea", "unknown": "x"})
    near = Content(answers={"how_far": "near", "where_to": "the sea"})
    assert sealed_answers(walk, far) == {"how_far": "far", "where_to": "the sea"}
    assert sealed_answers(walk, near) == {"how_far": "near"}


def test_people_are_kept_in_the_order_they_were_named() -> None:
    people = [{"name": "Zoe", "role": "friend"}, {"name": "Ada", "role": "aunt"}]
    assert sealed(some_people=people) == {"some_people": people}


# ---- numbers, times and amounts within their limits


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("a_number", "3", 3),
        ("a_number", 20, 20),
        ("a_low_number", "-40", -40),
        ("a_low_number", "\u22124", -4),
        ("some_seconds", "2:05", 125),
        ("some_seconds", "90", 90),
        ("some_seconds", "0:00", 0),
        ("some_seconds", 45, 45),
        ("little_money", "20", 2000),
    ],
)
def test_a_number_within_its_limits_is_sealed_in_its_unit(
    name: str, typed: object, value: object
) -> None:
    assert sealed(**{name: typed}) == {name: value}


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("a_number", "0", "“A number”: it must be from 1 to 20."),
        ("a_number", "21", "“A number”: it must be from 1 to 20."),
        ("a_number", "3.5", "whole number"),
        ("a_number", "three", "whole number"),
        ("a_number", True, "whole number"),
        ("a_low_number", "-41", "from -40 to 1,000,000"),
        ("some_seconds", "2:5", "such as 2:05"),
        ("some_seconds", "2:65", "such as 2:05"),
        ("some_seconds", "about a minute", "such as 2:05"),
        ("some_seconds", "1441:00", "from 0 seconds to 1,440 minutes"),
        ("some_minutes", "10081", "from 0 minutes to 10,080 minutes"),
        ("little_money", "0.99", "from £1.00 to £20.00"),
        ("little_money", "20.01", "from £1.00 to £20.00"),
    ],
)
def test_a_number_outside_its_limits_is_refused_with_the_limits_in_words(
    name: str, typed: object, words: str
) -> None:
    with pytest.raises(AnswerError, match=re.escape(words)):
        sealed(**{name: typed})


# ---- colleagues and children of the home


def test_colleagues_are_sealed_by_id_name_and_role_and_others_by_name() -> None:
    given = [{"id": "k" * 32}, {"name": " Bo Lund ", "role": "agency worker"}, {"id": "k" * 32}]
    assert sealed_at(build.OAK, some_workers=given) == {
        "some_workers": [
            {"id": "k" * 32, "name": "Kit Adeyemi", "role": "key worker"},
            {"name": "Bo Lund", "role": "agency worker"},
        ]
    }


def test_children_are_sealed_by_id_alone() -> None:
    assert sealed_at(build.OAK, some_children=[{"id": "j" * 32, "name": "Jay"}]) == {
        "some_children": [{"id": "j" * 32}]
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("some_workers", [{"id": "x" * 32}]),
        ("some_workers", ["k" * 32]),
        ("some_workers", [{"name": f"Worker {n}"} for n in range(61)]),
        ("some_workers", [{"role": "driver"}]),
        ("some_children", [{"id": "x" * 32}]),
        ("some_children", "j" * 32),
    ],
)
def test_whoever_is_not_of_the_home_cannot_be_chosen(name: str, typed: object) -> None:
    with pytest.raises(AnswerError):
        sealed_at(build.OAK, **{name: typed})


# ---- rows


def test_rows_are_sealed_as_objects_of_what_is_answered_and_blank_rows_are_left_out() -> None:
    given = [
        {"what": " Ring the school ", "by_when": "2026-11-30", "who": "kit  adeyemi"},
        {"what": "", "who": " "},
        {"what": "Buy boots", "cost": "12.50", "who": "Gran", "unknown": "x"},
    ]
    assert sealed_at(build.OAK, some_rows=given) == {
        "some_rows": [
            {"what": "Ring the school", "who": "kit  adeyemi", "by_when": "2026-11-30",
             "who_id": "k" * 32},
            {"what": "Buy boots", "who": "Gran", "cost": 1250},
        ]
    }  # fmt: skip


def test_two_colleagues_of_one_name_are_not_told_apart_by_it() -> None:
    twins = Setting(
        workers={"1" * 32: Colleague("Ada Day", ""), "2" * 32: Colleague("Ada Day", "")}
    )
    given = [{"what": "Ring", "who": "Ada Day"}]
    assert sealed_at(twins, some_rows=given) == {"some_rows": given}


def test_everything_wrong_with_rows_is_named_by_row_and_column() -> None:
    given = [{"what": "Ring"}, {"cost": "a lot", "by_when": "soon"}, {"what": "x" * 41}]
    with pytest.raises(AnswerError) as refused:
        sealed(some_rows=given)
    assert [at for at, _ in refused.value.problems] == [
        "2-what",
        "2-by_when",
        "2-cost",
        "3-what",
    ]
    assert "“Some rows, row 2: What” has no answer yet." in str(refused.value)


@pytest.mark.parametrize("typed", ["x", ["x"], [{"what": "Ring"}] * 4, True])
def test_what_are_no_rows_and_more_than_there_is_room_for_is_refused(typed: object) -> None:
    assert sealed(some_rows=[{"what": "Ring"}] * 3)
    with pytest.raises(AnswerError, match="Some rows"):
        sealed(some_rows=typed)


# ---- what only a secure home has


def test_a_choice_of_secure_homes_is_one_there_and_no_choice_elsewhere() -> None:
    secure = Setting(secure=True)
    assert sealed_at(secure, a_choice="locked") == {"a_choice": "locked"}
    with pytest.raises(AnswerError, match="choose one"):
        sealed(a_choice="locked")


TYPED = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.sampled_from(["yes", "one", "12.50", "45", "2026-11-23", "18:30", "2026-11-23T18:30"]),
    st.lists(
        st.one_of(
            st.text(max_size=4),
            st.dictionaries(st.sampled_from(["name", "id", "what", "cost", "who"]), st.text()),
        ),
        max_size=3,
    ),
)


@build.patient
@given(st.dictionaries(st.sampled_from(NAMES), TYPED))
def test_any_answer_is_sealed_as_a_plain_value_or_refused(answers: dict[str, object]) -> None:
    with suppress(AnswerError):
        assert canonical(sealed(**answers))
