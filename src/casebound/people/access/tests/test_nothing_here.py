import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebound.people.access.reads import rights_of
from casebound.people.access.who_opens import helpers_of
from casebound.people.accounts.actions import close_account
from tests.made_up import MadeUp, Worker

pytestmark = pytest.mark.django_db
NO_BOOK = "0" * 32


def refused(made_up: MadeUp, worker: Worker | None, address: str) -> str:
    """Return the page that somebody gets who may not see what is there."""
    answer = made_up.browser_of(worker).get(address)
    assert answer.status_code == 404
    return answer.text


def said_in(page: str) -> str:
    """Return what a page says; the frame around it shows which way led there."""
    return page.partition("<main")[2].partition("</main>")[0]


def book_address(book: str) -> str:
    return reverse("chronology:book", args=[book])


def test_a_refusal_says_who_can_help_and_not_whether_anything_is_there(made_up: MadeUp) -> None:
    there = refused(made_up, made_up.lin, book_address(made_up.jay.book))
    not_there = refused(made_up, made_up.lin, book_address(NO_BOOK))

    assert "ask Robin Tate (registered manager of Elm House)" in there
    assert there == not_there
    for word in ("Jay", "Dana", "Oak House", made_up.jay.book, NO_BOOK):
        assert word not in there


def test_who_can_help_follows_from_where_somebody_works_alone(made_up: MadeUp) -> None:
    addresses = [
        book_address(made_up.noor.book),
        reverse("chronology:entry", args=[made_up.noor.book, 1]),
        reverse("chronology:entry", args=[made_up.jay.book, 4000]),
        reverse("access:consents", args=[made_up.noor.book]),
        "/nowhere/at/all/",
    ]

    pages = {said_in(refused(made_up, made_up.sam, address)) for address in addresses}

    assert len(pages) == 1
    assert "ask Dana Whitlock (registered manager of Oak House)" in pages.pop()


def test_who_manages_the_home_asks_the_responsible_individual(made_up: MadeUp) -> None:
    address = book_address(made_up.noor.book)
    assert "ask the manager of the home" in refused(made_up, made_up.dana, address)

    ruth = made_up._worker("ruth.vale", "Ruth Vale")
    made_up._appoint(ruth, "responsible_individual", None)

    words = f"ask {ruth.full_name} (responsible individual)"
    assert words in refused(made_up, made_up.dana, address)
    assert words in refused(made_up, made_up.alex, address)
    assert words not in refused(made_up, made_up.sam, address)


def test_somebody_whose_account_is_closed_is_not_named(made_up: MadeUp) -> None:
    close_account(account=made_up.robin.id, by=made_up.alex.id, at=made_up.now)

    page = refused(made_up, made_up.lin, book_address(made_up.jay.book))

    assert "Robin" not in page
    assert "ask the manager of the home" in page


def test_a_stranger_and_a_program_are_told_no_more_than_before(made_up: MadeUp) -> None:
    page = refused(made_up, None, "/nowhere/at/all/")
    answer = made_up.browser_of(made_up.lin).get(
        book_address(made_up.jay.book), headers={"Accept": "application/json"}
    )

    assert "Dana" not in page
    assert "Robin" not in page
    assert answer.json()["status"] == 404
    assert "Robin Tate" in answer.json()["do"]


def test_saying_who_can_help_is_a_few_queries(made_up: MadeUp) -> None:
    rights = rights_of(made_up.lin.id, at=made_up.now)

    with CaptureQueriesContext(connections["derived"]) as queries:
        helpers = helpers_of(rights, at=made_up.now)

    assert [helper.name for helper in helpers] == ["Robin Tate"]
    assert len(queries) == 2
