"""A book whose first entry is damaged: it stays in its place, under words that say so.

The admission says whose book it is and where the child lives, and the opening of a home says its
name. If that entry cannot be read, the book would be in no list, with all its other entries. So
the next entries of the book are asked for the home, and the name is left open.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, book_pages, entry_at
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.marked import mark_of
from casebound.people.homes.models import Child, Home, Placement

LOOKED_AT = 200  # entries that are asked for the home: one of the first nearly always names it
EARLIER = timedelta(days=1)  # a child comes before the admission is signed


def damaged(entry: ReadEntry, _: Damaged, rows: Rows) -> None:
    """Add the child or the home of a book that begins with an entry that cannot be read."""
    for book, number in entry.pages.items():
        if number == 1 and not rows.find(Home, book_id=book) and not rows.find(Child, id=book):
            _add(entry, book, rows)


def _add(entry: ReadEntry, book: BookId, rows: Rows) -> None:
    said = _said_later(book)
    home = said.get("home") or said.get("home_id")
    offices = rows.find(Home, is_office=True)
    if home and not rows.find(Home, id=home):
        _add_home(book, home, gettext("Home whose name cannot be read"), rows)
    elif not offices:
        _add_home(book, book, gettext("Office whose name cannot be read"), rows, is_office=True)
    else:
        # Without a home that is known, it is for those who read every book of the provider.
        placement = said.get("placement_id") or entry.entry_id
        _add_child(entry, book, home or offices[0].id, placement, rows)


def _add_home(book: BookId, home: str, name: str, rows: Rows, *, is_office: bool = False) -> None:
    values = {
        "id": home, "book_id": book, "is_office": is_office, "secure": False, "name": name,
        "address": "",
    }  # fmt: skip
    rows.add(Home, **values, mark=mark_of(Home, values))


def _add_child(entry: ReadEntry, book: BookId, home: str, placement: str, rows: Rows) -> None:
    unread = gettext("Child whose name cannot be read")
    rows.add(
        Child,
        id=book,
        full_name=unread,
        called=unread,
        called_key=book,
        short_name=unread,
        wide_name=unread,
        earlier_names="",
        named_in=entry.index,
        pronouns="",
        face=0,
        born_on=None,
        birth=BirthKnown.EXACT.value,
        birth_by="",
        birth_basis="",
        birth_stated_on=day_of(entry.sealed_at),
    )
    values = {
        "id": placement, "child_id": book, "home_id": home, "from_at": entry.sealed_at - EARLIER,
        "to_at": None,
    }  # fmt: skip
    rows.add(Placement, **values, mark=mark_of(Placement, values))


def _said_later(book: BookId) -> dict[str, Any]:
    """Return what the next entries of the book say of the home, each answer once."""
    said: dict[str, Any] = {}
    for page in range(2, min(book_pages(book), LOOKED_AT) + 1):
        later = entry_at(book, page)
        for name, value in (later.values() if later is not None else {}).items():
            if isinstance(value, str) and value:
                said.setdefault(name, value)
        if said.keys() >= {"placement_id"} or "home" in said:
            break
    return said
