"""After signing: the next child's log, and the other records of the event (P01, P02, P49)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casebound.foundation.base.times import LONDON
from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49")]
MOST_TAPS = 4  # the second child's log, beyond typing


def test_the_second_child_s_log_takes_few_taps_without_scripts_too(
    made_up: MadeUp, enter: Enter
) -> None:
    made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    began = (made_up.now - timedelta(hours=8)).astimezone(LONDON)
    log = made_up.write(
        made_up.jay, "Jay sang.", happened_from=began.isoformat(),
        happened_to=made_up.now.isoformat(),
    )  # fmt: skip
    number = log.numbers[made_up.jay.book]
    path = f"/books/{made_up.jay.book}/{number}/?sealed=1"
    page, taps = enter(made_up.sam, width=360, scripts=False, path=path), Taps()
    expect(page.get_by_role("link", name="Back to Shift")).to_be_visible()

    taps.tap(page.get_by_role("button", name="Next: Ada’s daily log"))
    expect(page.locator('[name="happened_from_time"]')).to_have_value(began.strftime("%H:%M"))
    words = page.locator('[name="statements-1-text"]')
    words.focus()
    expect(words).to_be_focused()
    page.keyboard.type("Ada read.")
    taps.tap(page.get_by_text("Not asked this time"))
    taps.tap(page.get_by_role("button", name="Read through"))
    taps.tap(page.get_by_label("Your password"))
    page.keyboard.type(PASSWORD + "\n")

    expect(page.get_by_text("Sealed as no. 2 of Ada’s book")).to_be_visible()
    expect(page.get_by_role("button", name="Next:")).to_have_count(0)
    assert taps.count <= MOST_TAPS


def test_a_restraint_and_an_incident_lead_to_each_other(made_up: MadeUp, enter: Enter) -> None:
    ada = made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    first = made_up.write(
        made_up.jay, "A fence was broken.", form="incident", also_about=[ada.id],
        where="The garden", answers={"before": "They had quarrelled."},
    )  # fmt: skip
    page = enter(made_up.sam, width=360, path=f"/books/{made_up.jay.book}/2/?sealed=1")
    look(page)

    page.get_by_role("button", name="Record restraint: Ada").click()
    expect(page.get_by_role("group", name="Link it to").get_by_role("checkbox")).to_be_checked()
    expect(page.locator('[name="where"]')).to_have_value("The garden")
    expect(page.locator('[name="answers-behaviour"]')).to_have_value("They had quarrelled.")
    look(page)

    made_up.write(ada, "Ada was held.", form="restraint", same_event=[first.entry_id])
    page.goto(f"{page.url.split('/drafts')[0]}/books/{ada.book}/3/")
    expect(page.get_by_text("Also recorded: Incident no. 2")).to_be_visible()
    page.get_by_role("link", name="Link it to another entry of the same event").click()
    look(page)
    page.goto(f"{page.url.split('/books')[0]}/books/{made_up.jay.book}/2/")
    expect(
        page.get_by_role("link", name="Restraint no. 3 in the book of another child (A.)")
    ).to_be_visible()
    look(page)
