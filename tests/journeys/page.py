"""What every journey does with a page: look at it, tap, and find out who may use it how."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Field, FieldType

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
KEPT_IN_THE_BROWSER = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(one => one.name), ...(await caches.keys()),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
]"""
_SAVED = re.compile(r"^\s*Saved \d\d:\d\d\s*$")
THREE = (
    "Jay came in from school at quarter to four and asked whether there was any soup left.",
    "He rang his gran after tea. They spoke for twenty minutes and he laughed most of the way.",
    "Bed at nine. He asked for the landing light to stay on, and it did.",
)


def look(page: Page, *, scripts: bool = True) -> None:
    """Check that the page fits its screen and that axe finds nothing wrong with it.

    Axe is a script: without `scripts` there is nothing to run it, and the pages are the same.
    """
    if not scripts:
        return
    wrong, fits = _measured(page)
    assert wrong == [], page.url
    assert fits, page.url


def _measured(page: Page) -> tuple[list[tuple[str, str]], bool]:
    """Return what axe finds, and whether the page fits; again if it was still on its way.

    A form saves, or asks whether the server is there, before its page is left.
    """
    try:
        # Read here and run there: the page's security policy lets no script in by its address.
        page.evaluate(AXE.read_text())
        found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    except Error as error:
        left = ("context was destroyed", "axe is not defined")  # in the middle, or between the two
        if not any(words in str(error) for words in left):
            raise
        page.wait_for_load_state()
        return _measured(page)
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]], fits


def kept_in_the_browser(page: Page) -> Sequence[str]:
    """Return everything the page has put into any store of the browser."""
    kept: list[str] = page.evaluate(KEPT_IN_THE_BROWSER)
    return kept


def saved(page: Page, *, within: int = 5_000) -> None:
    """Wait until the page says that all typed so far is saved, at most so many milliseconds."""
    expect(page.locator("#save-state")).to_have_text(_SAVED, timeout=within)


def first_box(page: Page) -> Locator:
    """Return the first box of words on the writing page."""
    return page.get_by_label("Your words").first


def fill_moment(page: Page, question: str, moment: datetime | None) -> None:
    """Type a moment (in London) into the boxes for day, month, year and time, or empty them."""
    boxes = page.get_by_role("group", name=question)
    for label, form in (("Day", "%d"), ("Month", "%m"), ("Year", "%Y"), ("Time", "%H:%M")):
        boxes.get_by_label(label).fill(moment.strftime(form) if moment else "")


def fill_in(page: Page, *texts: str) -> None:
    """Type statements, and what every entry asks for besides."""
    for number, text in enumerate(texts or THREE):
        page.get_by_label("Your words").nth(number).fill(text)
    if page.get_by_label("I was there").count():  # a strike does not ask
        page.get_by_label("I was there").check()
        page.get_by_label("Nobody else was there").check()
    why = page.get_by_label("Not asked this time")
    if why.count() and why.is_visible():
        why.check()


def sign(page: Page, password: str) -> None:
    """Sign what the page shows, with a password."""
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign", exact=True).click()


def read_and_sign(page: Page, password: str) -> None:
    """Go from the writing page to the sealed entry."""
    page.get_by_role("button", name="Read through").click()
    sign(page, password)
    expect(page.get_by_text("Sealed as no.")).to_be_visible()


class Taps:
    """Counts what a person does to a page besides typing."""

    def __init__(self) -> None:
        """Begin at none."""
        self.count = 0

    def tap(self, what: Locator) -> None:
        """Tap something, once."""
        self.count += 1
        what.click()


def answer(page: Page, form: str, answers: Mapping[str, object]) -> None:
    """Answer a form's own questions, as `tests.shortest.shortest_answers` has them."""
    for field in catalogue.form(form).asked(answers):
        if field.name in answers:
            _answer_one(page, field, answers[field.name])


def _unfold(page: Page, name: str) -> None:
    """Open what is folded round a question."""
    for fold in page.locator(f'details:not([open]):has([name^="{name}"]) > summary').all():
        if fold.is_visible():
            fold.click()


def _answer_one(page: Page, field: Field, given: object) -> None:
    name = f"answers-{field.name}"
    _unfold(page, name)
    if field.type in {FieldType.CHOICE, FieldType.YES_NO}:
        page.locator(f'[name="{name}"][value="{given}"]').check()
    elif field.type is FieldType.ROWS and isinstance(given, list):
        for number, row in enumerate(given, 1):
            for column, cell in row.items():
                page.locator(f'[name="{name}-{number}-{column}"]').fill(str(cell))
    elif isinstance(given, list):
        for chosen in given:
            value = chosen["id"] if isinstance(chosen, dict) else chosen
            page.locator(f'[name="{name}"][value="{value}"]').check()
    elif field.type in {FieldType.DATE, FieldType.DATETIME}:
        day, _, time = str(given).partition("T")
        page.locator(f'[name="{name}_date"]').fill(day)
        if time:
            page.locator(f'[name="{name}_time"]').fill(time)
    else:
        page.locator(f'[name="{name}"]').fill(str(given))


def do_it_now(page: Page, what: str) -> None:
    """Begin what is due, from the row that asks for it."""
    page.get_by_role("listitem").filter(has_text=what).get_by_role("button").click()
