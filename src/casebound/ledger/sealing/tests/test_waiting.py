"""Entries that wait for their place are checked before they are signed into the log."""

import json
from collections.abc import Callable

import pytest
from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.ledger.sealing import reads, waiting
from casebound.ledger.sealing.actions import SetAsideError, seal, sequence, sequence_all, stage
from casebound.ledger.sealing.checking import full, quick
from casebound.ledger.sealing.checks import check_waiting
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, flip, value

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58")]


def staged(book: BookId, text: str = "He was calm.") -> str:
    """Stage an entry and return its id."""
    entry = build.new(book, text=text)
    stage(entry)
    return entry.entry_id


def fields_of(entry: str) -> dict[str, object]:
    """Return what the waiting row of an entry says."""
    return dict(json.loads(value("SELECT fields FROM log_pending WHERE entry_id = %s", [entry])))


def write(entry: str, fields: bytes) -> None:
    """Change what the waiting row of an entry says."""
    behind_its_back(("UPDATE log_pending SET fields = %s WHERE entry_id = %s", [fields, entry]))


def changed(**values: object) -> Callable[[str], None]:
    """Return a change of some fields of a waiting row."""
    return lambda entry: write(entry, json.dumps(fields_of(entry) | values).encode())


def other_bytes(entry: str) -> None:
    """Change the encrypted bytes of an entry."""
    body = value("SELECT body FROM sealed_entry WHERE id = %s", [entry])
    behind_its_back(("UPDATE sealed_entry SET body = %s WHERE id = %s", [flip(body), entry]))


def another_entrys_row(entry: str) -> None:
    """Give an entry the waiting row of another."""
    other = staged(build.book(), "She was not.")
    fields = json.dumps(fields_of(other)).encode()
    behind_its_back(("DELETE FROM log_pending WHERE entry_id = %s", [other]))
    write(entry, fields)


def one_book_twice(entry: str) -> None:
    """Name the same book twice."""
    wraps = fields_of(entry)["w"]
    assert isinstance(wraps, list)
    changed(w=wraps * 2)(entry)


CHANGES: dict[str, tuple[Callable[[str], None], str]] = {
    "no JSON": (lambda entry: write(entry, b"\x00\xff"), waiting.MALFORMED),
    "no fields": (lambda entry: write(entry, b"[]"), waiting.MALFORMED),
    "a number": (changed(w=7), waiting.MALFORMED),
    "another root": (changed(e="ab" * 32), waiting.OTHER_WORDS),
    "another signature": (changed(s="ab" * 32), waiting.OTHER_WORDS),
    "another digest": (changed(b="ab" * 32), waiting.OTHER_BYTES),
    "another book": (changed(w=[["0" * 32, "ab"]]), waiting.NO_BOOK),
    "one book twice": (one_book_twice, waiting.NO_BOOK),
    "no book": (changed(w=[]), waiting.NO_KEY_OPENS),
    "other bytes": (other_bytes, waiting.OTHER_BYTES),
    "another entry's row": (another_entrys_row, waiting.OTHER_BYTES),
}


@pytest.mark.parametrize("how", CHANGES)
def test_what_was_changed_while_it_waited_is_set_aside_and_stops_nobody(how: str) -> None:
    change, why = CHANGES[how]
    build.begin()
    book = build.book()
    first, wrong, last = staged(book, "One."), staged(book, "Two."), staged(book, "Three.")
    change(wrong)

    done = seal(build.new(book, text="Four."))

    assert done.numbers == {book: 3}
    sealed = [entry.entry_id for entry in reads.entries(1)]
    assert sealed == [first, last, done.entry_id]
    assert value("SELECT set_aside FROM log_pending WHERE entry_id = %s", [wrong]) == why
    assert waiting.count_set_aside() == 1
    assert sequence_all() == 0
    [problem] = check_waiting(quickly=True)
    assert (problem.entry, why in problem.words) == (wrong, True)
    assert full().ok == (how != "another entry's row")  # whose bytes belong to nothing now


def test_a_row_that_waits_for_an_entry_that_is_not_there_is_set_aside() -> None:
    build.begin()
    book = build.book()
    entry = staged(book)
    fields = json.dumps(fields_of(entry)).encode()
    assert sequence_all() == 1
    for entry_id in (entry, "0" * 32):
        behind_its_back(
            ("INSERT INTO log_pending (entry_id, fields) VALUES (%s, %s)", [entry_id, fields])
        )
    assert sequence_all() == 0
    said = " ".join(problem.words for problem in check_waiting(quickly=False))
    assert waiting.IN_LOG in said
    assert waiting.NO_BYTES in said
    assert quick().ok


def test_what_is_put_right_gets_its_place() -> None:
    build.begin()
    book = build.book()
    entry = staged(book)
    fields = json.dumps(fields_of(entry)).encode()
    write(entry, b"?")
    assert sequence_all() == 0
    write(entry, fields)
    [problem] = check_waiting(quickly=False)
    assert "`casebound work` gives it its place" in problem.words
    assert sequence_all() == 1
    assert reads.book_pages(book) == 1
    assert list(check_waiting(quickly=False)) == []
    assert full().ok


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_the_author_is_told_and_does_not_wait_for_ever(how: str) -> None:
    build.begin()
    entry = build.new(build.book())
    stage(entry)
    behind_its_back(
        ("UPDATE log_pending SET fields = %s", [b"?"])
        if how == "changed"
        else ("DELETE FROM log_pending WHERE entry_id = %s", [entry.entry_id])
    )
    with pytest.raises(SetAsideError, match="casebound verify"):
        sequence(entry.entry_id, clock=lambda: build.AT)


def test_more_rows_that_cannot_be_read_than_a_batch_holds_stop_nobody() -> None:
    build.begin()
    book = build.book()
    with connections["default"].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO log_pending (entry_id, fields) VALUES (%s, %s)",
            [(f"{n:032x}", b"?") for n in range(300)],
        )
    entry = staged(book)
    assert sequence_all() == 1
    assert [found.entry_id for found in reads.entries(1)] == [entry]
