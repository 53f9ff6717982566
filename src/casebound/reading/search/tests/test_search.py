"""Search over what the made-up people wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.actions import rebuild
from casebound.people.access.reads import SeenBook, seen_books
from casebound.people.access.tests.build import account, somebody
from casebound.people.homes import actions as homes
from casebound.reading.search import reads
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import read_query
from casebound.reading.search.tests import build
from casebound.record.book.relations import CORRECTION, MISFILED, STRIKE
from tests.made_up import MadeUp, Worker

pytestmark = pytest.mark.django_db


def reach(made_up: MadeUp, worker: Worker) -> list[SeenBook] | reads.Everything:
    books = seen_books(worker.id, at=made_up.now)
    return reads.reach(books, worker=worker.id, at=made_up.now)


def found(made_up: MadeUp, typed: str, worker: Worker | None = None) -> list[reads.Hit]:
    return reads.search(read_query(typed), books=reach(made_up, worker or made_up.sam)).found


@pytest.mark.policy("P08")
def test_what_was_just_written_is_found_and_leads_to_its_place(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "We had tea.", "Jay rode a <b>horse</b>.").numbers[
        made_up.jay.book
    ]

    [hit] = found(made_up, "horses")

    assert (hit.book.title, hit.number, hit.anchor, hit.form) == ("Jay", number, 2, "Daily log")
    assert hit.href == f"/books/{made_up.jay.book}/{number}/#no-{number}-2"
    assert '<mark class="app-found">horse</mark>' in hit.snippet
    assert "&lt;b&gt;" in hit.snippet


def test_answers_of_the_form_are_found(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="contact", answers={"with_whom": "A friend from school"})

    [hit] = found(made_up, "friend")

    assert (hit.anchor, hit.kind) == (0, "")
    assert hit.href.endswith(f"#no-{hit.number}")


@pytest.mark.policy("P40")
def test_nobody_finds_what_they_may_not_read(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "Jay rode a horse.")

    assert [len(found(made_up, "horse", worker)) for worker in (made_up.sam, made_up.dana)] == [
        1,
        1,
    ]
    assert [len(found(made_up, "horse", worker)) for worker in (made_up.lin, made_up.robin)] == [
        0,
        0,
    ]


def test_what_is_withheld_from_the_child_is_found_by_staff_and_says_so(made_up: MadeUp) -> None:
    made_up.write(
        made_up.jay,
        statements=[
            {"text": "A horse bit the neighbour.", "sharing": "third_party", "kind": "account",
             "speaker": "Jay", "third_party": "the neighbour"},
        ],
    )  # fmt: skip

    [hit] = found(made_up, "neighbour")

    assert (hit.sharing, hit.kind_words) == ("third_party", "Account")


@pytest.mark.policy("P44")
def test_late_struck_and_corrected_entries_say_so(made_up: MadeUp) -> None:
    numbers = [
        made_up.write(made_up.jay, "Jay rode a horse.").numbers[made_up.jay.book] for _ in range(3)
    ]
    made_up.put_right(made_up.jay, numbers[0], STRIKE)
    made_up.put_right(made_up.jay, numbers[1], CORRECTION)
    made_up.put_right(made_up.jay, numbers[0], CORRECTION)

    assert [hit.state for hit in found(made_up, "rode")] == ["", "corrected", "struck"]


def test_what_was_misfiled_is_found_no_more(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "Mika rode a horse.", "And fell.").numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, number, MISFILED, "It is about somebody else.")

    assert found(made_up, "horse") == []
    assert found(made_up, "fell") == []
    assert len(found(made_up, "somebody")) == 1


def test_a_rebuild_makes_the_same_rows(made_up: MadeUp) -> None:
    made_up.mixed_life()
    before = list(IndexedStatement.objects.order_by("id").values())

    rebuild()

    assert before
    assert list(IndexedStatement.objects.order_by("id").values()) == before


@pytest.mark.policy("P40")
def test_one_book_or_home_can_be_chosen_and_no_other(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "Jay rode a horse.")
    books = reach(made_up, made_up.sam)

    choices = {within for within, _ in reads.choices(books)}
    seen = {f"book-{book.id}" for book in seen_books(made_up.sam.id, at=made_up.now)}
    assert choices == seen | {f"home-{made_up.oak}"}
    chosen, home = reads.narrowed(books, f"book-{made_up.jay.book}")
    assert len(reads.search(read_query("horse"), books=chosen, home=home).found) == 1
    for within in (f"book-{made_up.noor.book}", f"home-{made_up.elm}", "book-", "x", "home-x-y"):
        with pytest.raises(reads.OutOfReachError):
            reads.narrowed(books, within)


def test_a_manager_of_everything_searches_everything(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "Jay rode a horse.")
    made_up.write(made_up.noor, "Noor rode a horse.", by=made_up.lin)
    ada = somebody(made_up, "responsible_individual")

    books = reach(made_up, ada)

    assert isinstance(books, reads.Everything)
    hits = reads.search(read_query("horse"), books=books).found
    assert [hit.book.title for hit in hits] == ["Noor", "Jay"]
    chosen, _ = reads.narrowed(books, f"book-{made_up.mika.book}")
    assert [book.title for book in reads._listed(chosen)] == ["Mika"]


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_is_three_queries_however_many_rows(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    build.statements(*["They walked."] * count)

    with django_assert_num_queries(3, using="derived"):
        page = reads.search(read_query("walk"), books=[build.BOOK])
    assert len(page.found) == min(count, 20)


def test_a_row_names_itself_without_a_person() -> None:
    build.statements("They walked.")

    row = IndexedStatement.objects.get()
    assert str(row) == f"statement {row.id}"
    assert BookId(row.book_id) == build.BOOK.id


def test_who_reads_as_the_child_does_not_search_what_staff_wrote(made_up: MadeUp) -> None:
    ada = account(made_up, "ada.kern", "Ada Kern")
    homes.appoint(
        worker=ada.id, full_name=ada.full_name, role="advocate", home=None, child=made_up.jay.id,
        from_at=made_up.now, to_at=made_up.now + timedelta(days=7), reason="Jay asked for one.",
        by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip
    on = (made_up.now + timedelta(days=30)).date()
    withheld = {
        "text": "An aunt is in marzipan.", "sharing": "withheld", "ground": "risk_to_child",
        "reason": "Jay would hear it alone.", "review_on": f"{on}",
    }  # fmt: skip
    made_up.write(made_up.jay, statements=[{"text": "We had marzipan."}, withheld])

    browser = made_up.browser_of(ada)
    answer = browser.post(reverse("search:search"), {"q": "marzipan"})

    assert answer.status_code == 404
    assert "aunt" not in answer.text
    assert "marzipan" not in answer.text
