"""Somebody is added to the register of a child's book, and picked while writing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P39")]


def test_a_person_of_the_register_is_added_by_hand_and_picked_while_writing(
    made_up: MadeUp, enter: Enter
) -> None:
    add = reverse("third_parties:add", args=[made_up.jay.book])
    page = enter(made_up.sam, width=360, path=add)
    page.get_by_label("Name", exact=True).fill("Joan Fairweather")
    page.get_by_label("Also called").fill("Auntie J")
    page.get_by_label("Who are they to the child?").fill("aunt")
    page.get_by_label("A private person").check()
    page.get_by_label("Yes, the child knows them").check()
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    look(page)
    page.get_by_role("button", name="Sign and add").click()
    page.wait_for_url("**done=added")
    expect(page.get_by_role("link", name="Joan Fairweather")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Shift").first.click()
    page.get_by_role("button", name="Write daily log for Jay").click()
    words = page.locator('[name="statements-1-text"]')
    expect(words).to_be_focused()
    page.keyboard.type("Jay was glad: Fairw")
    page.get_by_role("option", name="Joan Fairweather").click()

    expect(words).to_have_value("Jay was glad: Joan Fairweather")
    expect(page.locator('[name="statements-1-sharing"][value="third_party"]')).to_be_checked()
    expect(page.locator('[name="statements-1-third_party"]')).to_have_value("Joan Fairweather")
