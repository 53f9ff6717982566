"""Bringing an installation's stores up to date, and beginning its ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections, router
from django.db.migrations.loader import MigrationLoader

from casebound.foundation.base.closed_files import close_to_others
from casebound.foundation.base.installation import InstallationError, KeyFileError
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.stores import room_left
from casebound.foundation.stores.postgres.poolers import refuse_poolers
from casebound.foundation.stores.refusals import refusal_for
from casebound.ledger.keyring.actions import check_master_key
from casebound.ledger.projecting import actions as projecting
from casebound.ledger.projecting.reach import has_begun
from casebound.ledger.projecting.remaking import BeingRemadeError, remake
from casebound.ledger.projecting.unlogged import make_unlogged
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.checking.heads import check_root_of_mark
from casebound.people.staff.actions import seal_accounts_there

STORES = ("default", "keyring", "derived")


class NewerDatabaseError(RefusedError):
    """The stores were made by a newer casebound than this one."""

    what = "casebound does not open these stores."
    why = "They were made by a newer version, and an older one could harm them."
    do = "Install the newer version of casebound, then start it again. Nothing was changed."


class ShownDamagedError(InstallationError):
    """The store of what is shown cannot be read, and the others can: the key file is right."""

    why = "It is damaged. Everything in it is worked out from the entries, which are elsewhere."
    do = (
        "Delete this file and those beside it whose names begin with its name, then run"
        " `casebound rebuild`."
    )


class OlderDatabaseError(RefusedError):
    """The stores were never made, or are of an older casebound than this one."""

    what = "casebound does not open these stores yet."
    why = "They were made by an older version, or never finished."
    do = "Start `casebound serve` once, which brings them up to date."


def prepare_stores(*, tell: Callable[[str], None] = lambda _: None, remakes: bool = True) -> bool:
    """Bring every store up to this version, check the key file, and finish what was left.

    Safe to call at every start: entries that a crash left staged get their place, and the derived
    store catches up. Rooms whose projections have changed keep their old rows: see `remake`. A
    store without any rows is made from the whole log, and has all its rows at once; `tell` is told
    how far that is. With `remakes` false it is left to the caller.

    Returns:
        Whether the derived store had no rows and was made from nothing.

    Raises:
        NewerDatabaseError: a store has migrations this version does not know.
        KeyFileError: the key file does not open the stores, or holds another master key.
        ShownDamagedError: the derived store cannot be read; it can be made again.
        RolledBackError: the log is shorter than it once was.
        AnotherLogError: the log is not the one it once was.
    """
    close_to_others(settings.DATA)
    room_left.tend()
    for store in STORES:
        with _shown_is_whole(store):
            _refuse_newer(store)
            call_command(
                "migrate", database=store, verbosity=0, interactive=False, stdout=StringIO()
            )
    call_command("createcachetable", verbosity=0, stdout=StringIO())
    make_unlogged()
    with _reading_goes_on(tell):
        highwater.check_size(sealed.size())
        check_root_of_mark()
    if sealed.size() == 0:
        sealing.begin_ledger(at=datetime.now(UTC))
    sealing.begin_mark()  # if it was killed before it came to that
    check_master_key()
    with _reading_goes_on(lambda _: None):  # it was told already
        sealing.sequence_all()
    from_nothing = not has_begun()
    projecting.catch_up()
    if remakes and not has_begun():
        with suppress(BeingRemadeError):  # until it is done, nobody reads anything
            remake(tell=tell)
    with _reading_goes_on(lambda _: None):
        if has_begun() and (sealed_now := seal_accounts_there(at=datetime.now(UTC))):
            tell(f"{sealed_now:,} accounts stand in the office's book from now on.")
    return from_nothing and has_begun()


@contextmanager
def _shown_is_whole(store: str) -> Iterator[None]:
    """Say what to do where the store of what is shown cannot be read.

    It is opened after the others, with the same key file, so the key is right.
    """
    try:
        yield
    except (DatabaseError, KeyFileError) as failed:
        is_damaged = isinstance(failed, KeyFileError) or "malformed" in str(failed)
        if store != "derived" or not is_damaged:
            raise
        file = connections[store].settings_dict["NAME"]
        raise ShownDamagedError(f"{file} cannot be read.") from failed


@contextmanager
def _reading_goes_on(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell what keeps casebound from sealing at a start; people can still read."""
    try:
        yield
    except (highwater.MarkMissingError, sealing.StoreFullError) as refused:
        tell(str(refused))


def open_stores() -> None:
    """Make sure that the stores can be used as they are; change nothing.

    Raises:
        NewerDatabaseError: a store has migrations this version does not know.
        OlderDatabaseError: a store was never made, or not yet brought up to this version.
        KeyFileError: the key file does not open the stores, or holds another master key.
        ShownDamagedError: the derived store cannot be read; it can be made again.
    """
    for store in STORES:
        with _shown_is_whole(store):
            _open_store(store)
    check_master_key()


def open_readable_stores() -> dict[str, str]:
    """Do what `open_stores` does with each store by itself, for a copy that may lack some.

    Return why a store cannot be used, in words.

    Raises:
        NewerDatabaseError, OlderDatabaseError, KeyFileError: as `open_stores`.
    """
    unusable: dict[str, str] = {}
    for store in STORES:
        settings_of = connections[store].settings_dict
        if connections[store].vendor == "sqlite" and not Path(settings_of["NAME"]).exists():
            unusable[store] = f"{Path(settings_of['NAME']).name} is not there"
            continue
        try:
            _open_store(store)
        except (DatabaseError, psycopg.Error, OSError) as failed:
            unusable[store] = f"{_called(store)} cannot be read ({said_of(failed)})"
        except KeyFileError:
            if store == "default":
                raise
            # The key file opens the ledger, so it is the right one.
            unusable[store] = f"{_called(store)} cannot be read (its beginning is damaged)"
    if "keyring" not in unusable:
        try:
            check_master_key()
        except (DatabaseError, psycopg.Error) as failed:
            unusable["keyring"] = f"{_called('keyring')} cannot be read ({said_of(failed)})"
    return unusable


def _called(store: str) -> str:
    name = str(connections[store].settings_dict["NAME"])
    return Path(name).name if connections[store].vendor == "sqlite" else f"the database {name}"


def said_of(failed: Exception) -> str:
    """Say why a store cannot be used: in our words where there are any, else in the driver's."""
    refusal = refusal_for(failed)
    said = refusal.said if refusal else str(failed)
    return said.strip().split("\n")[0].rstrip(".") or type(failed).__name__


def _open_store(store: str) -> None:
    loader = _refuse_newer(store)
    targets = {key for key in loader.graph.leaf_nodes() if router.allow_migrate(store, key[0])}
    if not targets <= set(loader.applied_migrations):
        raise OlderDatabaseError


def leave_stores() -> None:
    """Close every connection, and the pools, before other processes are started.

    The server's workers are forked. With a connection of their maker they would share its socket,
    and each read answers that were meant for the other.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it


def fold_stores() -> None:
    """Fold what was written last into the store's own file, and close it (SQLite).

    While a store is open, its newest rows are in a second file, `-wal`. When the last process has
    left, each store is one file, so that a plain copy of it is whole.
    """
    for store in STORES:
        connection = connections[store]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    leave_stores()


def _refuse_newer(store: str) -> MigrationLoader:
    refuse_poolers(connections[store])
    try:
        loader = MigrationLoader(connections[store])
    except DatabaseError as failed:
        file = connections[store].settings_dict["NAME"]
        if "file is not a database" not in str(failed):
            raise
        raise KeyFileError(f"Its key file does not open {file}.") from failed
    migrations = set(loader.disk_migrations)
    ours = {app.label for app in apps.get_app_configs()}
    newer = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in migrations and (app, name) not in _replaced(loader)
    )
    if newer:
        raise NewerDatabaseError(f"Unknown to this version: {', '.join(newer)}.")
    return loader


def _replaced(loader: MigrationLoader) -> set[tuple[str, str]]:
    return {old for new in loader.disk_migrations.values() for old in new.replaces}
