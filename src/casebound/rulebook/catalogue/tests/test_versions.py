"""A new version of a form says only what changed."""

import re
from pathlib import Path

import pytest

from casebound.foundation.base.data_files import DataFileError
from casebound.rulebook.catalogue.catalogue import Catalogue
from casebound.rulebook.catalogue.shape import BookKind, Form
from casebound.rulebook.catalogue.tests import build

FALL = build.FORMS.joinpath("fall.1.toml").read_text(encoding="utf-8")
WHY = build.FORMS.joinpath("shared", "why.1.toml").read_text(encoding="utf-8")
CHANGE = """
extends = 1
title = "A fall indoors"
removed = ["door"]

[[fields]]
name = "hurt"
label = "Was the child hurt?"
hint = ""

[[fields]]
name = "floor"
after = "hurt"
type = "text"
label = "What was the floor like?"
"""

pytestmark = pytest.mark.policy("P19")


def load(folder: Path, change: str = CHANGE, name: str = "fall.2.toml") -> Catalogue:
    (folder / "shared").mkdir(exist_ok=True)
    for file, words in (("shared/why.1.toml", WHY), ("fall.1.toml", FALL), (name, change)):
        (folder / file).write_text(words, encoding="utf-8")
    return Catalogue.load(folder)


def names(form: Form) -> list[str]:
    return [field.name for field in form.fields]


def test_what_is_not_said_is_as_in_the_version_it_extends(tmp_path: Path) -> None:
    forms = load(tmp_path)
    old, new = forms.form("fall", 1), forms.form("fall")

    assert (new.version, new.title, new.description) == (2, "A fall indoors", old.description)
    assert "door" not in names(new)
    assert names(new)[: names(new).index("floor") + 1][-2:] == ["hurt", "floor"]
    assert set(names(old)) - set(names(new)) == {"door"}
    assert new.field("hurt").label == "Was the child hurt?"
    assert new.field("hurt").type is old.field("hurt").type
    assert new.field("remedy") == old.field("remedy")


def test_the_version_before_still_reads_as_it_was_and_is_offered_no_more(tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    alone = load(tmp_path / "alone", FALL.replace('"fall"', '"other"'), "other.1.toml")
    forms = load(tmp_path)
    old = forms.form("fall", 1)

    assert old.fields == alone.form("fall").fields
    assert old.digest == alone.form("fall").digest
    assert (old.retired, alone.form("fall").retired) == (True, False)
    assert [form.version for form in forms.forms_for(BookKind.CHILD)] == [2]


def test_a_version_may_extend_one_that_extends_another(tmp_path: Path) -> None:
    load(tmp_path)
    forms = load(tmp_path, 'extends = 2\nremoved = ["floor"]\n', "fall.3.toml")

    assert "floor" not in names(forms.form("fall"))
    assert forms.form("fall").title == "A fall indoors"


def test_a_question_can_be_moved_and_a_fragment_left_out(tmp_path: Path) -> None:
    moved = 'extends = 1\nremoved = ["why.1"]\nchild_facing = false\n[[fields]]\n'
    form = load(tmp_path, f'{moved}name = "caught_by"\nafter = ""\n').form("fall")

    assert names(form)[0] == "caught_by"
    assert "view_missing" not in names(form)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("extends = 1", "extends = 2", "no such earlier version"),
        ("extends = 1", "extends = 7", "no such earlier version"),
        ("extends = 1", "extends = 1\nversion = 2", "said by the name"),
        ('removed = ["door"]', 'removed = ["window"]', "which version 1 does not ask"),
        ('after = "hurt"\n', "", "say behind which question"),
        ('after = "hurt"', 'after = "window"', "which is not asked"),
        ('name = "hurt"', 'name = "hurt"\ntype = "text"', "cannot change its type"),
        ('label = "What was', 'labl = "W"\nlabel = "What was', "unknown key `labl`"),
        ('title = "A fall indoors"', "titel = 'A'", "unknown key `titel`"),
    ],
)
def test_a_version_with_a_mistake_is_refused_by_its_own_name(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    assert right in CHANGE
    with pytest.raises(DataFileError, match=re.escape(words)) as refused:
        load(tmp_path, CHANGE.replace(right, wrong))
    assert str(refused.value).startswith("fall.2.toml")


def test_where_a_form_stands_in_the_lists_may_change_and_what_it_asks_may_not(
    tmp_path: Path,
) -> None:
    first = load(tmp_path)
    listed = load(tmp_path, CHANGE.replace("extends = 1", "extends = 1\norder = 7"))
    asks = load(tmp_path, CHANGE.replace("the floor like", "the ground like"))

    assert listed.form("fall").digest == first.form("fall").digest
    assert asks.form("fall").digest != first.form("fall").digest
    assert asks.form("fall", 1).digest == first.form("fall", 1).digest


def test_a_fragment_changed_in_place_changes_every_form_that_includes_it(tmp_path: Path) -> None:
    before = load(tmp_path).form("fall", 1).digest
    (tmp_path / "shared" / "why.1.toml").write_text(
        WHY.replace('label = "', 'label = "So: '), encoding="utf-8"
    )

    assert Catalogue.load(tmp_path).form("fall", 1).digest != before
