"""A restraint, from the event to the fifth day, with the clock moved (reg 35(3))."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue import catalogue
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, do_it_now, fill_in, fill_moment, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp
from tests.shortest import shortest_answers

pytestmark = [pytest.mark.browser, pytest.mark.policy("P49")]


def record(page: Page, made_up: MadeUp) -> None:
    """Record that Sam and Kit held Jay, an hour ago."""
    page.get_by_role("link", name="Write something else for Jay").click()
    page.get_by_role("button", name="Restraint Somebody held").click()
    then = (timezone.now() - timedelta(hours=1)).astimezone(LONDON)
    fill_moment(page, "When did it happen?", then)
    page.get_by_label("Where?").fill("The landing")
    users = [{"id": made_up.sam.id}, {"id": made_up.kit.id}]
    answers = {**shortest_answers(catalogue.form("restraint")), "users": users}
    answer(page, "restraint", answers)
    fill_in(page, "Jay ran at the window with a chair, and we held him for a minute.")


def speak(page: Page, form: str) -> None:
    """Fill in what a manager writes after they spoke with somebody."""
    expect(page.get_by_text("What no.")).to_be_visible()
    answer(page, form, shortest_answers(catalogue.form(form)))
    page.get_by_label("I was there").check()
    look(page)
    read_and_sign(page, PASSWORD)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_restraint_from_the_event_to_the_fifth_day(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    began = timezone.now()
    sam = enter(made_up.sam, width=width)
    record(sam, made_up)
    read_and_sign(sam, PASSWORD)
    expect(sam.get_by_text("0 of 2 users spoken to")).to_be_visible()
    # It waits on the managers, and says so to who cannot do it.
    expect(sam.get_by_text("Ask Dana Whitlock").first).to_be_visible()
    expect(sam.get_by_role("button", name="Speak with Kit Adeyemi")).to_be_hidden()
    look(sam)
    sam.context.close()

    with time_machine.travel(began + timedelta(hours=30)):
        dana = enter(made_up.dana, width=width)
        expect(dana.get_by_role("heading", name="Waiting for you")).to_be_visible()
        look(dana)
        do_it_now(dana, "Speak with Sam Okafor")
        speak(dana, "spoken_to_user")
        dana.get_by_role("link", name="Follows no.").click()
        expect(dana.get_by_text("1 of 2 users spoken to")).to_be_visible()
        dana.context.close()

    with time_machine.travel(began + timedelta(hours=50)):
        dana = enter(made_up.dana, width=width)
        late = dana.get_by_role("listitem").filter(has_text="Speak with Kit Adeyemi")
        expect(late.get_by_text("Overdue")).to_be_visible()
        late.get_by_role("button").click()
        speak(dana, "spoken_to_user")
        dana.goto(dana.url.split("/books/")[0] + "/desk/")
        done = dana.get_by_role("listitem").filter(has_text="Speak with Kit Adeyemi")
        expect(done.get_by_text("Done late")).to_be_visible()
        look(dana)
        dana.context.close()

    with time_machine.travel(began + timedelta(days=4, hours=20)):
        dana = enter(made_up.dana, width=width)
        do_it_now(dana, "Speak with the child")
        speak(dana, "spoken_to_child")
        dana.get_by_role("link", name="Follows no.").click()
        expect(dana.get_by_text("2 of 2 users spoken to")).to_be_visible()
        expect(dana.get_by_text("The child was spoken to")).to_be_visible()
        expect(dana.get_by_text("Done in time").first).to_be_visible()
        look(dana)
