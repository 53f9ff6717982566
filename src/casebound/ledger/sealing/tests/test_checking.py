# ruff: noqa: S608 (our own names)
"""The check finds every change made past the program, and names the entry."""

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.notes import Checkpoint, LogSigner
from casebound.foundation.proof.tree import CompactRange, leaf_hash
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.checking import Checked, ProblemKind, full, quick
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import SEALED, behind_its_back, flip, value

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P64")]

TWELFTH = 12  # the entry that is tampered with: page 12 of the first book, line 14 of the log


@pytest.fixture
def books() -> tuple[BookId, BookId]:
    """Two books: 20 entries in the first, one in both, 3 in the second."""
    build.begin()
    first, second = build.book(), build.book()
    build.sealed(second)
    for minute in range(20):
        build.sealed(first, minutes=minute)
    build.sealed(first, second, minutes=30)
    build.sealed(second, minutes=31)
    return first, second


def entry(book: BookId, page: int) -> str:
    return str(value("SELECT entry_id FROM entry_key WHERE book_id=%s AND page=%s", [book, page]))


def named(found: Checked) -> set[tuple[ProblemKind, str, int]]:
    return {(problem.kind, problem.book, problem.page) for problem in found.problems}


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("check", [quick, full])
def test_an_untouched_ledger_is_well(check: Callable[[], Checked]) -> None:
    found = check()
    assert (found.problems, found.entries, found.size) == ([], 23, 24)
    assert found.root == highwater.read().root  # type: ignore[union-attr]


@pytest.mark.parametrize("check", [quick, full])
def test_an_empty_ledger_is_well(check: Callable[[], Checked]) -> None:
    build.begin()
    found = check()
    assert (found.ok, found.entries, found.size) == (True, 0, 1)


def changed(table: str, column: str, where: str) -> Callable[[BookId, BookId], None]:
    def tamper(book: BookId, _: BookId) -> None:
        twelfth = entry(book, TWELFTH)
        known = {"entry": twelfth, "book": book}
        values = [known[name] for name in ("entry", "book") if f"{{{name}}}" in where]
        condition = where.format(entry="%s", book="%s")
        kept = bytes(value(f"SELECT {column} FROM {table} WHERE {condition}", values))
        behind_its_back(
            (f"UPDATE {table} SET {column} = %s WHERE {condition}", [flip(kept), *values])
        )

    return tamper


def swapped_bodies(book: BookId, _: BookId) -> None:
    twelfth, other = entry(book, TWELFTH), entry(book, 5)
    first, second = (
        value("SELECT body FROM sealed_entry WHERE id = %s", [each]) for each in (twelfth, other)
    )
    behind_its_back(
        ("UPDATE sealed_entry SET body = %s WHERE id = %s", [second, twelfth]),
        ("UPDATE sealed_entry SET body = %s WHERE id = %s", [first, other]),
    )


def removed(table: str, key: str) -> Callable[[BookId, BookId], None]:
    def tamper(book: BookId, _: BookId) -> None:
        behind_its_back((f"DELETE FROM {table} WHERE {key} = %s", [entry(book, TWELFTH)]))

    return tamper


def swapped_lines(book: BookId, _: BookId) -> None:
    line, other = (
        value("SELECT idx FROM log_leaf WHERE entry_id = %s", [entry(book, page)])
        for page in (TWELFTH, 5)
    )
    behind_its_back(
        ("UPDATE log_leaf SET idx = -1 WHERE idx = %s", [line]),
        ("UPDATE log_leaf SET idx = %s WHERE idx = %s", [line, other]),
        ("UPDATE log_leaf SET idx = %s WHERE idx = -1", [other]),
    )


def swapped_pages(book: BookId, _: BookId) -> None:
    behind_its_back(
        ("UPDATE entry_key SET page = 999 WHERE book_id = %s AND page = 12", [book]),
        ("UPDATE entry_key SET page = 12 WHERE book_id = %s AND page = 5", [book]),
        ("UPDATE entry_key SET page = 5 WHERE book_id = %s AND page = 999", [book]),
    )


def renumbered(book: BookId, _: BookId) -> None:
    behind_its_back(("UPDATE entry_key SET page = 77 WHERE book_id=%s AND page=12", [book]))


def line_and_hash(book: BookId, _: BookId) -> None:
    twelfth = entry(book, TWELFTH)
    data = value("SELECT data FROM log_leaf WHERE entry_id = %s", [twelfth])
    data = data.replace(b"2026-11-23T18:41", b"2026-11-23T17:41")
    behind_its_back(
        (
            "UPDATE log_leaf SET data = %s, hash = %s WHERE entry_id = %s",
            [data, leaf_hash(data), twelfth],
        )
    )


BOTH = [
    ("a byte of the body", changed("sealed_entry", "body", "id = {entry}"), ProblemKind.BYTES),
    ("a byte of the line", changed("log_leaf", "data", "entry_id = {entry}"), ProblemKind.LINE),
    ("a byte of its hash", changed("log_leaf", "hash", "entry_id = {entry}"), ProblemKind.LINE),
    ("two bodies swapped", swapped_bodies, ProblemKind.BYTES),
    ("the body removed", removed("sealed_entry", "id"), ProblemKind.MISSING),
]


@pytest.mark.parametrize("check", [quick, full])
@pytest.mark.parametrize(("tamper", "kind"), [case[1:] for case in BOTH], ids=[c[0] for c in BOTH])
def test_either_check_finds_it_and_names_the_page(
    check: Callable[[], Checked],
    tamper: Callable[[BookId, BookId], None],
    kind: ProblemKind,
    books: tuple[BookId, BookId],
) -> None:
    tamper(*books)
    found = check()
    assert (kind, books[0], TWELFTH) in named(found)


@pytest.mark.parametrize("check", [quick, full])
def test_a_line_with_a_matching_hash_is_found_by_the_tree(
    check: Callable[[], Checked], books: tuple[BookId, BookId]
) -> None:
    line_and_hash(*books)
    lines = {problem.line for problem in check().problems if problem.kind is ProblemKind.TREE}
    assert lines & {13, 14}  # the tree tells two neighbours apart from all others


@pytest.mark.parametrize("check", [quick, full])
def test_swapped_lines_are_found(
    check: Callable[[], Checked], books: tuple[BookId, BookId]
) -> None:
    swapped_lines(*books)
    assert not check().ok


@pytest.mark.parametrize("check", [quick, full])
def test_a_removed_line_is_found(
    check: Callable[[], Checked], books: tuple[BookId, BookId]
) -> None:
    twelfth = entry(books[0], TWELFTH)
    behind_its_back(("DELETE FROM log_leaf WHERE entry_id = %s", [twelfth]))
    found = check()
    assert (ProblemKind.MISSING, 14) in {(problem.kind, problem.line) for problem in found.problems}
    assert (ProblemKind.STRAY, twelfth) in {
        (problem.kind, problem.entry) for problem in found.problems
    }


@pytest.mark.usefixtures("books")
def test_a_changed_node_is_found() -> None:
    kept = value("SELECT hash FROM log_node WHERE level = 2 AND idx = 3")
    behind_its_back(("UPDATE log_node SET hash = %s WHERE level=2 AND idx=3", [flip(kept)]))
    assert [(problem.kind, problem.line) for problem in full().problems] == [(ProblemKind.TREE, 13)]


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (changed("entry_key", "wrapped", "entry_id = {entry}"), ProblemKind.WRAP),
        (removed("entry_key", "entry_id"), ProblemKind.MISSING),
        (renumbered, ProblemKind.MISSING),
        (renumbered, ProblemKind.MARK),
        (swapped_pages, ProblemKind.MARK),
        (changed("book", "tag", "id = {book}"), ProblemKind.MARK),
    ],
    ids=[
        "a byte of the wrapped key",
        "the page removed",
        "the page renumbered: a hole",
        "the page renumbered: another number",
        "two pages swapped",
        "the tag of the book",
    ],
)
def test_the_full_check_finds_it_and_names_the_page(
    tamper: Callable[[BookId, BookId], None], kind: ProblemKind, books: tuple[BookId, BookId]
) -> None:
    tamper(*books)
    found = full()
    assert kind in {problem.kind for problem in found.problems if problem.book == books[0]}
    assert any(problem.page in {TWELFTH, 5, 77, 0} for problem in found.problems)


def test_a_rewritten_and_resigned_log_is_found_by_its_checkpoints(
    books: tuple[BookId, BookId],
) -> None:
    """Somebody with the database, and even the tree, the head and a signing key of their own."""
    line_and_hash(*books)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT hash FROM log_leaf ORDER BY idx")
        hashes = [bytes(row[0]) for row in cursor.fetchall()]
    tree, nodes = CompactRange(), []
    for digest in hashes:
        nodes += tree.append(digest)
    origin = str(value("SELECT note FROM log_checkpoint LIMIT 1").split(b"\n")[0], "ascii")
    thief = LogSigner(origin, Ed25519PrivateKey.generate())
    behind_its_back(
        *(
            ("UPDATE log_node SET hash = %s WHERE level = %s AND idx = %s", [node, level, idx])
            for level, idx, node in nodes
        ),
        ("UPDATE log_head SET peaks = %s", [b"".join(tree.peaks)]),
        (
            "UPDATE log_checkpoint SET note = %s WHERE size = %s",
            [thief.sign(Checkpoint(origin, tree.size, tree.root())).data, tree.size],
        ),
    )
    for check in (quick, full):
        assert (ProblemKind.CHECKPOINT, books[0], TWELFTH) in named(check())


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [24, 10])
def test_a_checkpoint_signed_by_another_key_is_found(size: int) -> None:
    note = value("SELECT note FROM log_checkpoint WHERE size = %s", [size])
    origin, _, root, *_ = note.decode().split("\n")
    forged = LogSigner(origin, Ed25519PrivateKey.generate()).sign(
        Checkpoint(origin, size, base64.b64decode(root))
    )
    behind_its_back(("UPDATE log_checkpoint SET note = %s WHERE size = %s", [forged.data, size]))
    assert {problem.kind for problem in full().problems} == {ProblemKind.CHECKPOINT}


@pytest.mark.usefixtures("books")
def test_an_older_checkpoint_that_is_gone_is_missed_where_the_next_line_has_another_time() -> None:
    behind_its_back(("DELETE FROM log_checkpoint WHERE size = 9", []))
    [problem] = full().problems
    assert (problem.kind, problem.line) == (ProblemKind.CHECKPOINT, 9)
    assert "is missing" in problem.words


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("check", [quick, full])
def test_a_head_rolled_back_is_found(check: Callable[[], Checked]) -> None:
    hashes = [value("SELECT hash FROM log_leaf WHERE idx = %s", [n]) for n in range(20)]
    tree = CompactRange()
    for digest in hashes:
        tree.append(digest)
    behind_its_back(("UPDATE log_head SET size = 20, peaks = %s", [b"".join(tree.peaks)]))
    kinds = {problem.kind for problem in check().problems}
    assert {ProblemKind.HEAD, ProblemKind.SHORT} <= kinds


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("check", [quick, full])
@pytest.mark.parametrize("time", ["2027-11-23T18:30:00Z", "2026-11-23T18:30:00Z", ""])
def test_a_head_with_another_time_than_its_last_line_is_found(
    check: Callable[[], Checked], time: str
) -> None:
    behind_its_back(("UPDATE log_head SET last_at = %s", [time]))
    [problem] = check().problems
    assert problem.kind == ProblemKind.HEAD
    assert "2026-11-23T19:01:00Z" in problem.words


@pytest.mark.parametrize("check", [quick, full])
def test_an_end_cut_off_without_a_trace_is_found_by_the_high_water_mark(
    check: Callable[[], Checked], books: tuple[BookId, BookId]
) -> None:
    first, second = books
    tree, keep = CompactRange(), 22
    for n in range(keep):
        tree.append(value("SELECT hash FROM log_leaf WHERE idx = %s", [n]))
    gone = f"IN (SELECT entry_id FROM log_leaf WHERE idx >= {keep})"
    behind_its_back(
        (f"DELETE FROM entry_key WHERE entry_id {gone}", []),
        (f"DELETE FROM sealed_entry WHERE id {gone}", []),
        ("DELETE FROM log_leaf WHERE idx >= %s", [keep]),
        ("DELETE FROM log_node WHERE ((idx + 1) << level) > %s", [keep]),
        ("DELETE FROM log_checkpoint WHERE size > %s", [keep]),
        ("UPDATE book SET pages = 20 WHERE id = %s", [first]),
        ("UPDATE book SET pages = 1 WHERE id = %s", [second]),
        (
            "UPDATE log_head SET size = %s, peaks = %s, last_at = %s",
            [keep, b"".join(tree.peaks), utc_text(build.AT + timedelta(minutes=19))],
        ),
    )
    [problem] = check().problems
    assert (problem.kind, problem.line) == (ProblemKind.SHORT, keep + 1)


@pytest.mark.sqlite
@pytest.mark.parametrize("check", [quick, full])
@pytest.mark.parametrize(
    ("table", "column"),
    [("log_leaf", "data"), ("log_leaf", "hash"), ("sealed_entry", "body")],
)
def test_bytes_that_became_text_are_found(
    check: Callable[[], Checked], table: str, column: str, books: tuple[BookId, BookId]
) -> None:
    key = {"log_leaf": "entry_id", "sealed_entry": "id"}[table]
    twelfth = entry(books[0], TWELFTH)
    behind_its_back((f"UPDATE {table} SET {column} = 'text' WHERE {key} = %s", [twelfth]))
    assert (books[0], TWELFTH) in {place[1:] for place in named(check())}


@pytest.mark.sqlite
def test_a_byte_changed_in_any_page_of_the_file_is_found_and_entries_are_named(
    books: tuple[BookId, BookId],
) -> None:
    for minute in range(40):
        build.sealed(*books, minutes=40 + minute, text="He was calm. " * 100)
    path, size = file_of_the_ledger()
    whole, rows = path.read_bytes(), sealed_rows()
    named_at = []
    for page in range(1, len(whole) // size):  # without the first the file opens no more at all
        connections["default"].close()
        path.write_bytes(flip(whole, page * size + size // 2))
        found = full()
        if any(problem.book in books and problem.page for problem in found.problems):
            named_at.append(page)
        if found.ok:  # sessions, drafts, accounts: every sealed row is still there and the same
            assert sealed_rows() == rows
    connections["default"].close()
    path.write_bytes(whole)
    assert full().ok
    assert len(named_at) > 10


def file_of_the_ledger() -> tuple[Path, int]:
    """Return the closed file, all of it in one piece, and the size of its pages."""
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA page_size")
        size = int(cursor.fetchone()[0])
    connections["default"].close()
    return Path(connections["default"].settings_dict["NAME"]), size


def sealed_rows() -> list[list[tuple[object, ...]]]:
    with connections["default"].cursor() as cursor:
        made = []
        for table in SEALED:
            cursor.execute(f"SELECT * FROM {table} NOT INDEXED")
            made.append(cursor.fetchall())
    return made
