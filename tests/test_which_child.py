"""A page of one child is never taken for another's: their name is large in its heading."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from casebound.people.homes.models import Placement
from casebound.record.drafting.reads import drafts_of
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
NOT_TO_GET = 405
WHOSE = re.compile(
    r'<h1 class="app-title"> <(a|span) class="app-title__whose"[^>]*>'
    r'<span class="govuk-visually-hidden">Book of ?</span><bdi>Jay</bdi></(a|span)>'
)


def headed(browser: Client, address: str) -> None:
    """Look at a page: Jay's name comes first in its heading, and is not in its title."""
    answer = browser.get(address)
    page = as_shown(browser.post(address) if answer.status_code == NOT_TO_GET else answer)
    title = re.search("<title>(.*?)</title>", page)
    assert WHOSE.search(page), address
    assert title is not None
    assert "Jay" not in title[1], address


def test_every_page_of_writing_begins_with_the_childs_name(made_up: MadeUp) -> None:
    sealed = made_up.write(made_up.jay, "Jay made toast.")
    number = sealed.numbers[made_up.jay.book]
    sam, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    in_book = [made_up.jay.book]

    headed(sam, reverse("chronology:entry", args=[*in_book, number]))
    headed(sam, reverse("profile:profile", args=in_book))
    headed(sam, reverse("drafting:choose", args=in_book))
    for page in ("write", "sign", "files", "discard", "saved_version"):
        headed(sam, reverse(f"drafting:{page}", args=[draft]))


@pytest.mark.parametrize("how", ["addendum", "correction", "strike", "misfiled"])
def test_what_puts_an_entry_right_begins_with_the_childs_name(made_up: MadeUp, how: str) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]
    dana = made_up.browser_of(made_up.dana)

    dana.post(reverse("drafting:put_right", args=[made_up.jay.book, number, how]))
    draft = drafts_of(made_up.dana.id)[0].id

    for page in ("write", "sign", "discard"):
        headed(dana, reverse(f"drafting:{page}", args=[draft]))


def test_what_comes_next_begins_with_the_childs_name(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, form="restraint").numbers[made_up.jay.book]
    dana = made_up.browser_of(made_up.dana)

    draft = made_up.begin_following(made_up.jay, number, "spoken_to_child")

    headed(dana, reverse("drafting:write", args=[draft]))
    headed(dana, reverse("drafting:sign", args=[draft]))


def test_the_pages_about_where_a_child_lives_name_the_child_in_the_heading(
    made_up: MadeUp,
) -> None:
    dana, home = made_up.browser_of(made_up.dana), made_up.oak
    placement = Placement.objects.get(child_id=made_up.jay.id).id
    pages = [
        reverse("access:moved_on", args=[home, placement]),
        reverse("access:key_worker", args=[home, placement]),
    ]
    for page in map(dana.get, pages):
        heading = re.search("<h1.*?</h1>", as_shown(page))
        assert heading is not None
        assert "<bdi>Jay</bdi>" in heading[0]
