"""What is kept of a medicine: the balance is what the entries add up to, whatever happens."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.record.book.relations import STRIKE
from casebound.record.followups.tests.build import due
from casebound.record.medicines.amounts import amount_in
from casebound.record.medicines.reads import stocks_of
from casebound.record.medicines.stock import stock_of
from casebound.record.medicines.tests.test_due import DAY, at, said
from casebound.record.medicines.values import Said
from tests.made_up import MadeUp
from tests.medicines import give as give_dose
from tests.medicines import keep, medicines, page, prescribe

AMOUNTS = st.integers(1, 400).map(lambda eighths: Decimal(eighths) / 8)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["came_in", "returned", "disposed", "spoilt", "counted", "dose", "refused"]
        ),
        AMOUNTS,
    ),
    max_size=25,
)


def entry(leaf: int, kind: str, amount: Decimal, unit: str = "ml") -> Said:
    moment, words = at("08:00", DAY) + timedelta(minutes=leaf), f"{amount.normalize():f} {unit}"
    if kind in {"dose", "refused"}:
        taken = "taken" if kind == "dose" else "declined"
        return said("medicine_given", leaf, moment, taken=taken, dose=words)
    return said("medicine_stock", leaf, moment, kind=kind, quantity=words)


@given(moves=MOVES, first=AMOUNTS)
def test_the_balance_is_what_came_in_less_what_went_out_since_the_last_count(
    moves: list[tuple[str, Decimal]], first: Decimal
) -> None:
    entries = [entry(1, "came_in", first)]
    expected, apart = first, 0
    for leaf, (kind, amount) in enumerate(moves, 2):
        entries.append(entry(leaf, kind, amount))
        if kind == "counted":
            apart += amount != expected
            expected = amount
        elif kind != "refused":
            expected += amount if kind == "came_in" else -amount

    stock = stock_of(reversed(entries))

    assert stock.balance is not None
    assert stock.balance.number == expected
    assert len(stock.differences) == apart
    assert not any(move.unread for move in stock.moves)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("½ tablet", "0.5", "tablet"),
        ("2 1/2 tablets", "2.5", "tablet"),
        ("2.5 ml", "2.5", "ml"),
        ("two puffs", "2", "puff"),
        ("10 ml (500 mg)", "10", "ml"),
        ("28", "28", ""),
        ("1,250 ml", "1250", "ml"),
    ],
)
def test_amounts_are_read_as_labels_and_people_write_them(
    text: str, number: str, unit: str
) -> None:
    amount = amount_in(text)

    assert amount is not None
    assert (amount.number, amount.unit) == (Decimal(number), unit)


def test_an_amount_of_another_unit_is_left_out_and_said() -> None:
    stock = stock_of([entry(1, "came_in", Decimal(100)), entry(2, "dose", Decimal(2), "puffs")])

    assert [move.unread for move in stock.moves] == [False, True]
    assert stock.balance is not None
    assert stock.balance.words == "100 ml"


@pytest.mark.django_db
def test_a_count_that_does_not_come_out_asks_for_the_mistake_to_be_recorded(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(made_up, controlled="no")
    keep(made_up, prescribed, "came_in", "28 tablets", at=made_up.now - timedelta(hours=9))
    give_dose(made_up, prescribed, at=made_up.now - timedelta(hours=8), dose="½ tablet")
    keep(made_up, prescribed, "counted", "27½", at=made_up.now - timedelta(hours=7))
    right = {duty.key for duty in due(made_up, made_up.jay)}

    counted = keep(made_up, prescribed, "counted", "26", as_expected="no",
                   difference="Dana is told.")  # fmt: skip

    asked = [duty.key for duty in due(made_up, made_up.jay)]
    assert "medicine/count" not in right
    assert "medicine/count" in asked
    assert "1.5 tablets too few" in page(made_up)
    made_up.follow(made_up.jay, counted.numbers[made_up.jay.book], "medicine_error", by=made_up.sam)
    asked = [duty.key for duty in due(made_up, made_up.jay)]
    assert "medicine/count" not in asked


@pytest.mark.django_db
def test_a_dose_that_is_struck_is_back_in_the_balance(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up, controlled="no")
    keep(made_up, prescribed, "came_in", "28 tablets", at=made_up.now - timedelta(hours=9))
    dose = give_dose(made_up, prescribed)
    before = _balance(made_up)

    made_up.put_right(made_up.jay, dose.numbers[made_up.jay.book], STRIKE, by=made_up.dana)

    assert (before, _balance(made_up)) == ("27 tablets", "28 tablets")


def _balance(made_up: MadeUp) -> str:
    child = medicines(made_up)
    (stock,) = stocks_of(child.book, child.prescriptions).values()
    assert stock.balance is not None
    return stock.balance.words
