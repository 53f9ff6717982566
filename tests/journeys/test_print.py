"""What comes out of the printer: whose it is, which entry, and which page, on every sheet."""

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import expect

from casebound.record.attachments.tests import build
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P08", "P84")]
LONG = "They talked about the boat, the weather and the way home. " * 20


def sheets(pdf: Path) -> list[str]:
    """Return the words of each sheet of a printed file."""
    reader = shutil.which("pdftotext")
    assert reader, "pdftotext is needed: sudo apt-get install poppler-utils"
    printed = subprocess.run([reader, "-layout", pdf, "-"], capture_output=True, check=True)
    return printed.stdout.decode().rstrip("\f").split("\f")


@pytest.mark.parametrize("scripts", [True, False])
def test_every_sheet_says_whose_it_is_which_entry_and_which_page(
    made_up: MadeUp,
    enter: Enter,
    tmp_path: Path,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    numbers = [
        made_up.write(made_up.jay, *texts).numbers[made_up.jay.book]
        for texts in ([LONG] * 3, ["This one stays in the book."], [LONG] * 3)
    ]
    page = enter(made_up.sam, scripts=scripts, path=f"{made_up.book_url(made_up.jay)}print/")
    look(page, scripts=scripts)
    page.get_by_text("Choose entries").click()
    for number in (numbers[0], numbers[2]):
        page.get_by_label(f"No. {number}, Daily log").check()
    page.get_by_role("button", name="Print only these").click()
    expect(page.get_by_text("Chosen entries only:")).to_be_visible()
    look(page, scripts=scripts)

    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True, format="A4")
    printed = sheets(tmp_path / "printed.pdf")

    assert len(printed) > 2
    for place, sheet in enumerate(printed, 1):
        assert "Jay Quillfeather, born 29 February 2012" in sheet
        assert f"Page {place} of {len(printed)}" in sheet
        assert re.search(rf"Entry no\. ({numbers[0]}|{numbers[2]})\b", sheet)
    first, words = " ".join(printed[0].split()), " ".join(printed)
    assert "From the record of Jay Quillfeather" in first
    assert re.search(r"2 entries, about events from \d+ \w+ \d{4} to \d+ \w+ \d{4}", first)
    assert f"Chosen entries only: {numbers[0]}, {numbers[2]}." in first
    assert "This one stays in the book." not in words
    assert "A made-up home" not in words
    assert "Print only these" not in words


MM = 72 / 25.4  # points of a PDF


def test_pictures_are_printed_large_enough_to_read_and_no_sheet_cuts_one(
    made_up: MadeUp, enter: Enter, tmp_path: Path
) -> None:
    sizes = [(1200, 1600), (1600, 1200), (1200, 1600), (640, 480)]
    draft = made_up.draft(made_up.jay, LONG)
    for number, size in enumerate(sizes):
        made_up.attach(
            draft,
            build.picture(size=size, comment=b"%d" % number),
            alt=f"Page {number} of what Jay wrote.",
            kind="page" if number < 2 else "photograph",
        )
    number = made_up.sign(draft).numbers[made_up.jay.book]
    page = enter(made_up.sam, path=f"{made_up.book_url(made_up.jay)}print/?no={number}")
    page.wait_for_function("[...document.images].every(picture => picture.naturalWidth > 0)")

    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True, format="A4")

    printed = []
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        for sheet in document:
            wide, high = sheet.get_size()
            for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = picture.get_bounds()
                assert 0 < left < right < wide
                assert 0 < bottom < top < high
                printed.append(((right - left) / MM, (top - bottom) / MM))
    assert len(printed) == len(sizes)  # a picture that is cut stands on two sheets
    for (wide, high), (width, height) in zip(printed, sizes, strict=True):
        assert abs(wide / high - width / height) < 0.02
        assert wide > 120


def test_profile_and_registers_say_on_every_sheet_whose_they_are(
    made_up: MadeUp, enter: Enter, tmp_path: Path
) -> None:
    page = enter(made_up.sam, path=f"{made_up.book_url(made_up.jay)}profile/")
    page.pdf(path=tmp_path / "profile.pdf", prefer_css_page_size=True, format="A4")
    home = made_up.house(made_up.oak).book
    page.goto(page.url.split("/books/")[0] + f"/books/{home}/registers/missing/print/")
    page.pdf(path=tmp_path / "register.pdf", prefer_css_page_size=True, format="A4")

    profile, register = sheets(tmp_path / "profile.pdf"), sheets(tmp_path / "register.pdf")

    assert len(profile) > 1
    for place, sheet in enumerate(profile, 1):
        assert "Jay Quillfeather, born 29 February 2012" in sheet
        assert f"Page {place} of {len(profile)}" in sheet
    assert all("Oak House" in sheet for sheet in register)
    assert "Page 1 of" in register[0]
