"""A check works in pieces, and by several processes, and finds the same."""
# ruff: noqa: S608 (our own names)

from dataclasses import replace

import pytest
from django.db import DatabaseError, connections, transaction

from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.commitments import EntrySecret
from casebound.foundation.proof.encryption import wrap_secret
from casebound.ledger.keyring.actions import book_key, forget_keys
from casebound.ledger.keyring.models import BookKey
from casebound.ledger.sealing import actions, checking, highwater, sequencing
from casebound.ledger.sealing.checking import (
    Checked,
    ProblemKind,
    damage,
    full,
    in_runs,
    lines,
    quick,
    stored,
)
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, flip, value

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P64")]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 4 lines, pieces of 8 lines and of 5 entries."""
    for module in (stored, lines, checking):
        monkeypatch.setattr(module, "BLOCK", 4)
        monkeypatch.setattr(module, "LEVEL", 2)
    monkeypatch.setattr(checking, "_LINES", 8)
    monkeypatch.setattr(checking, "_ENTRIES", 5)


@pytest.fixture
def book() -> BookId:
    """A book of 37 pages, so 38 lines: 9 whole blocks and 2 lines more."""
    build.begin()
    book = build.book()
    for minute in range(37):
        build.sealed(book, minutes=minute)
    return book


def kinds(found: Checked) -> set[ProblemKind]:
    return {problem.kind for problem in found.problems}


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("workers", [1, 3])
def test_all_is_well_however_many_work(workers: int) -> None:
    for check in (quick, full):
        found = check(workers=workers)
        assert (found.problems, found.entries, found.size) == ([], 37, 38)
        assert found.root == highwater.read().root  # type: ignore[union-attr]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("page", [1, 8, 20, 37])
def test_changed_bytes_are_found_in_any_piece(workers: int, page: int, book: BookId) -> None:
    entry = value("SELECT entry_id FROM entry_key WHERE book_id=%s AND page=%s", [book, page])
    body = value("SELECT body FROM sealed_entry WHERE id = %s", [entry])
    behind_its_back(("UPDATE sealed_entry SET body = %s WHERE id = %s", [flip(body), entry]))
    for check in (quick, full):
        found = check(workers=workers)
        assert {(problem.kind, problem.page) for problem in found.problems} >= {
            (ProblemKind.BYTES, page)
        }


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(("level", "index", "line"), [(1, 18, 37), (3, 2, 17), (5, 0, 1)])
def test_a_changed_node_is_found_at_any_height(level: int, index: int, line: int) -> None:
    node = "log_node WHERE level = %s AND idx = %s"
    kept = value(f"SELECT hash FROM {node}", [level, index])
    behind_its_back(
        (
            "UPDATE log_node SET hash = %s WHERE level = %s AND idx = %s",
            [flip(kept), level, index],
        )
    )
    [problem] = full().problems
    assert (problem.kind, problem.line) == (ProblemKind.TREE, line)


@pytest.mark.usefixtures("book")
def test_a_node_that_is_missing_is_found() -> None:
    behind_its_back(("DELETE FROM log_node WHERE level = 4 AND idx = 1", []))
    assert kinds(full()) == {ProblemKind.TREE}


@pytest.mark.sqlite
@pytest.mark.usefixtures("book")
def test_bytes_lying_in_another_order_are_well() -> None:
    """As when several entries were sealed at one moment."""
    behind_its_back(
        ("UPDATE sealed_entry SET rowid = rowid + 1000 WHERE rowid IN (3, 9, 30)", []),
        ("UPDATE sealed_entry SET rowid = 3 WHERE rowid = 1030", []),
        ("UPDATE sealed_entry SET rowid = 30 WHERE rowid = 1003", []),
    )
    assert quick().problems == []


@pytest.mark.usefixtures("book")
def test_more_without_a_partner_than_order_explains_is_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stored, "MOST_WAITING", 2)
    behind_its_back(("DELETE FROM sealed_entry WHERE id > '8'", []))
    gone = 37 - value("SELECT count(*) FROM sealed_entry")
    assert len(quick().problems) == gone


def test_an_entry_that_waits_for_its_place_is_well(
    book: BookId, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sequencing, "seen", lambda *_, **__: None)
        patch.setattr(actions, "sequence", lambda *_, **__: sequencing.EntryPlace(0, "", {}))
        build.sealed(book)
    assert (full().problems, quick().entries) == ([], 37)


def test_pages_added_or_taken_are_found(book: BookId) -> None:
    other = build.book()
    first, second = (
        value("SELECT entry_id FROM entry_key WHERE book_id=%s AND page=%s", [book, page])
        for page in (1, 2)
    )
    with connections["default"].cursor() as cursor:
        for entry, page in ((first, 1), ("f" * 32, 2)):
            cursor.execute(
                "INSERT INTO entry_key (entry_id, book_id, page, wrapped) VALUES (%s,%s,%s,%s)",
                [entry, other, page, bytes(60)],
            )
    behind_its_back(("DELETE FROM entry_key WHERE entry_id = %s", [second]))
    said = {(problem.kind, problem.words.rpartition(": ")[2]) for problem in full().problems}
    assert said >= {
        (ProblemKind.MISSING, "the page is missing."),
        (ProblemKind.STRAY, "it is in more books than it was sealed in."),
        (ProblemKind.STRAY, "it has a page and is not on the log."),
    }
    assert any(
        f"Book {other} has 2 pages, and says it has 0." == problem.words
        for problem in full().problems
    )


def test_a_book_that_is_missing_is_found(book: BookId) -> None:
    behind_its_back(("DELETE FROM book WHERE id = %s", [book]))
    assert f"Book {book} is missing, and 37 pages of it are there." in {
        problem.words for problem in full().problems
    }


def test_a_book_all_of_whose_pages_are_gone_is_found(book: BookId) -> None:
    behind_its_back(("DELETE FROM entry_key WHERE book_id = %s", [book]))
    said = [problem.words for problem in in_runs(full().problems)]
    assert said == [f"Book {book}, nos 1 to 37: these 37 pages are missing."]


def test_a_run_of_missing_pages_is_one_line(book: BookId) -> None:
    behind_its_back(("DELETE FROM entry_key WHERE book_id = %s AND page BETWEEN 4 AND 30", [book]))
    said = [problem.words for problem in in_runs(full().problems)]
    assert said == [f"Book {book}, nos 4 to 30: these 27 pages are missing."]


def test_stored_bytes_that_are_missing_one_after_another_are_one_line(book: BookId) -> None:
    of_pages = "SELECT entry_id FROM entry_key WHERE book_id = %s AND page BETWEEN 4 AND 30"
    behind_its_back((f"DELETE FROM sealed_entry WHERE id IN ({of_pages})", [book]))
    said = [problem.words for problem in in_runs(full().problems)]
    assert said == [f"Book {book}, nos 4 to 30: its stored bytes are missing."]


def test_a_changed_tag_is_named_once_and_not_on_every_page(book: BookId) -> None:
    tag = value("SELECT tag FROM book WHERE id = %s", [book])
    behind_its_back(("UPDATE book SET tag = %s WHERE id = %s", [flip(tag), book]))
    (problem,) = full().problems
    assert f"Book {book}: its secret tag is missing or changed" in problem.words


def test_a_book_without_its_key_is_found(book: BookId) -> None:
    BookKey.objects.filter(book_id=book).delete()
    forget_keys()
    found = full()
    assert [problem.kind for problem in found.problems] == [ProblemKind.KEY]
    assert "none of its 37 pages can be opened" in found.problems[0].words
    assert quick().ok


def test_books_that_hold_different_secrets_of_an_entry_are_found(book: BookId) -> None:
    """Both wraps open, but one of them is of another secret."""
    other = build.book()
    done = build.sealed(book, other)
    origin = sequencing.signer().key.name
    wrapped = wrap_secret(
        EntrySecret(bytes(32)),
        book_key(other),
        origin=origin,
        entry_id=done.entry_id,
        book_id=other,
    )
    behind_its_back(
        (
            "UPDATE entry_key SET wrapped = %s WHERE entry_id = %s AND book_id = %s",
            [wrapped, done.entry_id, other],
        )
    )
    assert ProblemKind.WRAP in kinds(full())


def test_a_line_that_lost_its_entry_is_found(book: BookId) -> None:
    behind_its_back(("UPDATE log_leaf SET entry_id = NULL WHERE idx = 5", []))
    for check in (quick, full):
        found = check()
        assert (ProblemKind.STRAY, book, 5) in {
            (problem.kind, problem.book, problem.page) for problem in found.problems
        }


@pytest.mark.usefixtures("book")
def test_a_log_without_a_head_or_a_checkpoint_is_found() -> None:
    behind_its_back(("DELETE FROM log_checkpoint WHERE size = 38", []))
    assert ProblemKind.CHECKPOINT in kinds(quick())
    behind_its_back(("DELETE FROM log_head", []))
    assert {ProblemKind.HEAD, ProblemKind.CHECKPOINT} <= kinds(quick())


@pytest.mark.usefixtures("book")
def test_a_head_whose_hashes_are_not_even_as_many_as_its_size_asks_is_found() -> None:
    behind_its_back(
        ("UPDATE log_head SET peaks = %s", [bytes(32)]),
        ("UPDATE log_leaf SET hash = %s WHERE idx = 3", [bytes(32)]),
    )
    assert {ProblemKind.HEAD, ProblemKind.LINE} <= kinds(quick())


@pytest.mark.usefixtures("book")
def test_a_mark_whose_tree_is_another_is_found() -> None:
    mark = highwater.read()
    assert mark is not None
    highwater.path().unlink()
    highwater.write(replace(mark, root=bytes(32)))
    assert kinds(quick()) == {ProblemKind.SHORT}
    highwater.path().unlink()
    highwater.write(replace(mark, size=20, root=bytes(32)))
    assert kinds(quick()) == {ProblemKind.SHORT}
    behind_its_back(("DELETE FROM log_node WHERE level = 4", []))
    assert ProblemKind.SHORT in kinds(quick())


@pytest.mark.usefixtures("book")
def test_a_thousand_problems_are_listed_and_the_rest_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking, "MOST_PROBLEMS", 3)
    behind_its_back(("DELETE FROM sealed_entry", []))
    found = quick()
    assert (len(found.problems), found.more) == (3, 34)


@pytest.mark.usefixtures("book")
def test_damage_everywhere_is_not_listed_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damage, "_MOST", 2)
    behind_its_back(("DELETE FROM log_leaf WHERE idx > 10", []))
    told = [
        problem for problems in damage.find_damage(38, why=DatabaseError()) for problem in problems
    ]
    assert [problem.line for problem in told] == [12, 13, 0]


def test_a_check_inside_a_transaction_sees_that_transaction(book: BookId) -> None:
    with transaction.atomic(using="default"):
        build.sealed(book)
        assert full().entries == 38
