"""Filling the stores by the thousand: the log as the sequencer would, lines straight into place."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Model

from casebound.foundation.base.ids import BookId, DraftId
from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.actions import catch_up, seal_and_project
from casebound.ledger.sealing.actions import NewEntry, sequence_all, stage
from casebound.people.access.reads import seen_book
from casebound.record.drafting.as_signed import entry_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import OpenDraft
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.content import Content
from tools.bench import words
from tools.bench.measures.start import CHILDREN, book_of, signing

AT_A_TIME = 250
LINES_AT_A_TIME = 20_000
APART = timedelta(minutes=30)
FIRST = 2  # no. 1 of a book is the admission
FAR = 1_000_000_000  # a leaf number that no scratch log reaches
BEGAN = datetime(1965, 1, 1, tzinfo=UTC)


def draft_of(number: int, *, size: int = 0) -> OpenDraft:
    """Return a draft that is nowhere kept, ready to be sealed, of 180 words or `size` bytes."""
    book, now = book_of(number), datetime.now(UTC)
    happened = (now - timedelta(hours=1)).astimezone(LONDON)
    return OpenDraft(
        id=DraftId(""), book=book.id, author=book.worker, form=form("daily_log"),
        begun_at=now, saved_at=now, version=1, about=None, first=Content(),
        content=words.content(
            number, happened_from=f"{happened:%Y-%m-%dT%H:%M}", size=size,
            words=0 if size else words.WORDS,
        ),
    )  # fmt: skip


def new_entry(number: int) -> NewEntry:
    """Return an entry of 180 words, ready to be sealed."""
    return _ready(draft_of(number), at=datetime.now(UTC))


def _ready(draft: OpenDraft, *, at: datetime) -> NewEntry:
    by = signing()
    book = seen_book(draft.author, draft.book, at=at)
    if book is None:
        raise LookupError(draft.book)
    fact = entry_from(PreparedDraft(draft, book, at=at), by)
    return NewEntry(
        books=(book.id,), parts=fact.parts(), signed_by=by.worker, signed_at=at, auth=by.auth
    )


def fill_log(entries: int) -> None:
    """Seal `entries` entries, many in one transaction, and project them."""
    for first in range(0, entries, AT_A_TIME):
        with transaction.atomic(using="default"):
            for number in range(first, min(first + AT_A_TIME, entries)):
                stage(new_entry(number))
        sequence_all()
    catch_up()


def fill_book(book: BookId, lines: int) -> None:
    """Put `lines` lines of 2 KB into a book, straight into the derived store, half an hour apart.

    No product code does this; a million entries sealed one by one would take an hour.
    """
    model = _sealed_line()  # before, because sealing needs the connection too
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    table = model._meta.db_table
    connection = connections["derived"]
    for first in range(FIRST, FIRST + lines, LINES_AT_A_TIME):  # or SQLite's log holds it all
        rows = _rows(book, range(first, min(first + LINES_AT_A_TIME, FIRST + lines)), model)
        _put(rows, table, columns)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def _put(rows: Iterator[list[Any]], table: str, columns: str) -> None:
    connection = connections["derived"]
    with transaction.atomic(using="derived"):
        if connection.vendor == "postgresql":
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(columns.split(",")))
            connection.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                rows,
            )


def _rows(book: BookId, numbers: range, model: Model) -> Iterator[list[Any]]:
    """Yield copies of a really sealed line, each with its own place in the book."""
    connection = connections["derived"]
    fields = model._meta.concrete_fields
    kept = [field.get_db_prep_save(getattr(model, field.attname), connection) for field in fields]
    for number in numbers:
        at = BEGAN + number * APART
        changed = {
            "book_id": book, "number": number, "happened_at": at, "signed_at": at,
            "entry_id": f"{number:032x}", "leaf": FAR + number,
        }  # fmt: skip
        yield [
            field.get_db_prep_save(changed[field.attname], connection)
            if field.attname in changed
            else value
            for field, value in zip(fields, kept, strict=True)
        ]


def _line() -> type[Model]:
    # By name: what is filled here row by row is that room's own affair, and no product code does.
    return apps.get_model("chronology", "Line")


def _sealed_line() -> Model:
    """Seal an entry of 2 KB in the last of the books and return its line."""
    book, now = book_of(len(CHILDREN) - 1), datetime.now(UTC)
    draft = draft_of(len(CHILDREN) - 1, size=words.PAGE_BYTES)
    done = seal_and_project(_ready(draft, at=now))
    return _line()._default_manager.get(book_id=book.id, number=done.numbers[book.id])
