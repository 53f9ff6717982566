"""Hints while one writes: gentle, used or left with a tap, and without scripts when reading."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, first_box, look, saved
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P46")]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_hint_comes_while_one_types_and_is_used_or_left_with_a_tap(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    page = enter(made_up.sam, width=width)
    page.get_by_role("button", name="Write daily log for Jay").click()
    first_box(page).fill("😀 Jay absconded at nine. He was defiant.")
    hints = page.get_by_label("Hints on statement 1")
    expect(hints).to_contain_text("absconded")
    look(page)
    hints.get_by_role("button", name="went missing instead of absconded").click()
    expect(first_box(page)).to_have_value("😀 Jay went missing at nine. He was defiant.")
    expect(hints).not_to_contain_text("absconded")
    hints.get_by_role("button", name="Leave it (defiant)").click()
    expect(hints).to_be_empty()
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("😀 Jay went missing at nine. He was defiant.")
    page.wait_for_timeout(1500)
    expect(page.get_by_label("Hints on statement 1")).to_be_empty()


def test_without_scripts_the_hints_stand_on_the_page_to_read_through(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360, scripts=False)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page, "Jay absconded at nine.")
    page.get_by_role("button", name="Read through").click()
    page.get_by_text("Words to look at again").click()

    expect(page.get_by_text("There is a plainer word.")).to_be_visible()
