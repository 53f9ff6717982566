"""What a child will want to remember, and what was wrong and is put right (P34, P50)."""

import pytest
from django.urls import reverse

from casebound.record.book.relations import CORRECTION
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db


def entry(made_up: MadeUp, number: int) -> str:
    address = reverse("chronology:entry", args=[made_up.jay.book, number])
    return as_shown(made_up.browser_of(made_up.sam).get(address))


@pytest.mark.policy("P34")
def test_a_keepsake_is_in_the_childs_book_with_where_it_is_kept(made_up: MadeUp) -> None:
    answers = {"kind": "keepsake", "thing": "The medal, in the box on top of Jay’s wardrobe"}
    sealed = made_up.write(made_up.jay, "Jay swam a length.", form="life_event", answers=answers)

    page = entry(made_up, sealed.numbers[made_up.jay.book])

    assert "Jay swam a length." in page
    assert "The medal, in the box on top of Jay’s wardrobe" in page


@pytest.mark.policy("P50")
def test_what_was_put_right_is_read_with_its_first_wording_beside_it(made_up: MadeUp) -> None:
    first = made_up.write(made_up.jay, "Jay missed the bus on Monday.")
    number = first.numbers[made_up.jay.book]
    corrected = made_up.put_right(made_up.jay, number, CORRECTION, "It was Tuesday.")

    before, after = entry(made_up, number), entry(made_up, corrected.numbers[made_up.jay.book])

    assert "Jay missed the bus on Monday." in before
    assert "Corrected" in before
    assert "It was Tuesday." in after
    assert f"no. {number}" in after
