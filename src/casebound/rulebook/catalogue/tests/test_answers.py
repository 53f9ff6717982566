from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import canonical
from casebound.rulebook.catalogue.answers import AnswerError, sealed_answers
from casebound.rulebook.catalogue.content import Content, Person
from casebound.rulebook.catalogue.tests import build

NAMES = [field.name for field in build.forms_of_tests().form("everything").fields]


def sealed(**answers: object) -> dict[str, object]:
    content = Content.from_json({"answers": answers})
    return dict(sealed_answers(build.forms_of_tests().form("everything"), content))


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
        ("some_minutes", " 45 ", 45),
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
        ("a_text", "a\x07b"),
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
        ("a_time", "7:05"),
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
    people = (Person("Zoe", "friend"), Person("Ada", "aunt"))
    content = Content(answers={"some_people": people})
    answers = sealed_answers(build.forms_of_tests().form("everything"), content)
    assert answers == {"some_people": [one.to_json() for one in people]}


TYPED = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.sampled_from(["yes", "one", "12.50", "45", "2026-11-23", "18:30", "2026-11-23T18:30"]),
    st.lists(
        st.one_of(st.text(max_size=4), st.dictionaries(st.just("name"), st.text())), max_size=3
    ),
)


@build.patient
@given(st.dictionaries(st.sampled_from(NAMES), TYPED))
def test_any_answer_is_sealed_as_a_plain_value_or_refused(answers: dict[str, object]) -> None:
    with suppress(AnswerError):
        assert canonical(sealed(**answers))
