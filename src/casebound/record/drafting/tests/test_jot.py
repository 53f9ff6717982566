import pytest
from django.urls import reverse

from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db]


def test_the_child_whose_book_one_came_from_is_first(made_up: MadeUp) -> None:
    second = made_up.admit("Ash Hollowell", "Ash", made_up.oak)
    browser = made_up.browser_of(made_up.sam)

    came_from = f"http://testserver{made_up.book_url(made_up.jay)}2/"
    plain = browser.get(reverse("drafting:jot")).text
    come = browser.get(reverse("drafting:jot"), headers={"Referer": came_from}).text

    ash, jay = (f"<bdi>{name}</bdi>" for name in ("Ash", "Jay"))  # a token may spell either
    assert plain.index(ash) < plain.index(jay)
    assert come.index(jay) < come.index(ash)
    assert reverse("drafting:begin", args=[second.book, "note"]) in come


def test_the_way_to_a_note_is_on_every_page_of_who_writes(made_up: MadeUp) -> None:
    way = 'data-key="n"'

    assert way in made_up.browser_of(made_up.sam).get("/search/").text
    assert way not in made_up.browser_of(made_up.alex).get("/people/").text


def test_who_may_write_in_no_child_s_book_has_no_page_to_jot_on(made_up: MadeUp) -> None:
    page = reverse("drafting:jot")

    assert made_up.browser_of(made_up.sam).get(page).status_code == 200
    assert made_up.browser_of(made_up.alex).get(page).status_code == 404
    assert made_up.browser_of(None).get(page).status_code == 302
