"""What the writing page posts, read without ever refusing, and put back into it."""

import pytest
from django.http import QueryDict

from casebound.record.drafting import forms
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.content import Content, Person, StatementContent
from casebound.rulebook.catalogue.marks import HowKnown, Sharing, Source, StatementKind

LOG, SESSION, CONTACT = form("daily_log"), form("key_session"), form("contact")


def posted(**values: str | list[str]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in values.items():
        made.setlist(name.replace("__", "-"), [value] if isinstance(value, str) else value)
    return made


def test_statements_are_read_in_their_order_with_their_marks() -> None:
    content = forms.content_of(
        LOG,
        posted(
            statements__10__text="Third.",
            statements__2__text="Second.",
            statements__2__kind="opinion",
            statements__2__whose="Sam Okafor",
            statements__1__text="First.",
        ),
    )

    assert [one.text for one in content.statements] == ["First.", "Second.", "Third."]
    assert (content.statements[1].kind, content.statements[1].whose) == (
        StatementKind.OPINION,
        "Sam Okafor",
    )


@pytest.mark.parametrize(
    "name", ["statements-0-text", "statements-1000-text", "statements-x-text", "statements-1-",
             "statements--1-text"]
)  # fmt: skip
def test_a_name_that_is_none_of_ours_is_no_statement(name: str) -> None:
    assert forms.content_of(LOG, QueryDict(f"{name}=x")).statements == ()


def test_a_time_is_read_from_its_two_boxes_and_half_of_it_is_kept() -> None:
    both = posted(happened_from_date="2026-11-23", happened_from_time="18:30")
    day = posted(happened_from_date="2026-11-23")
    none = posted()

    assert forms.moment(both, "happened_from") == "2026-11-23T18:30"
    assert forms.moment(day, "happened_from") == "2026-11-23T"
    assert forms.moment(none, "happened_from") == ""


def test_in_the_hour_that_comes_twice_a_time_left_alone_stays_the_second_one() -> None:
    was = {"happened_from_was": "2026-10-25T01:30+00:00", "happened_from_date": "2026-10-25"}

    assert forms.moment(posted(**was, happened_from_time="01:30"), "happened_from") == (
        "2026-10-25T01:30+00:00"
    )
    assert forms.moment(posted(**was, happened_from_time="01:40"), "happened_from") == (
        "2026-10-25T01:40"
    )


def test_people_are_read_one_a_line_with_a_role_behind_a_comma() -> None:
    content = forms.content_of(LOG, posted(present="Jay\r\n Ruth Abara , teacher\n\n,\n, cook"))

    assert content.present == (
        Person("Jay"),
        Person("Ruth Abara", "teacher"),
        Person("", "cook"),
    )
    assert forms.people(forms.people_lines(content.present)) == [
        one.to_json() for one in content.present
    ]


def test_that_nobody_was_there_is_said_outright() -> None:
    assert forms.content_of(LOG, posted(present_nobody="1")).present_nobody
    assert not forms.content_of(LOG, posted()).present_nobody


def test_answers_are_read_as_their_field_takes_them_and_nothing_else_is() -> None:
    content = forms.content_of(
        LOG,
        posted(
            answers__mood=["calm", "happy"],
            answers__sleep="Ten hours",
            answers__on_duty="Kit Adeyemi, key worker",
            answers__shift="",
            answers__unknown="x",
        ),
    )

    assert dict(content.answers) == {
        "mood": ("calm", "happy"),
        "sleep": "Ten hours",
        "on_duty": ({"name": "Kit Adeyemi", "role": "key worker"},),
    }


def test_notes_drawn_on_are_read_and_what_is_no_identity_is_not() -> None:
    ids = ["0" * 32, "f" * 32]

    assert list(forms.content_of(LOG, posted(drew_on=[*ids, "x"])).drew_on) == ids


def test_an_empty_form_is_an_empty_draft() -> None:
    content = forms.content_of(LOG, posted())

    assert content.statements == ()
    assert content.how_known is HowKnown.NOT_SAID
    assert dict(content.answers) == {}


@pytest.mark.parametrize("name", ["daily_log", "key_session", "contact", "note"])
def test_every_field_of_a_form_is_shown_with_its_answer_and_what_is_wrong(name: str) -> None:
    shown_form = form(name)
    first = shown_form.fields[0].name
    content = Content(answers={first: "typed"})

    shown = forms.fields_shown(shown_form, content, {f"answers-{first}": "Wrong."})

    assert [one["name"] for one in shown] == [f"answers-{f.name}" for f in shown_form.fields]
    assert shown[0]["error"] == "Wrong."
    assert [one["optional"] == "" for one in shown] == [
        bool(field.required_by) for field in shown_form.fields
    ]


def test_the_marks_of_a_statement_are_said_in_a_line() -> None:
    one = StatementContent(
        kind=StatementKind.OPINION, source=Source.TOLD_BY, sharing=Sharing.WITHHELD
    )

    assert forms.marks_in_words(one) == "Opinion, someone told me, not shared with the child"
