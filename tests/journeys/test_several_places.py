"""One event, many places: written once, it is in each book, the register and the handover (P40)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue import catalogue
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P40", "P60", "P61")]
FORM = "access_limit"


def begin(page: Page, form: str, *, book: str) -> None:
    """Begin a draft on a form, as its button in the list does."""
    page.goto(f"{page.url.split('/books')[0].rstrip('/')}{reverse('chronology:book', args=[book])}")
    page.evaluate(
        """path => { const form = document.querySelector('form[action*="/write/"]');
                     form.action = path; form.submit(); }""",
        reverse("drafting:begin", args=[book, form]),
    )
    page.wait_for_url("**/drafts/**")


@pytest.mark.parametrize("width", [360, 1280])
def test_two_children_one_entry(made_up: MadeUp, enter: Enter, width: int) -> None:
    ada = made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    oak = made_up.house(made_up.oak)
    page = enter(made_up.sam, width=width)
    begin(page, FORM, book=made_up.jay.book)

    expect(page.get_by_role("heading", name="Who else does it concern?")).to_be_visible()
    expect(page.locator('[name="statements-1-about"]').first).to_be_hidden()
    page.get_by_text("Ada", exact=True).first.click()
    page.get_by_role("button", name="Add a statement").click()
    second = page.locator("[data-statement]", has=page.get_by_label("Your words")).nth(1)
    about = second.get_by_role("group", name="Who is this about?")
    expect(about).to_be_visible()
    page.get_by_label("Your words").nth(0).fill("The pantry is locked for both.")
    second.get_by_label("Your words").fill("Ada had climbed the shelves.")
    about.get_by_label("Ada", exact=True).check()
    look(page)
    page.get_by_label("I was there").check()
    page.get_by_label("Nobody else was there").check()
    decided = {"decided_by": [{"id": made_up.sam.id}]}
    answer(page, FORM, {**shortest_answers(catalogue.form(FORM)), **decided})
    then = (made_up.now - timedelta(hours=1)).astimezone(LONDON)
    page.locator('[name="happened_from_date"]').fill(then.date().isoformat())
    page.locator('[name="happened_from_time"]').fill(then.strftime("%H:%M"))
    why = page.get_by_label("Not asked this time")
    if why.count() and why.is_visible():
        why.check()
    page.get_by_role("button", name="Read through").click()
    expect(page.get_by_text("books of Jay and Ada, and numbered in")).to_be_visible()
    expect(page.get_by_text("A part about another child is left out here")).to_be_visible()
    page.get_by_text("How it will read in the book of").click()
    expect(page.get_by_text("Ada had climbed the shelves.")).to_be_visible()
    look(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(
        page.get_by_text(
            "Sealed as no. 2 of Jay’s book, no. 2 in the book of another child (A.), no. 1 of"
        )
    ).to_be_visible()
    look(page)

    page.get_by_role("link", name="no. 1 of the register of additional measures").click()
    expect(page.get_by_role("link", name="Ada, no. 2")).to_be_visible()
    expect(page.get_by_text("climbed")).to_be_hidden()
    look(page)
    page.goto(page.url.split("/books")[0] + reverse("handover:handover", args=[oak.book]))
    page.get_by_role("link", name="Ada, no. 2").click()
    expect(page.get_by_text("Ada had climbed the shelves.")).to_be_visible()
    page.get_by_role("link", name="no. 2 in the book of another child (J.)").click()
    expect(page.get_by_text("A part about another child is left out here")).to_be_visible()
    expect(page.get_by_text("climbed")).to_be_hidden()
    assert ada.book not in page.locator("article").inner_html()


def test_a_handover_from_one_shift_to_the_next(made_up: MadeUp, enter: Enter) -> None:
    made_up.write(made_up.jay, answers={"handover": "Jay needs his inhaler at nine."})
    oak = made_up.house(made_up.oak)
    sams = enter(made_up.sam, width=360, path=reverse("handover:handover", args=[oak.book]))

    expect(sams.get_by_text("Jay needs his inhaler at nine.")).to_be_visible()
    look(sams)
    sams.get_by_role("button", name="Write the handover").click()
    expect(sams.get_by_role("heading", name="Entries for the next shift to read")).to_be_visible()
    look(sams)
    sams.get_by_label("I was there").check()
    sams.get_by_label("Nobody else was there").check()
    answer(sams, "handover", {"shift": "late", "readers": [{"id": made_up.kit.id}]})
    read_and_sign(sams, PASSWORD)
    expect(sams.get_by_role("link", name="Hands over Daily log: Jay, no. 2")).to_be_visible()
    look(sams)

    kits = enter(made_up.kit, width=360)
    expect(kits.get_by_role("link", name="Read what was handed over to you")).to_be_visible()
    kits.goto(sams.url.split("?")[0])
    kits.get_by_role("link", name="Hands over Daily log: Jay, no. 2").click()
    expect(kits.get_by_text("Jay needs his inhaler at nine.")).to_be_visible()
    kits.go_back()
    kits.get_by_role("button", name="Read what was handed over to you").click()
    answer(kits, "handover_read", {"understood": "yes"})
    how = kits.get_by_label("I was there")
    if how.count() and how.is_visible():
        how.check()
    nobody = kits.get_by_label("Nobody else was there")
    if nobody.count() and nobody.is_visible() and not nobody.is_checked():
        nobody.check()
    read_and_sign(kits, PASSWORD)
    kits.goto(kits.url.split("/books")[0] + "/")
    expect(kits.get_by_role("button", name="Do it now : Read what")).to_have_count(0)
