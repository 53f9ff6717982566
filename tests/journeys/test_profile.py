"""A child's profile: a section is written, one line changes, and the day before says so."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casebound.foundation.base.times import LONDON
from tests.journeys.conftest import Enter
from tests.journeys.page import look, sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P11"), pytest.mark.policy("P25")]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_section_is_changed_in_one_line_and_the_profile_tells_both(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.write(
        made_up.jay,
        form="profile_communication",
        statements=[],
        answers={"language": "Kurdish", "method": "Signs", "needs_interpreter": "no"},
        after=timedelta(days=3),
    )
    page = enter(made_up.sam, width=width, scripts=scripts)
    page.goto(page.url.rstrip("/") + made_up.book_url(made_up.jay))
    page.get_by_role("link", name="Profile and the last 30 days").click()
    expect(page.get_by_text("Religion, if any").first).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("button", name="Something has changed").click()
    expect(page.get_by_label("How do they communicate best?")).to_have_value("Signs")
    page.get_by_label("Which language do they prefer to talk in?").fill("Kurdish and English")
    page.get_by_label("I was there").check()
    page.get_by_label("Nobody else was there").check()
    page.get_by_role("button", name="Read through").click()
    sign(page, PASSWORD)
    expect(page.get_by_text("Sealed as no. 3")).to_be_visible()

    profile = f"{made_up.book_url(made_up.jay)}profile/"
    page.goto(page.url.split("/books/")[0] + profile)
    expect(page.locator("dd", has_text="Kurdish and English").first).to_be_visible()
    page.locator("summary", has_text="Earlier").first.click()
    expect(page.locator("li", has_text="Kurdish").first).to_be_visible()
    look(page, scripts=scripts)
    yesterday = (made_up.now - timedelta(days=1)).astimezone(LONDON).date()
    page.get_by_label("As it stood on: Day").fill(yesterday.isoformat())
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("dd", has_text="Kurdish").first).to_be_visible()
    expect(page.get_by_text("Kurdish and English")).to_have_count(0)
