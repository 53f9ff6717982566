"""A second-hand record, confirmed by the person who told it (P28)."""

import pytest
from playwright.sync_api import expect

from casebound.rulebook.catalogue import catalogue
from tests.journeys.conftest import Enter
from tests.journeys.page import Taps, answer, do_it_now, fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P28")]
MOST_TAPS = 9  # a daily log with an opinion and one statement that was told


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_who_told_it_reads_it_and_confirms_it(
    made_up: MadeUp,
    enter: Enter,
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    sam = enter(made_up.sam, width=width, scripts=scripts)
    sam.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(sam, "Jay sang all the way home.")
    sam.get_by_role("group", name="How do you know?").get_by_label("Someone told me").check()
    sam.locator("[name=originator_id]").select_option(made_up.kit.id)
    look(sam, scripts=scripts)
    if not scripts:
        sam.get_by_role("button", name="Save", exact=True).click()
        sam.get_by_role("button", name="Read through").click()
        sam.get_by_role("link", name="Go back and add it").click()
        sam.get_by_role("button", name="Mark all my statements so").click()
    read_and_sign(sam, PASSWORD)
    waiting = sam.get_by_text("To be read by Kit Adeyemi, key worker")
    expect(waiting.first).to_be_visible()
    look(sam, scripts=scripts)

    kit = enter(made_up.kit, width=width, scripts=scripts)
    expect(kit.get_by_role("heading", name="For you to read")).to_be_visible()
    look(kit, scripts=scripts)
    do_it_now(kit, "Read what was written from your words")
    answer(kit, "originator_read", shortest_answers(catalogue.form("originator_read")))
    look(kit, scripts=scripts)
    read_and_sign(kit, PASSWORD)
    kit.get_by_role("link", name="Confirms no.").click()

    expect(kit.get_by_text("Read and confirmed by Kit Adeyemi, key worker").first).to_be_visible()
    look(kit, scripts=scripts)


def test_a_colleague_confirms_the_one_statement_they_told_on_a_phone(
    made_up: MadeUp, enter: Enter
) -> None:
    sam, taps = enter(made_up.sam, width=360), Taps()
    taps.tap(sam.get_by_role("button", name="Write daily log for Jay"))
    expect(sam.get_by_label("Your words").first).to_be_focused()
    sam.keyboard.type("We had tea.\n\nI think Jay liked it.")
    second = sam.get_by_role("group", name="Statement 2", exact=True)
    taps.tap(second.get_by_text("My opinion", exact=True))
    sam.keyboard.type("Two helpings.\n")
    sam.keyboard.type("Jay sang all the way home.")
    third = sam.get_by_role("group", name="Statement 3", exact=True)
    taps.tap(third.get_by_text("I was told", exact=True))
    taps.count += 1
    third.get_by_label("Was it a colleague who told you?").select_option(made_up.kit.id)
    expect(third.get_by_label("Who told you? (name and role)")).to_be_hidden()
    look(sam)
    taps.tap(sam.get_by_label("I was there"))
    taps.tap(sam.get_by_label("Nobody else was there"))
    taps.tap(sam.get_by_text("Not asked this time"))
    taps.tap(sam.get_by_role("button", name="Read through"))
    taps.tap(sam.get_by_label("Your password"))
    sam.keyboard.type(PASSWORD + "\n")
    expect(sam.get_by_text("Told by Kit Adeyemi, key worker")).to_be_visible()
    expect(sam.get_by_text("To be read by Kit Adeyemi, key worker")).to_have_count(2)
    assert taps.count <= MOST_TAPS
    look(sam)

    kit = enter(made_up.kit, width=360)
    do_it_now(kit, "Read what was written from your words")
    expect(kit.get_by_text("What Sam Okafor wrote from your words")).to_be_visible()
    expect(kit.get_by_text("Jay sang all the way home.").first).to_be_visible()
    expect(kit.get_by_text("We had tea.")).to_be_hidden()  # the rest of the entry is folded
    answer(kit, "originator_read", shortest_answers(catalogue.form("originator_read")))
    look(kit)
    read_and_sign(kit, PASSWORD)
    kit.get_by_role("link", name="Confirms no.").click()

    expect(kit.get_by_text("Read and confirmed by Kit Adeyemi, key worker")).to_have_count(2)
    look(kit)
