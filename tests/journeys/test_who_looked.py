"""A manager asks the trail and answers a question; the policy is published and read."""

import pytest
from playwright.sync_api import expect

from casebound.oversight.who_looked.tests.build import opens_off_roster
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser]


@pytest.mark.policy("P63")
@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_manager_asks_who_looked_and_says_what_it_was(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    opens_off_roster(made_up)
    page = enter(made_up.dana, width=width, scripts=scripts, path="/desk/")
    page.get_by_role("link", name="1 question about who looked").click()
    expect(page.get_by_text("They were not on the roster that day.")).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("link", name="Sam Okafor").click()
    look(page, scripts=scripts)
    page.get_by_label("They told me why, and it is all right").check()
    page.get_by_label("What did you learn or do?").fill("A swap that nobody wrote down.")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Seal the answer").click()
    expect(page.get_by_text("Your answer is sealed")).to_be_visible()
    page.get_by_role("link", name="Who looked").last.click()
    page.get_by_text("Filter").first.click()
    page.get_by_label("Person").select_option("Sam Okafor")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("(residential worker, Oak House)").first).to_be_visible()
    look(page, scripts=scripts)


@pytest.mark.policy("P83")
def test_the_policy_is_published_and_read(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.dana, path="/recording-policy/")
    look(page)
    page.get_by_role("link", name="Publish the first version").click()
    look(page)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The version is published")).to_be_visible()

    page = enter(made_up.sam, width=360)
    page.get_by_role("link", name="Read the recording policy, version 1").click()
    look(page)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("You have read it", exact=True)).to_be_visible()

    page = enter(made_up.dana, path="/recording-policy/people/")
    expect(page.get_by_role("region", name="Have read it")).to_contain_text("Sam Okafor")
    look(page)
