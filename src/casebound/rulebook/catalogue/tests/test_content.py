import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import canonical
from casebound.rulebook.catalogue.content import (
    Content,
    HowKnown,
    Person,
    Sharing,
    StatementContent,
    StatementKind,
    StatementSource,
    ThirdPartyPermission,
    split_statements,
)
from casebound.rulebook.catalogue.tests import build

KEYS = sorted(
    {*Content().to_json(), *StatementContent().to_json(), *Person().to_json(), "shift", "Q-1", ""}
)
WORDS = sorted(
    {mark.value for kind in (StatementKind, StatementSource, Sharing, HowKnown) for mark in kind}
)
# Surrogates too: a script can send them, although no keyboard does.
TEXTS = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=20,
)
TABLES = st.dictionaries(st.sampled_from(KEYS), LEAVES)
# Of the right outer shape, so that the inside is reached too.
SENT = st.one_of(
    ANY_JSON,
    st.fixed_dictionaries(
        {},
        optional={
            "happened_from": LEAVES,
            "how_known": LEAVES,
            "present_nobody": LEAVES,
            "present": st.lists(st.one_of(LEAVES, TABLES), max_size=3),
            "statements": st.lists(st.one_of(LEAVES, TABLES), max_size=3),
            "answers": st.dictionaries(
                st.sampled_from(KEYS), st.one_of(LEAVES, st.lists(st.one_of(LEAVES, TABLES)))
            ),
            "drew_on": st.lists(st.one_of(LEAVES, st.just("0123456789abcdef" * 2)), max_size=3),
        },
    ),
)


@build.patient
@given(SENT)
def test_whatever_is_sent_is_read_and_written_back_the_same(sent: object) -> None:
    read = Content.from_json(sent)
    assert Content.from_json(read.to_json()) == read


@build.patient
@given(SENT)
def test_whatever_is_read_can_be_kept_as_utf_8_and_sealed_as_plain_values(sent: object) -> None:
    kept = Content.from_json(sent).to_json()
    assert json.loads(json.dumps(kept, ensure_ascii=False).encode()) == kept
    assert canonical(kept)


@build.patient
@given(SENT)
def test_tidying_twice_changes_nothing_more(sent: object) -> None:
    once = Content.from_json(sent).stripped()
    assert once.stripped() == once


def test_a_whole_entry_is_written_and_read_back() -> None:
    assert Content.from_json(json.loads(json.dumps(build.WHOLE.to_json()))) == build.WHOLE


def test_what_is_absent_takes_the_default_that_costs_no_click() -> None:
    read = Content.from_json({"statements": [{"text": "Jay laughed."}]}).statements[0]
    assert (read.kind, read.source, read.sharing) == (
        StatementKind.FACT,
        StatementSource.FIRST_HAND,
        Sharing.SHARED,
    )


@pytest.mark.policy("P26")
def test_how_the_author_knows_has_no_default() -> None:
    assert Content.from_json({}).how_known is HowKnown.NOT_SAID


@pytest.mark.policy("P51")
@pytest.mark.policy("P53")
@pytest.mark.parametrize("sent", ["opinoin", "", 7, None, ["fact"]])
def test_a_mark_nobody_knows_is_never_taken_for_a_fact_first_hand_and_shared(sent: object) -> None:
    marks = {"text": "Jay laughed.", "kind": sent, "source": sent, "sharing": sent}
    read = Content.from_json({"statements": [{**marks, "permission": sent}]}).statements[0]
    assert (read.kind, read.source, read.sharing) == (
        StatementKind.NOT_SAID,
        StatementSource.NOT_SAID,
        Sharing.NOT_SAID,
    )
    assert read.permission is ThirdPartyPermission.NOT_ASKED


def test_only_entries_can_be_drawn_on_and_each_once() -> None:
    entry = "0123456789abcdef" * 2
    assert Content.from_json({"drew_on": [entry, "7", entry, None]}).drew_on == (entry,)


@pytest.mark.policy("P51")
def test_the_kinds_and_sources_are_all_told_apart_in_words() -> None:
    for marks in (StatementKind, StatementSource, Sharing, HowKnown, ThirdPartyPermission):
        labels = [mark.label for mark in marks.offered()]
        assert all(labels)
        assert len(set(labels)) == len(labels)


@pytest.mark.policy("P52")
def test_each_source_has_its_word_in_the_sealed_part() -> None:
    assert [source.sealed_as for source in StatementSource.offered()] == [
        "first-hand",
        "told-by",
        "document",
    ]


def test_tidying_drops_what_no_mark_asks_for_and_what_nobody_filled_in() -> None:
    untidy = build.content(
        where=" kitchen ",
        originator="left over",
        present=(Person(" Sam Okafor ", ""), Person(" ", "")),
        statements=(
            StatementContent(text=" Jay laughed. ", speaker="left", maker="over"),
            StatementContent(text="\u200b \n", kind=StatementKind.OPINION),
        ),
    ).stripped()
    assert untidy.where == "kitchen"
    assert untidy.originator == ""
    assert untidy.present == (Person("Sam Okafor", ""),)
    assert untidy.statements == (StatementContent(text="Jay laughed."),)


def test_tidying_keeps_what_the_marks_ask_for() -> None:
    whole = StatementContent(
        text="It rests on three nights.",
        kind=StatementKind.OPINION,
        whose="Sam",
        basis="three nights",
        source=StatementSource.TOLD_BY,
        told_by="Ada",
        sharing=Sharing.THIRD_PARTY,
        third_party="Ada",
        permission=ThirdPartyPermission.GIVEN,
    )
    assert whole.stripped() == whole


def test_each_blank_line_begins_a_new_statement() -> None:
    typed = "\n\nJay came home.\nHe was calm.\r\n \t\r\n\n“Toast?” he said.\r\rWe ate.\n"
    assert split_statements(typed) == (
        "Jay came home.\nHe was calm.",
        "“Toast?” he said.",
        "We ate.",
    )


def test_nothing_typed_is_no_statement() -> None:
    assert split_statements(" \n\n \n") == ()


@build.patient
@given(st.lists(st.text(st.characters(exclude_characters="\n\r\x00"), min_size=1), max_size=5))
def test_paragraphs_joined_by_blank_lines_come_apart_again(paragraphs: list[str]) -> None:
    kept = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
    assert split_statements("\n\n".join(kept)) == tuple(kept)
