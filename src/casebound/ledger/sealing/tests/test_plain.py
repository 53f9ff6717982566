"""Plain statements: together or alone, on either database, in the transaction Django holds."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.sealing.plain import Plain

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "INSERT INTO book (id, tag, pages) VALUES (%s, %s, %s)"
ALL = "SELECT id, tag, pages FROM book ORDER BY id"


def books() -> list[tuple[str, bytes, int]]:
    plain = Plain()
    return [(book, bytes(tag), pages) for book, tag, pages in plain.execute(ALL).fetchall()]


def test_statements_sent_together_answer_each_for_itself() -> None:
    with transaction.atomic(using="default"):
        plain = Plain()
        with plain.together():
            plain.executemany(ADD, [("a" * 32, b"\0\xff", 1), ("b" * 32, b"", 2**31 - 1)])
            found = plain.execute(ALL)
            gone = plain.execute("DELETE FROM book WHERE pages = %s", [1])
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
            plain = Plain()
            with plain.errors(), plain.together():
                plain.executemany(ADD, [(name * 32, b"t", 0) for name in names])
                plain.commit()

    with pytest.raises(IntegrityError):
        add("a", "a", "b")
    assert books() == []
    add("c")  # the connection goes on
    assert [book for book, *_ in books()] == ["c" * 32]


def test_a_refusal_in_between_keeps_nothing_either() -> None:
    def add_and_refuse() -> None:
        with transaction.atomic(using="default"):
            plain = Plain()
            with plain.together():
                plain.execute(ADD, ["a" * 32, b"t", 0])
                raise LookupError

    with pytest.raises(LookupError):
        add_and_refuse()
    assert books() == []


def test_inside_a_wider_transaction_a_commit_waits_for_its_end() -> None:
    def add_and_refuse() -> None:
        with transaction.atomic(using="default"):
            with transaction.atomic(using="default"):
                plain = Plain()
                plain.execute(ADD, ["a" * 32, b"t", 0])
                plain.commit()
            raise LookupError

    with pytest.raises(LookupError):
        add_and_refuse()
    assert books() == []


def test_a_commit_that_went_with_its_statements_is_seen_by_everybody() -> None:
    done: list[str] = []
    with transaction.atomic(using="default"):
        transaction.on_commit(lambda: done.append("after"), using="default")
        plain = Plain()
        with plain.together():
            plain.execute(ADD, ["a" * 32, b"t", 0])
            plain.commit()
    connections["default"].close()
    assert done == ["after"]
    assert [book for book, *_ in books()] == ["a" * 32]


def test_what_is_done_while_a_commit_is_written_sees_it_if_it_asks() -> None:
    seen: list[int] = []

    def ask() -> None:
        seen.append(transaction.get_connection("derived").in_atomic_block)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM book")
            seen.append(cursor.fetchone()[0])

    with transaction.atomic(using="default"):
        plain = Plain()
        with plain.errors(), plain.together():
            plain.execute(ADD, ["a" * 32, b"t", 0])
            plain.commit(meanwhile=ask)
    assert seen == [False, 1]
    assert [book for book, *_ in books()] == ["a" * 32]


def test_a_commit_that_fails_is_told_after_what_was_done_meanwhile() -> None:
    done: list[str] = []

    def add_twice() -> None:
        with transaction.atomic(using="default"):
            plain = Plain()
            with plain.errors(), plain.together():
                plain.executemany(ADD, [("a" * 32, b"t", 0), ("a" * 32, b"t", 0)])
                plain.commit(meanwhile=lambda: done.append("meanwhile"))

    with pytest.raises(IntegrityError):
        add_twice()
    assert done == (["meanwhile"] if connections["default"].vendor == "postgresql" else [])
    assert books() == []


def test_every_type_of_value_arrives_as_it_was_sent() -> None:
    plain = Plain()
    moment = datetime(2026, 10, 25, 1, 30, 5, 123456, tzinfo=UTC)
    at = connections["default"].ops.adapt_datetimefield_value(moment)
    plain.execute(
        "INSERT INTO read_trail (at, worker_id, book_id, what, first, last)"
        " VALUES (%s, %s, %s, '', %s, %s)",
        [at, "é\n%", "“ß” 🙂", 2**31 - 1, 0],
    )
    row = plain.execute("SELECT at, worker_id, book_id, first, last FROM read_trail").fetchone()
    assert row[0].replace(tzinfo=UTC) == moment
    assert row[1:] == ("é\n%", "“ß” 🙂", 2**31 - 1, 0)
    assert plain.execute("SELECT seq, fields FROM log_pending").fetchone() is None


def test_a_query_is_one_whether_or_not_somebody_counts_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with transaction.atomic(using="default"):
        Plain().executemany(ADD, [("a" * 32, b"t", 1), ("é" * 32, b"t", 2)])
    asked = "SELECT id, pages FROM book WHERE pages > %s ORDER BY id"
    with django_assert_num_queries(1):
        counted = Plain().ask(asked, [0])
    assert counted == Plain().ask(asked, [0]) == [("a" * 32, 1), ("é" * 32, 2)]


def test_who_asks_while_a_commit_is_written_waits_for_it() -> None:
    seen: list[tuple[int, ...]] = []
    with transaction.atomic(using="default"):
        plain = Plain()
        with plain.errors(), plain.together():
            plain.execute(ADD, ["a" * 32, b"t", 0])
            plain.commit(meanwhile=lambda: seen.extend(Plain().ask("SELECT count(*) FROM book")))
    assert seen == [(1,)]


def test_a_query_that_fails_is_told_as_djangos_and_the_connection_goes_on() -> None:
    with pytest.raises(DatabaseError):
        Plain().ask("SELECT nothing FROM book")
    assert Plain().ask("SELECT count(*) FROM book") == [(0,)]


def test_what_is_kept_alone_is_there_at_once_and_in_a_transaction_when_that_ends() -> None:
    def keep_and_refuse() -> None:
        with transaction.atomic(using="default"):
            Plain().keep(ADD, ("b" * 32, b"t", 0))
            raise LookupError

    Plain().keep(ADD, ("a" * 32, b"t", 0))
    connections["default"].close()  # nothing waits for a commit that never comes
    assert [book for book, *_ in books()] == ["a" * 32]

    with pytest.raises(LookupError):
        keep_and_refuse()
    with pytest.raises(IntegrityError):
        Plain().keep(ADD, ("a" * 32, b"t", 0))
    assert [book for book, *_ in books()] == ["a" * 32]
