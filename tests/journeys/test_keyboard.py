"""The whole writing journey without a mouse, on the narrowest screen and at twice the size."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import THREE, first_box, look, saved
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49")]
MOST_KEYS = 120


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so; every stop must be in sight."""
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect()
                const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
                const covered = box.height > 1 && !(one.contains(at) || at?.closest('label')
                    || at?.contains(one))
                return {name: one.labels?.[0]?.innerText || one.innerText || '', covered}
            }"""
        )
        assert not here["covered"], here["name"]
        if name in here["name"]:
            return
    raise AssertionError(name)


def test_a_daily_log_is_written_and_signed_with_the_keyboard_alone(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    tab_to(page, "Write daily log")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/**")
    expect(first_box(page)).to_be_focused()
    page.keyboard.insert_text("\n\n".join(THREE))
    tab_to(page, "Not asked this time")
    page.keyboard.press("Space")
    tab_to(page, "I was there")
    page.keyboard.press("Space")
    tab_to(page, "Nobody else was there")
    page.keyboard.press("Space")
    saved(page)
    tab_to(page, "Read through")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign/")
    tab_to(page, "Your password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator(".app-banner")).to_contain_text("Sealed as no. 2 of Jay’s book")
    expect(page.locator(".app-banner")).to_be_focused()


@pytest.mark.parametrize("width", [320, 640])
def test_no_page_scrolls_sideways_on_a_narrow_screen_or_at_twice_the_size(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    """At 200 % zoom a screen of 1280 pixels is 640 wide and has half the height."""
    made_up.mixed_life()
    draft = made_up.draft(made_up.jay)
    page = enter(made_up.dana, width=width)
    page.set_viewport_size({"width": width, "height": 450})
    start = page.url.rstrip("/")
    book = made_up.book_url(made_up.jay)
    for path in ("/", "/desk/", book, f"{book}5/", f"{book}print/", "/search/", "/proof/"):
        page.goto(start + path)
        look(page)
    mine = enter(made_up.sam, width=width)
    for path in (f"/drafts/{draft}/", f"/drafts/{draft}/sign/", f"/drafts/{draft}/saved/"):
        mine.goto(start + path)
        look(mine)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_read_in_the_dark_and_do_not_move(
    made_up: MadeUp, enter: Enter, scheme: str
) -> None:
    made_up.mixed_life()
    page = enter(made_up.sam, width=360)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    draft = made_up.draft(made_up.jay)
    start, book = page.url.rstrip("/"), made_up.book_url(made_up.jay)
    for path in ("/", book, f"{book}5/", f"/drafts/{draft}/", f"/drafts/{draft}/sign/"):
        page.goto(start + path)
        look(page)
        assert page.evaluate("document.getAnimations().length") == 0
