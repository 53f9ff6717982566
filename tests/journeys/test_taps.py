"""How much the ten commonest forms ask, and how many taps each takes from Shift to sealed.

    CASEBOUND_TAPS=1 ./run test tests/journeys/test_taps.py

writes the table of `docs/guide/taps.md` again; otherwise it is compared. Each form is filled in the
shortest way that the rules allow. A tap into a box counts as well, the typing in it does not.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from casebound.foundation.base.times import LONDON
from casebound.people.access.reads import SeenBook, seen_books
from casebound.record.book.reads import book_kind
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import EventTime, Field, FieldType, Form
from tests.installation import TAPS
from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, saved
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P19"), pytest.mark.policy("P49")]

# As homes write them: the more often, the earlier.
COMMONEST: Final = (
    "daily_log", "note", "medicine_given", "handover", "contact", "money", "key_session",
    "incident", "appointment", "visit",
)  # fmt: skip
ROUTINE: Final = frozenset({"daily_log", "note", "medicine_given", "handover", "contact", "money"})
SECONDS_A_TAP: Final = 2
PAGE: Final = Path(__file__).parents[2] / "docs/guide/taps.md"
WORDS: Final = "We sat together after tea and talked about the day."


@dataclass
class Filling:
    """One form being filled in, with what was tapped."""

    page: Page
    form: Form
    taps: Taps = field(default_factory=Taps)

    def type(self, box: Locator, words: str) -> None:
        """Tap into a box and type."""
        self.taps.tap(box)
        box.fill(words)

    def answer(self, field: Field, value: object) -> None:
        """Answer a question the shortest way: a tap for a choice, a tap and typing for a box."""
        name = f"answers-{field.name}"
        if field.type in {FieldType.CHOICE, FieldType.YES_NO, FieldType.CHOICES}:
            chosen = value[0] if isinstance(value, list) else value
            self._choose(name, str(chosen))
        elif field.type in {FieldType.WORKERS, FieldType.CHILDREN}:
            self.taps.tap(self.page.locator(f'label:has([name="{name}"])').first)
        elif field.type is FieldType.DATE:
            self.type(self.page.locator(f'[name="{name}_date"]'), str(value))
        elif field.type is FieldType.DATETIME:
            day, _, time = str(value).partition("T")
            self.type(self.page.locator(f'[name="{name}_date"]'), day)
            self.type(self.page.locator(f'[name="{name}_time"]'), time)
        elif field.type is FieldType.PEOPLE:
            self.type(self.page.locator(f'[name="{name}"]'), "Bo Larsson, neighbour")
        elif field.type is FieldType.ROWS:
            for column in field.columns:
                if column.required:
                    self._cell(self.page.locator(f'[name="{name}-1-{column.name}"]'), value, column)
        else:
            self.type(self.page.locator(f'[name="{name}"]'), str(value))

    def _cell(self, box: Locator, rows: object, column: Field) -> None:
        words = str(rows[0][column.name]) if isinstance(rows, list) else ""
        if column.type in {FieldType.CHOICE, FieldType.YES_NO}:
            self.taps.count += 1
            box.select_option(words)
        else:
            self.type(box, words)

    def _choose(self, name: str, value: str) -> None:
        self.taps.tap(self.page.locator(f'label:has([name="{name}"][value="{value}"])'))

    def entry(self, made_up: MadeUp) -> None:
        """Say when, how one knows and who was there, where the page does not know already."""
        if self.form.event_time is EventTime.ASKED:
            happened = (made_up.now - timedelta(minutes=1)).astimezone(LONDON)
            self.type(self.page.locator("[name=happened_from_date]"), f"{happened:%Y-%m-%d}")
            self.type(self.page.locator("[name=happened_from_time]"), f"{happened:%H:%M}")
        self.taps.tap(self.page.get_by_text("I was there"))
        self.taps.tap(self.page.get_by_text("Nobody else was there"))
        if self.form.where:
            self.type(self.page.locator("[name=where]"), "The kitchen")


def book_of(made_up: MadeUp, form: Form) -> SeenBook:
    books = seen_books(made_up.sam.id, at=made_up.now)
    return next(book for book in books if book_kind(book) is form.book)


@pytest.mark.parametrize("name", COMMONEST)
def test_a_form_takes_as_many_taps_as_the_guide_says(
    made_up: MadeUp, enter: Enter, name: str
) -> None:
    form = catalogue.form(name)
    book = book_of(made_up, form)
    page = enter(made_up.sam, width=360)
    filling = Filling(page, form)
    begin = f"form[action$='/{book.id}/write/{name}/'] button"
    if not form.at_hand:
        choose = reverse("drafting:choose", args=[book.id])
        filling.taps.tap(page.locator(f"main a[href='{choose}']"))
    filling.taps.tap(page.locator(f"main {begin}"))
    page.wait_for_url("**/drafts/**")
    asked = page.locator(".app-ask:visible").count()
    folded = len(form.fields) - asked

    if not form.statements_optional:
        page.keyboard.insert_text(WORDS)  # the first box waits for words
        saved(page)
    answers = shortest_answers(form)
    for number, question in enumerate(q for q in form.fields if q.name in answers):
        before = filling.taps.count
        filling.answer(question, answers[question.name])
        if form.statements_optional and number == 0 and question.type is FieldType.TEXT:
            filling.taps.count = before  # it waits for words too
    filling.entry(made_up)
    if form.sealed_at_once:
        filling.type(page.get_by_label("Your password"), PASSWORD)
        filling.taps.tap(page.get_by_role("button", name="Keep and seal"))
    else:
        filling.taps.tap(page.get_by_role("button", name="Read through"))
        filling.type(page.get_by_label("Your password"), PASSWORD)
        page.keyboard.press("Enter")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    taps = filling.taps.count
    if name in ROUTINE:
        assert taps * SECONDS_A_TAP < 60
    _compare(f"| {form.title} | {asked} | {folded} | {taps} | {taps * SECONDS_A_TAP} |", form.title)


def _compare(line: str, title: str) -> None:
    """Compare the line with the one in the guide, or write it there."""
    text = PAGE.read_text(encoding="utf-8")
    there = re.search(rf"^\| {re.escape(title)} \|.*$", text, re.MULTILINE)
    if TAPS:
        new = text.replace(there[0], line) if there else f"{text.rstrip()}\n{line}\n"
        PAGE.write_text(new, encoding="utf-8")
    else:
        assert there is not None, line
        assert there[0] == line
