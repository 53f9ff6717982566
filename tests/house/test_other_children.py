"""Nobody finds another child's name in one child's book unless they may read that child's too.

The whole of a book is read: every page that its pages lead to, its prints, and the search.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebound.people.access.actions import grant_access
from casebound.people.access.models import Reading
from casebound.record.book.relations import ADDENDUM, CORRECTION, STRIKE
from tests.made_up import Child, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]

NAMES = re.compile(r"(?<!\w)(adelheid|ada|brightwater)(?!\w)", re.IGNORECASE)
_HREF = re.compile(r'(?:href|src)="([^"#]*)')


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay, and is in much of Jay's book."""
    ada = made_up.admit("Adelheid Brightwater", "Ada", made_up.oak)
    jay = made_up.jay
    there = [{"name": "Ada", "role": "lives here too"}]
    made_up.write(
        jay,
        "Ada and Jay made toast. ADA's was black.",
        "“Adelheid Brightwater took it”, Jay said.",
        present_nobody=False,
        present=there,
        where="Ada’s room",
    )
    fall = made_up.write(
        jay,
        form="access_limit",
        also_about=[ada.id],
        statements=[
            {"text": "Both fell, Ada first."},
            {"text": "Ada cried.", "about": [ada.id]},
            {"text": "Jay did not.", "about": [jay.id]},
        ],
    )
    made_up.write(
        jay,
        statements=[
            {
                "text": "Ada's mother rang.",
                "kind": "account",
                "speaker": "Ada",
                "source": "told_by",
                "told_by": "Ada Brightwater",
                "sharing": "third_party",
                "third_party": "Ada",
            }
        ],
    )
    number = fall.numbers[jay.book]
    made_up.put_right(jay, number, ADDENDUM, "Ada has a plaster.")
    made_up.put_right(jay, number, CORRECTION, "Jay fell first, then Ada.")
    made_up.put_right(jay, number, STRIKE, "It was Ada's book.")
    late = timedelta(hours=30)
    made_up.write(jay, "Late.", after=late, late_reason="I sat with Ada.")
    draft = made_up.draft(jay, "Jay drew a boat.")
    made_up.attach(draft, b"A list for Ada.", name="Ada.txt", alt="A list, by Ada.")
    made_up.sign(draft)
    return ada


@pytest.fixture
def vera(made_up: MadeUp) -> Worker:
    """Return somebody who works at another home, and may read Jay's book for a week."""
    grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana),
        worker=made_up.lin.id,
        reason="Lin takes Jay to the hospital.",
        from_at=made_up.now,
        to_at=made_up.now + timedelta(days=7),
        by=made_up.dana.id,
        at=made_up.now,
        auth="password",
    )
    return made_up.lin


AT_MOST = 60  # pages: some lead on for ever, to the month before
MOST = 3  # readings of one page that differ in what is asked of it


def pages(browser: Client, made_up: MadeUp) -> dict[str, str]:
    """Return every page of Jay's book that its pages lead to, by address."""
    book = made_up.jay.book
    waiting = [
        reverse("chronology:book", args=[book]),
        reverse("chronology:print", args=[book]),
        reverse("chronology:print", args=[book]) + "?names=1",
        reverse("profile:profile", args=[book]),
    ]
    read: dict[str, str] = {}
    while waiting and len(read) < AT_MOST:
        path = waiting.pop(0)
        page = path.partition("?")[0]
        if path in read or sum(seen.partition("?")[0] == page for seen in read) >= MOST:
            continue
        answer = browser.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode("utf-8", errors="replace")
        read[path] = f"{unescape(text)} {answer.headers}"
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = (unescape(link) for link in _HREF.findall(text))
            waiting += [
                link if link.startswith("/") else path.partition("?")[0] + link
                for link in links
                if book in link or link.startswith("?")
            ]
    return read


def named(read: dict[str, str]) -> dict[str, list[str]]:
    """Return where a name of Ada's is found, and what stands round it."""
    return {
        path: [text[max(0, at.start() - 60) : at.end() + 30] for at in NAMES.finditer(text)]
        for path, text in read.items()
        if NAMES.search(text) and "/files/" not in path  # the file itself is as it was sealed
    }


@pytest.mark.usefixtures("ada")
def test_who_may_not_read_the_other_child_s_book_finds_no_name_in_any_byte(
    made_up: MadeUp, vera: Worker
) -> None:
    browser = made_up.browser_of(vera)

    read = pages(browser, made_up)

    assert len(read) > 12
    assert named(read) == {}
    assert any("[another child]'s was black" in page for page in read.values())


@pytest.mark.usefixtures("ada")
def test_asking_for_names_gives_none_that_one_has_no_right_to(
    made_up: MadeUp, vera: Worker
) -> None:
    browser = made_up.browser_of(vera)
    browser.post(reverse("chronology:names", args=[made_up.jay.book]), {"show": "1"})

    assert named(pages(browser, made_up)) == {}


@pytest.mark.usefixtures("ada")
def test_search_finds_no_hidden_name_and_counts_none(made_up: MadeUp, vera: Worker) -> None:
    browser = made_up.browser_of(vera)

    for words in ("Ada", "Adelheid Brightwater", "adel*", "Ada cried", "brightwater toast", "Adda"):
        found = browser.post(reverse("search:search"), {"q": words}).text
        said = found.replace(f'value="{words}"', "").replace(words, "")
        assert "Nothing found" in found
        assert not NAMES.search(unescape(said))
    toast = browser.post(reverse("search:search"), {"q": "toast"}).text
    assert "[another child]" in toast
    assert not NAMES.search(unescape(toast))


@pytest.mark.usefixtures("ada")
def test_staff_of_the_home_see_initials_and_paper_has_not_even_those(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    book = made_up.jay.book

    page = unescape(browser.get(reverse("chronology:book", args=[book])).text)
    paper = unescape(browser.get(reverse("chronology:print", args=[book])).text)

    assert "[A.]'s was black" in page
    assert "another child (A.)" in page
    assert not NAMES.search(page)
    assert not NAMES.search(paper)
    assert "[A.]" not in paper
    assert "The signed words have not changed." in paper


@pytest.mark.usefixtures("ada")
def test_a_worker_with_the_right_taps_and_sees_names_until_they_sign_out(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    book = reverse("chronology:book", args=[made_up.jay.book])
    again = reverse("chronology:names", args=[made_up.jay.book])

    answer = browser.post(again, {"show": "1", "back": book})

    assert answer.headers["Location"] == book
    shown = browser.get(book).text
    assert "Ada and Jay made toast." in shown
    assert "Show initials" in shown
    assert Reading.objects.filter(worker_id=made_up.sam.id, what="names").exists()
    assert not NAMES.search(browser.get(reverse("chronology:print", args=[made_up.jay.book])).text)
    browser.post(again, {"show": "", "back": "https://elsewhere.example/"})
    assert not NAMES.search(browser.get(book).text)


@pytest.mark.usefixtures("ada")
def test_in_the_home_s_own_pages_names_stay(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.dana)

    assert "Ada" in browser.get("/").text


@pytest.mark.usefixtures("ada")
def test_a_search_asks_twice_more_for_names_however_much_it_finds(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)

    def queries() -> int:
        with CaptureQueriesContext(connections["derived"]) as asked:
            page = browser.post(reverse("search:search"), {"q": "toast"}).text
        assert f"/books/{made_up.jay.book}/2/#no-2-1" in page
        return len([query for query in asked if "homes_" in query["sql"]])

    few = queries()
    for number in range(12):
        made_up.write(made_up.jay, f"Ada and Jay made toast, {number}.")

    assert queries() == few
