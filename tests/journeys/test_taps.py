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
from playwright.sync_api import Locator, Page, Position, expect

from casebound.foundation.base.times import LONDON
from casebound.people.access.reads import SeenBook, seen_books
from casebound.record.book.reads import book_kind
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import EventTime, Field, FieldType, Form
from tests.installation import TAPS
from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, fill_in, look, read_and_sign, saved
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
            # The day is there; somebody who writes just after midnight changes it.
            happened = (made_up.now - timedelta(minutes=1)).astimezone(LONDON)
            self.page.locator("[name=happened_from_date]").fill(f"{happened:%Y-%m-%d}")
            self.type(self.page.locator("[name=happened_from_time]"), f"{happened:%H:%M}")
        self.taps.tap(self.page.get_by_label("I was there"))
        self.taps.tap(self.page.get_by_label("Nobody else was there"))
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
        page.keyboard.press("Enter")
    else:
        filling.taps.tap(page.get_by_role("button", name="Read through"))
        filling.type(page.get_by_label("Your password"), PASSWORD)
        page.keyboard.press("Enter")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    taps = filling.taps.count
    if name in ROUTINE:
        assert taps * SECONDS_A_TAP < 60
    _compare(f"| {form.title} | {asked} | {folded} | {taps} | {taps * SECONDS_A_TAP} |", form.title)


MOST_FOR_A_RESTRAINT: Final = 25


def test_a_restraint_with_a_body_map_takes_few_taps(made_up: MadeUp, enter: Enter) -> None:
    """From Shift to sealed: the few questions first, nothing twice, the cursor where words go."""
    page = enter(made_up.sam, width=360)
    filling, taps = Filling(page, catalogue.form("restraint")), Taps()
    filling.taps = taps
    taps.tap(page.get_by_role("link", name="Write something else for Jay"))
    taps.tap(page.get_by_role("button", name="Restraint Somebody held"))

    def question(name: str) -> Locator:
        return page.get_by_role("group", name=name)

    def goes_on_in(name: str, words: str) -> None:
        expect(page.get_by_label(name)).to_be_focused()
        page.keyboard.type(words)

    taps.tap(question("What was it to prevent?").get_by_label("Injury to somebody"))
    taps.tap(question("What kind of restraint").get_by_label("Holding or guiding by hand"))
    goes_on_in("Name of the hold", "Two-person seated hold")
    taps.tap(question("Was the child able to breathe").get_by_label("Yes, and somebody watched"))
    filling.type(page.get_by_label("How long did it last, all in all?"), "1:30")
    taps.tap(question("Who used it?").get_by_label("Sam Okafor"))
    taps.tap(question("Was anybody hurt?").get_by_label("The child", exact=True))
    goes_on_in("Who was hurt, where and how?", "Jay has a graze: the carpet caught his knee.")
    taps.count += 1
    page.locator("[data-view=front] svg").click(position=page_point(page, 0.56, 0.78))
    expect(page.get_by_label("What it is", exact=True)).to_be_focused()
    taps.count += 1
    page.get_by_label("What it is", exact=True).select_option(label="Graze")
    taps.tap(question("Was a nurse or doctor offered?").get_by_label("First aid was enough"))
    goes_on_in("What treatment did they have", "Sam washed it and put a plaster on it.")
    page.keyboard.press("Enter")
    goes_on_in("What led to it?", "Jay ran at the window with a chair.")
    filling.type(page.get_by_label("What was tried first"), "We asked him to put it down.")
    taps.tap(question("Did it do what it was for?").get_by_label("Yes"))
    filling.type(page.get_by_label("What came of it?"), "He sat with Sam until he was calm.")
    filling.type(page.get_by_label("What was done, step by step?"), "Sam and Kit sat with him.")
    filling.type(page.get_by_label("Why was it needed"), "He would have cut himself.")
    taps.tap(question("Was any of this part of it?").get_by_label("None of these"))
    taps.tap(page.get_by_label("Not asked this time"))
    filling.entry(made_up)
    taps.tap(page.get_by_role("button", name="Read through"))
    filling.type(page.get_by_label("Your password"), PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    assert taps.count <= MOST_FOR_A_RESTRAINT, taps.count


def page_point(page: Page, across: float, along: float) -> Position:
    """Return a point on the front of the figure, as parts of its width and height."""
    box = page.locator("[data-view=front] svg").bounding_box()
    assert box is not None
    return {"x": box["width"] * across, "y": box["height"] * along}


MOST_FOR_THE_SECOND_LOG: Final = 4


def test_the_second_log_of_a_shift_takes_few_taps(made_up: MadeUp, enter: Enter) -> None:
    """From the signed log of one child to the signed log of the next."""
    made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    page = enter(made_up.sam, width=360)
    page.get_by_role("button", name="Write daily log for Jay").click()
    page.wait_for_url("**/drafts/**")
    fill_in(page, WORDS)
    read_and_sign(page, PASSWORD)
    taps = Taps()
    taps.tap(page.get_by_role("button", name="Next: Ada’s daily log"))
    page.wait_for_url("**/drafts/**")
    page.keyboard.insert_text(WORDS)
    saved(page)
    taps.tap(page.get_by_label("Not asked this time"))
    taps.tap(page.get_by_role("button", name="Read through"))
    taps.tap(page.get_by_label("Your password"))
    page.keyboard.type(PASSWORD + "\n")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    assert taps.count <= MOST_FOR_THE_SECOND_LOG


MOST_FOR_A_NOTE: Final = 4


def test_a_note_is_one_screen_of_a_phone_and_few_taps(made_up: MadeUp, enter: Enter) -> None:
    """Words, how one knows, who was there, and the seal: nothing else, and nothing to scroll."""
    page, taps = enter(made_up.sam, width=360), Taps()
    page.set_viewport_size({"width": 360, "height": 740})
    taps.tap(page.get_by_role("button", name="Take a note for Jay"))
    page.wait_for_url("**/drafts/**")
    page.keyboard.insert_text("Jay would like a bicycle.")
    saved(page)
    steps = [
        page.get_by_label("I was there"),
        page.get_by_label("Nobody else was there"),
        page.get_by_label("Your password"),
    ]
    bar = page.locator(".app-write__bar").bounding_box()
    assert bar is not None
    for step in steps[:2]:
        box = step.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= bar["y"] - box["height"]
    look(page)
    for step in steps:
        taps.tap(step)
    page.keyboard.type(PASSWORD + "\n")

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    assert taps.count <= MOST_FOR_A_NOTE


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
