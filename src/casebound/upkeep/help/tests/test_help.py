"""The guide in the product: every page of the product leads into it, and its search finds."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from casebound.upkeep.help import reads
from tests.house.addresses import names
from tests.made_up import MadeUp

OK, NOT_FOUND = 200, 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", reads.pages())
def test_every_link_and_picture_of_a_page_leads_somewhere(page: str) -> None:
    browser = Client()
    html = browser.get(reverse("help:page", args=[page])).content.decode()
    inside = html[html.index("<article") : html.index("</article>")]
    for target in re.findall(r'(?:href|src)="([^"]+)"', inside):
        assert target.startswith(("/", "#")), f"{target} is outside the product"
        path, _, anchor = target.partition("#")
        answer = browser.get(path or reverse("help:page", args=[page]))
        assert answer.status_code == OK, target
        if anchor:
            assert f'id="{anchor}"' in answer.content.decode(), target


@pytest.mark.django_db
def test_every_page_of_the_product_has_help_that_is_there() -> None:
    browser = Client()
    for name in names():
        path, _, anchor = reads.place_about(name).partition("#")
        html = browser.get(path).content.decode()
        assert not anchor or f'id="{anchor}"' in html, name


def test_help_for_a_page_names_rooms_and_pages_that_exist() -> None:
    rooms = {name.partition(":")[0] for name in names()} | {"accounts", "followups"}
    for name in reads.ABOUT:
        assert name in set(names()) or name in rooms, name


@pytest.mark.django_db
def test_the_page_says_help_and_it_leads_to_the_thing_at_hand(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    html = sam.get(reverse("search:search")).content.decode()
    found = re.search(r'class="app-frame__help" href="([^"]+)"', html)
    assert found
    assert sam.get(found[1]).headers["Location"].endswith("#search")


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["body map", "PASSKEY", "phot"])
def test_the_search_finds_parts_and_shows_the_word(words: str) -> None:
    html = Client().get(reverse("help:contents"), {"q": words}).content.decode()
    assert "<mark>" in html


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["zzzz", "<script>", "%", "x" * 300])
def test_the_search_says_when_there_is_nothing(words: str) -> None:
    html = Client().get(reverse("help:contents"), {"q": words}).content.decode()
    assert "Nothing has all these words" in html
    assert "<script>alert" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("picture", ["none", "README"])
def test_nothing_but_pictures_of_the_guide_is_sent(picture: str) -> None:
    assert Client().get(reverse("help:picture", args=[picture])).status_code == NOT_FOUND


def test_the_guide_is_the_one_in_the_project() -> None:
    assert {page.name for page in reads.pages().values()} == {
        "start" if file.stem == "README" else file.stem for file in Path(reads.GUIDE).glob("*.md")
    }
