"""A note: one page, sealed at once, and the entry that is written from it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, fill_in, first_box, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P03"), pytest.mark.policy("P04")]


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_a_note_is_one_page_and_is_sealed_at_once(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page, taps = enter(made_up.sam, width=width, scripts=scripts), Taps()
    taps.tap(page.get_by_role("button", name="Take a note for Jay"))
    look(page, scripts=scripts)
    first_box(page).fill("Jay says he would like a bicycle.")
    taps.tap(page.get_by_label("I was there"))
    taps.tap(page.get_by_role("button", name="Keep and seal"))
    expect(page.get_by_role("link", name="who was there or seen").first).to_be_visible()
    expect(first_box(page)).to_have_value("Jay says he would like a bicycle.")
    look(page, scripts=scripts)
    taps.tap(page.get_by_text("Kit Adeyemi", exact=True))
    page.get_by_label("Your password").fill(PASSWORD)
    taps.tap(page.get_by_role("button", name="Keep and seal"))

    expect(page.get_by_text("Sealed as no. 2 of Jay’s book")).to_be_visible()
    expect(page.get_by_text("Kit Adeyemi")).to_be_visible()


def test_an_entry_is_written_from_a_note_and_each_leads_to_the_other(
    made_up: MadeUp, enter: Enter
) -> None:
    made_up.write(made_up.jay, "Jay would like a bicycle.", form="note")
    page = enter(made_up.sam, width=360)
    page.get_by_role("button", name="Write daily log for Jay").click()
    page.get_by_text("Did you write this from your").click()
    page.get_by_label("Jay would like a bicycle.").check()
    look(page)
    fill_in(page, "We looked at bicycles.")
    read_and_sign(page, PASSWORD)
    page.locator(".app-entry__note").get_by_role("link").click()
    expect(page.get_by_text("Jay would like a bicycle.")).to_be_visible()
    expect(page.get_by_role("link", name="Used in no. 3")).to_be_visible()


@pytest.mark.policy("P02")
@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_a_note_is_begun_from_anywhere_in_two_taps(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page, taps = enter(made_up.sam, width=width, scripts=scripts), Taps()
    page.goto(page.url.rstrip("/") + "/search/")
    taps.tap(page.get_by_role("link", name="Note", exact=True))
    look(page, scripts=scripts)
    taps.tap(page.get_by_role("button", name="Jay"))
    first_box(page).fill("Jay hummed all the way to school.")
    expect(page.get_by_role("heading", name="Note")).to_be_visible()
    assert taps.count == 2


def test_the_keyboard_begins_a_note_in_the_book_one_reads(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.kit, width=1280)
    start = page.url.rstrip("/")
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/jot/")
    expect(page.get_by_role("button", name="Jay")).to_be_focused()
    page.goto(start + made_up.book_url(made_up.jay))
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/drafts/**")

    expect(page.get_by_role("heading", name="Note")).to_be_visible()
