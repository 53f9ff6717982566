"""One sheet of paragraphs, each with its own marks: split and joined as one writes (P49, P51)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49"), pytest.mark.policy("P51")]
THUMB, WIDE = 44, 1100  # pixels
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
    taps.tap(statement(page, 2).get_by_text("My opinion", exact=True))
    expect(statement(page, 2).get_by_label("I think so because")).to_be_focused()
    expect(statement(page, 2).get_by_text("What you think of it")).to_be_visible()
    page.keyboard.type("He showed it to everybody.\n")
    expect(words(page, 3)).to_be_focused()
    page.keyboard.type("He slept at ten.")
    taps.tap(statement(page, 3).get_by_text("I was told", exact=True))
    page.keyboard.type("Tomasz, night worker")
    look(page)
    taps.tap(page.get_by_label("I was there"))
    taps.tap(page.get_by_label("Nobody else was there"))
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
    statement(page, 5).get_by_text("About someone else", exact=True).click()
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
    expect(third.get_by_label("About someone else")).to_be_checked()
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


def test_the_chips_of_the_paragraph_in_focus_fit_on_one_screen(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_role("button", name="Write daily log for Jay").click()
    expect(words(page, 1)).to_be_focused()
    page.keyboard.type("Jay came in from the garden.\n\nI think he was proud of it.")
    expect(words(page, 2)).to_be_focused()
    assert _between_head_and_bar(page, statement(page, 2))
    expect(statement(page, 1).get_by_role("radio").first).to_be_hidden()
    statement(page, 2).get_by_role("button", name="More").click()
    expect(statement(page, 2).get_by_label("Assessment")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(statement(page, 2).get_by_label("Judgement")).to_be_checked()
    expect(statement(page, 2).get_by_label("Judgement")).to_be_focused()
    statement(page, 2).get_by_text("My opinion", exact=True).click()
    page.keyboard.type("He showed it to everybody.")
    for chip in statement(page, 2).locator(".app-chips__one:visible").all():
        box = chip.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB
    look(page)
    words(page, 1).focus()
    book_like = statement(page, 2).get_by_text("My opinion: He showed it to everybody.")
    expect(book_like).to_be_visible()
    expect(statement(page, 2).get_by_role("radio").first).to_be_hidden()
    page.keyboard.press("Tab")
    expect(statement(page, 1).get_by_label("What happened", exact=True)).to_be_focused()


def _between_head_and_bar(page: Page, part: Locator) -> bool:
    bar, box = page.locator(".app-write__bar").bounding_box(), part.bounding_box()
    assert bar is not None
    assert box is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_still_to_say_follows_as_one_writes(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    page = enter(made_up.sam, width=width)
    page.get_by_role("button", name="Write daily log for Jay").click()
    still = page.locator("#still")
    expect(still).to_contain_text("4 things still to say")
    page.keyboard.insert_text("Jay made toast.")
    expect(still).to_contain_text("3 things still to say")
    page.get_by_label("Not asked this time").check()
    page.get_by_label("I was there").check()
    expect(still).to_contain_text("1 thing still to say")
    if width < WIDE:
        still.get_by_text("1 thing still to say").click()
    link = still.get_by_role("link", name="You have not said who was there")
    box = link.bounding_box()
    assert box is not None
    assert width < WIDE or box["x"] > width / 2  # in the right third
    look(page)
    link.click()
    expect(page.get_by_label("Jay", exact=True)).to_be_focused()
    page.get_by_label("Nobody else was there").check()
    expect(still).to_contain_text("Nothing more to say")


def test_without_scripts_the_page_lists_what_is_still_to_say_after_it_is_saved(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360, scripts=False)
    page.get_by_role("button", name="Write daily log for Jay").click()
    page.get_by_label("Your words").first.fill("Jay made toast.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("3 things still to say")).to_be_visible()
    page.get_by_role("link", name="You have not said how you know this").click()
    expect(page.get_by_label("I was there")).to_be_in_viewport()
