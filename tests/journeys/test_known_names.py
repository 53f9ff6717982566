"""Names that live in the book complete after two letters, by keyboard, touch and in any script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P40")]
OTHERS = [
    {"name": "Michał Łukaszewicz", "relation": "uncle"},
    {"name": "Николай Петров", "relation": "grandfather"},
    {"name": "Orla O’Hara", "relation": "aunt"},
]


@pytest.fixture
def family(made_up: MadeUp) -> None:
    parents = [{"name": "Ola Quill", "address": "-", "telephone": "-"}]
    plan = [{"with_whom": "Orla", "how": "on Sundays"}]
    made_up.write(
        made_up.jay, form="profile_family", statements=[],
        answers={"parents": parents, "others": OTHERS, "contact_plan": plan},
    )  # fmt: skip


def begin(page: Page) -> Locator:
    page.get_by_role("button", name="Write daily log for Jay").click()
    words = page.locator('[name="statements-1-text"]')
    expect(words).to_be_focused()
    return words


def names(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Names in this book").get_by_role("option")


@pytest.mark.usefixtures("family")
def test_a_name_completes_by_keyboard_and_is_marked_as_about_a_third_party(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    words = begin(page)

    for typed, name in (("mic", "Michał Łukaszewicz"), ("ŁUK", "Michał Łukaszewicz"),
                        ("ник", "Николай Петров"), ("ohar", "Orla O’Hara")):  # fmt: skip
        words.fill("")
        page.keyboard.type(f"Jay rang {typed}")
        expect(names(page).first).to_contain_text(name)
    look(page)
    words.fill("")
    page.keyboard.type("Jay rang Mi")
    expect(names(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(names(page)).to_have_count(0)
    expect(words).to_have_value("Jay rang Mi")
    page.keyboard.type("c")
    page.keyboard.press("ArrowDown")
    expect(names(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(words).to_have_value("Jay rang Michał Łukaszewicz")
    expect(words).to_be_focused()
    expect(names(page)).to_have_count(0)
    expect(page.locator('[name="statements-1-sharing"][value="third_party"]')).to_be_checked()
    expect(page.locator('[name="statements-1-third_party"]')).to_have_value("Michał Łukaszewicz")
    expect(page.get_by_text("Marked as about Michał Łukaszewicz").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="Take the mark off").click()
    expect(page.locator('[name="statements-1-sharing"][value="shared"]')).to_be_checked()
    expect(page.locator('[name="statements-1-third_party"]')).to_have_value("")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.usefixtures("family")
def test_enter_and_words_that_nobody_picks_stay_the_writer_s(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    words = begin(page)

    page.keyboard.type("Jay rang Mi")
    expect(names(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("He laughed about Orla O’Hara.")

    expect(words).to_have_value("Jay rang Mi\nHe laughed about Orla O’Hara.")
    expect(page.locator('[name="statements-1-sharing"][value="shared"]')).to_be_checked()
    page.get_by_role("button", name="Mark as about Orla O’Hara").click()
    expect(page.locator('[name="statements-1-third_party"]')).to_have_value("Orla O’Hara")
    expect(words).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" Kit")
    names(page).first.click()
    expect(words).to_have_value("Jay rang Mi\nHe laughed about Orla O’Hara. Kit Adeyemi")
    expect(page.locator('[name="statements-1-third_party"]')).to_have_value("Orla O’Hara")


@pytest.mark.usefixtures("family")
def test_a_keyboard_that_composes_is_not_disturbed(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    words = begin(page)
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "Ми", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send(
        "Input.imeSetComposition", {"text": "Ник", "selectionStart": 3, "selectionEnd": 3}
    )
    expect(names(page).first).to_contain_text("Николай Петров")
    expect(words).to_have_value("Ник")
    keyboard.send("Input.insertText", {"text": "Николай"})
    expect(words).to_have_value("Николай")
