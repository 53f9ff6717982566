"""Missing from home, back again, and the return interview within 72 hours."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue import catalogue
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, do_it_now, fill_in, fill_moment, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49")]


def test_from_missing_to_the_return_interview(made_up: MadeUp, enter: Enter) -> None:
    began = timezone.now()
    then = (began - timedelta(hours=3)).astimezone(LONDON)
    back = (began - timedelta(hours=1)).astimezone(LONDON)
    sam = enter(made_up.sam, width=360)
    sam.get_by_role("link", name="Write something else for Jay").click()
    sam.get_by_role("button", name="Missing or away").click()
    fill_moment(sam, "When did it happen?", then)
    answer(sam, "missing", shortest_answers(catalogue.form("missing")))
    fill_in(sam, "Jay did not come home on the four o'clock bus.")
    read_and_sign(sam, PASSWORD)

    sam.get_by_role("button", name="Record the return").first.click()
    typed = {"returned_at": f"{back:%Y-%m-%dT%H:%M}"}
    answer(sam, "returned", {**shortest_answers(catalogue.form("returned")), **typed})
    fill_in(sam, "Jay walked in with wet shoes and asked for soup.")
    look(sam)
    read_and_sign(sam, PASSWORD)
    expect(sam.get_by_text("The return interview is still to be recorded")).to_be_visible()
    look(sam)
    sam.context.close()

    with time_machine.travel(began + timedelta(hours=60)):
        dana = enter(made_up.dana, width=360)
        do_it_now(dana, "See to it that a return interview")
        answers = shortest_answers(catalogue.form("return_interview"))
        now = timezone.now().astimezone(LONDON)
        fill_moment(dana, "When did it happen?", now)
        answer(dana, "return_interview", answers)
        fill_in(dana, "Somebody from the authority came and spoke with Jay alone.")
        read_and_sign(dana, PASSWORD)
        dana.get_by_role("link", name="Follows no.").click()
        expect(dana.get_by_text("The return interview is recorded")).to_be_visible()
        expect(dana.get_by_text("Done in time").first).to_be_visible()
        look(dana)
