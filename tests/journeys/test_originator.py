"""A second-hand record, confirmed by the person who told it (P28)."""

import pytest
from playwright.sync_api import expect

from casebound.rulebook.catalogue import catalogue
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, do_it_now, fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P28")]


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
    sam.get_by_label("Was it a colleague who told you?").select_option(made_up.kit.id)
    look(sam, scripts=scripts)
    if not scripts:
        sam.get_by_role("button", name="Save", exact=True).click()
        sam.get_by_role("button", name="Read through").click()
        sam.get_by_role("link", name="Go back and add it").click()
        sam.get_by_role("button", name="Mark all my statements so").click()
    read_and_sign(sam, PASSWORD)
    expect(sam.get_by_text("Waiting for Kit Adeyemi, key worker to read it")).to_be_visible()
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
