"""What is shown is worked out from the entries: thrown away and made again, it is the same."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from casebound.config.routers import store_of
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.projecting.damaged import damaged_entries
from casebound.ledger.projecting.models import DamagedEntry
from casebound.ledger.projecting.registry import kinds, projections
from casebound.ledger.sealing.reads import entries
from tests.house.life import whole_life
from tests.house.source import nothing
from tests.made_up import MadeUp


def derived_models() -> list[type[Model]]:
    """Return every table of the derived store."""
    return [model for model in apps.get_models() if store_of(model._meta.app_label) == "derived"]


def shown() -> Mapping[str, list[tuple[object, ...]]]:
    """Return every row of the derived store."""
    return {
        model._meta.label: sorted(model.objects.values_list(), key=repr)  # type: ignore[attr-defined]  # every model has one
        for model in derived_models()
    }


@pytest.mark.django_db
@pytest.mark.policy("P58")
def test_rebuilt_equals_live_over_everything_there_is_to_write(made_up: MadeUp) -> None:
    whole_life(made_up)
    live = shown()

    rebuild()

    again = shown()
    nothing(label for label, rows in live.items() if again[label] != rows)


@pytest.mark.django_db
def test_the_mixture_reaches_every_table(made_up: MadeUp) -> None:
    whole_life(made_up)

    nothing(
        f"{label} has no row: write what fills it in `LIFE` of the room's tests/examples.py"
        for label, rows in shown().items()
        if not rows and label != DamagedEntry._meta.label
    )
    assert damaged_entries() == []  # nor did any projection fail


@pytest.mark.django_db
def test_rebuilding_twice_changes_nothing_and_search_still_finds(made_up: MadeUp) -> None:
    whole_life(made_up)
    browser = made_up.browser_of(made_up.sam)

    def found() -> list[str]:
        page = browser.post(reverse("search:search"), {"q": "seaside"}).text
        return re.findall(r'href="(/books/[^"]+)"', page)

    before = found()
    rebuild()
    rebuild()

    assert before
    assert found() == before


def test_every_table_of_the_derived_store_belongs_to_a_projection() -> None:
    emptied = {table for _, projection in projections() for table in projection.tables}
    own = {model for model in derived_models() if model._meta.app_label == "projecting"}

    nothing(model._meta.label for model in derived_models() if model not in emptied | own)


def test_every_projection_is_of_a_kind_there_is() -> None:
    known = {name for name, _ in kinds()}

    nothing(
        f"{room}: {kind}"
        for room, projection in projections()
        for kind in projection.on
        if kind not in known
    )


@pytest.mark.django_db
@pytest.mark.policy("P03")
def test_an_entry_keeps_when_it_happened_was_signed_and_was_sealed(made_up: MadeUp) -> None:
    done = made_up.write(made_up.jay, form="note", after=timedelta(hours=2))

    entry = next(iter(entries(done.index)))
    happened = entry.values()["happened"]["from"]

    assert happened == f"{made_up.now - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"
    assert entry.signed_at == made_up.now
    assert entry.sealed_at >= entry.signed_at


@pytest.mark.django_db
@pytest.mark.policy("P61", "P64")
def test_everyday_writing_goes_into_the_same_book_without_a_gap(made_up: MadeUp) -> None:
    book = made_up.jay.book
    forms = ("note", "daily_log", "key_session", "contact", "daily_log")

    numbers = [made_up.write(made_up.jay, form=form).numbers[book] for form in forms]

    assert numbers == list(range(2, 7))  # the first page is the admission
