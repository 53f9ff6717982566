"""A page of one child is never taken for another's: their name is large in its heading."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_at
from casebound.people.homes.actions import name_child
from casebound.people.homes.models import Placement
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.record.drafting.tests.pages import draft_rows
from tests.made_up import Child, MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
NOT_TO_GET = 405
WHOSE = re.compile(
    r'<h1 class="app-title"> <(a|span) class="app-title__whose"[^>]*>'
    r'<span class="govuk-visually-hidden">Book of ?</span> '
    r'<svg class="app-face[^>]*>.*?</svg><bdi>Jay</bdi></(a|span)>'
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
    for page in ("write", "sign", "files", "discard"):
        headed(sam, reverse(f"drafting:{page}", args=[draft]))


@pytest.mark.parametrize("how", ["addendum", "correction", "strike", "misfiled"])
def test_what_puts_an_entry_right_begins_with_the_childs_name(made_up: MadeUp, how: str) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]
    dana = made_up.browser_of(made_up.dana)

    dana.post(reverse("drafting:put_right", args=[made_up.jay.book, number, how]))
    draft = draft_rows(made_up.dana.id)[0]

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


def admit_another_jay(made_up: MadeUp) -> Child:
    return made_up.admit("Jay Larkspur", "Jay", made_up.oak)


def pages_that_name_children(made_up: MadeUp) -> dict[str, str]:
    """Return what a manager sees wherever a short name stands."""
    dana, draft = made_up.browser_of(made_up.dana), made_up.draft(made_up.jay, by=made_up.dana)
    home = made_up.house(made_up.oak).book
    addresses = {
        "shift": "/",
        "desk": reverse("desk:desk"),
        "note": reverse("drafting:jot"),
        "our home": reverse("access:our_home", args=[made_up.oak]),
        "book": reverse("chronology:book", args=[made_up.jay.book]),
        "heading": reverse("drafting:write", args=[draft]),
        "search": reverse("search:search"),
        "handover": reverse("handover:handover", args=[home]),
        "register": reverse("registers:register", args=[home, "restraint"]),
    }
    return {place: as_shown(dana.get(address)) for place, address in addresses.items()}


def something_everywhere(made_up: MadeUp) -> None:
    """Write entries that bring Jay onto every page that lists children."""
    made_up.write(
        made_up.jay, "We cooked.", form="restraint", answers={"for_next": "Jay is tired."}
    )


def test_two_children_of_one_name_are_told_apart_everywhere(made_up: MadeUp) -> None:
    something_everywhere(made_up)
    admit_another_jay(made_up)

    for place, page in pages_that_name_children(made_up).items():
        assert "Jay Q." in page, place
    for place in ("shift", "note", "our home", "heading", "search"):
        assert "Jay L." in pages_that_name_children(made_up)[place], place


def test_a_new_name_is_on_every_page_at_once(made_up: MadeUp) -> None:
    something_everywhere(made_up)

    name_jay(made_up)

    for place, page in pages_that_name_children(made_up).items():
        assert "Robin" in page, place
        if place not in {"book", "our home"}:
            assert "Jay" not in page.replace("Jay is tired", ""), place


def test_entries_of_several_children_show_the_name_a_child_has_now(made_up: MadeUp) -> None:
    ada = made_up.admit("Ada Larkspur", "Ada", made_up.oak)
    both = made_up.write(made_up.jay, "They fought.", form="incident", also_about=[ada.id])
    assert "Jay" in shown_in(ada, both)

    name_jay(made_up)

    assert "Robin" in shown_in(ada, both)
    assert "Jay" not in shown_in(ada, both)


def shown_in(child: Child, sealed: Sealed) -> str:
    """Return the line of an entry in the book of one of its children, as staff read it."""
    return Line.objects.get(book_id=child.book, number=sealed.numbers[child.book]).staff_html


def name_jay(made_up: MadeUp, *, old_shown: bool = False) -> None:
    name_child(
        child=made_up.jay.id, full_name="Robin Quillfeather", called="", pronouns="he, him",
        face=2, from_on=made_up.now.date(), wished_by="Robin", old_shown=old_shown,
        by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip


def test_a_draft_with_the_name_of_before_still_says_which_child_was_there(made_up: MadeUp) -> None:
    ada = made_up.admit("Ada Larkspur", "Ada", made_up.oak)
    there = [{"name": "Jay", "role": "lives here too"}]
    draft = made_up.draft(ada, present_nobody=False, present=there)
    name_jay(made_up)

    number = made_up.sign(draft).numbers[ada.book]

    entry = entry_at(ada.book, number)
    assert entry is not None
    assert [person.child for person in Entry.read(entry).content.present] == [made_up.jay.id]


def test_a_name_that_two_children_go_by_is_asked_about_before_signing(made_up: MadeUp) -> None:
    admit_another_jay(made_up)
    draft = made_up.draft(made_up.jay, present_nobody=False, present=[{"name": "Jay", "role": ""}])

    page = as_shown(made_up.browser_of(made_up.sam).get(reverse("drafting:sign", args=[draft])))

    assert "“Jay” was there: which one? Choose Jay L. or Jay Q." in page
