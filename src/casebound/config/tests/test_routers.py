"""Each room's tables are in its own store, and no key crosses from one store to another."""

import pytest
from django.apps import apps
from django.db import connections, router

from casebound.config.rooms import ROOMS
from casebound.config.routers import StoreRouter, store_of
from casebound.ledger.keyring.models import BookKey
from casebound.people.access.models import Reading
from casebound.people.homes.models import Child, Home
from casebound.record.drafting.models import Draft

STORES = {"default", "keyring", "derived"}


@pytest.mark.parametrize(
    ("room", "store"),
    [("sealing", "default"), ("drafting", "default"), ("keyring", "keyring"),
     ("homes", "derived"), ("sessions", "default"), ("nowhere", "default")],
)  # fmt: skip
def test_a_room_says_where_its_tables_are(room: str, store: str) -> None:
    assert store_of(room) == store


def test_every_room_names_one_of_the_three_stores() -> None:
    ours = [app for app in apps.get_app_configs() if app.name in ROOMS]

    assert len(ours) == len(ROOMS)
    assert {getattr(app, "store", None) for app in ours} <= STORES | {None}


def test_reading_and_writing_go_to_the_rooms_store() -> None:
    for model, store in ((Home, "derived"), (BookKey, "keyring"), (Draft, "default")):
        assert router.db_for_read(model) == store
        assert router.db_for_write(model) == store


def test_rows_of_two_stores_are_never_related() -> None:
    relate = StoreRouter().allow_relation

    assert relate(Home(), Child())
    assert relate(Draft(), Reading())
    assert not relate(Home(), Draft())
    assert not relate(Draft(), BookKey())


@pytest.mark.policy("P12")
@pytest.mark.django_db
def test_a_store_has_the_tables_of_its_rooms_and_no_others() -> None:
    tables = {store: set(connections[store].introspection.table_names()) for store in STORES}

    assert "homes_child" in tables["derived"]
    assert not tables["default"] & {"homes_child", "chronology_line"}
    assert not tables["derived"] & {"draft", "sealed_entry", "accounts_account"}
    assert len(tables["keyring"] - {"django_migrations"}) == 2
