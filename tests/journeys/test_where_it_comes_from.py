"""Where a statement comes from: never guessed, and little work when all of it was told (P52)."""

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P26"), pytest.mark.policy("P52")]
TEACHER = "Ruth Abara, teacher"


def test_what_was_told_goes_to_the_marks_the_author_did_not_set(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page, "Jay was late for school.", "He went home at three.")
    second = page.get_by_role("group", name="Statement 2")
    second.get_by_label("I read it").check()
    second.get_by_label("What did you read it in?").fill("the school's letter")
    page.get_by_role("group", name="How do you know?").get_by_label("Someone told me").check()
    page.get_by_label("Who told you, or what did you read?").fill(TEACHER)
    first = page.get_by_role("group", name="Statement 1", exact=True)
    expect(first.get_by_text(f"I was told: {TEACHER}")).to_be_visible()
    look(page)
    read_and_sign(page, PASSWORD)

    expect(page.get_by_text(f"Told by {TEACHER}", exact=True)).to_be_visible()
    expect(page.get_by_text("Read in the school's letter")).to_be_visible()
    expect(page.get_by_text("First hand")).to_be_hidden()


def test_a_box_typed_in_before_the_scripts_came_is_open_all_the_same(
    made_up: MadeUp, enter: Enter
) -> None:
    page, held = enter(made_up.sam, width=360), list[Route]()
    # Playwright marks the function it is given, which a built-in one cannot bear.
    page.route("**/drafting/write*.js", lambda route: held.append(route))  # noqa: PLW0108
    page.get_by_role("button", name="Write daily log for Jay").click()
    page.get_by_label("Your words").first.fill("Jay was late for school.")
    page.get_by_label("Nobody else was there").check()
    first = page.get_by_role("group", name="Statement 1", exact=True)
    expect(first).to_have_attribute("data-blank", "")
    held[0].continue_()
    expect(first).not_to_have_attribute("data-blank", "")


def test_without_scripts_the_check_names_it_and_one_button_puts_it_right(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360, scripts=False)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page, "Jay was late for school.")
    page.get_by_role("group", name="How do you know?").get_by_label("Someone told me").check()
    page.get_by_label("Who told you, or what did you read?").fill(TEACHER)
    page.get_by_role("button", name="Read through").click()
    expect(page.get_by_text("every statement is marked as seen or heard by you")).to_be_visible()
    page.get_by_role("link", name="Go back and add it").click()
    page.get_by_role("button", name="Mark all my statements so").click()
    read_and_sign(page, PASSWORD)
    expect(page.get_by_text(f"Told by {TEACHER}", exact=True)).to_be_visible()
