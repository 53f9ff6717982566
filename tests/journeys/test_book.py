"""Reading a book: filters, a number, the pages of a long one, print, and every script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casebound.reading.chronology import reads
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P08")]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_a_book_is_narrowed_jumped_through_and_printed(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.mixed_life()
    page = enter(made_up.sam, width=width, scripts=scripts, path=made_up.book_url(made_up.jay))
    look(page, scripts=scripts)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Form").select_option("Contact")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".app-entry")).to_have_count(1)
    expect(page.get_by_text("Jay rang a friend.")).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_label("Written by").select_option("Sam Okafor")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No entries match.")).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("link", name="show everything").last.click()

    page.get_by_label("Go to no.").fill("999")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_text("There is no “999” in this book.")).to_be_visible()
    page.get_by_role("link", name="Print").click()
    look(page, scripts=scripts)
    expect(page.locator(".app-entry").first).to_contain_text("came to live here")


def test_a_long_book_is_read_page_by_page_and_back(
    made_up: MadeUp, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in range(1, 6):
        made_up.write(made_up.jay, f"Hour {hour} went by.", after=timedelta(hours=hour))
    monkeypatch.setattr(reads, "PAGE", 2)
    page = enter(made_up.sam, width=360, path=made_up.book_url(made_up.jay))
    expect(page.locator(".app-entry")).to_have_count(2)
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_text("Hour 3 went by.")).to_be_visible()
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_text("The book begins here.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Newer").first.click()
    expect(page.get_by_text("Hour 3 went by.")).to_be_visible()


def test_words_of_every_script_are_shown_as_they_are(made_up: MadeUp, enter: Enter) -> None:
    words = "ياسمين said “<b>今日は</b> & &amp; 👩‍👩‍👧”, O'Neil's own words, שלום."
    made_up.write(made_up.jay, words, present_nobody=False, present=[{"name": "O'Neil <i>"}])
    page = enter(made_up.sam, width=360, path=made_up.book_url(made_up.jay))
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("O'Neil <i>")).to_be_visible()
    look(page)
