"""The lines under an entry that lead to other entries of the same event (P02, P49).

A line says what became of the other entry, so that nobody relies on one that no longer stands.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.restricted.entries import is_restricted
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import links_to, status_as_projected
from casebound.record.book.relations import CORRECTION, JOINS, Status
from casebound.record.book.same_event import OfEvent, of_same_event_as_projected
from casebound.record.rendering.audience import ANSWERS_FOR_BOOK, STAFF_AND_CHILD, Audience
from casebound.record.rendering.entry_view import LinkView
from casebound.rulebook.catalogue import catalogue


def event_links(entry: ReadEntry, book: BookId, rows: Rows) -> list[LinkView]:
    """Return a line for each other entry of the event in this book.

    An entry in another child's book has no line: that would betray that the other child has it.
    """
    return [
        _line(other, read, book, rows)
        for other, read in _members(entry, book, rows)
        if book in read.pages
    ]


def others_of_event(entry: ReadEntry, rows: Rows) -> list[ReadEntry]:
    """Return the other entries of an event, in any of the books of `entry`, each once."""
    members = (read for book in entry.pages for _, read in _members(entry, book, rows))
    return list({read.index: read for read in members}.values())


def _members(entry: ReadEntry, book: BookId, rows: Rows) -> Iterator[tuple[OfEvent, ReadEntry]]:
    for other in of_same_event_as_projected(entry.index, book, rows):
        read = entry_of(other.entry)
        if read is not None and is_written(read):
            yield other, read


def _line(other: OfEvent, read: ReadEntry, book: BookId, rows: Rows) -> LinkView:
    fact = Entry.read(read)
    form = catalogue.form(fact.form, fact.form_version)
    number = read.pages[book]
    status = status_as_projected(read.index, book, rows)
    href = f"/books/{book}/{number}/"
    if status is not None and status.is_barred:
        words = gettext("Also recorded: no. {number:,}, which is in the wrong book")
        return link_to(read, words.format(number=number), href, rows)
    words = gettext("Also recorded: {what} no. {number:,}").format(what=form.title, number=number)
    more = [
        *([gettext("struck through")] if status and status.status is Status.STRUCK else []),
        *_corrected(read, book, rows),
        *_said_in(other.said_in, book),
    ]
    return link_to(read, ", ".join([words, *more]), href, rows)


def _corrected(read: ReadEntry, book: BookId, rows: Rows) -> Iterator[str]:
    for link in links_to(read.entry_id, rows):
        later = entry_of(link.entry) if link.relation is CORRECTION and book in link.books else None
        if later is not None and not is_restricted(rows, later.index):
            yield gettext("corrected by no. {number:,}").format(number=later.pages[book])


def _said_in(joining: EntryId | None, book: BookId) -> Sequence[str]:
    """Name the entry that links the two, if neither of them does."""
    later = entry_of(joining) if joining else None
    if later is None or book not in later.pages:
        return []
    return [gettext("linked by no. {number:,}").format(number=later.pages[book])]


def link_to(
    entry: ReadEntry, words: str, href: str, rows: Rows, audience: Audience = STAFF_AND_CHILD
) -> LinkView:
    """Return the line that leads to an entry. To a restricted one it leads only those who read it.

    The page asks who they are, by its leaf (`links`). 1 query.
    """
    if is_restricted(rows, entry.index):
        return LinkView(words, href, entry.index, ANSWERS_FOR_BOOK)
    return LinkView(words, href, audience=audience)


def is_joining(fact: Entry) -> bool:
    """Say whether an entry does nothing but link two others."""
    return fact.form == JOINS.key
