"""Sealing: through the action that signs a draft, beside the record built by hand, and the disk."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

import psycopg
import sqlcipher3
from django.db import connections, transaction

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.sealing import checking
from casebound.people.access.reads import SeenBook
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import OpenDraft, open_draft
from casebound.rulebook.catalogue.content import Content
from tools.bench import words
from tools.bench.by_hand import actions as by_hand
from tools.bench.by_hand.reads import entries as entries_by_hand
from tools.bench.measures.filling import new_entry
from tools.bench.measures.start import CHILDREN, FULL_NAME, ROLE, book_of, signing
from tools.bench.writers import Prepare, Write, together

WARM = 3  # writes of each writer before it is timed: connections, prepared statements, keys


def ways() -> dict[str, Prepare]:
    """Return every way of writing that is measured."""
    return {
        "signed": _prepare_signed,
        "sealed": _prepare_sealed,
        "by_hand": _prepare_by_hand,
        "raw": _prepare_raw,
    }


def rates(
    writers: Sequence[int] = (1, 8, 32), rounds: int = 3, seconds: float = 4.0, most: int = 4000
) -> dict[str, Any]:
    """Write each way with each number of writers, in turn, `rounds` times; then count and check."""
    entries, lines, hand = _entries(), _lines(), entries_by_hand()
    done = dict.fromkeys(ways(), 0)
    runs: dict[str, list[dict[str, float]]] = {f"{way} {n}": [] for n in writers for way in ways()}
    for count in writers:
        for _ in range(rounds):
            for way, prepare in ways().items():
                run = together(
                    prepare, writers=count, seconds=seconds, at_most=max(most // count, 20)
                )
                runs[f"{way} {count}"].append(asdict(run))
                done[way] += run.done + WARM * count
    wanted = done["signed"] + done["sealed"]
    return {
        "runs": {name: _medians(found) for name, found in runs.items()},
        "sealed": wanted,
        "lost": wanted - (_entries() - entries),
        "lines_lost": wanted - (_lines() - lines),
        "lost_by_hand": done["by_hand"] - (entries_by_hand() - hand),
        "verified": checking.quick().ok,
        "unbroken_by_hand": by_hand.unbroken(),
    }


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _entries() -> int:
    return _count("default", "sealed_entry")


def _lines() -> int:
    return _count("derived", "chronology_line")


def _count(store: str, table: str) -> int:
    with connections[store].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (our own names)
        return int(cursor.fetchone()[0])


def _content(number: int, place: int) -> tuple[Content, datetime]:
    now = datetime.now(UTC)
    happened = now - timedelta(hours=1)
    text = f"{happened.astimezone(LONDON):%Y-%m-%dT%H:%M}"
    return words.content(number * 997 + place, happened_from=text, words=words.WORDS), happened


def _drafts(number: int, count: int) -> tuple[SeenBook, list[OpenDraft]]:
    """Begin drafts as people do, but many in one transaction, and open them."""
    book, now = book_of(number), datetime.now(UTC)
    made: list[DraftId] = []
    with transaction.atomic(using="default"):
        for place in range(count + WARM):
            content, _ = _content(number, place)
            made.append(
                drafting.begin_draft(
                    book=book, form="daily_log", by=book.worker, at=now, content=content
                )
            )
    opened = [read for draft in made if (read := open_draft(draft, author=book.worker))]
    return book, opened


def _warmed(writes: list[Write]) -> list[Write]:
    for write in writes[:WARM]:
        write()
    return writes[WARM:]


def _prepare_signed(number: int, count: int) -> list[Write]:
    book, drafts = _drafts(number, count)
    by = signing()

    def sign(draft: OpenDraft) -> None:
        drafting.sign_draft(draft=PreparedDraft(draft, book, at=datetime.now(UTC)), signing=by)

    return _warmed([partial(sign, draft) for draft in drafts])


def _prepare_sealed(number: int, count: int) -> list[Write]:
    """Seal what is ready to be sealed: the ledger and the projections without the draft."""
    new = [new_entry(number + place * len(CHILDREN)) for place in range(count + WARM)]
    return _warmed([partial(seal_and_project, draft) for draft in new])


def _prepare_by_hand(number: int, count: int) -> list[Write]:
    book = book_of(number)

    def sign(content: dict[str, Any], happened: datetime) -> None:
        by_hand.sign_entry(
            book=book.id, form="daily_log", content=content, happened_at=happened,
            by=book.worker, full_name=FULL_NAME, role=ROLE, at=datetime.now(UTC),
        )  # fmt: skip

    made = [_content(number, place) for place in range(count + WARM)]
    return _warmed([partial(sign, words.by_hand(content), happened) for content, happened in made])


def _prepare_raw(_: int, count: int) -> list[Write]:
    """Commit one row of 1 KB, with nothing but the driver: what the disk allows."""
    row = bytes(1024)
    connections["by_hand"].ensure_connection()
    wrapper = connections["by_hand"]
    connection: Any = wrapper.connection
    if wrapper.vendor == "postgresql":
        own = psycopg.connect(connection.info.dsn, password=connection.info.password)
        own.autocommit = True
        own.execute("CREATE TABLE IF NOT EXISTS raw_row (id bigserial PRIMARY KEY, row bytea)")
        insert = "INSERT INTO raw_row (row) VALUES (%s)"
    else:
        own = sqlcipher3.connect(wrapper.settings_dict["NAME"], timeout=60, isolation_level=None)
        own.execute("PRAGMA synchronous=FULL")
        own.execute("CREATE TABLE IF NOT EXISTS raw_row (id INTEGER PRIMARY KEY, row BLOB)")
        insert = "INSERT INTO raw_row (row) VALUES (?)"
    return _warmed([partial(own.execute, insert, [row]) for _ in range(count + WARM)])
