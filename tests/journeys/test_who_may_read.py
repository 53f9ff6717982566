"""The manager gives an agency worker one shift, and lets a colleague read one entry."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P63")]


def sign(page: Page, button: str, *, why: str) -> None:
    """Say why, type the password and send."""
    page.get_by_label("Why?").fill(why)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_one_shift_and_one_entry_are_given_and_ended(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    made_up.write(made_up.jay, "We found a note.")
    made_up.write(made_up.jay, "We had tea.")
    page = enter(made_up.dana, width=width, scripts=scripts)
    page.get_by_role("link", name="Jay", exact=True).first.click()
    page.get_by_text("We found a note.").wait_for()
    page.locator("article", has_text="We found a note.").get_by_role("link").first.click()
    page.get_by_role("link", name="Let a colleague read this entry").click()
    look(page, scripts=scripts)
    page.get_by_label("Who?").select_option("Lin Osei")
    sign(page, "Let them read it", why="Lin wrote it with us.")
    expect(page.get_by_text("They may read it now")).to_be_visible()
    look(page, scripts=scripts)

    other = enter(made_up.lin, width=width, scripts=scripts)
    other.get_by_role("region", name="Open to you for a time").get_by_role("link").click()
    expect(other.get_by_text("We found a note.")).to_be_visible()
    expect(other.get_by_text("We had tea.")).to_be_hidden()
    look(other, scripts=scripts)

    page.get_by_role("link", name="End it").click()
    page.get_by_label("Why does it end now?").fill("Lin has read it.")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("It has ended", exact=True)).to_be_visible()
    answer = other.reload()
    assert answer is not None
    assert answer.status == 404

    start = page.url.split("/books/")[0]
    page.goto(f"{start}/books/{made_up.house(made_up.oak).book}/readers/")
    page.get_by_role("link", name="Give a shift, or let somebody visit").click()
    page.get_by_label("Who?").select_option("Lin Osei")
    page.get_by_label("Agency worker").check()
    look(page, scripts=scripts)
    sign(page, "Let them in", why="Kit is ill.")
    expect(page.get_by_text("It begins and ends at the times you gave.")).to_be_visible()
    other.goto(f"{start}/")
    expect(other.get_by_role("link", name="Jay", exact=True).first).to_be_visible()
