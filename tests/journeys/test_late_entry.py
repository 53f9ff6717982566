"""A late entry asks why, and says that it is late wherever it shows (P44)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casebound.foundation.base.times import LONDON
from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, fill_moment, look, sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P44")]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_late_entry_is_asked_why_and_shows_it_everywhere(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page = enter(made_up.sam, width=width, scripts=scripts)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page)
    then = (timezone.now() - timedelta(hours=30)).astimezone(LONDON)
    fill_moment(page, "When did it begin?", then)
    fill_moment(page, "When did it end?", None)
    page.get_by_role("button", name="Read through").click()
    page.wait_for_url("**/sign/")  # all is saved first
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_hidden()
    look(page, scripts=scripts)
    page.get_by_role("link", name="Say why it is late").click()

    expect(page.get_by_text("This will be marked Late Entry").first).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_label("Why is it late?").fill("The computer was being mended.")
    page.get_by_role("button", name="Read through").click()
    expect(page.get_by_text("This is a Late Entry")).to_be_visible()
    sign(page, PASSWORD)

    expect(page.locator(".app-entry").get_by_text("Late Entry")).to_be_visible()
    for way in ("Book of Jay", "Print"):
        page.get_by_role("link", name=way, exact=True).first.click()
        expect(page.locator(".app-entry").get_by_text("Late Entry")).to_be_visible()
        expect(page.get_by_text("The computer was being mended.")).to_be_visible()
        look(page, scripts=scripts)
    page.emulate_media(media="print")
    expect(page.locator(".app-entry").get_by_text("Late Entry")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
