"""Searching what was written, within what one may read."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P63")]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_words_are_found_and_marked_and_lead_to_their_entry(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.write(made_up.jay, "Jay built a kite from old sails.")
    made_up.write(made_up.noor, "Noor lost a kite.", by=made_up.lin)
    page = enter(made_up.sam, width=width, scripts=scripts)
    page.get_by_role("link", name="Search").click()
    look(page, scripts=scripts)
    page.get_by_label("Words to look for").fill("kite")
    page.get_by_role("button", name="Search").click()

    expect(page.locator("mark")).to_have_text(["kite"])
    expect(page.get_by_text("Noor lost")).to_be_hidden()
    look(page, scripts=scripts)
    page.get_by_role("link", name="Jay: Daily log").click()
    expect(page.get_by_text("Jay built a kite from old sails.")).to_be_visible()


def test_nothing_found_is_said_with_what_to_try(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam, width=360, path="/search/")
    page.get_by_label("Words to look for").fill("zeppelin")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing found")).to_be_visible()
    look(page)


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_misspelt_name_is_offered_and_found(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.write(made_up.jay, "Łukasz built a kite with Jay.")
    page = enter(made_up.sam, width=width, path="/search/", scripts=scripts)
    page.get_by_label("Words to look for").fill("lukash")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Did you mean")).to_be_visible()
    look(page, scripts=scripts)

    page.get_by_role("button", name="Łukasz?").click()

    expect(page.locator("mark")).to_have_text(["Łukasz"])
    assert page.url.partition("?")[0].endswith("/search/")
