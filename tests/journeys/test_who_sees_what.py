"""The manager sees what waits; the administrator sees no content; the other home sees nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P63")]
NOT_FOUND = 404


@pytest.mark.parametrize("width", [360, 1280])
def test_the_manager_sees_what_is_late_unsigned_or_waiting(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    made_up.write(made_up.jay, "The night was quiet.", after=timedelta(hours=30))
    made_up.draft(made_up.jay, "Words that are not signed yet.")
    page = enter(made_up.dana, width=width)
    look(page)
    page.get_by_role("link", name="Desk").click()

    expect(page.get_by_text("Late Entry", exact=True)).to_be_visible()
    expect(page.get_by_text("Sam Okafor").first).to_be_visible()
    expect(page.get_by_text("Words that are not signed yet.")).to_be_hidden()
    look(page)
    page.get_by_role("link", name="Their books").click()
    expect(page.get_by_role("link", name="Mika", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("link", name="Mika", exact=True).click()
    expect(page.get_by_text("Mika moved on from Oak House on")).to_be_visible()
    look(page)
    page.go_back()
    page.get_by_role("link", name="Lives with us again").click()
    expect(page).to_have_title("Does this child live with us again? · casebound")
    page.get_by_role("link", name="Not now").click()
    page.get_by_role("link", name="They live with us again").click()
    expect(page.get_by_label("Where do they live?")).to_have_value(made_up.oak)
    look(page)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Yes, they live there").click()
    expect(page.get_by_text("Came to live at Oak House.")).to_be_visible()
    expect(page.get_by_text("Mika moved on from Oak House on")).to_be_hidden()
    page.get_by_role("link", name="Desk").click()
    page.get_by_role("region", name="Late entries").get_by_role("link").click()
    expect(page.get_by_text("The night was quiet.")).to_be_visible()


def test_the_administrator_sees_people_and_no_content(made_up: MadeUp, enter: Enter) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]
    page = enter(made_up.alex, width=360)
    expect(page.get_by_text("Sam Okafor").first).to_be_visible()
    look(page)
    book = made_up.book_url(made_up.jay)
    start = page.url.split("/people")[0]
    for path in (
        book,
        f"{book}{number}/",
        f"{book}print/",
        "/search/",
        "/desk/",
        "/desk/moved-on/",
    ):
        answer = page.goto(start + path)
        assert answer is not None
        assert answer.status == NOT_FOUND, path
        expect(page.get_by_text("Jay")).to_be_hidden()
    look(page)


def test_a_worker_of_the_other_home_finds_nothing(made_up: MadeUp, enter: Enter) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]
    mine, other = enter(made_up.sam), enter(made_up.lin)
    book = made_up.book_url(made_up.jay)
    for path in (book, f"{book}{number}/", f"{book}print/", f"/proof/receipt{book[6:]}{number}/"):
        seen = [page.context.request.get(page.url.rstrip("/") + path) for page in (mine, other)]
        assert [answer.status for answer in seen] == [200, NOT_FOUND], path
