"""An entry in words, the same on the page, in print and in the read-through."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.foundation.proof.canonical import Json
from casebound.record.book.entries import Author, Entry
from casebound.record.book.relations import RELATIONS, relations
from casebound.record.rendering import wording
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import AnswerTable, AnswerView, EntryView
from casebound.record.rendering.html import entry_html, statement_html
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.content import Content, Person, StatementContent
from casebound.rulebook.catalogue.marks import Ground, HowKnown, Sharing
from casebound.rulebook.catalogue.shape import Choice, Field, FieldType

START = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
FACT = Entry(
    form="daily_log",
    form_version=1,
    author=Author(id=WorkerId("a" * 32), name="Sam Okafor", role="residential worker"),
    home_id=HomeId("b" * 32),
    happened_from=START,
    happened_to=None,
    content=Content(
        how_known=HowKnown.WAS_THERE,
        present_nobody=True,
        statements=(StatementContent(text="Jay made toast."),),
    ),
    answers={"shift": "late", "sleep": "Ten hours"},
    late=False,
    late_seconds=3600,
)


def html_of(fact: Entry) -> str:
    view = wording.view_of(fact, number=5, signed_at=START)
    return entry_html(view, reader=Reader.STAFF)


def field(kind: FieldType, *choices: tuple[str, str]) -> Field:
    return Field(
        name="asked", type=kind, label="Asked", choices=tuple(Choice(*choice) for choice in choices)
    )


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (None, "Monday 23 November 2026, 18:30"),
        (START + AN_HOUR, "Monday 23 November 2026, 18:30 to 19:30"),
        (
            START + 8 * AN_HOUR,
            "Monday 23 November 2026, 18:30 to Tuesday 24 November 2026, 02:30",
        ),
    ],
)
def test_when_something_happened_is_said_in_words(end: datetime | None, words: str) -> None:
    assert wording.happened_words(START, end) == words


def test_the_day_that_counts_is_london_s() -> None:
    start = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert wording.happened_words(start, start + AN_HOUR) == (
        "Wednesday 1 July 2026, 23:30 to Thursday 2 July 2026, 00:30"
    )


@pytest.mark.policy("P44")
@pytest.mark.parametrize(
    ("hours", "words"),
    [(24, "24 hours"), (31, "31 hours"), (47, "47 hours"), (48, "2 days"), (240, "10 days")],
)
def test_how_late_is_said_in_hours_and_then_in_days(hours: int, words: str) -> None:
    assert wording.late_words(hours * 3600 + 59) == f"signed {words} after it happened"


@pytest.mark.policy("P26")
@pytest.mark.parametrize(
    ("known", "words"),
    [
        (HowKnown.WAS_THERE, "was there"),
        (HowKnown.TOLD_BY, "was told by Ruth Abara, teacher"),
        (HowKnown.READ_IN, "read it in Ruth Abara, teacher"),
    ],
)
def test_how_the_author_knows_is_said(known: HowKnown, words: str) -> None:
    content = Content(how_known=known, originator="Ruth Abara, teacher")

    assert wording.known_words(content) == words


def test_who_was_there_is_said_and_so_is_that_nobody_was() -> None:
    present = (Person("Jay"), Person("Ruth Abara", "teacher"))

    assert wording.present_words(Content(present=present)) == "Jay; Ruth Abara, teacher"
    assert wording.present_words(Content(present_nobody=True)) == "nobody else"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (FieldType.TEXT, "ten hours", "ten hours"),
        (FieldType.CHOICE, "calm", "Calm"),
        (FieldType.CHOICE, "unknown", "unknown"),
        (FieldType.CHOICES, ["calm", "other"], "Calm; other"),
        (FieldType.YES_NO, True, "Yes"),
        (FieldType.YES_NO, False, "No"),
        (FieldType.MINUTES, 45, "45 minutes"),
        (FieldType.MONEY_PENCE, 1205, "£12.05"),
        (FieldType.DATE, "2026-02-28", "Saturday 28 February 2026"),
        (FieldType.DATETIME, "2026-07-01T21:40:00Z", "Wednesday 1 July 2026, 22:40"),
        (FieldType.PEOPLE, [{"name": "Jay", "role": ""}, {"name": "Ruth", "role": "teacher"}],
         "Jay; Ruth, teacher"),
        (FieldType.NUMBER, 3, "3"),
        (FieldType.SECONDS, 125, "2 minutes 5 seconds"),
        (FieldType.SECONDS, 60, "1 minute"),
        (FieldType.SECONDS, 0, "0 seconds"),
        (FieldType.WORKERS, [{"id": "k" * 32, "name": "Kit Adeyemi", "role": "key worker"},
                             {"name": "Bo Lund", "role": ""}], "Kit Adeyemi, key worker; Bo Lund"),
        (FieldType.CHILDREN, [{"id": "j" * 32}, {"id": "x" * 32}], "Jay; a child"),
    ],
)  # fmt: skip
def test_an_answer_is_said_by_its_label(kind: FieldType, value: Json, words: str) -> None:
    names = {"j" * 32: "Jay"}
    assert wording.answer_words(field(kind, ("calm", "Calm")), value, names) == words


def test_rows_are_shown_as_a_table_of_the_columns_that_are_answered() -> None:
    columns = (
        Field(name="what", type=FieldType.TEXT, label="What"),
        Field(name="who", type=FieldType.TEXT, label="Who"),
        Field(name="cost", type=FieldType.MONEY_PENCE, label="What it costs"),
    )
    rows = replace(field(FieldType.ROWS), columns=columns)
    value: Json = [{"what": "Boots <3", "cost": 1250}, {"what": "Ring the school"}]

    table = wording.shown_answer(rows, value)
    assert table == AnswerTable(
        ("What", "What it costs"), (("Boots <3", "£12.50"), ("Ring the school", ""))
    )
    html = entry_html(
        EntryView(
            number=1, form="Log", happened="", signed="", author="", role="",
            answers=(AnswerView("Asked", table),),
        ),
        reader=Reader.STAFF,
    )  # fmt: skip
    assert "What it costs</th>" in html
    assert 'data-head="What" dir="auto">Boots &lt;3</td>' in html


def test_answers_come_in_the_order_of_the_form_and_only_those_given() -> None:
    labels = {field.name: field.label for field in form("daily_log").fields}

    assert wording.answers_in_words(FACT) == [
        AnswerView(labels["shift"], "Late"),
        AnswerView(labels["sleep"], "Ten hours"),
    ]


@pytest.mark.policy("P44")
def test_a_late_entry_shows_it_with_its_reason_and_one_in_time_shows_nothing() -> None:
    late = replace(
        FACT,
        late=True,
        late_seconds=30 * 3600,
        content=replace(FACT.content, late_reason="There was nobody to take over."),
    )

    html = html_of(late)
    assert "Late Entry" in html
    assert "Signed 30 hours after it happened." in html
    assert "There was nobody to take over." in html
    in_time = html_of(FACT)
    assert "Late Entry" not in in_time


def test_what_is_withheld_says_its_ground_in_words() -> None:
    statement = StatementContent(
        text="A call came in.", sharing=Sharing.WITHHELD, ground=Ground.RISK_TO_CHILD,
        reason="It names the street.", review_on="2027-01-05",
    )  # fmt: skip
    fact = replace(FACT, content=replace(FACT.content, statements=(statement,)))

    [shown] = wording.view_of(fact, number=5, signed_at=START).statements
    assert shown.ground == Ground.RISK_TO_CHILD.label
    assert "look again on 5 January 2027" in statement_html(shown)


def test_there_are_words_for_every_relation_both_ways() -> None:
    assert set(RELATIONS) <= set(relations().values())
    assert all(relation.onward and relation.back for relation in relations().values())
