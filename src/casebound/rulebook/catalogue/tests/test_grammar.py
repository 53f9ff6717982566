"""What a form file can say beyond plain questions, and what it cannot."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from casebound.foundation.base.data_files import DataFileError
from casebound.rulebook.catalogue.catalogue import Catalogue
from casebound.rulebook.catalogue.content import StatementContent, StatementKind
from casebound.rulebook.catalogue.limits import hint_in_words
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import (
    BookKind,
    Form,
    Group,
    Prohibited,
    Register,
    When,
    WrittenBy,
)
from casebound.rulebook.catalogue.tests import build

FALL = build.FORMS.joinpath("fall.1.toml").read_text(encoding="utf-8")
TALK = build.FORMS.joinpath("fall_talk.1.toml").read_text(encoding="utf-8")
WHY = build.FORMS.joinpath("shared", "why.1.toml").read_text(encoding="utf-8")
EVERYTHING = build.FORMS.joinpath("everything.1.toml").read_text(encoding="utf-8")


def load(folder: Path, *, fall: str = FALL, talk: str = TALK, why: str = WHY) -> Catalogue:
    (folder / "shared").mkdir(exist_ok=True)
    for name, words in (("fall", fall), ("fall_talk", talk), ("shared/why", why)):
        (folder / f"{name}.1.toml").write_text(words, encoding="utf-8")
    return Catalogue.load(folder)


@pytest.fixture
def fall() -> Form:
    return build.forms_of_tests().form("fall")


def test_the_keys_of_a_form_are_read(fall: Form) -> None:
    assert (fall.group, fall.register, fall.at_hand) == (Group.SAFETY, Register.ADDITIONAL, False)
    assert fall.several_children
    assert fall.child_facing
    talk = build.forms_of_tests().form("fall_talk")
    assert (talk.follows, talk.once_each, talk.by) == (
        ("fall",),
        "caught_by",
        WrittenBy.NOT_USERS,
    )


def test_a_follow_up_is_never_listed_and_is_found_from_what_it_follows() -> None:
    forms = build.forms_of_tests()
    assert "fall_talk" not in {form.name for form in forms.forms_for(BookKind.CHILD)}
    assert [form.name for form in forms.following("fall")] == ["fall_talk"]
    assert forms.following("walk") == ()


@pytest.mark.policy("P19")
def test_a_fragment_puts_its_fields_there_under_both_conditions(fall: Form) -> None:
    one, two = fall.fields[-2:]
    hurt = When("hurt", ("no",))
    assert (one.name, one.when, one.section) == ("view_missing", (hurt,), "The child's view")
    assert (two.when, two.section) == ((hurt, When("view_missing", ("other",))), "")


def test_several_conditions_must_all_hold_and_over_what_is_asked_alone(fall: Form) -> None:
    def asks(secure: bool = False, **answers: str) -> set[str]:  # noqa: FBT001, FBT002 (a test's)
        return {field.name for field in fall.asked(answers, secure=secure)} & {"remedy", "door"}

    assert asks(hurt="no", remedy="locking") == set()
    assert asks(hurt="yes", remedy="plaster") == {"remedy"}
    assert asks(hurt="yes", remedy="locking", secure=True) == {"remedy", "door"}
    assert asks(hurt="yes", remedy="locking") == {"remedy"}


def test_a_choice_of_secure_homes_is_offered_there_alone(fall: Form) -> None:
    remedy = fall.field("remedy")
    assert [choice.value for choice in remedy.offered(secure=False)] == ["plaster", "shouting"]
    assert [choice.value for choice in remedy.offered(secure=True)][-1] == "locking"


def test_what_is_prohibited_is_named_while_it_is_asked_typed_or_sealed(fall: Form) -> None:
    shouting = (Prohibited("remedy", "Shouting at the child", "reg 19(2)(a)"),)
    assert fall.prohibited({"hurt": "yes", "remedy": "shouting"}) == shouting
    assert fall.prohibited({"hurt": True, "remedy": "shouting"}) == shouting
    assert fall.prohibited({"hurt": "no", "remedy": "shouting"}) == ()
    assert fall.prohibited({"hurt": "yes", "remedy": "plaster"}) == ()


@pytest.mark.policy("P32")
def test_a_form_that_faces_a_child_asks_for_their_view_or_why_it_is_missing(fall: Form) -> None:
    nothing = build.content(answers={"hurt": "no"})
    why = build.content(answers={"hurt": "no", "view_missing": "asleep"})
    view = StatementContent(text="“It hurt.”", kind=StatementKind.VIEW)
    said = build.content(answers={"hurt": "no"}, statements=(view,))
    not_asked = build.content(answers={"hurt": "yes", "remedy": "plaster"})
    assert build.found(nothing, fall) == [("answers-view_missing", "P32, reg 7(2)(a)(i)")]
    assert build.found(why, fall) == build.found(said, fall) == build.found(not_asked, fall) == []


def test_what_is_missing_in_rows_is_named_by_its_cell_in_the_order_of_the_screen() -> None:
    form = build.forms_of_tests().form("everything")
    rows = ({"cost": "much", "what": "x"}, {"who": "Kit"}, {"by_when": "never", "what": "y"})
    given = build.content(answers={"some_rows": rows, "a_number": "99"})
    assert [field for field, _ in build.found(given, form)] == [
        "answers-a_number",
        "answers-some_rows-1-cost",
        "answers-some_rows-2-what",
        "answers-some_rows-3-by_when",
    ]


def test_what_only_a_secure_home_has_is_wrong_elsewhere(fall: Form) -> None:
    locked = build.content(answers={"hurt": "yes", "remedy": "locking", "door": "The garden door"})
    assert build.found(locked, fall) == [("answers-remedy", "P49")]
    assert build.found(locked, fall, setting=Setting(secure=True)) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a_number", "From 1 to 20."),
        ("little_money", "From £1.00 to £20.00."),
        ("some_seconds", "Minutes and seconds, such as 2:05, or seconds alone, such as 45."),
        ("some_minutes", ""),
        ("some_rows", "Up to 3 rows."),
    ],
)
def test_limits_that_a_form_sets_are_said_to_the_writer(name: str, hint: str) -> None:
    assert hint_in_words(build.forms_of_tests().form("everything").field(name)) == hint


@pytest.mark.policy("P19")
@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('group = "safety"', 'group = "fun"', "none of everyday"),
        ('register = "additional"', 'register = "cats"', "none of restraint"),
        ('group = "safety"', "once = true", "go with `follows`"),
        ('group = "safety"', 'by = "another"', "goes with `follows`"),
        ('book = "child"', 'book = "home"', "goes with `book"),
        ('include = "why.1"', 'include = "why.2"', "no fragment why.2"),
        ('include = "why.1"', 'include = "why.1"\nlabel = "Why?"', "unknown key `label`"),
        ('[[fields]]\ninclude = "why.1"\n', "[[fields]]\nname = 'x'\n", "`type` is missing"),
        ('prohibited = "reg 19(2)(a)"', 'prohibited = "never"', "no rule"),
        ('only_in = "secure"', 'only_in = "castle"', "is not secure"),
        ('field = "remedy", is = "locking"', 'field = "remedy", is = "hugging"', "cannot be"),
        ('[{ field = "hurt", is = "yes" }, ', "[7, ", "must be a table"),
        ('label = "Which door?"', 'label = "D"\nlimits = { min = 1 }', "`limits` go with"),
        ('label = "Which door?"', 'label = "D"\nmax_rows = 3', "the type rows only"),
    ],
)
def test_a_form_with_such_a_mistake_is_refused_by_file_and_place(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    assert load(tmp_path)
    assert right in FALL
    with pytest.raises(DataFileError, match=re.escape(words)) as refused:
        load(tmp_path, fall=FALL.replace(right, wrong))
    assert str(refused.value).startswith("fall.1.toml")


def test_a_form_that_faces_a_child_must_ask_why_their_view_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="include the fragment view"):
        load(tmp_path, fall=FALL[: FALL.index('[[fields]]\ninclude = "why.1"')])


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('follows = "fall"', 'follows = "flight"', "no form flight"),
        ('once_each = "caught_by"', 'once_each = "hurt"', "no workers hurt"),
        ('once_each = "caught_by"', 'once_each = "caught_by"\nonce = true', "exclude each other"),
        ('group = "follow_up"', "at_hand = true", "that are listed"),
    ],
)
def test_a_follow_up_with_a_mistake_is_refused(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    with pytest.raises(DataFileError, match=re.escape(words)) as refused:
        load(tmp_path, talk=TALK.replace(right, wrong))
    assert str(refused.value).startswith("fall_talk.1.toml")


@pytest.mark.policy("P19")
@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("version = 1", "version = 2", "name of the file"),
        ('type = "choice"', 'type = "essay"', "none of text"),
        ('name = "view_missing_why"', 'name = "view_missing"', "stands there twice"),
        ("version = 1", "version = 1\ntitle = 'W'", "unknown key `title`"),
    ],
)
def test_a_fragment_with_a_mistake_is_refused_by_its_own_name(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    with pytest.raises(DataFileError, match=re.escape(words)) as refused:
        load(tmp_path, why=WHY.replace(right, wrong))
    assert str(refused.value).startswith("why.1.toml")


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('name = "cost", type = "money_pence"', 'name = "cost", type = "people"', "a column is"),
        ('name = "cost", type', 'name = "who", type', "stands there twice"),
        ('type = "date", label = "By when"', 'type = "text", label = "By when"', "`tracked` rows"),
        ("max_rows = 3", "max_rows = 61", "from 1 to 60"),
        ('value = "call", label', 'value = "call", prohibited = "reg 21", label', "of a column"),
        ("min = 1, max = 20", "min = 21, max = 20", "from min to max"),
        ("min = 100, max = 2000", "min = -100, max = 2000", "from min to max"),
        ("min = 1, max = 20", "min = 1, top = 20", "unknown key `top`"),
    ],
)
def test_limits_and_rows_with_a_mistake_are_refused(
    tmp_path: Path, right: str, wrong: str, words: str
) -> None:
    assert right in EVERYTHING
    (tmp_path / "everything.1.toml").write_text(EVERYTHING.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DataFileError, match=re.escape(words)):
        Catalogue.load(tmp_path)


def test_a_form_has_no_more_fields_than_an_entry_has_room_for(tmp_path: Path) -> None:
    more = "".join(f'\n[[fields]]\nname = "f{n}"\ntype = "text"\nlabel = "F"\n' for n in range(56))
    with pytest.raises(DataFileError, match="up to 60 fields"):
        load(tmp_path, fall=FALL + more)


@pytest.mark.policy("P49")
def test_a_form_can_ask_for_the_place_and_do_without_statements(tmp_path: Path) -> None:
    keys = 'where = { rule = "P49", words = "A fall says where." }\nstatements_optional = true'
    asks = load(tmp_path, fall=FALL.replace("child_facing = true", keys)).form("fall")
    silent = build.content(
        statements=(), answers={"hurt": "no", "view_missing": "asleep"}, where=""
    )
    assert build.found(silent, asks) == [("where", "P49")]
    assert build.found(replace(silent, where="The garden"), asks) == []
    assert [field for field, _ in build.found(silent, build.forms_of_tests().form("fall"))] == [
        "statements"
    ]


def test_a_draft_can_begin_with_an_answer_that_is_usual(tmp_path: Path) -> None:
    begun = FALL.replace(
        "child_facing = true", 'child_facing = true\nbegins_with = { hurt = "no" }'
    )
    assert load(tmp_path, fall=begun).form("fall").begins_with == (("hurt", "no"),)


@pytest.mark.parametrize("answer", ['hurt = "perhaps"', 'weather = "fine"'])
def test_a_draft_begins_with_no_answer_that_the_form_does_not_have(
    tmp_path: Path, answer: str
) -> None:
    begun = FALL.replace(
        "child_facing = true", f"child_facing = true\nbegins_with = {{ {answer} }}"
    )
    with pytest.raises(DataFileError):
        load(tmp_path, fall=begun)


def test_statements_are_optional_only_where_something_is_asked(tmp_path: Path) -> None:
    (tmp_path / "walk.1.toml").write_text(
        'name = "walk"\nversion = 1\ntitle = "W"\ndescription = "W."\nbook = "child"\n'
        'shown_as = "W"\nevent_time = "now"\nstatements_optional = true\n',
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match="that ask something"):
        Catalogue.load(tmp_path)


def test_a_follow_up_of_any_form_is_begun_from_what_is_due_and_not_offered(tmp_path: Path) -> None:
    talk = TALK.replace('follows = "fall"', 'follows = "*"').replace(
        'once_each = "caught_by"\n', ""
    )
    forms = load(tmp_path, talk=talk)
    assert forms.following("fall") == ()
    assert not forms.form("fall_talk").is_listed


def test_a_form_of_secure_homes_is_listed_there_alone(tmp_path: Path) -> None:
    forms = load(tmp_path, fall=FALL.replace("child_facing", 'only_in = "secure"\nchild_facing'))
    assert forms.forms_for(BookKind.CHILD) == ()
    assert [form.name for form in forms.forms_for(BookKind.CHILD, secure=True)] == ["fall"]
    with pytest.raises(DataFileError, match="is not secure"):
        load(tmp_path, fall=FALL.replace("child_facing", 'only_in = "castle"\nchild_facing'))
