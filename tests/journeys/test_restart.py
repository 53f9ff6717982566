"""The demo, served by a real process: in by the door, and a restart in the middle of writing."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import NewPage
from tests.journeys.demo import Demo
from tests.journeys.page import fill_in, first_box, look, read_and_sign, saved

pytestmark = [pytest.mark.browser, pytest.mark.policy("P12")]


def test_a_draft_survives_the_server_and_is_signed_after_its_restart(
    tmp_path: Path, new_page: NewPage
) -> None:
    with Demo(tmp_path, days=1) as demo:
        page = new_page(width=360)
        page.goto(f"{demo.url}/demo/")
        look(page)
        page.get_by_role("button", name="Bethan Colley").click()
        page.get_by_role("button", name="Write daily log for Maisie").click()
        fill_in(page, "Maisie made toast.")
        saved(page)

        demo.stop()
        first_box(page).press_sequentially(" Two slices.")
        expect(page.locator("#save-state")).to_contain_text("No connection")
        demo.start()
        saved(page, within=60_000)  # the page tries again after half a minute at most

        page.reload()
        expect(first_box(page)).to_have_value("Maisie made toast. Two slices.")
        read_and_sign(page, "made-up password")
        look(page)
