"""Something was wrong: each way to put it right is an entry of its own (P50, P64)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, look, read_and_sign, sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P64")]
WRONG = "Jay went to the seaside on Monday."
RIGHT = "It was on Tuesday."


def begin(page: Page, made_up: MadeUp, way: str) -> str:
    """Write something wrong and begin to put it right; return the address of what is wrong."""
    number = made_up.write(made_up.jay, WRONG).numbers[made_up.jay.book]
    path = f"{made_up.book_url(made_up.jay)}{number}/"
    page.goto(page.url.rstrip("/") + path)
    look(page)
    page.get_by_role("button", name=way).click()
    expect(page.locator("details").get_by_text(WRONG)).to_be_visible()
    look(page)
    return path


@pytest.mark.parametrize(
    ("way", "words"),
    [("Add to this entry", "Added to by"), ("Correct this entry", "Corrected by")],
)
def test_what_is_added_or_corrected_leads_both_ways_and_the_original_stays(
    made_up: MadeUp, enter: Enter, way: str, words: str
) -> None:
    page = enter(made_up.sam, width=360)
    begin(page, made_up, way)
    fill_in(page, RIGHT)
    read_and_sign(page, PASSWORD)
    expect(page.get_by_text(RIGHT)).to_be_visible()

    page.locator(".app-entry__note").get_by_role("link").click()
    expect(page.get_by_text(WRONG)).to_be_visible()
    look(page)
    page.get_by_role("link", name=words).click()
    expect(page.get_by_text(RIGHT)).to_be_visible()


def test_a_struck_entry_can_still_be_read_with_its_reason(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    path = begin(page, made_up, "Strike this entry through")
    fill_in(page, "It was another child.")
    read_and_sign(page, PASSWORD)
    page.goto(page.url.split("/books")[0] + path)

    expect(page.get_by_text("Struck through", exact=True)).to_be_visible()
    expect(page.get_by_text("It was another child.")).to_be_visible()
    expect(page.get_by_text(WRONG)).to_be_visible()
    expect(page.get_by_role("button", name="Correct this entry")).to_be_hidden()
    look(page)


def test_a_misfiled_entry_is_barred_where_it_does_not_belong(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    path = begin(page, made_up, "This entry is in the wrong book")
    fill_in(page, "It belongs to another child, and is written there.")
    read_and_sign(page, PASSWORD)
    for where in (path, made_up.book_url(made_up.jay)):
        page.goto(page.url.split("/books")[0] + where)
        expect(page.get_by_text("Misfiled", exact=True).first).to_be_visible()
        expect(page.get_by_text(WRONG)).to_be_hidden()
        look(page)


def test_a_worker_who_puts_right_reads_first_what_came_meanwhile(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam)
    begin(page, made_up, "Correct this entry")
    fill_in(page, RIGHT)
    page.get_by_role("button", name="Read through").click()
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_visible()
    new = made_up.write(made_up.jay, "Kit wrote this.", by=made_up.kit).numbers[made_up.jay.book]
    sign(page, PASSWORD)

    expect(page.get_by_text("the book has changed since you opened it")).to_be_visible()
    look(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name=f"no. {new}").click()
    expect(opened.value.get_by_text("Kit wrote this.")).to_be_visible()
    expect(page.locator(".app-entry").get_by_text(RIGHT)).to_be_visible()
    sign(page, PASSWORD)
    expect(page.get_by_text(f"Sealed as no. {new + 1} of Jay’s book")).to_be_visible()
