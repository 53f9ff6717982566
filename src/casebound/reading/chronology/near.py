"""Entries that may tell of the same event: of about the same time, in books of the same home."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import in_words
from casebound.people.access.reads import SeenBook, reader_of, seen_books
from casebound.people.restricted.reads import readable
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError
from casebound.rulebook.catalogue.registers import is_for_managers
from casebound.rulebook.catalogue.same_event import told_with

NEAR: Final = timedelta(days=1)
AT_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class NearEntry:
    """An entry of about the same time, and its place in the first book that has it."""

    entry: EntryId
    title: str
    when: str
    book: SeenBook
    number: int


def entries_near(
    book: SeenBook, fact: Entry, *, but: Collection[EntryId], at: datetime
) -> list[NearEntry]:
    """Return standing entries that may tell of the same event, nearest in time first. 2 queries.

    They are on forms that are recorded together, in books of the home that this worker may read.
    """
    here = [book, *(other for other in seen_books(book.worker, at=at) if other.id != book.id)]
    books = {other.id: other for other in here if other.child and other.home == book.home}
    reader = reader_of(books.values(), worker=book.worker)
    lines = (
        readable(Line.objects.all(), reader)
        .filter(
            book_id__in=list(books),
            state="",
            happened_at__gte=fact.happened_from - NEAR,
            happened_at__lte=fact.happened_from + NEAR,
        )
        .values_list("entry_id", "form", "happened_at", "book_id", "number")
    )
    ordered = sorted(
        lines, key=lambda line: (abs(line[2] - fact.happened_from), line[3] != book.id, line[4])
    )
    near: dict[str, NearEntry] = {}
    for entry, form, happened_at, place, number in ordered:
        if entry not in but and entry not in near and _may_be_of_event(form):
            title = catalogue.form(form).title
            near[entry] = NearEntry(
                EntryId(entry), title, in_words(happened_at), books[BookId(place)], number
            )
    return list(near.values())[:AT_MOST]


def _may_be_of_event(form: str) -> bool:
    try:
        return bool(told_with(form)) and not is_for_managers(catalogue.form(form))
    except NoSuchFormError:  # a fact without a form, or a form that is no longer in use
        return False
