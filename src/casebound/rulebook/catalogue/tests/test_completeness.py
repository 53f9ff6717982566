from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import canonical, clean_text
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.catalogue import form, forms_for
from casebound.rulebook.catalogue.completeness import missing
from casebound.rulebook.catalogue.content import (
    Content,
    Ground,
    HowKnown,
    Person,
    Sharing,
    StatementContent,
    StatementKind,
    StatementSource,
)
from casebound.rulebook.catalogue.shape import BookKind, Form
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.tests.test_content import SENT
from casebound.rulebook.catalogue.texts import MAX_STATEMENTS, too_long, unsealable_characters
from casebound.rulebook.catalogue.wall_time import event_times

pytestmark = pytest.mark.every_clock

VIEW = {"view_missing": "not_asked"}
FACT = StatementContent(text="Jay laughed.")
WITHHELD = {
    "sharing": Sharing.WITHHELD,
    "ground": Ground.RISK_TO_CHILD,
    "reason": "It names where the person lives.",
    "review_on": "2026-12-23",
}
POLICE = {**WITHHELD, "ground": Ground.POLICE_INVESTIGATION}


def test_a_whole_entry_lacks_nothing() -> None:
    assert build.found(build.content()) == []


@pytest.mark.policy("P49")
def test_everything_missing_is_named_with_its_rule_in_the_order_of_the_screen() -> None:
    assert build.found(Content(), form("contact"), late=True) == [
        ("statements", "P01"),
        ("answers-with_whom", "P31"),
        ("answers-how", "P31"),
        ("answers-outcome", "P31"),
        ("answers-view_missing", "P32, reg 7(2)(a)(i)"),
        ("happened_from", "P43"),
        ("how_known", "P26"),
        ("present", "P04, P30"),
        ("late_reason", "P44"),
    ]


@pytest.mark.policy("P49")
@pytest.mark.parametrize("shape", forms_for(BookKind.CHILD), ids=lambda shape: shape.name)
def test_what_is_missing_is_said_in_whole_sentences(shape: Form) -> None:
    for gap in build.everything(Content(), shape, late=True):
        assert gap.words[0].isupper() or gap.words[0] == "“"
        assert gap.words.endswith((".", "?"))


# ---- when


@pytest.mark.policy("P43")
def test_an_entry_that_does_not_say_when_is_not_complete() -> None:
    assert build.found(build.content(happened_from=" ")) == [("happened_from", "P43")]


@pytest.mark.policy("P49")
def test_an_event_at_this_moment_is_accepted_and_a_minute_later_is_in_the_future() -> None:
    now = build.content(happened_from="2026-11-23T22:40", happened_to="2026-11-23T22:40")
    later = build.content(happened_from="2026-11-23T22:41", happened_to="2026-11-23T22:42")
    assert build.found(now) == []
    assert build.found(later) == [("happened_from", "P49"), ("happened_to", "P49")]


@pytest.mark.policy("P49")
def test_an_end_before_the_start_is_named() -> None:
    end = build.content(happened_to="2026-11-23T18:29")
    assert build.found(end) == [("happened_to", "P49")]


def test_an_end_in_the_hour_that_comes_twice_may_be_its_second_coming() -> None:
    night = build.content(happened_from="2026-10-25T01:50", happened_to="2026-10-25T01:10")
    assert build.found(night) == []


def test_a_time_that_never_was_is_named_where_it_stands() -> None:
    never = build.content(happened_from="2026-03-29T01:30", happened_to="teatime")
    assert build.found(never) == [("happened_from", "P43"), ("happened_to", "P49")]


def test_now_must_have_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        missing(form("note"), Content(), now=datetime(2026, 1, 1))  # noqa: DTZ001 - the point


# ---- who knows, who was there


@pytest.mark.policy("P26")
def test_an_author_who_has_not_said_how_they_know_is_asked() -> None:
    assert build.found(build.content(how_known=HowKnown.NOT_SAID)) == [("how_known", "P26")]


@pytest.mark.policy("P28")
@pytest.mark.parametrize(
    ("known", "source"),
    [
        (HowKnown.TOLD_BY, {"source": StatementSource.TOLD_BY, "told_by": "Sam"}),
        (HowKnown.READ_IN, {"source": StatementSource.READ_IN, "read_in": "Letter of 3 May"}),
    ],
)
def test_a_second_hand_entry_names_its_originator(
    known: HowKnown, source: dict[str, object]
) -> None:
    told = StatementContent(text="Jay laughed.", **source)  # type: ignore[arg-type]  # mixed marks
    without = build.content(how_known=known, statements=(told,))
    named = build.content(how_known=known, statements=(told,), originator="Sam Okafor, worker")
    assert build.found(without) == [("originator", "P28")]
    assert build.found(named) == []


@pytest.mark.policy("P52")
def test_an_author_who_was_not_there_cannot_have_seen_everything() -> None:
    told = StatementContent(text="Jay ran.", source=StatementSource.TOLD_BY, told_by="Sam")
    marks = {"how_known": HowKnown.TOLD_BY, "originator": "Sam Okafor"}
    assert build.found(build.content(**marks)) == [("how_known", "P52")]
    assert build.found(build.content(**marks, statements=(FACT, told))) == []


@pytest.mark.policy("P30")
@pytest.mark.policy("P04")
def test_who_was_there_is_said_or_that_nobody_else_was() -> None:
    assert build.found(build.content(present=())) == [("present", "P04, P30")]
    assert build.found(build.content(present=(Person(" ", ""),))) == [("present", "P04, P30")]
    assert build.found(build.content(present=(), present_nobody=True)) == []


@pytest.mark.policy("P04")
def test_nobody_else_and_somebody_contradict_each_other() -> None:
    assert build.found(build.content(present_nobody=True)) == [("present_nobody", "P04")]


@pytest.mark.policy("P04")
def test_a_role_without_a_name_is_not_a_person() -> None:
    people = (Person("Sam Okafor"), Person("", "social worker"))
    assert build.found(build.content(present=people)) == [("present-2-name", "P04")]


# ---- statements


@pytest.mark.policy("P01")
def test_boxes_nobody_used_are_not_a_statement() -> None:
    blank = (StatementContent(), StatementContent(text="\u200b", kind=StatementKind.OPINION))
    assert build.found(build.content(statements=blank)) == [("statements", "P01")]
    assert build.found(build.content(statements=(*blank, FACT))) == []


@pytest.mark.policy("P05")
def test_a_statement_without_words_is_named() -> None:
    wordless = build.statement(text=" ", kind=StatementKind.ACCOUNT, speaker="Ada")
    assert build.found(wordless) == [("statements-1-text", "P05")]


@pytest.mark.policy("P05")
def test_what_someone_said_names_who_said_it() -> None:
    said = {"kind": StatementKind.ACCOUNT}
    assert build.found(build.statement(**said)) == [("statements-1-speaker", "P05")]
    assert build.found(build.statement(**said, speaker="Ada, aunt")) == []


@pytest.mark.policy("P53")
@pytest.mark.parametrize(
    "kind", [StatementKind.OPINION, StatementKind.ASSESSMENT, StatementKind.JUDGEMENT]
)
def test_an_opinion_says_on_what_it_rests(kind: StatementKind) -> None:
    assert build.found(build.statement(kind=kind)) == [("statements-1-basis", "P53")]
    assert build.found(build.statement(kind=kind, basis="Three calm nights")) == []


@pytest.mark.policy("P29")
def test_a_decision_says_who_made_it_and_on_what_basis() -> None:
    decision = {"kind": StatementKind.DECISION}
    assert build.found(build.statement(**decision)) == [
        ("statements-1-maker", "P29"),
        ("statements-1-basis", "P29"),
    ]
    assert build.found(build.statement(**decision, maker="Mo Ali", basis="The plan")) == []


@pytest.mark.policy("P52")
@pytest.mark.parametrize(
    ("source", "name"), [(StatementSource.TOLD_BY, "told_by"), (StatementSource.READ_IN, "read_in")]
)
def test_a_statement_from_elsewhere_says_from_where(source: StatementSource, name: str) -> None:
    assert build.found(build.statement(source=source)) == [(f"statements-1-{name}", "P52")]
    assert build.found(build.statement(source=source, **{name: "Ada, aunt"})) == []


@pytest.mark.policy("P51")
@pytest.mark.policy("P52")
@pytest.mark.policy("P36")
def test_marks_that_are_not_said_are_asked_for() -> None:
    unmarked = build.statement(
        kind=StatementKind.NOT_SAID, source=StatementSource.NOT_SAID, sharing=Sharing.NOT_SAID
    )
    assert build.found(unmarked) == [
        ("statements-1-kind", "P51"),
        ("statements-1-source", "P52"),
        ("statements-1-sharing", "P36"),
    ]


@pytest.mark.policy("P36")
@pytest.mark.policy("P37")
@pytest.mark.policy("P42")
def test_withholding_needs_a_ground_a_reason_and_a_review_date() -> None:
    assert build.found(build.statement(sharing=Sharing.WITHHELD)) == [
        ("statements-1-ground", "P37"),
        ("statements-1-reason", "P36"),
        ("statements-1-review_on", "P42"),
    ]
    assert build.found(build.statement(**WITHHELD)) == []


@pytest.mark.policy("P37")
def test_withholding_for_the_police_needs_their_reference() -> None:
    assert build.found(build.statement(**POLICE)) == [
        ("statements-1-reference", "P37"),
        ("statements-1-officer", "P37"),
    ]
    reference = {"reference": "log 412 of 23 November", "officer": "PC Ines Rook"}
    assert build.found(build.statement(**{**POLICE, **reference})) == []


@pytest.mark.policy("P42")
@pytest.mark.parametrize("review_on", ["2026-11-23", "2026-02-30", "soon"])
def test_a_review_date_lies_after_today(review_on: str) -> None:
    late = build.statement(**{**WITHHELD, "review_on": review_on})
    tomorrow = build.statement(**{**WITHHELD, "review_on": "2026-11-24"})
    assert build.found(late) == [("statements-1-review_on", "P42")]
    assert build.found(tomorrow) == []


@pytest.mark.policy("P39")
def test_a_statement_about_someone_else_says_who_that_is() -> None:
    other = {"sharing": Sharing.THIRD_PARTY}
    assert build.found(build.statement(**other)) == [("statements-1-third_party", "P39")]
    assert build.found(build.statement(**other, third_party="Ada, aunt")) == []


def test_statements_count_from_one_as_people_see_them() -> None:
    account = StatementContent(text="“No.”", kind=StatementKind.ACCOUNT)
    both = build.content(statements=(FACT, account))
    assert build.found(both) == [("statements-2-speaker", "P05")]
    assert build.everything(both)[0].words.startswith("Statement 2 ")


def test_what_is_left_over_from_another_mark_is_not_held_against_the_author() -> None:
    assert build.found(build.statement(speaker="x" * 9_999, maker="\x07")) == []


# ---- the form's own questions


@pytest.mark.policy("P31")
def test_a_contact_says_who_it_was_with_how_and_what_came_of_it() -> None:
    answers = {**VIEW, "with_whom": "Dawn, gran", "how": "phone", "outcome": "nothing"}
    assert build.found(build.content(answers=answers), form("contact")) == []
    names = [name for name, _ in build.found(build.content(), form("contact"))]
    assert names == ["answers-with_whom", "answers-how", "answers-outcome"]


@pytest.mark.policy("P31")
@pytest.mark.policy("P29")
def test_a_contact_in_which_something_was_decided_has_the_decision_as_a_statement() -> None:
    answers = {**VIEW, "with_whom": "Dawn, gran", "how": "phone", "outcome": "decided"}
    decision = StatementContent(
        text="She will come on Sunday.", kind=StatementKind.DECISION, maker="Mo", basis="The plan"
    )
    without = build.content(answers=answers)
    written = build.content(answers=answers, statements=(decision,))
    assert build.found(without, form("contact")) == [("answers-outcome", "P29")]
    assert build.found(written, form("contact")) == []


@pytest.mark.policy("P49")
def test_a_required_question_cites_every_rule_that_asks_for_it_once_it_is_asked() -> None:
    walk = build.forms_of_tests().form("walk")
    assert build.found(build.content(answers={"how_far": "near"}), walk) == []
    assert build.found(build.content(answers={"how_far": "far"}), walk) == [
        ("answers-where_to", "P49, reg 36(1)(b)")
    ]


@pytest.mark.policy("P49")
def test_an_answer_that_its_field_does_not_take_is_named() -> None:
    wrong = build.content(
        answers={**VIEW, "topic": "Bikes", "outcome": "nothing", "length": "long"}
    )
    assert build.found(wrong, form("key_session")) == [("answers-length", "P49")]


@pytest.mark.policy("P19")
def test_an_entry_on_an_old_version_is_held_to_what_that_version_asked() -> None:
    walks = build.forms_of_tests()
    assert build.found(build.content(), walks.form("walk", 1)) == [("answers-weather", "P49")]
    assert build.found(build.content(), walks.form("walk", 2)) == []


# ---- late, too long, unsealable


@pytest.mark.policy("P44")
def test_a_late_entry_says_why_it_is_late() -> None:
    assert build.found(build.content(), late=True) == [("late_reason", "P44")]
    assert build.found(build.content(late_reason="The power was out."), late=True) == []


def test_a_statement_of_64_kib_is_accepted_and_a_byte_more_is_not() -> None:
    assert build.found(build.statement(text="é" * 32_768)) == []
    assert build.found(build.statement(text="é" * 32_768 + "!")) == [("statements-1-text", "P45")]


def test_a_text_is_measured_as_it_is_sealed() -> None:
    assert build.found(build.content(where="e\u0301" * 500)) == []
    assert build.found(build.content(where="é" * 501)) == [("where", "P45")]


def test_too_many_statements_or_people_are_named() -> None:
    many = build.content(
        statements=(FACT,) * (MAX_STATEMENTS + 1), present=(Person("Sam Okafor"),) * 61
    )
    assert [gap.field for gap in too_long(many)] == ["present", "statements"]


@pytest.mark.policy("P49")
def test_a_character_that_cannot_be_sealed_is_named_by_its_place() -> None:
    typed = build.statement(text="Jay laughed.\r\nThen he\u202e slept.")
    (gap,) = build.everything(typed)
    assert gap.field == "statements-1-text"
    assert "line 2, character 8" in gap.words


def test_every_text_is_looked_at_for_what_cannot_be_sealed() -> None:
    typed = build.content(
        where="\x00here", present=(Person("Sam\x07 Okafor", "wor\x1fker"),), language="\x7fUrdu"
    )
    assert [name for name, _ in build.found(typed)] == [
        "present-1-name",
        "present-1-role",
        "where",
        "language",
    ]


@build.patient
@given(st.text())
def test_a_text_passes_exactly_when_the_ledger_can_clean_it(text: str) -> None:
    try:
        clean_text(text)
    except ValueError:
        assert unsealable_characters(text)
    else:
        assert not unsealable_characters(text)


# Mostly fit to be sealed, so that many whole entries come out of it.
FIT = st.sampled_from(["Sam", " 漢字\t😀 ", "e\u0301\r\n\r\nق", "the placement plan"])
ORDINARY = st.one_of(FIT, FIT, FIT, st.sampled_from(["", "\u200b", "a\x07"]))
STATEMENTS = st.builds(
    StatementContent,
    text=ORDINARY,
    kind=st.sampled_from(StatementKind.offered()),
    source=st.sampled_from(StatementSource.offered()),
    speaker=ORDINARY,
    told_by=FIT,
    read_in=FIT,
    whose=FIT,
    maker=FIT,
    basis=FIT,
)
MINUTES = st.integers(0, 900).map(lambda ago: build.NOW - timedelta(minutes=ago))
CONTENTS = st.builds(
    Content,
    happened_from=MINUTES.map(lambda at: f"{at:%Y-%m-%dT%H:%M}"),
    happened_to=st.one_of(st.just(""), MINUTES.map(lambda at: f"{at:%Y-%m-%dT%H:%M}")),
    how_known=st.sampled_from([HowKnown.WAS_THERE, HowKnown.READ_IN]),
    originator=FIT,
    present=st.lists(st.builds(Person, FIT, ORDINARY), min_size=1, max_size=2).map(tuple),
    statements=st.lists(STATEMENTS, min_size=1, max_size=3).map(tuple),
    answers=st.fixed_dictionaries(
        {},
        optional={
            "shift": st.sampled_from(["late", "", "tea"]),
            "mood": st.lists(st.sampled_from(["happy", "calm", ""])).map(tuple),
            "sleep": FIT,
        },
    ),
)


@build.patient
@given(st.one_of(CONTENTS, SENT.map(Content.from_json)), st.sampled_from(["note", "daily_log"]))
def test_what_lacks_nothing_can_be_sealed(content: Content, name: str) -> None:
    if build.found(content, form(name)):
        return
    tidy = content.stripped()
    event_times(tidy.happened_from, tidy.happened_to)
    assert tidy.statements
    assert all(clean_text(statement.text) for statement in tidy.statements)
    assert canonical([sealed_answers(form(name), tidy), tidy.to_json()])


@build.patient
@given(SENT, st.sampled_from(forms_for(BookKind.CHILD)))
def test_whatever_was_typed_what_is_missing_can_be_said(sent: object, one: Form) -> None:
    for gap in build.everything(Content.from_json(sent), one):
        assert gap.words
        assert gap.rule


@pytest.mark.policy("P49")
def test_what_happened_cannot_be_said_to_be_still_to_come() -> None:
    told = [{"person": "Police", "told_at": "2026-11-24T09:00"}]
    actions = [{"what": "Look again", "who": "Kit", "by_when": "2026-11-30"}]

    def ahead(name: str, **answers: object) -> list[str]:
        content = Content.from_json({"answers": answers})
        gaps = missing(form(name), content, now=build.NOW)
        return [gap.field for gap in gaps if "this is in the future" in gap.words]

    assert ahead("missing", last_seen_at="2026-11-23T22:41") == ["answers-last_seen_at"]
    assert ahead("missing", last_seen_at="2026-11-23T22:40") == []
    assert ahead("accident", told=told, actions=actions) == ["answers-told-1-told_at"]
