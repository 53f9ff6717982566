"""The list of homes, which a system administrator keeps."""

import pytest
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.reads import seen_books
from casebound.people.access.tests.build import NO_ADMINISTRATORS, somebody
from casebound.people.homes import actions, reads
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
ASH = {"name": "Ash House", "address": "3 Mill Lane", "password": PASSWORD}


@pytest.mark.policy("P01")
def test_a_home_that_is_opened_has_a_book(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    answer = browser.post("/homes/new/", ASH)

    assert answer.headers["Location"] == "/homes/?done=opened"
    [ash] = [home for home in reads.homes() if home.name == "Ash House"]
    assert book_pages(ash.book) == 1
    assert "Ash House" in browser.get("/homes/?done=opened").text


@pytest.mark.parametrize("secure", [True, False])
def test_a_home_is_a_secure_one_if_that_was_said_when_it_was_opened(
    made_up: MadeUp,
    secure: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    made_up.browser_of(made_up.alex).post(
        "/homes/new/", {**ASH, **({"secure": "on"} if secure else {})}
    )
    [ash] = [home for home in reads.homes() if home.name == "Ash House"]
    assert ash.secure is secure

    actions.appoint(
        worker=made_up.sam.id, full_name=made_up.sam.full_name, role="senior", home=ash.id,
        child=None, from_at=made_up.now, by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip
    books = {book.title: book.secure for book in seen_books(made_up.sam.id, at=made_up.now)}
    assert books == {"Ash House": secure, "Oak House": False, "Jay": False}

    rebuild()
    found = reads.home(ash.id)
    assert found is not None
    assert found.secure is secure


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": " "}, "Give the name of the home"),
        ({"name": "N" * 121}, "120 characters"),
        ({"address": ""}, "Give the address of the home"),
        ({"address": "N" * 301}, "300 characters"),
        ({"name": "oak  house"}, "There is a home with this name"),
        ({"password": "wrong"}, "The password is not right."),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_the_form_comes_back_full(
    made_up: MadeUp, said: dict[str, str], words: str
) -> None:
    before = reads.homes()

    answer = made_up.browser_of(made_up.alex).post("/homes/new/", {**ASH, **said})

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{said.get("name", "Ash House")}"' in answer.text
    assert PASSWORD not in answer.text
    assert reads.homes() == before


@pytest.mark.parametrize("role", [None, *NO_ADMINISTRATORS])
def test_for_everybody_else_there_is_no_such_page(made_up: MadeUp, role: str | None) -> None:
    browser = made_up.browser_of(somebody(made_up, role))
    before = reads.homes()

    assert browser.get("/homes/").status_code == 404
    assert browser.get("/homes/new/").status_code == 404
    assert browser.post("/homes/new/", ASH).status_code == 404
    assert reads.homes() == before


@pytest.mark.parametrize("more", [0, 30])
def test_the_list_is_as_many_queries_however_many_homes(
    made_up: MadeUp, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        actions.open_home(
            name=f"Ash House {number}", address="Lane", by=made_up.alex.id, at=made_up.now
        )
    browser = made_up.browser_of(made_up.alex)

    with django_assert_num_queries(3, using="derived"):
        browser.get("/homes/")
