"""A draft survives what happens to pages, lines and sessions; the browser itself keeps nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter, let_in
from tests.journeys.page import fill_in, first_box, kept_in_the_browser, look, saved
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P12")]
WRITE = "Write daily log for Jay"


def test_a_draft_is_where_it_was_after_a_closed_tab_and_signing_out(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    page.get_by_role("button", name=WRITE).click()
    first_box(page).fill("Jay made toast.")
    saved(page)
    assert kept_in_the_browser(page) == []

    tab = page.context.new_page()
    page.close()
    tab.goto(page.url)
    expect(first_box(tab)).to_have_value("Jay made toast.")
    tab.goto(re.sub(r"/drafts/.*", "/sign-out/", tab.url))
    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_label("User name").wait_for()

    again = enter(made_up.sam, width=360)
    expect(again.get_by_role("link", name="1 waiting for you")).to_be_visible()
    again.get_by_role("link", name="Daily log").click()
    expect(first_box(again)).to_have_value("Jay made toast.")


def test_closing_the_tab_at_once_saves_the_last_words(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name=WRITE).click()
    first_box(page).press_sequentially("Jay made toast.")
    page.get_by_role("link", name="Shift").click()  # without waiting until it is saved
    page.get_by_role("link", name="Daily log").click()

    expect(first_box(page)).to_have_value("Jay made toast.")


def test_without_a_connection_the_words_stay_and_are_saved_when_it_is_back(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    page.get_by_role("button", name=WRITE).click()
    page.context.set_offline(True)
    first_box(page).fill("Jay made toast.")
    expect(page.locator("#save-state")).to_contain_text("no connection")
    look(page)
    assert kept_in_the_browser(page) == []

    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast.")


def test_a_session_that_ends_while_writing_loses_nothing(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name=WRITE).click()
    first_box(page).fill("Jay made toast.")
    saved(page)
    page.context.clear_cookies()
    first_box(page).fill("Jay made toast and tea.")
    expect(page.locator("#save-state")).to_contain_text("You are signed out")
    look(page)
    expect(first_box(page)).to_have_value("Jay made toast and tea.")

    let_in(page, made_up, made_up.sam, page.url.split("/drafts")[0])
    first_box(page).press_sequentially(" Two slices.")
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast and tea. Two slices.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_windows_on_one_draft_lose_neither_version(
    made_up: MadeUp,
    enter: Enter,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page = enter(made_up.sam, scripts=scripts)
    page.get_by_role("button", name=WRITE).click()
    other = page.context.new_page()
    other.goto(page.url)
    first_box(other).fill("Written in the other window.")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("You can go on now")).to_be_visible()

    first_box(page).fill("Written in this window.")
    if not scripts:
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("changed in another window").first).to_be_visible()
    look(page, scripts=scripts)
    expect(first_box(page)).to_have_value("Written in this window.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Read the other version").click()
    expect(opened.value.get_by_text("Written in the other window.")).to_be_visible()
    look(opened.value, scripts=scripts)

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You can go on now")).to_be_visible()
    expect(first_box(page)).to_have_value("Written in this window.")


def test_without_scripts_a_box_is_added_and_saving_says_so(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam, width=360, scripts=False)
    page.get_by_role("button", name=WRITE).click()
    expect(page.get_by_label("Whose words are they?").first).to_be_hidden()  # in a closed fold
    page.get_by_text("Marks:").first.click()
    expect(page.get_by_label("Whose words are they?").first).to_be_visible()
    fill_in(page)
    page.get_by_role("button", name="Add a statement").click()
    expect(page.get_by_label("Your words")).to_have_count(4)
    page.get_by_label("Your words").nth(3).fill("He slept well.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text(re.compile(r"^Saved at \d\d:\d\d$"))).to_be_visible()
    expect(page.get_by_label("Your words").nth(3)).to_have_value("He slept well.")


def test_a_draft_is_thrown_away_only_after_a_question(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name=WRITE).click()
    first_box(page).fill("Jay made toast.")
    saved(page)
    page.get_by_role("button", name="Throw this draft away").click()
    look(page)
    page.get_by_role("link", name="Go on writing").click()
    expect(first_box(page)).to_have_value("Jay made toast.")

    page.get_by_role("button", name="Throw this draft away").click()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("Nothing is waiting")).to_be_visible()
