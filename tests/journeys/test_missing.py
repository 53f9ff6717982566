"""A night missing with three workers: one log, the child on every page, back, what follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from casebound.foundation.base.times import LONDON
from tests.journeys.conftest import Enter
from tests.journeys.page import answer, fill_moment, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P60")]
LOG = "**/missing/**"


def seal(page: Page) -> None:
    """Sign on the page itself, and be led to the log."""
    page.get_by_label("your password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and seal").click()
    page.wait_for_url(LOG)
    expect(page.get_by_text("Sealed as no.")).to_be_visible()


def begin(page: Page, button: str) -> None:
    """Begin a line from the log."""
    page.get_by_role("main").get_by_role("button", name=button).first.click()
    page.wait_for_url("**/drafts/**")


def test_a_night_missing_with_three_workers(made_up: MadeUp, enter: Enter) -> None:
    seen = (timezone.now() - timedelta(minutes=20)).astimezone(LONDON)
    sam = enter(made_up.sam, width=360)
    begin(sam, "Not where expected")
    answer(sam, "missing", {
        "kind": "missing", "last_seen": "At the bus stop, by Kit", "clothes": "Grey coat",
        "worrying": "It is dark, and unlike Jay.",
    })  # fmt: skip
    fill_moment(sam, "When were they last seen?", seen)
    sam.get_by_text("I was there", exact=True).click()
    sam.get_by_text("Nobody else was there", exact=True).click()
    seal(sam)
    look(sam)

    # On every page of the home, for a colleague too; and the two write at once.
    kit = enter(made_up.kit, width=360, path=reverse("search:search"))
    kit.get_by_role("link", name="Jay missing since").click()
    kit.wait_for_url(LOG)
    begin(kit, "Tell the police")
    begin(sam, "Did something")
    answer(kit, "missing_line", {
        "kind": "told", "told_to": "police", "who": "Call handler 12", "reached": "yes",
        "reference": "Log 611",
    })  # fmt: skip
    seal(kit)
    answer(sam, "missing_line", {"kind": "did", "what": "Looked in the park."})
    seal(sam)
    expect(sam.get_by_text("Log 611")).to_be_visible()
    expect(sam.get_by_role("list").filter(has_text="Kit Adeyemi").first).to_be_visible()

    # A manager, without scripts, sees the whole log and says that Jay is back.
    dana = enter(made_up.dana, scripts=False, path=f"{reverse('desk:desk')}")
    dana.get_by_role("link", name="Jay missing since").click()
    expect(dana.get_by_text("Looked in the park.")).to_be_visible()
    expect(dana.get_by_text("Log 611")).to_be_visible()
    begin(dana, "They are back")
    fill_moment(dana, "When did they come back", timezone.now().astimezone(LONDON))
    answer(dana, "returned", {
        "returned_how": "On foot", "mood": "Cold", "whereabouts": "The park.",
        "police_check": "not_yet", "told_back": ["police"], "interview_asked_for": "yes",
        "injured": "nobody", "view_missing": "asleep",
    })  # fmt: skip
    dana.get_by_text("I was there", exact=True).click()
    dana.get_by_text("Nobody else was there", exact=True).click()
    read_and_sign(dana, PASSWORD)
    expect(dana.get_by_text("See to it that a return interview").first).to_be_visible()
    expect(dana.get_by_role("link", name="Jay missing since")).to_have_count(0)
