"""Statements of a store's connection: alone and in batches, on either database."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from casebound.ledger.sealing.connection import StoreConnection

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "INSERT INTO book (id, tag, pages) VALUES (%s, %s, %s)"
ALL = "SELECT id, tag, pages FROM book ORDER BY id"


def books() -> list[tuple[str, bytes, int]]:
    store = StoreConnection()
    return [(book, bytes(tag), pages) for book, tag, pages in store.execute(ALL).fetchall()]


def test_statements_sent_together_answer_each_for_itself() -> None:
    with transaction.atomic(using="default"):
        store = StoreConnection()
        with store.batch():
            store.executemany(ADD, [("a" * 32, b"\0\xff", 1), ("b" * 32, b"", 2**31 - 1)])
            found = store.execute(ALL)
            gone = store.execute("DELETE FROM book WHERE pages = %s", [1])
        assert [found.fetchone()[0], found.fetchone()[0], found.fetchone()] == [
            "a" * 32,
            "b" * 32,
            None,
        ]
        assert gone.rowcount == 1
    assert books() == [("b" * 32, b"", 2**31 - 1)]


def test_what_fails_is_told_and_nothing_of_it_is_kept() -> None:
    def add(*names: str) -> None:
        with transaction.atomic(using="default"):
            store = StoreConnection()
            with store.errors(), store.batch():
                store.executemany(ADD, [(name * 32, b"t", 0) for name in names])
                store.commit()

    with pytest.raises(IntegrityError):
        add("a", "a", "b")
    assert books() == []
    add("c")  # the connection goes on
    assert [book for book, *_ in books()] == ["c" * 32]


def test_a_refusal_in_between_keeps_nothing_either() -> None:
    def add_and_refuse() -> None:
        with transaction.atomic(using="default"):
            store = StoreConnection()
            with store.batch():
                store.execute(ADD, ["a" * 32, b"t", 0])
                raise LookupError

    with pytest.raises(LookupError):
        add_and_refuse()
    assert books() == []


def test_inside_a_wider_transaction_a_commit_waits_for_its_end() -> None:
    def add_and_refuse() -> None:
        with transaction.atomic(using="default"):
            with transaction.atomic(using="default"):
                store = StoreConnection()
                store.execute(ADD, ["a" * 32, b"t", 0])
                store.commit()
            raise LookupError

    with pytest.raises(LookupError):
        add_and_refuse()
    assert books() == []


def test_a_commit_that_went_with_its_statements_is_seen_by_everybody() -> None:
    done: list[str] = []
    with transaction.atomic(using="default"):
        transaction.on_commit(lambda: done.append("after"), using="default")
        store = StoreConnection()
        with store.batch():
            store.execute(ADD, ["a" * 32, b"t", 0])
            store.commit()
    connections["default"].close()
    assert done == ["after"]
    assert [book for book, *_ in books()] == ["a" * 32]


def test_every_type_of_value_arrives_as_it_was_sent() -> None:
    store = StoreConnection()
    moment = datetime(2026, 10, 25, 1, 30, 5, 123456, tzinfo=UTC)
    at = connections["default"].ops.adapt_datetimefield_value(moment)
    store.execute(
        "INSERT INTO read_trail"
        " (at, worker_id, book_id, what, first, last, under, device, network, why)"
        " VALUES (%s, %s, %s, '', %s, %s, '', '', '', '')",
        [at, "é\n%", "“ß” 🙂", 2**31 - 1, 0],
    )
    row = store.execute("SELECT at, worker_id, book_id, first, last FROM read_trail").fetchone()
    assert row[0].replace(tzinfo=UTC) == moment
    assert row[1:] == ("é\n%", "“ß” 🙂", 2**31 - 1, 0)
    assert store.execute("SELECT seq, fields FROM log_pending").fetchone() is None


def test_a_query_that_fails_is_told_as_djangos_and_the_connection_goes_on() -> None:
    store = StoreConnection()
    with pytest.raises(DatabaseError), store.errors():
        store.execute("SELECT nothing FROM book")
    assert store.execute("SELECT count(*) FROM book").fetchall() == [(0,)]
