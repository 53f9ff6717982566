"""A manager restricts a statement later, looks again in the restricted section, and releases it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from casebound.foundation.base.calendar import day_of
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P42")]


def say_when(page: Page, made_up: MadeUp, *, days: int) -> None:
    """Choose the day on which a manager looks again."""
    day = day_of(made_up.now) + timedelta(days=days)
    boxes = page.get_by_role("group", name="When does a manager look again?")
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label).fill(str(value))


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_restriction_is_set_later_looked_at_again_and_released(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    number = made_up.write(made_up.jay, "Her aunt rang.", "It rained.").numbers[made_up.jay.book]
    entry = f"{made_up.book_url(made_up.jay)}{number}/"
    page = enter(made_up.dana, width=width, scripts=scripts, path=entry)

    page.get_by_role("link", name="Restrict", exact=True).click()
    page.get_by_label("statement 1").check()
    page.get_by_label("The child", exact=True).check()
    page.get_by_label("It could put the child at risk of harm").check()
    page.get_by_role("textbox", name="Why?").fill("She has not been told yet.")
    say_when(page, made_up, days=20)
    look(page, scripts=scripts)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Restrict it").click()

    expect(page.get_by_text("It is restricted from now on.")).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("link", name="statement 1").click()
    page.get_by_label("The reason still holds").check()
    page.get_by_role("textbox", name="Why?").fill("Her aunt comes in spring.")
    say_when(page, made_up, days=40)
    look(page, scripts=scripts)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("It stays restricted.")).to_be_visible()

    page.get_by_label("The reason no longer holds").check()
    page.get_by_role("textbox", name="Why?").fill("She has been told.")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("It is released.")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text="Her aunt comes in spring.")
    ).to_be_visible()
    look(page, scripts=scripts)
