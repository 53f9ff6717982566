"""What was signed is as it was: the Proof page, the sentence of an entry, and its receipt."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from casebound.foundation.proof.receipts import parse_receipt
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P65")]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_proof_page_checks_the_log_and_says_what_it_found(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    made_up.write(made_up.jay, "Jay made toast.")
    page = enter(made_up.dana, width=width)
    page.get_by_role("link", name="Proof").click()
    look(page)
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Nothing was changed, moved or removed")).to_be_visible()
    look(page)


def test_the_receipt_of_an_entry_can_be_kept(made_up: MadeUp, enter: Enter) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]
    page = enter(made_up.sam, width=360, path=f"{made_up.book_url(made_up.jay)}{number}/")
    look(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the receipt").click()
    parse_receipt(Path(kept.value.path()).read_bytes())
