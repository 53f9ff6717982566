"""A register of a home: every number has its row, and shows no more than its reader may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.people.access.models import Reading
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.homes.reads import book_of
from casebound.reading.registers.models import RegisterEntry, RegisterEntryBook
from casebound.reading.registers.reads import PageSeen, RowState, RowsWanted, page, registers_of
from casebound.record.book.relations import MISFILED, STRIKE
from tests.made_up import AN_HOUR, Child, MadeUp, Worker
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P60"), pytest.mark.every_clock]

FORM, NAME = "search", "additional"


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay."""
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def fall(
    made_up: MadeUp, child: Child, *others: Child, by: Worker | None = None, **answers: Any
) -> Sealed:
    return made_up.write(
        child,
        "There was a fall.",
        form=FORM,
        by=by,
        also_about=[child.id for child in others],
        **answers,
    )


def home_of(made_up: MadeUp, worker: Worker, home: str = "") -> SeenBook:
    book = book_of(home or made_up.oak)  # type: ignore[arg-type]
    found = seen_book(worker.id, book, at=made_up.now) if book else None
    assert found is not None
    return found


def seen(made_up: MadeUp, worker: Worker, **wanted: Any) -> PageSeen:
    return page(home_of(made_up, worker), NAME, RowsWanted(**wanted), at=made_up.now)


def test_numbers_run_on_over_all_books_of_the_home_and_over_no_other(
    made_up: MadeUp, ada: Child
) -> None:
    fall(made_up, made_up.jay)
    fall(made_up, made_up.noor, by=made_up.lin)
    fall(made_up, ada)
    fall(made_up, made_up.jay, ada)

    shown = seen(made_up, made_up.sam)
    assert [row.number for row in shown.rows] == [3, 2, 1]
    named = [[(w.book.title, w.number) for w in row.places if w.book] for row in shown.rows]
    assert [sorted(places) for places in named] == [
        [("Ada", 3), ("Jay", 3)],
        [("Ada", 2)],
        [("Jay", 2)],
    ]
    robins = page(home_of(made_up, made_up.robin, made_up.elm), NAME, RowsWanted(), at=made_up.now)
    assert [row.number for row in robins.rows] == [1]


def test_whose_book_one_may_not_read_is_a_child_without_a_name(made_up: MadeUp, ada: Child) -> None:
    fall(made_up, ada)
    fall(made_up, made_up.jay, ada)
    made_up.leave(ada)

    page = made_up.browser_of(made_up.sam).get(address(made_up)).text
    assert ">Ada<" not in page
    assert ada.book not in page
    assert page.count("a child") == 2
    assert f"/books/{made_up.jay.book}/2/" in page
    assert ">Ada<" in made_up.browser_of(made_up.dana).get(address(made_up)).text


@pytest.mark.policy("P40", "P63")
def test_what_an_entry_says_is_for_who_may_read_its_book(made_up: MadeUp, ada: Child) -> None:
    made_up.write(
        ada, form="admission", statements=[], answers={"address_before": "8 Orchard Close"}
    )
    at = [address(made_up, "admission", page) for page in ("register", "print")]
    assert all("Orchard Close" in made_up.browser_of(made_up.sam).get(url).text for url in at)
    made_up.leave(ada)

    for url in at:
        shown = made_up.browser_of(made_up.sam).get(url).text
        assert "a child" in shown
        assert "Orchard Close" not in shown
        assert "Orchard Close" in made_up.browser_of(made_up.dana).get(url).text


def test_what_is_struck_or_in_the_wrong_book_keeps_its_number_and_says_so(
    made_up: MadeUp, ada: Child
) -> None:
    fall(made_up, made_up.jay)
    fall(made_up, made_up.jay, ada)
    fall(made_up, made_up.jay)
    made_up.put_right(made_up.jay, 2, STRIKE)
    made_up.put_right(made_up.jay, 3, MISFILED)

    rows = seen(made_up, made_up.sam).rows
    assert [row.number for row in rows] == [3, 2, 1]
    assert [sorted(row.states) for row in rows] == [[""], ["", "misfiled"], ["struck"]]
    assert [row.number for row in seen(made_up, made_up.sam, state=RowState.PUT_RIGHT).rows] == [
        2,
        1,
    ]


def test_it_is_narrowed_by_year_and_state(made_up: MadeUp) -> None:
    long_ago = made_up.now - timedelta(days=380)
    fall(made_up, made_up.jay, signed_at=long_ago)
    fall(made_up, made_up.jay, after=timedelta(hours=30))

    assert [row.number for row in seen(made_up, made_up.sam, year=long_ago.year).rows] == [1]
    assert [row.number for row in seen(made_up, made_up.sam, state=RowState.LATE).rows] == [2]
    assert [row.number for row in seen(made_up, made_up.sam, year=1999).rows] == []


def test_what_is_still_due_shows_with_its_number(made_up: MadeUp) -> None:
    fall(made_up, made_up.jay)
    made_up.write(made_up.jay, form="note", answers={"taken_during": "call"})

    rows = seen(made_up, made_up.sam).rows
    assert [row.due for row in rows] == [()]
    assert seen(made_up, made_up.sam, state=RowState.WAITING).rows == ()


def test_a_complaint_of_a_child_that_waits_is_among_what_waits(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="complaint")

    home, waiting = home_of(made_up, made_up.dana), RowsWanted(state=RowState.WAITING)
    shown = page(home, "complaint", waiting, at=made_up.now)

    assert [(row.number, bool(row.due)) for row in shown.rows] == [(1, True)]


def test_it_is_paged_by_number(made_up: MadeUp) -> None:
    for _ in range(7):
        fall(made_up, made_up.jay)
    home = home_of(made_up, made_up.sam)

    def part(**wanted: int) -> tuple[list[int], int, int]:
        got = page(home, NAME, RowsWanted(**wanted), at=made_up.now, count=3)  # type: ignore[arg-type]
        return [row.number for row in got.rows], got.newer, got.older

    assert part() == ([7, 6, 5], 0, 4)
    assert part(upto=4) == ([4, 3, 2], 4, 1)
    assert part(upto=1) == ([1], 1, 0)
    assert part(after=1) == ([4, 3, 2], 4, 1)
    assert part(after=4) == ([7, 6, 5], 0, 4)
    assert part(after=99) == ([], 0, 0)


@pytest.mark.parametrize("entries", [1, 12])
def test_a_page_is_four_queries_however_long(
    entries: int, made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(entries):
        fall(made_up, made_up.jay)
    home = home_of(made_up, made_up.sam)
    with django_assert_num_queries(4, using="derived"):
        page(home, NAME, RowsWanted(), at=made_up.now)


# The screens, and who may see them


def address(made_up: MadeUp, name: str = NAME, page: str = "register") -> str:
    return reverse(f"registers:{page}", args=[book_of(made_up.oak), name])


def test_a_child_has_no_registers(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    assert browser.get(reverse("registers:registers", args=[made_up.jay.book])).status_code == 404
    assert browser.get(address(made_up)).status_code == 200


def test_what_may_be_about_a_colleague_is_for_managers(made_up: MadeUp) -> None:
    for name in ("complaint", "allegation"):
        for worker, status in ((made_up.sam, 404), (made_up.dana, 200)):
            assert made_up.browser_of(worker).get(address(made_up, name)).status_code == status
    assert "complaint" not in {
        register.name for register in registers_of(home_of(made_up, made_up.sam))
    }
    assert "complaint" in {
        register.name for register in registers_of(home_of(made_up, made_up.dana))
    }


def test_no_other_name_is_a_register(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.dana)
    assert browser.get(address(made_up, "daily_log")).status_code == 404


@pytest.mark.policy("P84")
@pytest.mark.parametrize("what", ["register", "print"])
def test_a_look_is_on_the_trail_of_each_book_it_names(
    what: str, made_up: MadeUp, ada: Child
) -> None:
    fall(made_up, ada)
    fall(made_up, made_up.jay)
    made_up.leave(ada)

    shown = made_up.browser_of(made_up.sam).get(address(made_up, page=what))
    assert "There was a fall" not in shown.text
    looks = Reading.objects.filter(what="register")
    assert [(look.worker_id, look.book_id, look.first, look.last) for look in looks] == [
        (made_up.sam.id, made_up.jay.book, 2, 2)
    ]


def test_a_print_says_whose_register_of_which_time_and_who_printed_it(made_up: MadeUp) -> None:
    fall(made_up, made_up.jay)
    fall(made_up, made_up.jay)
    at = f"{address(made_up, page='print')}?year={(made_up.now - AN_HOUR).year}"

    shown = made_up.browser_of(made_up.sam).get(at).text
    assert "Oak House" in shown
    assert f"{(made_up.now - AN_HOUR).year}. Printed by Sam Okafor" in shown
    assert shown.index('data-head="Number">1<') < shown.index('data-head="Number">2<')


def test_an_entry_says_its_number_and_leads_there(made_up: MadeUp) -> None:
    fall(made_up, made_up.jay)

    shown = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, 2]) + "?sealed=1"
    )
    assert (
        "Sealed as no. 2 of Jay’s book, no. 1 of the register of additional measures"
        in as_shown(shown)
    )
    assert f'href="{address(made_up)}?upto=1#no-1"' in shown.text


def test_rebuilt_equals_live(made_up: MadeUp, ada: Child) -> None:
    fall(made_up, made_up.jay, ada)
    made_up.put_right(made_up.jay, 2, STRIKE)
    live = [
        list(model.objects.order_by("pk").values_list())
        for model in (RegisterEntry, RegisterEntryBook)
    ]

    rebuild()

    assert [
        list(model.objects.order_by("pk").values_list())
        for model in (RegisterEntry, RegisterEntryBook)
    ] == live
