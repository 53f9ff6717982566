"""Every clause that is said to be kept has a test that shows it."""

import re
from functools import cache

import pytest

from casebound.upkeep.policy.marks import marked_tests
from casebound.upkeep.policy.page import page
from casebound.upkeep.policy.reads import ClauseStatus, clauses, shown
from tests.house.source import ROOT, nothing

# What the first piece of work promised: write, sign, seal, read, prove.
PROMISED = (
    "P01", "P03", "P05", "P08", "P09", "P12", "P26", "P29", "P43", "P44", "P48", "P49", "P51",
    "P52", "P53", "P58", "P61", "P64", "P65",
)  # fmt: skip

listed = cache(shown)  # reading all tests once is enough


@pytest.mark.parametrize("clause", PROMISED)
def test_a_promised_clause_is_kept_or_begun_and_has_a_test(clause: str) -> None:
    promised = next(shown for shown in listed() if shown.clause.id == clause)

    assert promised.clause.status is not ClauseStatus.NOT_YET
    assert promised.tests, f"no test is marked {clause}"


def test_no_clause_is_called_kept_without_a_test() -> None:
    nothing(
        shown.clause.id
        for shown in listed()
        if shown.clause.status is ClauseStatus.WORKS and not shown.tests
    )


def test_marks_name_clauses_there_are_and_none_that_is_all_to_come() -> None:
    there = {clause.id: clause.status for clause in clauses()}

    nothing(
        f"{clause} ({tests[0]})"
        for clause, tests in marked_tests().items()
        if there.get(clause, ClauseStatus.NOT_YET) is ClauseStatus.NOT_YET
    )


def test_the_test_that_shows_a_clause_is_there_and_marked_with_it() -> None:
    nothing(
        f"{shown.clause.id}: {shown.clause.shown_by} is not there, or not marked with it"
        for shown in listed()
        if shown.clause.shown_by and shown.clause.shown_by not in shown.tests
    )


def test_the_page_of_the_clauses_is_the_one_drawn_from_their_file() -> None:
    written = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")

    assert written == page(), "the clauses changed: run python tools/clauses.py"


def test_the_list_finds_the_marks_the_tests_carry() -> None:
    """Counted in another way: a mark the list does not understand would be missed by it."""
    written = {
        clause
        for folder in ("src", "tests", "verify")
        for file in (ROOT / folder).rglob("test_*.py")
        if file.name not in {"test_policy.py", "test_clauses.py"}
        for marks in re.findall(r"mark\.policy\(([^)]*)\)", file.read_text(encoding="utf-8"))
        for clause in re.findall(r"P\d{2}", marks)
    }

    assert set(marked_tests()) == written
