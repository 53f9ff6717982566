"""Sealing: what comes of it, what is refused, and what other writers do meanwhile."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connections

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.leaf import entry_leaf_data, leaf_data, parse_leaf
from casebound.ledger.sealing import actions, highwater, reads, sequencing
from casebound.ledger.sealing.actions import (
    NoSuchBookError,
    Removal,
    Sealed,
    StaleBookError,
    StoreFullError,
    refusing_when_full,
    seal,
    sequence_all,
)
from casebound.ledger.sealing.checking import full, heads, quick
from casebound.ledger.sealing.highwater import (
    AnotherLogError,
    HighWater,
    MarkMissingError,
    RolledBackError,
)
from casebound.ledger.sealing.models import Book
from casebound.ledger.sealing.sequencing import BATCH
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import value
from tests.processes import Processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P58")]


class AfterAllError(RefusedError):
    """A refusal in the middle of a seal."""

    what = "Not after all."


@pytest.fixture
def book() -> BookId:
    build.begin()
    return build.book()


def test_an_entry_gets_the_next_number_of_its_book_and_reads_back(book: BookId) -> None:
    other = build.book()
    first, second = build.sealed(book), build.sealed(book, other, text="Sam went home.")
    assert (first.numbers, second.numbers) == ({book: 1}, {book: 2, other: 1})
    entry = reads.entry_at(other, 1)
    assert entry is not None
    assert (entry.entry_id, entry.pages) == (second.entry_id, {book: 2, other: 1})
    assert entry.parts == build.parts("Sam went home.")


def test_when_the_clock_goes_back_the_last_time_is_repeated(book: BookId) -> None:
    later = build.sealed(book, minutes=10)
    earlier = build.sealed(book, minutes=5)
    assert earlier.at == later.at


def test_the_fast_way_to_write_a_line_writes_the_same_bytes(book: BookId) -> None:
    done = build.sealed(book, build.book())
    data = value("SELECT data FROM log_leaf WHERE idx = %s", [done.index])
    leaf = parse_leaf(data)
    assert leaf_data(leaf) == data == entry_leaf_data(leaf)  # type: ignore[arg-type]


def test_what_happens_with_the_entry_happens_or_does_not_with_it(book: BookId) -> None:
    there = build.book()  # an empty book stands for the draft: a row that goes with the sealing
    gone = Removal(table=Book, where={"id": there}, rows=1, otherwise=StaleBookError)
    missing = replace(gone, where={"id": "e" * 32}, otherwise=AfterAllError)
    with pytest.raises(AfterAllError):
        seal(build.new(book), removes=[gone, missing])
    assert value("SELECT count(*) FROM book WHERE id = %s", [there]) == 1
    seal(build.new(book), removes=[gone])
    assert value("SELECT count(*) FROM book WHERE id = %s", [there]) == 0
    assert (reads.size(), reads.book_pages(book)) == (2, 1)
    assert full().ok


@pytest.mark.parametrize("expects", [{}, {"f" * 32: 0}])
def test_a_book_that_does_not_exist_is_refused(expects: dict[BookId, int], book: BookId) -> None:
    with pytest.raises(NoSuchBookError):
        seal(build.new(book, expects=expects or {BookId("e" * 32): 1}))
    assert reads.size() == 1


def test_a_writer_who_read_an_older_book_is_refused_and_told_what_is_new(book: BookId) -> None:
    build.sealed(book)
    with pytest.raises(StaleBookError, match=r"New since then: no\. 1\."):
        seal(build.new(book, expects={book: 0}))
    build.sealed(book)
    with pytest.raises(StaleBookError, match=r"nos 1 to 2"):
        seal(build.new(book, expects={book: 0}))
    assert seal(build.new(book, expects={book: 2})).numbers == {book: 3}


def test_a_log_shorter_than_it_was_is_not_gone_on_with(book: BookId) -> None:
    highwater.write(HighWater(5, bytes(32)))
    with pytest.raises(RolledBackError, match="It has 1 lines, and had 5"):
        build.sealed(book)
    assert not full().ok


def test_a_mark_that_cannot_be_read_stops_nobody_and_is_reported(book: BookId) -> None:
    highwater.path().write_text("{}")
    highwater._known.clear()
    with pytest.raises(ValueError, match="cannot be read"):
        highwater.read()
    highwater.check_size(1)
    assert [problem.kind for problem in full().problems] == ["mark missing"]
    build.sealed(book)
    assert full().ok


@pytest.mark.usefixtures("book")
def test_a_process_reads_the_mark_when_it_starts() -> None:
    highwater._known.clear()
    highwater.check_size(1)
    highwater.path().unlink()
    highwater._known.clear()
    highwater.check_size(0)
    assert highwater.read() is None
    assert full().ok


@pytest.mark.policy("P58")
def test_without_a_mark_nothing_is_sealed_and_the_check_says_so(book: BookId) -> None:
    build.sealed(book)
    highwater.path().unlink()
    highwater._known.clear()
    with pytest.raises(MarkMissingError, match="casebound restore-mark"):
        build.sealed(book)
    assert [problem.kind for problem in quick().problems] == ["mark missing"]
    assert "restore-mark" in quick().problems[0].words
    assert highwater.is_gone()


@pytest.mark.policy("P58")
def test_the_first_mark_waits_for_the_disk_and_its_folder_and_later_ones_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[str] = []
    system = os.fsync

    def watched(number: int) -> None:
        assert highwater.read() is not None  # it is written by then, and the log before it
        synced.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "mark")
        assert reads.size() == 1
        system(number)

    monkeypatch.setattr(os, "fsync", watched)
    build.begin()
    build.sealed(build.book())
    assert synced == ["mark", "folder"]


@pytest.mark.usefixtures("book")
def test_the_mark_only_grows() -> None:
    highwater.write(HighWater(9, bytes(32)))
    highwater.write(HighWater(7, b"\1" * 32))
    highwater.write(HighWater(9, b"\1" * 32))
    assert highwater.read() == HighWater(9, bytes(32))
    with pytest.raises(RolledBackError):
        highwater.check_size(8)


def test_a_log_with_another_root_than_the_mark_is_another_log(book: BookId) -> None:
    build.sealed(book)
    mark = highwater.read()
    assert mark is not None
    heads.check_root_of_mark()
    highwater.path().unlink()
    highwater.write(HighWater(mark.size, bytes(32)))
    with pytest.raises(AnotherLogError):
        heads.check_root_of_mark()


@pytest.mark.sqlite
def test_a_full_disk_is_refused_in_words_and_nothing_is_kept(book: BookId) -> None:
    build.sealed(book)
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(StoreFullError, match="no room left"):
                seal(build.new(book, text="word " * 9000))
        finally:
            cursor.execute("PRAGMA max_page_count = 1000000")
    assert (reads.book_pages(book), full().ok) == (1, True)
    assert build.sealed(book).numbers == {book: 2}


def test_other_errors_of_the_database_are_not_called_a_full_disk() -> None:
    with pytest.raises(DatabaseError), refusing_when_full():
        raise DatabaseError("something else")


# Several processes.


def seal_some(books: list[BookId], count: int) -> list[Sealed]:
    return [build.sealed(*books[n % 2 : n % 2 + 2], minutes=n) for n in range(count)]


@pytest.mark.policy("P64")
def test_nothing_is_lost_or_numbered_twice_when_many_seal_at_once(
    book: BookId, processes: Processes
) -> None:
    books = [book, build.book(), build.book()]
    answers = processes.together(seal_some, *([books, 12] for _ in range(8)), within=120)
    done = [receipt for answer in answers for receipt in answer]  # type: ignore[attr-defined]
    found = full()
    assert (found.problems, found.entries, found.size) == ([], 96, 97)
    assert value("SELECT count(*) FROM log_pending") == 0
    assert sorted(receipt.index for receipt in done) == list(range(1, 97))
    for sealed_in in books:
        numbers = sorted(each.numbers[sealed_in] for each in done if sealed_in in each.numbers)
        assert numbers == list(range(1, len(numbers) + 1))


def seal_expecting(book: BookId, read: int) -> str:
    try:
        return f"no. {seal(build.new(book, expects={book: read})).numbers[book]}"
    except StaleBookError as stale:
        return f"stale: read {stale.read}, now {stale.now}"


def test_of_two_who_read_the_same_book_exactly_one_seals(
    book: BookId, processes: Processes
) -> None:
    outcomes = processes.together(seal_expecting, [book, 0], [book, 0])
    assert sorted(map(str, outcomes)) == ["no. 1", "stale: read 0, now 1"]
    assert processes.together(seal_expecting, [book, 1]) == ["no. 2"]  # who reads again


@pytest.mark.postgres
def test_more_than_a_batch_that_waits_is_sequenced_in_the_order_it_was_staged(
    book: BookId,
) -> None:
    """Staged as when another holds the lock for long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequencing, "seen", lambda *_, **__: None)
        patch.setattr(actions, "sequence", lambda *_, **__: sequencing.EntryPlace(0, "", {}))
        order: list[EntryId] = [build.sealed(book).entry_id for _ in range(BATCH + 3)]
    assert sequence_all() == BATCH + 3
    assert [entry.entry_id for entry in reads.entries(0)] == order
    assert full().ok


def test_what_waits_goes_first_and_counts_when_a_writer_states_what_they_read(
    book: BookId,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequencing, "seen", lambda *_, **__: None)
        patch.setattr(actions, "sequence", lambda *_, **__: sequencing.EntryPlace(0, "", {}))
        build.sealed(book)
    with pytest.raises(StaleBookError):
        seal(build.new(book, expects={book: 0}))
    assert seal(build.new(book, expects={book: 1})).numbers == {book: 2}
    assert sequence_all() == 0
    assert full().ok


def test_the_process_with_the_lock_does_the_work_of_those_who_wait(book: BookId) -> None:
    moment = datetime(2026, 11, 23, 19, tzinfo=UTC)
    staged: list[EntryId] = []

    def note_down(entry: EntryId, **_: object) -> sequencing.EntryPlace:
        staged.append(entry)
        return sequencing.EntryPlace(0, "", {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequencing, "seen", lambda *_, **__: None)
        patch.setattr(actions, "sequence", note_down)
        build.sealed(book)
        build.sealed(book)
    first = actions.sequence(staged[1], clock=lambda: moment)
    assert first.pages == {book: 2}
    again = actions.sequence(staged[0], clock=lambda: moment)
    assert (again.pages, again.index, again.at) == ({book: 1}, 1, "2026-11-23T19:00:00Z")
