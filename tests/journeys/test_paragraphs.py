"""One sheet of paragraphs, each with its own marks: split and joined as one writes (P49, P51)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49"), pytest.mark.policy("P51")]
MOST_TAPS = 9  # a daily log of three statements, one an opinion and one told


def statement(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Statement {number}", exact=True)


def words(page: Page, number: int) -> Locator:
    return statement(page, number).locator("textarea")


def test_a_log_with_an_opinion_and_a_told_statement_takes_few_taps(
    made_up: MadeUp, enter: Enter
) -> None:
    page, taps = enter(made_up.sam, width=360), Taps()
    taps.tap(page.get_by_role("button", name="Write daily log for Jay"))
    expect(words(page, 1)).to_be_focused()
    page.keyboard.type("Jay came in with mud to the knees.\n\nI think he was proud of it.")
    expect(words(page, 1)).to_have_value("Jay came in with mud to the knees.")
    expect(words(page, 2)).to_be_focused()
    taps.tap(statement(page, 2).get_by_text("Opinion", exact=True))
    expect(statement(page, 2).get_by_label("What does it rest on?")).to_be_focused()
    expect(statement(page, 2).get_by_text("What you think of it")).to_be_visible()
    page.keyboard.type("He showed it to everybody.\n")
    expect(words(page, 3)).to_be_focused()
    page.keyboard.type("He slept at ten.")
    taps.tap(statement(page, 3).get_by_text("I was told", exact=True))
    page.keyboard.type("Tomasz, night worker")
    look(page)
    taps.tap(page.get_by_text("I was there"))
    taps.tap(page.get_by_text("Nobody else was there"))
    taps.tap(page.get_by_text("Not asked this time"))
    taps.tap(page.get_by_role("button", name="Read through"))
    taps.tap(page.get_by_label("Your password"))
    page.keyboard.type(PASSWORD + "\n")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    expect(page.get_by_text("He showed it to everybody.")).to_be_visible()
    expect(page.get_by_text("Told by Tomasz, night worker")).to_be_visible()
    assert taps.count <= MOST_TAPS


def test_paragraphs_are_joined_and_keep_the_stricter_marks(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name="Write daily log for Jay").click()
    expect(words(page, 1)).to_be_focused()
    page.keyboard.type("One.\n\nTwo.\n\nThree.\n\nFour.")
    expect(words(page, 5)).to_be_focused()  # the fourth box waits for the child's view
    statement(page, 5).get_by_text("About a third party", exact=True).click()
    expect(statement(page, 5).get_by_label("Who is it about?")).to_be_focused()
    page.keyboard.type("Bo Larsson")
    words(page, 5).focus()
    expect(words(page, 5)).to_be_focused()
    page.keyboard.press("Control+Home")
    assert words(page, 5).evaluate("area => area.selectionStart") == 0
    page.keyboard.press("Backspace")

    expect(words(page, 3)).to_have_value("Three. Four.")
    expect(words(page, 3)).to_be_focused()
    third = statement(page, 3)
    expect(third.get_by_label("About a third party")).to_be_checked()
    expect(third.get_by_label("Who is it about?")).to_have_value("Bo Larsson")
    expect(page.get_by_text("The marks of both hold for all of it")).to_be_visible()


def test_pasted_paragraphs_keep_the_marks_of_their_box_and_move_what_follows_down(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name="Write daily log for Jay").click()
    expect(words(page, 1)).to_be_focused()
    page.keyboard.type("First.\n\nLast.")
    words(page, 1).focus()
    statement(page, 1).get_by_text("I was told", exact=True).click()
    page.keyboard.type("Tomasz")
    words(page, 1).focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" And so on.\n\nSecond.")

    for number, text in enumerate(("First. And so on.", "Second.", "Last."), start=1):
        expect(words(page, number)).to_have_value(text)
    told = [statement(page, number).locator('[name$="-source"]:checked') for number in (1, 2, 3)]
    for source, value in zip(told, ("told_by", "told_by", "first_hand"), strict=True):
        expect(source).to_have_value(value)
