"""What the writing page posts, read without ever refusing, and put back into it."""

import pytest
from django.http import QueryDict

from casebound.foundation.base.ids import WorkerId
from casebound.record.drafting import forms, statements
from casebound.record.drafting.fields.control import Control, DraftSetting
from casebound.record.drafting.fields.people import people, people_lines
from casebound.record.drafting.fields.rows import with_one_more_row
from casebound.record.drafting.fields.shown import controls_of, fields_shown
from casebound.record.drafting.fields.single import posted_moment
from casebound.record.drafting.fields.words import words_of
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.content import Content, Person, StatementContent
from casebound.rulebook.catalogue.marks import HowKnown, Sharing, StatementKind, StatementSource
from casebound.rulebook.catalogue.tests import build

pytestmark = pytest.mark.every_clock
OAK = DraftSetting(build.OAK, WorkerId("s" * 32))
EVERYTHING = build.forms_of_tests().form("everything")
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

    assert [statement.text for statement in content.statements] == ["First.", "Second.", "Third."]
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

    assert posted_moment(both, "happened_from") == "2026-11-23T18:30"
    assert posted_moment(day, "happened_from") == "2026-11-23T"
    assert posted_moment(none, "happened_from") == ""


@pytest.mark.parametrize("time", ["01:30 GMT", "1.30 gmt", "1:30 am (GMT)"])
def test_in_the_hour_that_comes_twice_the_time_says_which(time: str) -> None:
    of_day = {"happened_from_date": "2026-10-25", "happened_from_time": time}

    assert posted_moment(posted(**of_day), "happened_from") == "2026-10-25T01:30 GMT"


def test_a_day_in_three_boxes_is_one_day_and_nothing_typed_is_lost() -> None:
    boxes = {"x_date": "29", "x_month": "2", "x_year": "2012", "x_time": "9:05"}

    assert posted_moment(posted(**boxes), "x") == "2012-02-29T09:05"
    assert posted_moment(posted(**{**boxes, "x_date": "31"}), "x") == "31/2/2012T09:05"
    assert posted_moment(posted(**{**boxes, "x_time": "21:5"}), "x") == "2012-02-29T21:5"
    assert posted_moment(posted(**{**boxes, "x_date": "2026-11-23"}), "x") == "2026-11-23T09:05"


def test_people_are_read_one_a_line_with_a_role_behind_a_comma() -> None:
    content = forms.content_of(LOG, posted(present="Jay\r\n Ruth Abara , teacher\n\n,\n, cook"))

    assert content.present == (
        Person("Jay"),
        Person("Ruth Abara", "teacher"),
        Person("", "cook"),
    )
    assert people(people_lines(content.present)) == [person.to_json() for person in content.present]


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

    shown = controls_of(shown_form, content, {f"answers-{first}": "Wrong."}, OAK)

    assert [field.name for field in shown] == [f"answers-{f.name}" for f in shown_form.fields]
    assert shown[0].error == "Wrong."
    assert [field.optional == "" for field in shown if field.key != "view_missing"] == [
        bool(field.required_by) for field in shown_form.fields if field.name != "view_missing"
    ]


def drawn(name: str, typed: object, **errors: str) -> Control:
    content = Content.from_json({"answers": {name: typed}})
    found = controls_of(EVERYTHING, content, errors, OAK)
    return next(field for field in found if field.key == name)


def test_colleagues_are_picked_by_id_the_writer_first_and_others_typed() -> None:
    content = forms.content_of(
        EVERYTHING,
        posted(
            answers__some_workers=["k" * 32, ""], answers__some_workers__others="Bo Lund, agency"
        ),
    )
    assert content.answers == {
        "some_workers": ({"id": "k" * 32}, {"name": "Bo Lund", "role": "agency"})
    }

    control = drawn("some_workers", [{"id": "k" * 32}, {"id": "x" * 32}, {"name": "Bo Lund"}])
    assert control.options == [
        ("s" * 32, "Sam Okafor (you)"),
        ("k" * 32, "Kit Adeyemi"),
        ("x" * 32, "Someone who no longer works here"),
    ]
    assert control.value == ["k" * 32, "x" * 32]
    assert control.more["others"] == "Bo Lund"


def test_children_are_picked_by_id() -> None:
    content = forms.content_of(EVERYTHING, posted(answers__some_children=["j" * 32]))
    assert content.answers == {"some_children": ({"id": "j" * 32},)}
    assert drawn("some_children", [{"id": "j" * 32}]).options == [
        ("j" * 32, "Jay"),
        ("m" * 32, "Mika"),
    ]


def test_rows_are_read_by_number_and_a_blank_one_between_others_keeps_its_place() -> None:
    content = forms.content_of(
        EVERYTHING,
        posted(
            answers__some_rows__10__what="Third",
            answers__some_rows__2__what="",
            answers__some_rows__1__what="First",
            answers__some_rows__1__who="Kit",
            answers__some_rows__0__what="none of ours",
            answers__some_rows__x__what="none of ours",
        ),
    )
    assert content.answers == {
        "some_rows": ({"what": "First", "who": "Kit"}, {}, {"what": "Third"})
    }
    assert forms.content_of(EVERYTHING, posted(answers__some_rows__1__what=" ")).answers == {}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ([], 1),
        ([{"what": "x"}], 2),
        ([{"what": "x"}, {}], 2),
        ([{"what": "x"}] * 3, 3),
        ([{"what": "x"}] * 4, 4),
    ],
)
def test_one_empty_row_waits_while_there_is_room(typed: list[object], shown: int) -> None:
    assert len(drawn("some_rows", typed).more["rows"]) == shown


def test_add_a_row_makes_one_more_than_the_page_had() -> None:
    for typed, shown in (([], 2), ([{"what": "x"}], 2), ([{"what": "x"}, {}], 3)):
        content = Content.from_json({"answers": {"some_rows": typed} if typed else {}})
        more = with_one_more_row(content, "some_rows")
        found = controls_of(EVERYTHING, more, {}, OAK)
        rows = next(field.more["rows"] for field in found if field.key == "some_rows")
        assert len(rows) == shown


def test_a_cell_shows_what_was_typed_and_what_is_wrong_with_it() -> None:
    wrong = {"answers-some_rows-2-cost": "Wrong."}
    content = Content.from_json({"answers": {"some_rows": [{"what": "x"}, {"cost": 1250}]}})
    found = controls_of(EVERYTHING, content, wrong, OAK)
    rows = next(field.more["rows"] for field in found if field.key == "some_rows")
    cost = next(cell for cell in rows[1].cells if cell.name.endswith("-cost"))
    assert (cost.value, cost.error, cost.optional) == ("12.50", "Wrong.", "1")
    assert rows[0].cells[0].optional == ""


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("a_yes_no", True, "yes"),
        ("some_money", 1205, "12.05"),
        ("some_money", "12.5", "12.5"),
        ("some_seconds", 45, "45"),
        ("some_choices", "one", ("one",)),
        ("some_people", [{"name": "Ada", "role": "aunt"}], "Ada, aunt"),
        ("a_datetime", "2026-11-23T18:30", "2026-11-23T18:30"),
    ],
)
def test_a_box_shows_the_answer_as_it_is_typed(name: str, typed: object, value: object) -> None:
    assert drawn(name, typed).value == value


def test_a_choice_that_a_home_does_not_have_is_not_drawn() -> None:
    assert "locked" not in dict(drawn("a_choice", "").options)


def test_a_question_says_in_words_when_it_is_asked_and_whether_it_is_now() -> None:
    fall = build.forms_of_tests().form("fall")
    content = Content.from_json({"answers": {"hurt": "yes", "remedy": "shouting"}})
    found = {control.key: control for control in controls_of(fall, content, {}, OAK)}
    assert found["remedy"].asked
    assert found["remedy"].only_if == "Only if you answered “Yes” to “Was anybody hurt?”"
    assert found["door"].when == "answers-hurt=yes;answers-remedy=locking"
    assert not found["door"].asked
    [never] = found["remedy"].never
    assert (never.rule, never.when, never.chosen) == (
        "reg 19(2)(a)",
        "answers-remedy=shouting",
        True,
    )


def test_what_a_rule_asks_for_stands_open_and_the_rest_is_folded() -> None:
    fall = build.forms_of_tests().form("fall")
    page = fields_shown(fall, Content(), {}, OAK)
    assert [group.key for group in page.view] == ["view_missing", "view_missing_why"]
    assert [field.key for _, group in page.open for field in group] == ["hurt", "remedy", "door"]
    assert [field.key for _, group in page.folded for field in group] == ["caught_by"]
    assert not page.unfolded
    used = Content.from_json({"answers": {"caught_by": [{"id": "k" * 32}]}})
    assert fields_shown(fall, used, {}, OAK).unfolded


def test_a_form_that_faces_a_child_has_a_box_for_the_childs_view() -> None:
    fall = build.forms_of_tests().form("fall")
    kinds = [shown["kind"] for shown in statements.statements_shown(fall, Content())]
    assert kinds == ["fact", "view"]
    said = Content(statements=(StatementContent(text="“Ow.”", kind=StatementKind.VIEW),))
    assert [shown["kind"] for shown in statements.statements_shown(fall, said)] == ["view"]


def test_a_log_has_three_boxes_and_one_more_for_the_childs_view() -> None:
    kinds = [shown["kind"] for shown in statements.statements_shown(LOG, Content())]
    assert kinds == ["fact", "fact", "fact", "view"]


def test_what_was_typed_is_said_in_a_line_beside_another_version() -> None:
    content = Content.from_json({"answers": {
        "a_choice": "two", "some_choices": ["one", "two"], "some_workers": [{"id": "k" * 32}],
        "some_children": [{"id": "j" * 32}], "some_rows": [{"what": "Ring", "who": "Kit"}, {}],
        "a_number": "three",
    }})  # fmt: skip
    assert dict(words_of(EVERYTHING, content, build.OAK)) == {
        "A choice": "Two",
        "Some choices": "One; Two",
        "Colleagues": "Kit Adeyemi",
        "Children": "Jay",
        "Some rows": "Ring, Kit",
        "A number": "three",
    }


def test_the_marks_of_a_statement_are_said_in_a_line() -> None:
    opinion = StatementContent(
        kind=StatementKind.OPINION, source=StatementSource.TOLD_BY, sharing=Sharing.WITHHELD
    )

    assert (
        statements.marks_in_words(opinion) == "Opinion, someone told me, not shared with the child"
    )


def test_a_day_and_a_moment_of_a_row_are_read_from_their_boxes() -> None:
    content = forms.content_of(
        form("incident"),
        posted(
            answers__told__1__person="Police",
            answers__told__1__told_at_date="25",
            answers__told__1__told_at_month="October",
            answers__told__1__told_at_year="2026",
            answers__told__1__told_at_time="1.30",
            answers__told__1__told_at_zone="GMT",
            answers__actions__1__by_when_date="3",
            answers__actions__1__by_when_month="11",
            answers__actions__1__by_when_year="2026",
        ),
    )

    told = {"person": "Police", "told_at": "2026-10-25T01:30 GMT"}
    assert content.answers == {"told": (told,), "actions": ({"by_when": "2026-11-03"},)}
