"""Registers number entries and hold none: what is sealed, what is refused, what is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, connections, transaction

from casebound.foundation.base.ids import BookId, EntryId, HomeId
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.keyring.models import BookKey
from casebound.ledger.sealing import actions, reads, sequencing
from casebound.ledger.sealing.actions import Sealed, seal, sequence_all
from casebound.ledger.sealing.barring import NOT_HELD
from casebound.ledger.sealing.checking import Checked, ProblemKind, full
from casebound.ledger.sealing.opening import Cause
from casebound.ledger.sealing.receipts import proof_of
from casebound.ledger.sealing.registers import open_registers, register_id, register_part
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, value
from tests.processes import Processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P64")]

HOME = HomeId("a" * 32)
RESTRAINT, MISSING = register_id(HOME, "restraint"), register_id(HOME, "missing")


@pytest.fixture
def book() -> BookId:
    build.begin()
    return build.book()


def test_a_register_has_the_same_id_wherever_it_is_asked_and_each_its_own() -> None:
    other = register_id(HomeId("b" * 32), "restraint")
    assert len({RESTRAINT, MISSING, other}) == 3
    assert register_id(HOME, "restraint") == RESTRAINT == "de4f01b0444d9854b60ca8c4e839ee2c"


def test_an_entry_is_numbered_in_its_register_and_opened_through_its_book(book: BookId) -> None:
    other = build.book()
    build.sealed(book)
    first = build.numbered(book, registers=(RESTRAINT,))
    second = build.numbered(book, other, registers=(RESTRAINT, MISSING), text="He ran.")
    assert (first.numbers, first.registers) == ({book: 2}, {RESTRAINT: 1})
    assert (second.numbers, second.registers) == ({book: 3, other: 1}, {RESTRAINT: 2, MISSING: 1})
    for entry in (
        reads.entry_at(other, 1),
        reads.entry_at(RESTRAINT, 2),
        list(reads.entries(0))[2],
    ):
        assert entry is not None
        assert (entry.entry_id, entry.pages) == (second.entry_id, {book: 3, other: 1})
        assert entry.registers == {RESTRAINT: 2, MISSING: 1}
    assert full().ok


def test_the_number_stands_in_the_log_as_a_book_s_does(book: BookId) -> None:
    done = build.numbered(book, registers=(RESTRAINT,))
    leaf = parse_leaf(value("SELECT data FROM log_leaf WHERE idx = %s", [done.index]))
    assert isinstance(leaf, EntryLeaf)
    assert len(leaf.marks) == 2
    assert value("SELECT wrapped FROM entry_key WHERE book_id = %s", [RESTRAINT]) == b""
    assert proof_of(done.index, book=RESTRAINT).state == "whole"


def test_an_entry_names_the_registers_it_is_numbered_in(book: BookId) -> None:
    named = replace(build.new(book), parts=(register_part([(RESTRAINT, "restraint")]),))
    for wrong in (
        replace(build.new(book), registers=(RESTRAINT,)),
        named,
        replace(named, registers=(MISSING,)),
        replace(named, books=(), registers=(RESTRAINT,)),
    ):
        with pytest.raises(ValueError, match="names the registers"):
            seal(wrong)
    assert reads.size() == 1


def test_what_waits_for_its_place_gets_its_number_too(book: BookId) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequencing, "seen", lambda *_, **__: None)
        patch.setattr(actions, "sequence", lambda *_, **__: sequencing.EntryPlace(0, "", {}))
        waiting: EntryId = build.numbered(book, registers=(RESTRAINT,)).entry_id
    assert sequence_all() == 1
    entry = reads.entry_of(waiting)
    assert entry is not None
    assert (entry.pages, entry.registers) == ({book: 1}, {RESTRAINT: 1})
    assert full().ok


def test_with_the_key_of_its_last_book_an_entry_is_gone_and_its_number_stays(book: BookId) -> None:
    build.numbered(book, registers=(RESTRAINT,))
    BookKey.objects.filter(book_id=book).delete()
    forget_keys()
    entry = reads.entry_at(RESTRAINT, 1)
    assert entry is not None
    assert (entry.is_damaged, entry.cause, entry.registers) == (True, Cause.KEY, {RESTRAINT: 1})
    assert reads.book_pages(RESTRAINT) == 1


# What the database itself refuses.


def insert(entry: str, book: str, wrapped: bytes) -> str:
    try:
        with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO entry_key (entry_id, book_id, page, wrapped) VALUES (%s, %s, 99, %s)",
                [entry, book, wrapped],
            )
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def test_a_page_without_a_key_is_refused_unless_a_book_holds_the_entry(book: BookId) -> None:
    held = build.sealed(book).entry_id
    assert NOT_HELD in insert("e" * 32, RESTRAINT, b"")
    assert NOT_HELD in insert(held, RESTRAINT, b"short")
    assert insert(held, RESTRAINT, b"") == ""
    assert NOT_HELD in insert("e" * 32, MISSING, b"")


@pytest.mark.postgres
def test_a_session_in_replica_role_does_not_pass_it(book: BookId) -> None:
    build.sealed(book)
    with connections["default"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            assert NOT_HELD in insert("e" * 32, RESTRAINT, b"")
        finally:
            cursor.execute("SET session_replication_role = origin")


# Several processes.


def number_some(books: list[BookId], count: int) -> list[Sealed]:
    return [
        build.numbered(books[n % 2], registers=(RESTRAINT, MISSING)[: n % 2 + 1], minutes=n)
        for n in range(count)
    ]


def test_several_who_open_the_same_register_at_once_leave_no_hole(
    book: BookId, processes: Processes
) -> None:
    """Nobody has opened either register: each process finds them missing."""
    answers = processes.together(
        number_some, *([[book, build.book()], 6] for _ in range(4)), within=120
    )
    done = [receipt for answer in answers for receipt in answer]  # type: ignore[attr-defined]
    found = full()
    assert (found.problems, found.entries) == ([], 24)
    assert sorted(receipt.registers[RESTRAINT] for receipt in done) == list(range(1, 25))
    assert sorted(
        receipt.registers[MISSING] for receipt in done if MISSING in receipt.registers
    ) == list(range(1, 13))


def open_one(_: int) -> bytes:
    open_registers([RESTRAINT])
    return bytes(value("SELECT tag FROM book WHERE id = %s", [RESTRAINT]))


def test_a_register_opened_twice_at_once_keeps_one_tag(book: BookId, processes: Processes) -> None:
    assert book
    tags = processes.together(open_one, [1], [2])
    assert tags[0] == tags[1]


# Behind the system's back.


@pytest.fixture
def numbered(book: BookId) -> BookId:
    """A book of 8 entries, the even ones numbered in a register: its no. 3 is page 6."""
    for minute in range(1, 9):
        if minute % 2:
            build.sealed(book, minutes=minute)
        else:
            build.numbered(book, registers=(RESTRAINT,), minutes=minute)
    return book


def removed(_: BookId) -> None:
    behind_its_back(("DELETE FROM entry_key WHERE book_id = %s AND page = 3", [RESTRAINT]))


def removed_with_the_count(book: BookId) -> None:
    removed(book)
    behind_its_back(
        ("UPDATE entry_key SET page = 3 WHERE book_id = %s AND page = 4", [RESTRAINT]),
        ("UPDATE book SET pages = 3 WHERE id = %s", [RESTRAINT]),
    )


def renumbered(_: BookId) -> None:
    behind_its_back(("UPDATE entry_key SET page=7 WHERE book_id=%s AND page=3", [RESTRAINT]))


def swapped(_: BookId) -> None:
    behind_its_back(
        ("UPDATE entry_key SET page = 99 WHERE book_id = %s AND page = 3", [RESTRAINT]),
        ("UPDATE entry_key SET page = 3 WHERE book_id = %s AND page = 1", [RESTRAINT]),
        ("UPDATE entry_key SET page = 1 WHERE book_id = %s AND page = 99", [RESTRAINT]),
    )


def wrap_emptied(book: BookId) -> None:
    behind_its_back(
        ("UPDATE entry_key SET wrapped = %s WHERE book_id = %s AND page = 6", [b"", book])
    )


def every_wrap_emptied(book: BookId) -> None:
    """As if the book were one more register."""
    behind_its_back(("UPDATE entry_key SET wrapped = %s WHERE book_id = %s", [b"", book]))


def book_made_a_register(book: BookId) -> None:
    """The entry is held by another book as well, so that it still opens."""
    other = build.book()
    build.sealed(book, other, minutes=20)
    behind_its_back(
        ("UPDATE entry_key SET wrapped = %s WHERE book_id = %s AND page = 9", [b"", book])
    )


def tag_changed(_: BookId) -> None:
    behind_its_back(("UPDATE book SET tag = %s WHERE id = %s", [bytes(32), RESTRAINT]))


def register_removed(_: BookId) -> None:
    behind_its_back(("DELETE FROM book WHERE id = %s", [RESTRAINT]))


def wrap_filled(_: BookId) -> None:
    behind_its_back(
        (
            "UPDATE entry_key SET wrapped = %s WHERE book_id = %s AND page = 3",
            [bytes(60), RESTRAINT],
        )
    )


TAMPERED = [
    (removed, ProblemKind.MISSING, RESTRAINT, 3),
    (removed, ProblemKind.PAGE, "", 6),
    (removed_with_the_count, ProblemKind.MARK, "", 8),
    (removed_with_the_count, ProblemKind.MISSING, "", 6),
    (renumbered, ProblemKind.MISSING, RESTRAINT, 3),
    (renumbered, ProblemKind.MARK, "", 6),
    (swapped, ProblemKind.MARK, "", 6),
    (swapped, ProblemKind.MARK, "", 2),
    (wrap_emptied, ProblemKind.WRAP, "", 6),
    (every_wrap_emptied, ProblemKind.WRAP, "", 1),
    (every_wrap_emptied, ProblemKind.WRAP, "", 6),
    (book_made_a_register, ProblemKind.WRAP, "", 9),
    (tag_changed, ProblemKind.MARK, RESTRAINT, 0),
    (register_removed, ProblemKind.MISSING, RESTRAINT, 0),
    (wrap_filled, ProblemKind.WRAP, "", 6),
]


@pytest.mark.parametrize(
    ("tamper", "kind", "where", "page"),
    TAMPERED,
    ids=[f"{tampering[0].__name__}-{tampering[1]}-{tampering[3]}" for tampering in TAMPERED],
)
def test_the_full_check_finds_it_and_names_the_place(
    tamper: Callable[[BookId], None], kind: ProblemKind, where: str, page: int, numbered: BookId
) -> None:
    assert full().ok
    tamper(numbered)
    assert (kind, where or numbered, page) in places(full())


def places(found: Checked) -> set[tuple[ProblemKind, str, int]]:
    """Return what was found: its kind, and each book and page that its sentence names."""
    named = set()
    for problem in found.problems:
        named.add((problem.kind, problem.book, problem.page))
        for words in problem.words.split(", line")[0].split("Book ")[1:]:
            book, _, number = words.partition(", no. ")
            if number:
                named.add((problem.kind, book, int(number.split(",")[0].split(":")[0])))
    return named
