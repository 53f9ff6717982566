"""A key for each book, of use only with the master key."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connections, transaction
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, new_id
from casebound.foundation.base.installation import KeyFileError
from casebound.ledger.keyring import actions
from casebound.ledger.keyring.actions import (
    BookDestroyedError,
    begin_keyring,
    book_key,
    check_master_key,
    forget_keys,
    make_book_key,
)
from casebound.ledger.keyring.models import BookKey, Epoch

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


@pytest.fixture
def book() -> BookId:
    forget_keys()
    begin_keyring(at=AT)
    return BookId(new_id())


def test_a_key_is_kept_wrapped_and_opens_again(book: BookId) -> None:
    key = make_book_key(book)
    row = BookKey.objects.get()
    assert (str(row), str(Epoch.objects.get())) == (f"key of {book}", "epoch 1")
    assert key not in bytes(row.wrapped)
    forget_keys()
    assert book_key(book) == key


def test_a_key_is_asked_for_once_a_minute(
    book: BookId,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_book_key(book)
    with django_assert_num_queries(0, using="keyring"):
        book_key(book)
    monkeypatch.setattr(actions, "REMEMBERED_FOR", -1.0)
    forget_keys()
    with django_assert_num_queries(2, using="keyring"):
        book_key(book)
        book_key(book)


@pytest.mark.usefixtures("book")
def test_only_so_many_keys_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "REMEMBERED_AT_MOST", 2)
    for _ in range(5):
        make_book_key(BookId(new_id()))
    assert len(actions._remembered) == 2


def test_a_destroyed_book_cannot_be_opened(book: BookId) -> None:
    make_book_key(book)
    BookKey.objects.all().delete()
    forget_keys()
    with pytest.raises(BookDestroyedError, match=book):
        book_key(book)


def test_the_right_master_key_passes_and_a_keyring_not_begun_passes_any() -> None:
    check_master_key()
    begin_keyring(at=AT)
    check_master_key()


def test_a_keyring_whose_epochs_are_gone_is_refused(book: BookId) -> None:
    make_book_key(book)
    with transaction.atomic(using="keyring"), connections["keyring"].cursor() as cursor:
        cursor.execute("DELETE FROM keyring_epoch")
        with pytest.raises(KeyFileError, match="does not say which master key"):
            check_master_key()
        transaction.set_rollback(True, using="keyring")


@pytest.mark.parametrize("change", [{"master_key": bytes(32)}, {"epoch": 2}])
def test_another_master_key_is_refused(
    change: dict[str, Any], book: BookId, settings: LazySettings
) -> None:
    make_book_key(book)
    forget_keys()
    settings.INSTALLATION = replace(settings.INSTALLATION, **change)
    with pytest.raises(KeyFileError, match="another master key"):
        check_master_key()
    if "master_key" in change:
        with pytest.raises(KeyFileError, match="does not open the key of book"):
            book_key(book)
