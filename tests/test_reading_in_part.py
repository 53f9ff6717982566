"""Who reads a part of a book reads that part on every page, and nothing of the rest (P63)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.actions import end_grant, grant_access
from casebound.people.restricted.models import EntryKind
from casebound.people.rights.shape import Permission
from casebound.record.book.relations import ADDENDUM
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
A_DAY = timedelta(days=1)
OPEN, CLOSED = "heliotrope", "wolfsbane"


def grant(made_up: MadeUp, **part: Any) -> str:
    """Let Lin, who works at the other home, read a part of Jay's book for a week."""
    return grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=made_up.lin.id,
        reason="Lin looks into it.", from_at=made_up.now, to_at=made_up.now + 7 * A_DAY,
        by=made_up.dana.id, at=made_up.now, auth="password", **part,
    )  # fmt: skip


def leaf_of(made_up: MadeUp, number: int) -> int:
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    return entry.index


def search(browser: Client, words: str, within: str = "") -> str:
    text = browser.post("/search/", {"q": words, "within": within}, follow=True).text
    return re.sub(r'name="[a-z_]*" value="[A-Za-z0-9]{64}"|/search/\?again=[^"&]*', "", text)


def days_ago(made_up: MadeUp, *days: int) -> tuple[date, ...]:
    return tuple(day_of(made_up.now - ago * A_DAY) for ago in days)


PARTS: list[Callable[[MadeUp, int], dict[str, Any]]] = [
    lambda _, __: {"form": "note"},
    lambda made_up, number: {"leaf": leaf_of(made_up, number)},
    lambda made_up, _: {
        "period": (day_of(made_up.now - 9 * A_DAY), day_of(made_up.now - 7 * A_DAY))
    },
]


@pytest.mark.parametrize("part", PARTS, ids=["form", "entry", "period"])
def test_a_part_is_read_on_every_page_and_nothing_else_of_the_book(
    made_up: MadeUp, part: Callable[[MadeUp, int], dict[str, Any]]
) -> None:
    opened = made_up.write(
        made_up.jay, f"The {OPEN} is out.", form="note", after=8 * A_DAY
    ).numbers[made_up.jay.book]
    closed = made_up.write(made_up.jay, f"The {CLOSED} is out.").numbers[made_up.jay.book]
    lin, book = made_up.browser_of(made_up.lin), made_up.book_url(made_up.jay)
    assert lin.get(book).status_code == 404

    grant(made_up, **part(made_up, opened))

    for page in (book, f"{book}{opened}/", f"{book}print/"):
        text = lin.get(page).text
        assert OPEN in text, page
        assert CLOSED not in text, page
    assert lin.get(f"{book}{closed}/").status_code == 404
    assert lin.get(f"{book}1/").status_code == 404  # the admission
    assert OPEN in search(lin, OPEN)
    assert search(lin, CLOSED) == search(lin, "nightshade").replace("nightshade", CLOSED)
    assert f"{opened}" in lin.get(book, {"no": str(opened)}).headers["Location"]
    assert f"There is no “{closed}” in this book." in lin.get(book, {"no": str(closed)}).text
    for whole in ("profile", "medicines", "receipt"):
        assert lin.get(f"{book}{whole}/").status_code == 404


def test_what_adds_to_an_entry_is_not_told_to_who_reads_that_entry_alone(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, f"The {OPEN} is out.").numbers[made_up.jay.book]
    grant(made_up, leaf=leaf_of(made_up, number))
    lin, page = made_up.browser_of(made_up.lin), made_up.book_url(made_up.jay)
    before = [lin.get(page).text, lin.get(f"{page}{number}/").text]

    made_up.put_right(made_up.jay, number, ADDENDUM, f"The {CLOSED} too.")

    after = [lin.get(page).text, lin.get(f"{page}{number}/").text]
    assert [shown(text) for text in after] == [shown(text) for text in before]


def shown(text: str) -> str:
    """Return the part of a page that is about the entry, without what differs at each request."""
    return text.partition('<div class="app-book">')[2].partition("</article>")[0]


def test_a_part_of_a_book_opens_no_writing_and_no_other_book(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "Tea.").numbers[made_up.jay.book]
    grant(made_up, leaf=leaf_of(made_up, number))
    lin = made_up.browser_of(made_up.lin)

    assert lin.post(reverse("drafting:begin", args=[made_up.jay.book, "note"])).status_code == 404
    put_right = reverse("drafting:put_right", args=[made_up.jay.book, number, "addendum"])
    assert lin.post(put_right).status_code == 404
    assert lin.get(made_up.book_url(made_up.mika)).status_code == 404


def test_a_part_ends_with_its_grant(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "Tea.").numbers[made_up.jay.book]
    key = grant(made_up, leaf=leaf_of(made_up, number))
    lin, page = made_up.browser_of(made_up.lin), f"{made_up.book_url(made_up.jay)}{number}/"
    assert lin.get(page).status_code == 200

    end_grant(
        book=made_up.book(made_up.jay, by=made_up.dana), grant=key, reason="Done.",
        by=made_up.dana.id, at=made_up.now, auth="password",
    )  # fmt: skip

    assert lin.get(page).status_code == 404


def test_two_grants_that_overlap_open_both_parts(made_up: MadeUp) -> None:
    numbers = [
        made_up.write(made_up.jay, text).numbers[made_up.jay.book] for text in ("Tea.", "Toast.")
    ]
    for number in numbers:
        grant(made_up, leaf=leaf_of(made_up, number))

    text = made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay)).text

    assert "Tea." in text
    assert "Toast." in text


def test_who_reads_the_whole_book_reads_no_less_with_a_grant_of_a_part(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, f"The {OPEN} is out.")
    made_up.write(made_up.jay, f"The {CLOSED} is out.", form="note")
    grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=made_up.sam.id, reason="A slip.",
        from_at=made_up.now, to_at=made_up.now + A_DAY, form="note", by=made_up.dana.id,
        at=made_up.now, auth="password",
    )  # fmt: skip

    book = made_up.book(made_up.jay)
    text = made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay)).text

    assert book.may(Permission.WRITE_ENTRY)
    assert not book.is_in_part
    assert OPEN in text
    assert CLOSED in text


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="restraint", answers={"users": [{"id": made_up.sam.id}]})
    live = list(EntryKind.objects.order_by("book_id", "leaf").values_list())
    assert live

    rebuild()

    assert list(EntryKind.objects.order_by("book_id", "leaf").values_list()) == live


def test_a_grant_of_one_entry_opens_what_is_for_those_who_need_to_know(made_up: MadeUp) -> None:
    """The colleague who is asked to look at one entry reads it, unless it is about them."""
    jay, on = made_up.jay, f"{day_of(made_up.now) + 30 * A_DAY}"
    why = {"scope": "need_to_know", "ground": "sensitive", "reason": "His body.", "review_on": on}
    part = [{"text": f"He showed {OPEN}.", "staff": why}, {"text": "It rained."}]
    whole = made_up.write(
        jay, f"She told of {CLOSED}.", by=made_up.dana, restrictions=[{**why, "part": "entry"}]
    )
    of_part = made_up.write(jay, statements=part, by=made_up.dana)
    about = {**why, "ground": "about_colleague", "worker": made_up.lin.id}
    of_lin = made_up.write(
        jay, statements=[{"text": "Lin shouted.", "staff": about}, {"text": "It was late."}],
        by=made_up.dana,
    )  # fmt: skip
    numbers = [sealed.numbers[jay.book] for sealed in (whole, of_part, of_lin)]

    def pages(worker: Worker) -> list[str]:
        browser = made_up.browser_of(worker)
        return [browser.get(f"/books/{jay.book}/{number}/").text for number in numbers]

    for number in numbers:
        grant(made_up, leaf=leaf_of(made_up, number))
    read = pages(made_up.lin)
    assert (CLOSED in read[0], OPEN in read[1]) == (True, True)
    assert ("It was late." in read[2], "Lin shouted" in read[2]) == (True, False)
    assert CLOSED in search(made_up.browser_of(made_up.lin), CLOSED)
    unread = pages(made_up.sam)  # he reads the book, and was granted nothing
    assert (CLOSED in unread[0], OPEN in unread[1], "It rained." in unread[1]) == (
        False, False, True,
    )  # fmt: skip
