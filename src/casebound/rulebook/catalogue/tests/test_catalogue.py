import re
from pathlib import Path

import pytest

from casebound.foundation.base.data_files import DataFileError
from casebound.rulebook.catalogue.catalogue import (
    Catalogue,
    NoSuchFormError,
    form,
    forms_for,
    shipped,
)
from casebound.rulebook.catalogue.content import Answer
from casebound.rulebook.catalogue.shape import BookKind, FieldType, Group
from casebound.rulebook.catalogue.tests import build

GOOD = """
name = "walk"
version = 1
title = "Walk"
description = "A walk."
book = "child"
shown_as = "Write walk"
event_time = "now"

[[fields]]
name = "how_far"
type = "choice"
label = "How far?"
choices = [{ value = "near", label = "Near" }]

[[fields]]
name = "where_to"
type = "text"
label = "Where to?"
when = { field = "how_far", is = "near" }
required_by = [{ rule = "P49", words = "A walk has an aim." }]
"""


def load(folder: Path, text: str, name: str = "walk.1.toml") -> Catalogue:
    (folder / name).write_text(text, encoding="utf-8")
    return Catalogue.load(folder)


def test_the_forms_of_a_childs_book_are_listed_with_the_daily_log_first() -> None:
    listed = [listed_form.name for listed_form in forms_for(BookKind.CHILD)]
    assert listed[:4] == ["daily_log", "key_session", "contact", "note"]
    of_the_house = [form.name for form in forms_for(BookKind.HOME) if form.group is Group.HOUSE]
    assert of_the_house[0] == "handover"


def test_only_a_note_and_a_child_missing_are_sealed_at_once() -> None:
    assert [form.name for form in forms_for(BookKind.CHILD) if form.sealed_at_once] == [
        "note",
        "missing",
    ]


@pytest.mark.policy("P31")
@pytest.mark.policy("P49")
def test_every_required_field_says_in_a_sentence_which_rule_asks_for_it() -> None:
    rules = {
        (shape.name, field.name, rule.rule)
        for shape in shipped().forms.values()
        for field in shape.fields
        for rule in field.required_by
        if re.fullmatch(r"[A-Z].+\.", rule.words)
    }
    assert ("contact", "with_whom", "P31") in rules
    assert ("key_session", "reasons_told", "reg 7(2)(a)(iii)") in rules


def test_a_daily_log_requires_nothing_of_its_own() -> None:
    assert not any(field.required_by for field in form("daily_log").fields)


@pytest.mark.parametrize("name", ["daily_log", "key_session", "contact"])
def test_forms_about_a_child_ask_why_the_childs_own_words_are_missing(name: str) -> None:
    assert form(name).field("view_missing").type is FieldType.CHOICE


@pytest.mark.policy("P19")
def test_a_retired_version_is_still_read_but_nothing_new_is_written_on_it() -> None:
    forms = build.forms_of_tests()
    old = forms.form("walk", 1)
    assert old.retired
    assert old.field("weather").label == "What was the weather like?"
    assert forms.form("walk").version == 2
    listed = [form.version for form in forms.forms_for(BookKind.CHILD) if form.name == "walk"]
    assert listed == [2]


@pytest.mark.policy("P19")
def test_a_form_whose_every_version_is_retired_is_not_offered(tmp_path: Path) -> None:
    forms = load(tmp_path, GOOD.replace('event_time = "now"', 'event_time = "now"\nretired = true'))
    assert forms.forms_for(BookKind.CHILD) == ()
    assert forms.form("walk", 1).title == "Walk"
    with pytest.raises(NoSuchFormError):
        forms.form("walk")


@pytest.mark.parametrize(("name", "version"), [("flight", None), ("walk", 9)])
def test_a_form_that_is_not_there_is_named(name: str, version: int | None) -> None:
    with pytest.raises(NoSuchFormError, match=name):
        build.forms_of_tests().form(name, version)


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        form("note").field("weather")


def test_a_good_form_is_read(tmp_path: Path) -> None:
    walk = load(tmp_path, GOOD).form("walk")
    assert [field.max_length for field in walk.fields] == [0, 500]


@pytest.mark.policy("P19")
@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('type = "text"', 'type = "essay"', "none of text"),
        ('name = "where_to"', 'name = "how_far"', "stands there twice"),
        ('rule = "P49", ', "", "`rule` is missing"),
        ('rule = "P49"', 'rule = "P99"', "no clause"),
        ('rule = "P49"', 'rule = "common sense"', "no clause"),
        (', words = "A walk has an aim."', "", "`words` is missing"),
        ('"A walk has an aim."', '" "', "empty or has spaces"),
        ('label = "Where to?"', 'label = "Where to?"\nlabl = ""', "unknown key `labl`"),
        ('label = "Where to?"', "label = 7", "must be of type str"),
        ('label = "Where to?"', "", "`label` is missing"),
        ('label = "Where to?"', 'label = "W"\nmax_length = 99999', "from 1 to"),
        ('label = "How far?"', 'label = "H"\nmax_length = 9', "goes with the types"),
        ('choices = [{ value = "near", label = "Near" }]', "", "`choices` go with"),
        ("choices = [{", "choices = [7, {", "must be a table"),
        ('[{ value = "near", ', '[{ value = "near", label = "N" }, { value = "near", ', "twice"),
        ('field = "how_far"', 'field = "where_to"', "not before it"),
        ('is = "near"', 'is = "far"', "cannot be answered with"),
        ('is = "near"', "is = []", "a text or a list of texts"),
        ('is = "near"', "is = 7", "a text or a list of texts"),
        ('book = "child"', 'book = "cat"', "none of child"),
        ("version = 1", "version = true", "must be of type int"),
        ("version = 1", "version = 2", "name of the file"),
        ('name = "walk"', 'name = "Walk"', "lower-case word"),
        ('label = "Where to?"', 'label = "W"\nitem = 27', "Schedule 3 has no item 27"),
        ('title = "Walk"', 'title = "Walk"\nitems = [27]', "Schedule 3 has no item 27"),
        ('title = "Walk"', "", "`title` is missing"),
        ('title = "Walk"', "title = ", "not TOML"),
        ("[[fields]]", "[[felds]]", "unknown key `felds`"),
    ],
)
def test_a_form_with_a_mistake_is_refused_by_file_and_place(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    assert load(tmp_path, GOOD).form("walk")
    with pytest.raises(DataFileError, match=re.escape(words)) as refused:
        load(tmp_path, GOOD.replace(right, wrong))
    assert str(refused.value).startswith("walk.1.toml")


@pytest.mark.parametrize("kind", ["sentence", ""])
def test_a_statement_owed_must_be_of_a_known_kind(tmp_path: Path, kind: str) -> None:
    owed = f'statement = {{ is = "near", kind = "{kind}", rule = "P31", words = "Write it." }}'
    with pytest.raises(DataFileError, match="kind"):
        load(tmp_path, GOOD.replace('label = "How far?"', f'label = "How far?"\n{owed}'))


@pytest.mark.parametrize("name", ["walk.toml", "walk.0.toml", "Walk.1.toml", "walk.1.2.toml"])
def test_a_file_with_another_kind_of_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataFileError, match="is called"):
        load(tmp_path, GOOD, name)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "walk.1.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(DataFileError, match="not TOML"):
        Catalogue.load(tmp_path)


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no forms"):
        Catalogue.load(tmp_path)


def test_a_condition_on_a_question_that_is_not_asked_is_not_met() -> None:
    contact = form("contact")
    answers: dict[str, Answer] = {
        "limited": "no",
        "limited_with": "emergency",
        "authority_told": True,
    }
    asked = {field.name for field in contact.asked(answers)}
    assert not asked & {"limited_why", "limited_with", "authority_told", "authority_told_at"}
    asked = {field.name for field in contact.asked({**answers, "limited": "yes"})}
    assert asked >= {"limited_why", "limited_with", "authority_told", "authority_told_at"}


def test_a_condition_on_several_choices_is_met_by_any_of_them(tmp_path: Path) -> None:
    choices = 'type = "choices"\nlabel = "How far?"'
    walk = load(tmp_path, GOOD.replace('type = "choice"\nlabel = "How far?"', choices)).form("walk")
    assert [field.name for field in walk.asked({"how_far": ("far",)})] == ["how_far"]
    assert len(walk.asked({"how_far": ("far", "near")})) == 2
