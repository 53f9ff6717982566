"""Every address that shows words of an entry puts its look on the read trail, and does so once.

All addresses of the house are fetched in a life with words in every entry. What shows such words
writes rows: of the book and page they are of, once each; what shows none need not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from casebound.people.access.models import Reading
from casebound.reading.search.models import IndexedStatement
from tests.house.addresses import WORDS, Scene, addresses
from tests.house.life import whole_life
from tests.house.source import nothing
from tests.made_up import MadeUp

FEWEST = 3  # words of a statement that are nowhere on a page by chance
ACTION = "Ask the school about the marmalade"
# What somebody writes is theirs until it is signed: its words are of no book yet.
OF_DRAFTS = ("drafting:sign", "drafting:file", "drafting:files", "drafting:write")
_TAGS = re.compile(r"<[^>]+>")
Row = tuple[str, str, str, int, int, str]


@dataclass(frozen=True)
class Look:
    """What a visitor was shown at an address, and what the trail has of it."""

    where: str
    text: str
    rows: list[Row]


@pytest.fixture
def scene(made_up: MadeUp) -> Scene:
    whole_life(made_up)
    made_up.write(
        made_up.jay,
        form="incident",
        answers={"actions": [{"what": ACTION, "who": made_up.sam.full_name}]},
    )
    return Scene(made_up)


def words_of_entries() -> set[str]:
    texts = IndexedStatement.objects.values_list("text", flat=True)
    return {*(text for text in texts if len(text.split()) >= FEWEST), WORDS, ACTION}


def fetched(browser: Client, where: str, path: str, **typed: str) -> Look:
    """Fetch a page, and what was put on the trail meanwhile."""
    newest = Reading.objects.order_by("-id").values_list("id", flat=True).first() or 0
    answer = browser.post(path, typed, follow=True) if typed else browser.get(path, follow=False)
    shown = b"".join(answer).decode(errors="replace") if answer.status_code == 200 else ""
    text = " ".join(_TAGS.sub("", unescape(shown)).split())
    rows = Reading.objects.filter(id__gt=newest)
    return Look(
        where,
        text,
        list(rows.values_list("worker_id", "book_id", "what", "first", "last", "under")),
    )


def looks(scene: Scene) -> Iterator[Look]:
    """Fetch every address as a worker and as their manager, and search."""
    for worker in (scene.made_up.sam, scene.made_up.dana):
        browser, name = scene.made_up.browser_of(worker), worker.username
        for address in addresses(scene):
            yield fetched(browser, f"{address.name} as {name}", address.path)
        yield fetched(browser, f"search as {name}", reverse("search:search"), q=WORDS)


@pytest.mark.django_db
@pytest.mark.policy("P63", "P84")
def test_what_shows_words_of_an_entry_is_on_the_trail_once(scene: Scene) -> None:
    words = words_of_entries()
    seen = list(looks(scene))
    shows = [look for look in seen if any(word in look.text for word in words)]
    of_books = [look for look in shows if not look.where.startswith(OF_DRAFTS)]

    nothing(
        f"{look.where} shows words and is not on the trail" for look in of_books if not look.rows
    )
    nothing(f"{look.where} is on the trail twice" for look in seen if _twice(look.rows))
    nothing(
        f"{look.where}: a row without a right" for look in seen for row in look.rows if not row[-1]
    )
    assert {look.where.partition(" ")[0] for look in of_books} >= {
        "chronology:book", "chronology:print", "chronology:entry", "attachments:file", "search",
        "desk:shift", "desk:desk", "medicines:medicines", "missing:episode",
    }  # fmt: skip


def _twice(rows: list[Row]) -> bool:
    """Say whether a page of a book is in two rows of one way of looking."""
    pages = [
        (book, what, page)
        for _, book, what, first, last, _ in rows
        for page in range(first, last + 1)
    ]
    return len(pages) != len(set(pages))


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_refused_look_writes_no_row(scene: Scene) -> None:
    made_up = scene.made_up
    for worker in (made_up.lin, made_up.alex, None):
        browser = made_up.browser_of(worker)
        of_jay = [
            fetched(browser, address.name, address.path)
            for address in addresses(scene)
            if made_up.jay.book in address.path
        ]
        nothing(look.where for look in of_jay if look.rows)
