"""Write something else: every form of a book, by group, and what begins from there."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.people.access.reads import SeenBook, seen_books
from casebound.people.homes.tests import build
from casebound.record.book.reads import book_kind, forms_of
from casebound.record.drafting.tests.pages import draft_rows
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import BookKind
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db


def own_book(made_up: MadeUp) -> SeenBook:
    books = seen_books(made_up.sam.id, at=made_up.now)
    return next(book for book in books if book_kind(book) is BookKind.HOME)


@pytest.mark.policy("P19")
def test_every_form_of_a_book_is_one_tap_away_and_no_other_is(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    for book in (made_up.book(made_up.jay), own_book(made_up)):
        page = sam.get(reverse("drafting:choose", args=[book.id])).text
        mine = {form.name for form in forms_of(book) if not form.sets_rules}
        assert mine
        for form in shipped().forms.values():
            begin = reverse("drafting:begin", args=[book.id, form.name])
            assert (f'action="{begin}"' in page) is (form.name in mine)


def test_a_search_leaves_what_fits_and_says_so_when_nothing_does(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    address = reverse("drafting:choose", args=[made_up.jay.book])

    assert "Daily log" in sam.get(address, {"q": "daily"}).text
    assert "Key session" not in sam.get(address, {"q": "daily"}).text
    nothing = sam.get(address, {"q": "<b>platypus"}).text
    assert "No form matches" in nothing
    assert "<b>platypus" not in nothing


@pytest.mark.policy("P63")
def test_who_may_not_write_is_not_shown_what_there_is_to_write(made_up: MadeUp) -> None:
    address = reverse("drafting:choose", args=[made_up.mika.book])
    build.appointed("responsible_individual", None, worker=made_up.alex.id)
    answer = made_up.browser_of(made_up.alex).get(address)
    begins = {
        form: reverse("drafting:begin", args=[made_up.mika.book, form]) in answer.text
        for form in ("allegation", "daily_log", "note")
    }
    assert begins == {"allegation": True, "daily_log": False, "note": False}
    assert made_up.browser_of(made_up.dana).get(address).status_code == 200
    assert made_up.browser_of(made_up.sam).get(address).status_code == 404


@pytest.mark.policy("P01")
def test_a_form_is_begun_in_its_own_kind_of_book_alone(made_up: MadeUp) -> None:
    sam, own = made_up.browser_of(made_up.sam), own_book(made_up)

    def begin(book: str, form: str) -> int:
        return sam.post(reverse("drafting:begin", args=[book, form])).status_code

    assert begin(made_up.jay.book, "daily_log") == 302
    assert begin(own.id, "fire_drill") == 302
    assert len(draft_rows(made_up.sam.id)) == 2
    assert begin(own.id, "daily_log") == begin(made_up.jay.book, "fire_drill") == 404
    assert begin(made_up.jay.book, "spoken_to_user") == 404


def test_the_list_is_as_many_queries_as_seeing_the_book(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sam = made_up.browser_of(made_up.sam)
    address = reverse("drafting:choose", args=[made_up.jay.book])
    sam.get(address)
    with django_assert_num_queries(2, using="derived"):  # the other: who is missing
        sam.get(address)
