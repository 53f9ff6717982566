"""The record built by hand is a real one: it chains, signs and is found out when changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from casebound.foundation.base.ids import BookId, WorkerId
from tools.bench import words
from tools.bench.by_hand import actions
from tools.bench.by_hand.models import TABLES, Entry

pytestmark = pytest.mark.django_db
BOOK, SAM = BookId("b" * 32), WorkerId("a" * 32)
NOW = datetime(2026, 3, 1, 22, 40, tzinfo=UTC)


@pytest.fixture
def tables(transactional_db: None) -> Iterator[None]:  # noqa: ARG001 (tables are made outside)
    actions.make_tables()
    yield
    with connection.schema_editor() as editor:
        for table in reversed(TABLES):
            editor.delete_model(table)


def sign(number: int = 1, book: BookId = BOOK) -> int:
    content = words.content(number, happened_from="2026-03-01T18:30", words=30)
    return actions.sign_entry(
        book=book, form="daily_log", content=words.by_hand(content), happened_at=NOW,
        by=SAM, full_name="Sam Okafor", role="residential worker", at=NOW,
    )  # fmt: skip


@pytest.mark.usefixtures("tables")
def test_entries_are_numbered_in_their_book_and_form_one_unbroken_chain() -> None:
    other = BookId("c" * 32)

    assert [sign(1), sign(2), sign(3, other), sign(4)] == [1, 2, 1, 3]
    assert actions.unbroken()


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    "change", [{"author_name": "Somebody Else"}, {"signature": bytes(64)}, {"previous": "1" * 64}]
)
def test_a_change_behind_its_back_breaks_the_chain(change: dict[str, Any]) -> None:
    sign(1)
    sign(2)

    Entry.objects.filter(number=1).update(**change)

    assert not actions.unbroken()


def test_no_installation_has_its_tables() -> None:
    assert not {model._meta.label for model in apps.get_models()} & {
        table._meta.label for table in TABLES
    }
    assert not set(connection.introspection.table_names()) & {
        table._meta.db_table for table in TABLES
    }
