"""The retry of an action is free: one entry, and the same answer."""

from dataclasses import replace

import pytest

from casebound.foundation.base.ids import BookId, WorkerId, new_id
from casebound.ledger.keyring.actions import book_key, make_book_key
from casebound.ledger.sealing import reads
from casebound.ledger.sealing.actions import NewEntry, open_book, seal
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]
SAM, KIT = WorkerId("5" * 32), WorkerId("6" * 32)


@pytest.fixture
def book() -> BookId:
    build.begin()
    return build.book()


def entry(book: BookId, once: Once, text: str = "Jay came home.") -> NewEntry:
    return replace(build.new(book, text=text), entry_id=once.entry_id, signed_by=once.by)


def test_sealing_twice_under_one_key_is_one_entry_and_one_answer(book: BookId) -> None:
    first = seal(entry(book, Once.of("a key", SAM)))
    again = seal(entry(book, Once.of("a key", SAM), "Other words."))

    assert again == first
    assert (first.is_retry, again.is_retry) == (False, True)
    assert reads.book_pages(book) == first.numbers[book]


def test_what_was_sealed_under_a_key_is_told_to_who_sealed_it_alone(book: BookId) -> None:
    done = seal(entry(book, Once.of("a key", SAM)))

    assert Once.of("a key", SAM).sealed() == done
    assert Once.of("a key", KIT).sealed() is None
    assert Once.of("another", SAM).sealed() is None


def test_another_wish_under_the_same_key_is_no_retry(book: BookId) -> None:
    new = entry(book, Once.of("a key", SAM))
    done = seal(new)
    other = entry(book, Once.of("a key", SAM), "Other words.")

    assert Once.of("a key", SAM).sealed(new.parts) == done
    assert Once.of("a key", SAM).sealed(other.parts) is None


def test_without_a_key_each_call_is_its_own() -> None:
    assert Once.of("", SAM).entry_id != Once.of("", SAM).entry_id
    assert Once.of("", SAM).sealed() is None
    assert Once.of("a key", SAM).id_of("home") == Once.of("a key", SAM).id_of("home")
    assert Once.of("a key", SAM).id_of("home") != Once.of("a key", SAM).id_of("book")


@pytest.mark.usefixtures("book")
def test_a_book_that_a_crash_left_without_its_row_is_opened_by_the_retry() -> None:
    half = BookId(new_id())
    key = make_book_key(half)

    assert open_book(half) == half

    assert book_key(half) == key
    assert seal(build.new(half)).numbers == {half: 1}


def test_opening_a_book_again_changes_nothing(book: BookId) -> None:
    key, sealed = book_key(book), seal(build.new(book))

    open_book(book)

    assert book_key(book) == key
    assert reads.book_pages(book) == sealed.numbers[book]
