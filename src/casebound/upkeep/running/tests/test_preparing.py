"""What starting does: brings the stores up to date, and finishes what a crash left."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from casebound.foundation.base.installation import KeyFileError
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import versions
from casebound.ledger.projecting.remaking import remake
from casebound.ledger.sealing import highwater, sequencing
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import NewEntry, seal, stage
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.highwater import HighWater, RolledBackError
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.upkeep.running.actions import (
    STORES,
    NewerDatabaseError,
    OlderDatabaseError,
    open_stores,
    prepare_stores,
)
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db


def lines() -> list[tuple[object, ...]]:
    return list(Line.objects.order_by("book_id", "number").values_list())


def again(made_up: MadeUp) -> NewEntry:
    """Return an entry that is signed and not sealed yet."""
    found = sealed.entry_at(made_up.jay.book, sealed.book_pages(made_up.jay.book))
    assert found is not None
    return NewEntry(
        books=(made_up.jay.book,),
        parts=Entry.read(found).parts(),
        signed_by=made_up.sam.id,
        signed_at=made_up.now,
        auth="password",
    )


def migrated(store: str, room: str, name: str) -> None:
    with connections[store].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, CURRENT_TIMESTAMP)",
            [room, name],
        )


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Keep the mark of how far the log reached in a folder of this test's own."""
    settings.INSTALLATION = replace(settings.INSTALLATION, data=tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_empty_stores_begin_a_ledger_once() -> None:
    prepare_stores()
    prepare_stores()

    assert sealed.size() == 1


@pytest.mark.policy("P58")
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("step", ["begin_log", "begin_mark"])
def test_a_start_that_was_killed_while_the_ledger_began_is_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(sequencing, step, lambda **_: sys.exit("killed"))
        with pytest.raises(SystemExit):
            prepare_stores()
    assert highwater.read() is None

    prepare_stores()

    assert (sealed.size(), highwater.is_gone()) == (1, False)
    assert full().ok


@pytest.mark.policy("P64")
def test_entries_a_crash_left_waiting_get_their_place_and_are_shown(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay).numbers[made_up.jay.book]
    first, second = again(made_up), again(made_up)
    stage(first)
    stage(second)

    prepare_stores()

    for after, new in enumerate((first, second), number + 1):
        found = sealed.entry_of(new.entry_id)
        assert found is not None
        assert found.pages == {made_up.jay.book: after}
        assert Line.objects.get(entry_id=new.entry_id).number == after
    prepare_stores()
    assert sealed.book_pages(made_up.jay.book) == number + 2


def test_what_was_sealed_and_not_shown_yet_is_shown(made_up: MadeUp) -> None:
    made_up.write(made_up.jay)
    new = again(made_up)
    seal(new)
    assert not Line.objects.filter(entry_id=new.entry_id).exists()

    prepare_stores()

    assert Line.objects.filter(entry_id=new.entry_id).exists()


@pytest.mark.django_db(transaction=True)
def test_rows_of_an_older_version_are_served_until_they_are_remade(made_up: MadeUp) -> None:
    made_up.mixed_life()
    before = lines()
    Reach.objects.update(version="old")
    Line.objects.update(body="old")

    prepare_stores()

    assert {body for _, body in Line.objects.values_list("number", "body")} == {"old"}
    assert remake() == versions().keys()
    assert lines() == before
    assert dict(Reach.objects.values_list("room", "version")) == versions()


def test_rows_of_this_version_are_left_as_they_are(made_up: MadeUp) -> None:
    made_up.write(made_up.jay)
    Line.objects.update(body="as it was")

    prepare_stores()

    assert set(Line.objects.values_list("body", flat=True)) == {"as it was"}


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("start", [prepare_stores, open_stores])
def test_stores_of_a_newer_version_are_refused_by_name_and_left_alone(
    made_up: MadeUp, store: str, start: type[object]
) -> None:
    size = sealed.size()
    made_up.write(made_up.jay)
    migrated(store, "homes", "9999_later")

    with pytest.raises(NewerDatabaseError, match=r"homes\.9999_later"):
        start()

    assert sealed.size() == size + 1


@pytest.mark.usefixtures("made_up")
def test_what_another_program_left_in_the_list_is_not_ours_to_judge() -> None:
    migrated("default", "elsewhere", "0001_initial")

    open_stores()


@pytest.mark.parametrize("store", STORES)
@pytest.mark.usefixtures("made_up")
def test_stores_that_were_never_finished_are_refused(store: str) -> None:
    with connections[store].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")

    with pytest.raises(OlderDatabaseError):
        open_stores()


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("start", [prepare_stores, open_stores])
def test_another_master_key_is_refused(settings: Settings, start: type[object]) -> None:
    settings.INSTALLATION = replace(settings.INSTALLATION, master_key=bytes(32))

    with pytest.raises(KeyFileError, match="another master key"):
        start()


@pytest.mark.policy("P64")
@pytest.mark.usefixtures("made_up", "folder")
def test_an_older_copy_of_the_ledger_is_not_gone_on_with() -> None:
    size = sealed.size()
    highwater.write(HighWater(size + 1, bytes(32)))

    with pytest.raises(RolledBackError):
        prepare_stores()

    assert sealed.size() == size


@pytest.mark.postgres
@pytest.mark.policy("P12")
@pytest.mark.usefixtures("made_up")
def test_what_is_derived_is_in_no_write_ahead_log_of_postgresql() -> None:
    prepare_stores()

    with connections["derived"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND relkind = 'r' AND relpersistence = 'p'"
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert kept <= {"django_migrations"}


def test_what_an_older_version_left_open_is_closed_at_the_next_start(settings: Settings) -> None:
    left_open = settings.DATA / "left-open.json"
    left_open.write_text("{}")
    left_open.chmod(0o644)
    settings.DATA.chmod(0o755)

    prepare_stores()

    assert left_open.stat().st_mode & 0o777 == 0o600
    assert settings.DATA.stat().st_mode & 0o777 == 0o700
    left_open.unlink()
