"""Receipts, and the one sentence an entry page says of its proof."""

import pytest

from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.receipts import check_receipt, parse_receipt
from casebound.ledger.sealing import sequencing
from casebound.ledger.sealing.receipts import index_of, log_seen, proof_of, receipt
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, value

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P64")]


@pytest.fixture
def book() -> BookId:
    build.begin()
    book = build.book()
    for minute in range(12):
        build.sealed(book, minutes=minute)
    return book


def test_every_line_has_a_receipt_that_checks(book: BookId) -> None:
    for index in range(13):
        kept = parse_receipt(receipt(index))
        head = check_receipt(kept, sequencing.signer().key).checkpoint
        assert (kept.index, head.size) == (index, 13)
    assert index_of(book, 12) == 12
    assert index_of(book, 13) is None


def test_a_line_that_is_not_there_has_none() -> None:
    build.begin()
    with pytest.raises(ValueError, match="no leaf 7"):
        receipt(7)


def test_the_first_line_alone_has_a_receipt() -> None:
    build.begin()
    assert proof_of(0).state == "whole"


def test_the_sentence_says_when_where_and_against_what(book: BookId) -> None:
    seen = proof_of(5, book=book)
    assert seen.words == (
        "Unchanged since it was sealed on Monday 23 November 2026, 18:34:"
        " page 5 of this book, line 6 of the log."
    )
    assert "13 lines" in seen.more
    assert proof_of(5).words.endswith("18:34: line 6 of the log.")


@pytest.mark.parametrize(
    "tamper",
    [
        "DELETE FROM sealed_entry WHERE id = '{entry}'",
        "UPDATE sealed_entry SET id = 'x' WHERE id = '{entry}'",
        "UPDATE entry_key SET page = 99 WHERE entry_id = '{entry}'",
        "DELETE FROM entry_key WHERE entry_id = '{entry}'",
        "UPDATE log_leaf SET hash = '{other}' WHERE idx = 4",
        "DELETE FROM log_node WHERE level = 1 AND idx = 3",
        "UPDATE log_leaf SET data = '{other}' WHERE idx = 5",
    ],
)
def test_whatever_was_changed_the_sentence_says_that_something_is_wrong(
    tamper: str, book: BookId
) -> None:
    entry = value("SELECT entry_id FROM log_leaf WHERE idx = 5")
    behind_its_back((tamper.format(entry=entry, other="0" * 32), []))
    seen = proof_of(5, book=book)
    assert seen.state == "broken"
    assert "cannot be proved" in seen.words


def test_the_log_is_seen_as_it_stands(book: BookId) -> None:
    seen = log_seen()
    assert (seen.size, index_of(book, 1)) == (13, 1)
    assert seen.trust == f"log {seen.vkey}\nquorum none\n"
    assert seen.checkpoint.startswith(sequencing.signer().key.name)
