import json
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from casebound.upkeep.policy.marks import marked_tests
from casebound.upkeep.policy.reads import ClauseStatus, clauses, shown

A_TEST = """
import pytest
pytestmark = [pytest.mark.policy("P01")]
@pytest.mark.policy("P02", "P03")
def test_one(): ...
class TestAll:
    @pytest.mark.policy("P02")
    def test_two(self): ...
def helper(): ...
"""


def test_there_are_84_clauses_in_order_each_in_words() -> None:
    assert [clause.id for clause in clauses()] == [f"P{number:02}" for number in range(1, 85)]
    assert all(clause.asks.endswith((".", "?")) and clause.rooms for clause in clauses())


def test_what_is_said_to_be_kept_says_how_and_where_and_the_rest_says_nothing() -> None:
    for clause in clauses():
        assert (
            bool(clause.does)
            == bool(clause.where)
            == bool(clause.shown_by)
            == (clause.status is not ClauseStatus.NOT_YET)
        ), clause.id


def test_what_is_begun_says_what_is_still_to_come() -> None:
    assert [
        clause.id
        for clause in clauses()
        if clause.status is ClauseStatus.IN_PART and "to come" not in clause.does
    ] == []


@pytest.mark.parametrize("module", sorted({name for clause in clauses() for name in clause.where}))
def test_a_place_that_is_named_is_there(module: str) -> None:
    assert find_spec(module) is not None


def test_marks_are_found_on_tests_classes_and_files(tmp_path: Path) -> None:
    (tmp_path / "src" / "tests").mkdir(parents=True)
    (tmp_path / "src" / "tests" / "test_it.py").write_text(A_TEST)

    assert marked_tests(tmp_path) == {
        "P01": ["src/tests/test_it.py::TestAll::test_two", "src/tests/test_it.py::test_one"],
        "P02": ["src/tests/test_it.py::TestAll::test_two", "src/tests/test_it.py::test_one"],
        "P03": ["src/tests/test_it.py::test_one"],
    }


def test_without_tests_the_list_is_still_whole(tmp_path: Path) -> None:
    assert marked_tests(tmp_path) == {}


def test_the_command_tells_a_program_what_it_tells_people() -> None:
    told, printed = StringIO(), StringIO()

    call_command("policy", "--json", stdout=told)
    call_command("policy", stdout=printed)

    listed = json.loads(told.getvalue())
    assert [form["id"] for form in listed] == [clause.id for clause in clauses()]
    assert {tuple(shown) for shown in listed} == {
        ("id", "words", "status", "does", "rooms", "kept", "shown_by", "tests")
    }
    assert [shown["tests"] for shown in listed] == [
        list(shown_clause.tests) for shown_clause in shown()
    ]
    assert all(clause.asks in printed.getvalue() for clause in clauses())
