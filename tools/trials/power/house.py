"""A small house for the trial: the product's ledger, keyring and rooms, with one kind of entry.

The kind is the trial's own and says little, because a life must be quick. What is done with it is
the product's: `record.book` keeps what was corrected, `people.restricted` what is restricted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from types import SimpleNamespace
from typing import Any, ClassVar, Final

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from casebound.foundation.base.ids import EntryId
from casebound.ledger.projecting import registry, rooms
from casebound.ledger.projecting.kinds import Kind, Withdrawal, Words
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.actions import begin_ledger
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted import projections as restricted
from casebound.people.restricted.entries import AUTHOR, families_of, name_workers, restrict
from casebound.record.book import projections as book
from casebound.record.book.models import NameInBook
from casebound.record.book.relations import Status
from tools.trials.power.disk import Disk, Images
from tools.trials.power.preparing import Machine

BEGAN: Final = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
# Of each store, the rooms whose tables the lives use.
_TABLES: Final = {
    "default": ("sealing", "drafting"),
    "keyring": ("keyring",),
    "derived": ("projecting", "restricted", "book"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Kind):
    """Something happened; or an earlier entry is struck, or restricted."""

    kind: ClassVar = "trial/told"
    can_be_withdrawn: ClassVar = True

    text: Words
    strikes: str | None = None
    strikes_leaf: int | None = None
    restricts_leaf: int | None = None

    def withdraws(self, entry: ReadEntry) -> Sequence[Withdrawal]:
        """Return the entry that is struck, in each book of this one."""
        if self.strikes is None or self.strikes_leaf is None:
            return ()
        return [
            Withdrawal(
                leaf=self.strikes_leaf,
                entry_id=EntryId(self.strikes),
                book=book,
                status=Status.STRUCK,
                reason=self.text,
                by=entry,
            )
            for book in entry.pages
        ]


def told(entry: ReadEntry, fact: Told, rows: Rows) -> None:
    """Add the words, the author, and the matter that a restricted entry belongs to."""
    name_workers(rows, entry, {AUTHOR: [entry.signed_by]})
    for number, book_id in enumerate(entry.pages):
        rows.add(
            NameInBook,
            id=f"{entry.entry_id}-{number}",
            book_id=book_id,
            leaf=entry.index,
            kind="told",
            words=fact.text,
            role="",
        )
    if fact.restricts_leaf is not None:
        families = families_of(rows, [fact.restricts_leaf])
        restrict(rows, entry, families=families, parties=[entry.signed_by])


def furnish() -> None:
    """Let the registry see the rooms of the small house and no others."""
    trial = SimpleNamespace(
        __name__="tools.trials.power.house.projections",
        KINDS=(Told,),
        PROJECTION=Projection(
            version=1,
            tables=(),
            on={Told.kind: told},
            reads_rows_of=("restricted",),
            writes_rows_of=("restricted", "book"),
            shows_withdrawn="the words stay, as in a book",
        ),
    )
    modules: dict[str, list[Any]] = {"entries": [trial], "projections": [restricted, book, trial]}
    for owner in (rooms, registry):
        owner.modules_of_rooms = lambda name: modules.get(name, [])  # type: ignore[attr-defined]  # not exported there


def new_installation(machine: Machine) -> Images:
    """Return the files of a new installation: tables, keyring and log, and no book yet."""
    disk = Disk({}, Random(0))  # noqa: S311 (to be repeated, not to be secret)
    machine.start(disk)
    for store, labels in _TABLES.items():
        executor = MigrationExecutor(connections[store])
        leaves = executor.loader.graph.leaf_nodes()
        executor.migrate([leaf for leaf in leaves if leaf[0] in labels])
    begin_ledger(at=BEGAN)
    connections.close_all()
    return {name: bytes(file.current) for name, file in disk.files.items()}
