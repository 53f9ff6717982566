"""The questions of a form: rows, what follows on an answer, and what is never allowed."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from casebound.people.access.reads import seen_books
from tests.journeys.conftest import Enter
from tests.journeys.page import look, sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P19")]
with_and_without_scripts = pytest.mark.parametrize(
    "scripts", [True, False], ids=["scripts", "no-scripts"]
)


def home_book(made_up: MadeUp) -> str:
    books = seen_books(made_up.sam.id, at=made_up.now)
    return next(book.id for book in books if book.child is None)


def begin(page: Page, title: str) -> None:
    page.get_by_role("button", name=title).click()
    page.wait_for_url("**/drafts/**")


@pytest.mark.policy("P49")
@with_and_without_scripts
@pytest.mark.parametrize("width", [360, 1280])
def test_rows_are_added_and_sealed_as_a_table(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    there = reverse("drafting:choose", args=[home_book(made_up)])
    page = enter(made_up.sam, width=width, scripts=scripts, path=f"{there}?q=fire")
    look(page, scripts=scripts)
    begin(page, "Fire drill or alarm test")
    page.get_by_label("A drill by day").check()
    page.get_by_role("group", name="Was anything not as it should be?").get_by_label("Yes").check()
    page.get_by_role("textbox", name="What was it?").fill("The back door stuck.")
    row = page.get_by_role("group", name=re.compile("Row 1$"))
    row.get_by_label("What", exact=True).fill("Mend the back door")
    row.get_by_label("Who does it").fill("Kit Adeyemi")
    page.get_by_role("button", name="Add a row").click()
    second = page.get_by_role("group", name=re.compile("Row 2$"))
    second.get_by_label("What", exact=True).fill("Oil the hinges")
    second.get_by_label("Who does it").fill("The caretaker")
    page.get_by_label("I was there").click()
    page.get_by_label("Nobody else was there").click()
    look(page, scripts=scripts)
    page.get_by_role("button", name="Read through").click()
    look(page, scripts=scripts)
    sign(page, PASSWORD)

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    table = page.get_by_role("table", name="What is done about it?")
    expect(table.get_by_text("Mend the back door")).to_be_visible()
    expect(table.get_by_text("Oil the hinges")).to_be_visible()
    look(page, scripts=scripts)


@with_and_without_scripts
def test_a_question_shows_under_the_answer_that_calls_for_it(
    made_up: MadeUp,
    enter: Enter,
    scripts: bool,  # noqa: FBT001 (as above)
) -> None:
    there = reverse("drafting:choose", args=[made_up.jay.book])
    page = enter(made_up.sam, width=360, scripts=scripts, path=f"{there}?q=control")
    begin(page, "Measure of control")
    notify = page.get_by_role("group", name="Must Ofsted and others be notified")
    food = page.get_by_label("A meal, food or drink kept back")
    if not scripts:
        # All stand there, and each says when it is asked.
        expect(notify).to_be_visible()
        expect(page.get_by_text("Only if you answered").first).to_be_visible()
        return
    expect(notify).to_be_hidden()
    food.check()
    expect(notify).to_be_visible()
    food.uncheck()
    expect(notify).to_be_hidden()


@with_and_without_scripts
def test_what_is_never_allowed_says_so_and_keeps_from_nothing(
    made_up: MadeUp,
    enter: Enter,
    scripts: bool,  # noqa: FBT001 (as above)
) -> None:
    there = reverse("drafting:choose", args=[made_up.jay.book])
    page = enter(made_up.sam, scripts=scripts, path=f"{there}?q=control")
    begin(page, "Measure of control")
    page.get_by_label("A meal, food or drink kept back").check()
    banner = page.get_by_text("This is never allowed (reg 19(2)(b))")
    if not scripts:
        expect(banner).to_be_hidden()
        page.get_by_role("button", name="Save", exact=True).last.click()
    expect(banner).to_be_visible()
    expect(page.get_by_text("This is never allowed (reg 19(2)(a))")).to_be_hidden()
    look(page, scripts=scripts)
    if scripts:
        page.get_by_label("A meal, food or drink kept back").uncheck()
        expect(banner).to_be_hidden()
