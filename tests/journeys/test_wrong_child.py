"""A draft begun for the wrong child, and a leaver's draft: moved and handed on in a few taps."""

import pytest
from playwright.sync_api import expect

from casebound.people.staff.actions import close_account
from tests.journeys.conftest import PATIENCE, Enter
from tests.journeys.page import fill_in, look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P40"), pytest.mark.policy("P28")]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_draft_moves_to_the_right_child_and_back(
    made_up: MadeUp, enter: Enter, *, scripts: bool
) -> None:
    made_up.admit("Wren Fernley", "Wren", made_up.oak)
    page = enter(made_up.sam, width=360, scripts=scripts)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page, "Jay made toast.")
    page.get_by_role("button", name="This is about another child").click()
    if scripts:
        look(page)
    look(page, scripts=scripts)
    page.get_by_role("button", name="Wren").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Wren")
    expect(page.get_by_label("Your words").first).to_have_value("Jay made toast.")
    expect(page.get_by_role("link", name="Statement 1 names Jay").first).to_be_visible()
    look(page, scripts=scripts)
    if scripts:
        look(page)
    page.get_by_role("button", name="I have looked at these").click()
    expect(page.get_by_role("link", name="Statement 1 names Jay")).to_have_count(0)
    page.get_by_role("button", name="Move it back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jay")


def test_another_window_of_a_moved_draft_says_so_and_saves_nothing_under_the_first_name(
    made_up: MadeUp, enter: Enter
) -> None:
    wren = made_up.admit("Wren Fernley", "Wren", made_up.oak)
    draft = made_up.draft(made_up.jay, "Toast.")
    page = enter(made_up.sam, path=f"/drafts/{draft}/")
    other = page.context.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(page.url)
    other.get_by_role("button", name="This is about another child").click()
    other.get_by_role("button", name="Wren").click()
    expect(other.get_by_text("Moved here from")).to_be_visible()

    page.get_by_label("Your words").first.fill("Toast with jam.")
    expect(page.locator("#save-state")).to_contain_text("It is in Wren’s book now")
    assert made_up.opened(draft).book == wren.book
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wren")


def test_a_manager_hands_a_leavers_draft_to_a_colleague(made_up: MadeUp, enter: Enter) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)
    page = enter(made_up.dana, width=360, path="/desk/")
    look(page)
    page.get_by_role("link", name="Hand to a colleague").click()
    look(page)
    page.get_by_role("button", name="Kit Adeyemi").click()
    expect(page.get_by_role("link", name="Hand to a colleague")).to_have_count(0)

    kit = enter(made_up.kit, width=360, path=f"/drafts/{draft}/")
    expect(kit.get_by_text("Sam Okafor, residential worker began this")).to_be_visible()
    look(kit)
