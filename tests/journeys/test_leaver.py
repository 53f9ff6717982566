"""Who leaves is out the same day, and what they had begun is signed by a colleague (P09, P28)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look, sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P09"), pytest.mark.policy("P28")]


@pytest.mark.parametrize(
    ("width", "scripts"), [(360, False), (1280, True)], ids=["360 no scripts", "1280"]
)
def test_the_manager_closes_the_account_hands_on_both_drafts_and_kit_signs(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    log = made_up.draft(made_up.jay, "Jay made toast.")
    note = made_up.draft(made_up.jay, form="note")
    made_up.save(note, made_up.content("Jay sang.", form="note"))
    sam = enter(made_up.sam, width=width, scripts=scripts)
    page = enter(made_up.dana, width=width, scripts=scripts)

    page.locator("summary").filter(has_text="You are signed in as").click()
    page.get_by_role("link", name="People who work here").click()
    page.get_by_role("link", name="Sam Okafor").click()
    expect(page.get_by_text("Sam Okafor has not finished:")).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("link", name="Close the account").click()
    look(page, scripts=scripts)
    page.get_by_role("button", name="Close this account").click()

    expect(page.get_by_text("You see no word of them.")).to_be_visible()
    expect(page.get_by_text("toast")).to_have_count(0)
    look(page, scripts=scripts)
    page.get_by_label("Who takes them over?").select_option(label="Kit Adeyemi, key worker")
    page.get_by_role("button", name="Hand over").click()
    page.wait_for_url("**/desk/")
    sam.reload()
    expect(sam.get_by_role("heading", name="Sign in")).to_be_visible()

    kit = enter(made_up.kit, width=width, scripts=scripts, path=f"/drafts/{log}/")
    expect(kit.get_by_text("Sam Okafor").first).to_be_visible()
    look(kit, scripts=scripts)
    kit.get_by_role("button", name="Read through").click()
    look(kit, scripts=scripts)
    sign(kit, PASSWORD)
    expect(kit.get_by_text("Sealed as no.")).to_be_visible()
