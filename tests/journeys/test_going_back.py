"""Going back and reloading after a form: the browser asks nothing, and no word is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in
from tests.made_up import MadeUp

pytestmark = pytest.mark.browser


@pytest.mark.policy("P12")
@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_back_and_reload_show_the_search_and_the_refused_form(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.write(made_up.jay, "Jay built a kite from old sails.")
    page = enter(made_up.sam, width=width, scripts=scripts, path="/search/")
    page.get_by_label("Words to look for").fill("kite")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Jay: Daily log").click()
    _back_and_reload(page)
    expect(page.locator("mark")).to_have_text(["kite"])
    assert "kite" not in page.url

    draft = made_up.draft(made_up.jay, "A long walk.")
    page.goto(page.url.split("/search/")[0] + f"/drafts/{draft}/")
    fill_in(page, "He walked to the mill and back.")
    page.get_by_role("button", name="Read through").click()
    page.get_by_label("Your password").fill("not this one")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("The password is not right").first).to_be_visible()
    page.get_by_role("link", name="Go back to writing").click()
    _back_and_reload(page)
    expect(page.get_by_text("He walked to the mill and back.")).to_be_visible()


def _back_and_reload(page: Page) -> None:
    for answer in (page.go_back(), page.reload()):
        assert answer is not None
        assert answer.request.method == "GET"
