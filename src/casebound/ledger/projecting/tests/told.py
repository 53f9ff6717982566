"""A made-up room: one kind of entry, one table, and a projection that adds, changes and removes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from django.core.management import call_command
from django.db import connections, models
from django.test.utils import isolate_apps

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting import actions, comparing, reach, registry, remaking, shadow
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.kinds import Kind, Words
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.projecting.tests import rebuilding
from casebound.ledger.sealing.actions import NewEntry
from casebound.ledger.sealing.reads import ReadEntry
from casebound.ledger.sealing.tests import build


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Kind):
    """Somebody told something."""

    kind: ClassVar = "made-up/told"

    text: Words
    about: str | None
    tags: tuple[str, ...]


with isolate_apps("casebound.ledger.projecting"):

    class Line(models.Model):
        """What was told."""

        leaf = models.BigIntegerField(primary_key=True)
        book_id = models.CharField(max_length=32)
        told_at = models.DateTimeField()
        text = models.TextField()
        about = models.CharField(max_length=20, null=True)  # noqa: DJ001 (None is looked up)
        times = models.IntegerField()
        is_last = models.BooleanField()

        class Meta:
            """Table of the derived store."""

            app_label = "projecting"
            db_table = "made_up_line"

        def __str__(self) -> str:
            """Name the row."""
            return f"line {self.leaf}"


def told(entry: ReadEntry, fact: Told, rows: Rows) -> None:
    """Add a line; count those about the same; forget the person who is to be forgotten."""
    [book] = entry.pages
    if "forget" in fact.tags:
        rows.remove(Line, about=fact.about)
    for line in rows.find(Line, book_id=book, is_last=True):
        assert line.told_at.tzinfo is not None
        rows.change(Line, {"leaf": line.leaf}, is_last=False)
    same = rows.find(Line, about=fact.about)
    rows.add(
        Line,
        leaf=entry.index,
        book_id=book,
        told_at=entry.signed_at,
        text=fact.text,
        about=fact.about,
        times=1 + len(same),
        is_last=True,
    )


PROJECTION = Projection(version=1, tables=(Line,), on={Told.kind: told})


@contextmanager
def room(
    projection: Projection = PROJECTION,
    *others: tuple[str, Projection],
    table: bool = True,
) -> Iterator[None]:
    """Have the made-up room in the house, and no other but `others`."""
    changed: dict[str, Any] = {
        "kinds": lambda: {(kind.kind, kind.version): kind for kind in (Told, Damaged)},
        "projections": lambda: (("told", projection), *others),
    }
    with pytest.MonkeyPatch.context() as patch:
        for module in (registry, actions, comparing, reach, remaking, rebuilding):
            for name, function in changed.items():
                if hasattr(module, name):
                    patch.setattr(module, name, function)
        patch.setattr(shadow, "make_tables", make_tables)
        if table:
            with connections["derived"].schema_editor() as editor:
                editor.create_model(Line)
        yield


def make_tables() -> None:
    """Make the tables of a shadow store, with that of the made-up room."""
    call_command("migrate", database="derived", verbosity=0, interactive=False)
    with connections["derived"].schema_editor() as editor:
        editor.create_model(Line)


def new(
    book: BookId,
    text: str = "Jay came home.",
    *,
    about: str | None = "Jay",
    tags: tuple[str, ...] = (),
) -> NewEntry:
    """Return an entry as its author signs it."""
    return NewEntry(
        books=(book,),
        parts=Told(text=Words(text), about=about, tags=tags).parts(),
        signed_by=build.WORKER,
        signed_at=datetime(2026, 11, 23, 18, 30, 15, 250, tzinfo=UTC),
        auth="password",
    )
