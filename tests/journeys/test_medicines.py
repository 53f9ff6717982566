"""A month's record of medicines comes out of the printer on its side, whose it is on top."""

from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casebound.foundation.base.times import LONDON
from tests.journeys.conftest import Enter
from tests.journeys.test_print import sheets
from tests.made_up import MadeUp
from tests.medicines import PARACETAMOL, give, prescribe

pytestmark = [pytest.mark.browser, pytest.mark.policy("P84")]


def test_a_month_prints_on_its_side_with_each_dose(
    made_up: MadeUp, enter: Enter, tmp_path: Path
) -> None:
    give(made_up, prescribe(made_up, PARACETAMOL, since=made_up.now), needed_why="Ear ache")
    month = f"{made_up.now.astimezone(LONDON):%Y-%m}"
    address = reverse("medicines:month", args=[made_up.jay.book, month])
    page = enter(made_up.sam, path=address)
    expect(page.get_by_role("heading", name="Record of medicines")).to_be_visible()

    page.pdf(path=tmp_path / "month.pdf", prefer_css_page_size=True)

    width, height = pypdfium2.PdfDocument(tmp_path / "month.pdf")[0].get_size()
    (sheet, *_) = sheets(tmp_path / "month.pdf")
    assert width > height
    assert "Jay Quillfeather" in sheet
    assert "Paracetamol 250 mg in 5 ml" in sheet
