"""From Shift to a sealed daily log of three statements: the journey of every shift."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import THREE, Taps, look, saved
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P05"), pytest.mark.policy("P48")]
MOST_TAPS = 6


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_daily_log_of_three_statements_takes_at_most_six_taps(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page, taps = enter(made_up.sam, width=width, scripts=scripts), Taps()
    look(page, scripts=scripts)

    taps.tap(page.get_by_role("button", name="Write daily log for Jay"))
    look(page, scripts=scripts)
    if scripts:
        # The first box waits for words; an empty line begins the next statement.
        page.keyboard.insert_text("\n\n".join(THREE))
        saved(page)
    else:
        for number, text in enumerate(THREE):
            page.get_by_label("Your words").nth(number).fill(text)
    taps.tap(page.get_by_text("Not asked this time"))
    taps.tap(page.get_by_label("I was there"))
    taps.tap(page.get_by_label("Nobody else was there"))
    taps.tap(page.get_by_role("button", name="Read through"))
    page.wait_for_url("**/sign/")  # all is saved first
    look(page, scripts=scripts)
    for text in THREE:
        expect(page.get_by_text(text)).to_be_visible()
    taps.tap(page.get_by_label("Your password"))
    # Enter ends the password and signs: on a phone it is the key "Go" of the keyboard.
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Sealed as no. 2 of Jay’s book")).to_be_visible()
    look(page, scripts=scripts)
    assert page.locator(".app-statement").count() == len(THREE)
    print(f"\n{taps.count} taps at {width} px, {'with' if scripts else 'without'} scripts")
    assert taps.count <= MOST_TAPS
