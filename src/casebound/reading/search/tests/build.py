"""Statements to look for, put into the index as the projection does, and the asking."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.access.allowed import Basis
from casebound.people.access.reads import SeenBook
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Situation
from casebound.reading.search import reads
from casebound.reading.search.asked import StatementQuery
from casebound.reading.search.indexed import indexed
from casebound.reading.search.keys import LEAF, key, place_of
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import read_query
from tests.readers import MANAGER

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORKER = WorkerId("5" * 32)


def book(digit: str, *, home: str = "a") -> SeenBook:
    """Return a book of somebody's at a home; each is named by one hex digit."""
    return SeenBook(
        id=BookId(digit * 32),
        child=ChildId(digit * 32),
        home=HomeId(home * 32),
        home_name=f"Home {home}",
        title=f"Child {digit}",
        worker=WORKER,
        bases=(Basis(role_of("residential_worker"), Situation.LIVES_HERE),),
    )


BOOK, OTHER = book("1"), book("2")


def statements(*texts: str, within: SeenBook = BOOK, leaf: int | None = None) -> None:
    """Seal each text as an entry of its own, the last one newest."""
    first = IndexedStatement.objects.count() if leaf is None else leaf
    for at, text in enumerate(texts, first):
        IndexedStatement.objects.create(**_row(text, at, within))


def many(*texts: str) -> None:
    """Seal each text as an entry of its own, quickly."""
    IndexedStatement.objects.bulk_create(
        IndexedStatement(**_row(text, at, BOOK)) for at, text in enumerate(texts)
    )


def sealed_together(*texts: str) -> None:
    """Send the texts as those of one entry, as the projection does."""
    rows = Rows()
    for place, text in enumerate(texts, 1):
        rows.add(IndexedStatement, **_row(text, 0, BOOK, place=place))
    rows.send()


def _row(text: str, leaf: int, within: SeenBook, *, place: int = 1) -> dict[str, Any]:
    return {
        "id": key(leaf=leaf, home=within.home, book=within.id, ordinal=0, text=place),
        "book_id": within.id,
        "home_id": within.home,
        "number": leaf + 1,
        "anchor": place,
        "form": "note",
        "form_version": 1,
        "happened_at": NOON,
        "kind": "fact",
        "sharing": "shared",
        "late": False,
        "state": "",
        "told": "",
        "text": text,
        **asdict(indexed(text)),
    }


def numbers(typed: str, *books: SeenBook, before: int | None = None, count: int = 20) -> list[int]:
    """Return the numbers of the entries found, in the order they are shown."""
    page = reads.search(read_query(typed), books=books or (BOOK,), before=before, count=count)
    return [hit.number for hit in page.found]


def all_numbers(typed: str) -> list[int]:
    """Return the numbers of all entries found, newest first, without what is shown of them."""
    asked = StatementQuery(
        query=read_query(typed),
        books=(BOOK.id,),
        home=None,
        before=None,
        count=1000,
        reader=MANAGER,
    )
    return [(place_of(key) >> LEAF) + 1 for key in reads.newest(asked)]
