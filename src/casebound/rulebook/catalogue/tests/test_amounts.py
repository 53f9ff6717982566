"""A comma is a thousands mark only where it can be one; parts of a tablet are ordinary."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.rulebook.catalogue.amounts import (
    AmountError,
    grouped,
    pence,
    pounds,
    quantity,
    size,
    whole_number,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("12", 1200), ("£12", 1200), ("£ 12.50", 1250), ("1,250", 125_000), ("0", 0)],
        *[("12,500.00", 1_250_000), ("£1,012.50", 101_250), ("1250.00", 125_000), ("0.05", 5)],
        *[("999,999.99", 99_999_999), (" 7.00 ", 700), ("1,000,000", 100_000_000)],
    ],
)
def test_an_amount_is_read_in_pounds(typed: str, meant: int) -> None:
    assert pence(typed) == meant


@pytest.mark.parametrize(
    ("typed", "written"),
    [("12,50", "12.50"), ("£12,5", "12.50"), ("0,99", "0.99"), ("1250,00", "1250.00")],
)
def test_a_decimal_comma_is_asked_about_with_the_amount_it_may_mean(
    typed: str, written: str
) -> None:
    with pytest.raises(AmountError, match=re.escape(f"write {written}")):
        pence(typed)
    assert pence(written) < 1_000_000


@pytest.mark.parametrize(
    "typed",
    [
        *["1,25,000", "12,5000", ",50", "1,", "1,250,", "1.250,00", "0,250", "12.5", "12.505"],
        *["1250,000", "01,250", "1 250", "-3", "12,50.00", "1,250.0", "", "a lot", "\uff11\uff12"],
        *["£", "1..5", "12 50", "1,,250", "12p"],
    ],
)
def test_what_could_be_another_amount_is_never_sealed(typed: str) -> None:
    with pytest.raises(AmountError):
        pence(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3", 3),
        ("-2", -2),
        ("\u22122", -2),
        ("1,250", 1250),
        ("999,999,999", 999_999_999),
        ("0", 0),
    ],
)
def test_a_count_is_whole(typed: str, meant: int) -> None:
    assert whole_number(typed) == meant


@pytest.mark.parametrize(
    "typed", ["27,5", "12,50", "1,25", "1,2500", "27.5", "", "three", "1,250,5"]
)
def test_a_count_with_another_comma_is_asked_about(typed: str) -> None:
    with pytest.raises(AmountError, match="whole number"):
        whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("27.5", "27.5"), ("½", "0.5"), ("1/2", "0.5"), ("2 1/2", "2.5"), ("2½", "2.5")],
        *[("2 ½", "2.5"), ("0.25", "0.25"), (".5", "0.5"), ("1/4", "0.25"), ("¾", "0.75")],
        *[
            ("2.5 ml", "2.5 ml"),
            ("2.5ml", "2.5 ml"),
            ("1,250", "1250"),
            ("28 tablets", "28 tablets"),
        ],
        *[("10", "10"), ("100", "100"), ("0", "0"), ("1,250.5 ml", "1250.5 ml"), ("2.50", "2.5")],
        *[("½ tablet", "0.5 tablet"), ("3/8", "0.375")],
    ],
)
def test_halves_and_quarters_are_ordinary(typed: str, meant: str) -> None:
    assert quantity(typed) == meant
    assert quantity(meant) == meant
    assert quantity(grouped(meant)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "27,5",
        "2,5 ml",
        "0,250",
        "21/2",
        "1/3",
        "",
        "ml",
        "some",
        "-1",
        "2.5.5",
        "1/0",
        "1,25",
        "2.5 ml x",
    ],
)
def test_what_could_be_another_quantity_is_asked_about(typed: str) -> None:
    with pytest.raises(AmountError):
        quantity(typed)


def test_a_decimal_comma_of_tablets_is_asked_about_with_the_point() -> None:
    with pytest.raises(AmountError, match=r"write 27\.5"):
        quantity("27,5")


@given(st.integers(0, 99_999_999))
def test_an_amount_that_is_shown_is_read_back(amount: int) -> None:
    assert pence(pounds(amount)) == amount


@given(st.text("0123456789,.£ ½¼¾/-ml", max_size=12))
def test_a_comma_is_never_dropped_where_it_is_no_thousands_mark(typed: str) -> None:
    for read in (pence, whole_number, quantity):
        with suppress(AmountError):
            value = read(typed)
            if "," in typed:
                assert re.search(r"[1-9][0-9]{0,2}(,[0-9]{3})+(?![0-9,])", typed)
                assert abs(size(str(value))) >= Decimal(1000)
