"""How many queries it takes to decide who reads what, and that restrictions cost not one more.

`docs/performance.md` has the table. A number here may fall; one that grows needs its reason here.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebound.foundation.proof.canonical import Json
from casebound.people.access.reads import book_and_rights, seen_book, seen_books
from tests.made_up import MadeUp, Worker

pytestmark = pytest.mark.django_db
ENTRIES = 12
Counts = dict[str, int]


def counted(ask: Callable[[], object]) -> Counts:
    """Return how many queries were asked of the ledger and of the derived store."""
    with ExitStack() as stack:
        captured = {
            store: stack.enter_context(CaptureQueriesContext(connections[store]))
            for store in ("derived", "default")
        }
        ask()
    return {
        store: sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)
        for store, queries in captured.items()
    }


def fill(made_up: MadeUp, *, restricted: bool) -> int:
    """Write entries of two statements; return the number of one that needs marks, or would."""
    on = f"{(made_up.now + timedelta(days=30)).date()}"
    why: dict[str, Json] = {"reason": "As agreed.", "review_on": on}
    marks: list[dict[str, Json]] = [
        {"sharing": "withheld", "ground": "risk_to_child", **why},
        {"staff": {"scope": "need_to_know", "ground": "sensitive", **why}},
        {},
    ]
    numbers = [
        made_up.write(
            made_up.jay,
            statements=[
                {"text": "They walked."},
                {"text": "They talked.", **(marks[number % 3] if restricted else {})},
            ],
        ).numbers[made_up.jay.book]
        for number in range(ENTRIES)
    ]
    return numbers[1]


@pytest.fixture
def ruth(made_up: MadeUp) -> Worker:
    """Somebody who works there, and needs not know."""
    ruth = made_up._worker("ruth.abara", "Ruth Abara")
    made_up._appoint(ruth, "residential_worker", made_up.oak)
    return ruth


def found_at(browser: Client) -> str:
    page = browser.post("/search/", {"q": "walked"})
    return f"/search/?{page.request['QUERY_STRING']}"


# Of the derived store, and of the ledger: session, account, the line of the read trail; the entry
# page also reads what it shows; the desk and Shift also drafts.
AS_WORKER = {
    "book page": {"derived": 5, "default": 3},
    "entry page": {"derived": 13, "default": 6},
    "search": {"derived": 9, "default": 4},
    "shift": {"derived": 10, "default": 3},
}
AS_MANAGER = AS_WORKER | {
    "shift": {"derived": 14, "default": 3},
    "desk": {"derived": 22, "default": 8},
}
# Only the page of an entry in which something is restricted asks for more: which parts; and for who
# decides about them, what was decided, and who did.
MORE_OF_WORKER = {"derived": 14, "default": 6}
MORE_OF_MANAGER = {"derived": 16, "default": 7}


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("who", ["ruth", "dana"])
def test_a_page_asks_as_often_with_restrictions_as_without(
    made_up: MadeUp, ruth: Worker, who: str, *, restricted: bool
) -> None:
    number = fill(made_up, restricted=restricted)
    browser = made_up.browser_of(ruth if who == "ruth" else made_up.dana)
    book = made_up.jay.book
    addresses = {
        "book page": reverse("chronology:book", args=[book]),
        "entry page": reverse("chronology:entry", args=[book, number]),
        "search": found_at(browser),
        "shift": "/",
        **({"desk": "/desk/"} if who == "dana" else {}),
    }
    for address in addresses.values():
        assert browser.get(address).status_code == 200

    asked = {page: counted(partial(browser.get, at)) for page, at in addresses.items()}
    pinned = dict(AS_WORKER if who == "ruth" else AS_MANAGER)
    if restricted:
        pinned["entry page"] = MORE_OF_WORKER if who == "ruth" else MORE_OF_MANAGER
    assert asked == pinned


@pytest.mark.parametrize("restricted", [False, True])
def test_a_right_is_decided_in_one_query(
    made_up: MadeUp, ruth: Worker, *, restricted: bool
) -> None:
    fill(made_up, restricted=restricted)
    one = {"derived": 1, "default": 0}
    book, at = made_up.jay.book, made_up.now

    assert counted(lambda: seen_book(ruth.id, book, at=at)) == one
    assert counted(lambda: book_and_rights(ruth.id, book, at=at)) == one
    assert counted(lambda: seen_books(ruth.id, at=at)) == one
