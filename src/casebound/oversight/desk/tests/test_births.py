"""Establishing a date of birth that is not sure is one tap from the desk and from the entry."""

import pytest
from django.urls import reverse

from casebound.ledger.sealing.reads import book_pages
from casebound.people.homes.actions import state_birth
from casebound.people.homes.births import BirthKnown
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P49")]


def test_the_page_of_the_birth_is_one_tap_away_for_the_manager_alone(made_up: MadeUp) -> None:
    state_birth(
        child=made_up.jay.id,
        birth=BirthKnown.UNKNOWN,
        born_on=None,
        birth_basis="No papers came with Jay",
        by=made_up.dana.id,
        at=made_up.now,
    )
    page = reverse("access:birth", args=[made_up.jay.book])
    number = book_pages(made_up.jay.book)
    entry = reverse("chronology:entry", args=[made_up.jay.book, number])

    for address in (reverse("desk:desk"), reverse("desk:shift"), entry):
        assert f'href="{page}"' in made_up.browser_of(made_up.dana).get(address).text
    assert f'href="{page}"' not in made_up.browser_of(made_up.sam).get(entry).text
