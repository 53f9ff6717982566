"""Withdrawing an entry: somebody else agrees, and misfiled words are for few (P64)."""

import pytest
from playwright.sync_api import Page, expect

from casebound.record.book.relations import MISFILED
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, do_it_now, fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.browser, pytest.mark.policy("P64")]
HELD = "Sam held Jay's arm for a minute."
REASON = "It was another child."
AGREE = "Say whether an entry may be withdrawn"
BOTH = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def lee(made_up: MadeUp) -> Worker:
    """Return the deputy manager of Oak House."""
    lee = made_up._worker("lee.moss", "Lee Moss")
    made_up._appoint(lee, "deputy_manager", made_up.oak)
    return lee


@BOTH
def test_a_manager_strikes_a_measure_and_another_manager_agrees(
    made_up: MadeUp, lee: Worker, enter: Enter, width: int
) -> None:
    users = {"users": [{"id": made_up.sam.id}]}
    measure = made_up.write(made_up.jay, HELD, form="restraint", answers=users, by=made_up.kit)
    path = f"{made_up.book_url(made_up.jay)}{measure.numbers[made_up.jay.book]}/"

    dana = enter(made_up.dana, width=width, path=path)
    dana.get_by_role("button", name="Strike this entry through").click()
    fill_in(dana, REASON)
    read_and_sign(dana, PASSWORD)
    _is_asked_of_somebody_else(dana)
    _is_still_due(dana, path)
    dana.context.close()

    page = enter(lee, width=width)
    do_it_now(page, AGREE)
    expect(page.locator("details").get_by_text(REASON)).to_be_visible()
    answer(page, "strike_agreed", {"agreed": "yes"})
    look(page)
    read_and_sign(page, PASSWORD)
    page.goto(page.url.split("/books")[0] + path)
    expect(page.get_by_text("Struck through", exact=True)).to_be_visible()
    expect(page.get_by_text(HELD)).to_be_visible()
    expect(page.get_by_role("button", name="Speak with the child")).to_be_hidden()
    look(page)


def _is_asked_of_somebody_else(page: Page) -> None:
    """See on the page of the strike who agrees, and that the striker cannot."""
    asked = page.get_by_role("listitem").filter(has_text=AGREE)
    expect(asked.get_by_text("Lee Moss").first).to_be_visible()
    expect(asked.get_by_text("Ask Lee Moss.")).to_be_visible()
    expect(asked.get_by_role("button")).to_be_hidden()
    look(page)


def _is_still_due(page: Page, path: str) -> None:
    """See on the page of the struck measure that what it asked for is still to be done."""
    page.goto(page.url.split("/books")[0] + path)
    expect(page.get_by_text("Speak with the child").first).to_be_visible()
    look(page)


@BOTH
def test_misfiled_words_are_on_their_own_page_alone_and_for_who_answers_for_the_book(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    words = "The harbour was frozen over."
    wrong = made_up.write(made_up.jay, words).numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, wrong, MISFILED, REASON, by=made_up.kit)
    book = made_up.book_url(made_up.jay)
    entry = f"{book}{wrong}/"

    for worker, answers in ((made_up.sam, False), (made_up.dana, True)):
        page = enter(worker, width=width, path=entry)
        expect(page.get_by_text("Misfiled", exact=True)).to_be_visible()
        expect(page.get_by_text(REASON)).to_be_visible()
        summary = page.get_by_text("Words of this entry, for managers only")
        expect(summary).to_have_count(1 if answers else 0)
        if answers:
            summary.click()
            expect(page.get_by_text(words)).to_be_visible()
        else:
            expect(page.get_by_text(words)).to_have_count(0)
        look(page)
        for lists in (book, f"{book}print/"):
            page.goto(page.url.split("/books")[0] + lists)
            expect(page.get_by_text("Misfiled", exact=True).first).to_be_visible()
            expect(page.get_by_text(REASON).first).to_be_visible()
            expect(page.get_by_text(words)).to_have_count(0)
        _finds_nothing(page, "harbour")
        page.context.close()


def _finds_nothing(page: Page, word: str) -> None:
    page.goto(page.url.split("/books")[0] + "/search/")
    page.get_by_label("Words to look for").fill(word)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("frozen over")).to_have_count(0)
    look(page)
