"""A worker restricts a statement while writing; a manager reads it with a mark, others do not."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casebound.foundation.base.calendar import day_of
from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P63")]


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_what_is_restricted_while_writing_is_read_by_the_manager_and_not_by_a_colleague(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    ruth = made_up._worker("ruth.abara", "Ruth Abara")
    made_up._appoint(ruth, "residential_worker", made_up.oak)
    why = {
        "scope": "need_to_know", "ground": "sensitive", "reason": "It is about his body.",
        "review_on": f"{day_of(made_up.now) + timedelta(days=30)}",
    }  # fmt: skip
    draft = made_up.draft(
        made_up.jay, statements=[{"text": "He showed me his arm.", "staff": {**why, "reason": ""}}]
    )
    page = enter(
        made_up.sam, width=width, scripts=scripts, path=reverse("drafting:write", args=[draft])
    )
    fill_in(page, "He showed me his arm.")
    about = page.locator("details:has([name='statements-1-staff'])")
    if about.get_attribute("open") is None and not scripts:
        about.locator("summary").first.click()
    page.locator("[name='statements-1-staff_reason']").fill(why["reason"])
    look(page, scripts=scripts)
    read_and_sign(page, PASSWORD)
    entry = urlsplit(page.url).path

    manager = enter(made_up.dana, width=width, scripts=scripts, path=entry)
    expect(manager.get_by_text("He showed me his arm.")).to_be_visible()
    look(manager, scripts=scripts)
    colleague = enter(ruth, width=width, scripts=scripts, path=entry)
    expect(colleague.get_by_text("He showed me his arm.")).to_have_count(0)
