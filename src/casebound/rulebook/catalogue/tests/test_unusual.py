"""Unusual sizes are asked about at read-through, and ordinary ones never are."""

from dataclasses import replace

import pytest

from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, StatementContent
from casebound.rulebook.catalogue.unusual import ANYWHERE_WRITTEN, NUMBERS, SIZES, unusual


def sizes(form: str, **answers: object) -> list[str]:
    """Return the sizes that are asked about in an entry with these answers."""
    content = Content.from_json({"answers": answers})
    return [seen.size for seen in unusual(catalogue.form(form), content)]


def test_an_unusual_size_is_named_with_what_is_usual() -> None:
    content = Content.from_json({"answers": {"kind": "money_out", "amount": "12500"}})

    (seen,) = unusual(catalogue.form("money"), content)

    assert (seen.field, seen.size) == ("answers-amount", "£12,500.00")
    assert seen.why == "A child is rarely handed more than £500.00 at once."


@pytest.mark.parametrize("dose", ["275 tablets", "275", "400 ml", "400ml", "11 tabs", "1,000 ml"])
def test_a_dose_that_is_too_large_is_asked_about(dose: str) -> None:
    assert sizes("medicine_given", dose=dose) == [dose]


@pytest.mark.parametrize(
    "dose",
    ["2", "2½ tablets", "27.5 mg", "10 ml", "two tablets", "1/2", "500 mg", "250 mg in 5 ml"],
)
def test_an_ordinary_dose_is_not(dose: str) -> None:
    assert sizes("medicine_given", dose=dose) == []


@pytest.mark.parametrize(
    ("weight", "asked"),
    [("500 kg", ["500 kg"]), ("1 kg", ["1 kg"]), ("52 kg on 3 May 2026", []), ("52.5kg", [])],
)
def test_a_weight_that_no_child_has_is_asked_about(weight: str, asked: list[str]) -> None:
    assert sizes("profile_medicines", weight=weight) == asked


def test_sizes_in_statements_are_seen_too() -> None:
    words = "He says he weighs 500 kg and has £12,500, which is 2 kg and £3 more than last year."
    content = replace(Content(), statements=(StatementContent(text=words),))

    seen = unusual(catalogue.form("note"), content)

    assert [(size.field, size.size) for size in seen] == [
        ("statements-1-text", "500 kg"),
        ("statements-1-text", "£12,500"),
    ]


def test_a_column_of_rows_says_its_row() -> None:
    holds = [{"technique": "Escort", "lasted": "90:00"}, {"technique": "Hook", "lasted": "2:05"}]
    content = Content.from_json({"answers": {"kind": ["physical"], "holds": holds}})

    (seen,) = unusual(catalogue.form("restraint"), content)

    assert (seen.label, seen.size) == ("How long, row 1", "90 minutes")


@pytest.mark.parametrize("name", [*NUMBERS, *SIZES])
def test_every_bound_is_of_a_field_that_is_there(name: str) -> None:
    form, *parts = name.split(".")
    field = catalogue.form(form).field(parts[0])
    if parts[1:]:
        assert parts[1] in {column.name for column in field.columns}


def test_every_bound_has_its_reason() -> None:
    bounds = [*NUMBERS.values(), *ANYWHERE_WRITTEN.values()]
    bounds += [bound for units in SIZES.values() for bound in units.values()]

    assert all(bound.why.endswith(".") and bound.above > bound.below for bound in bounds)
