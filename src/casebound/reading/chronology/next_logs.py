"""The children of a shift whose daily log is still to be written, once one log is signed."""

from datetime import datetime, timedelta
from typing import Final

from casebound.people.access.reads import SeenBook, seen_books
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.rulebook.catalogue import catalogue

# Logs of one shift begin within half a shift of each other.
HALF_A_SHIFT: Final = timedelta(hours=4)


def next_logs(book: SeenBook, fact: Entry, *, at: datetime) -> list[SeenBook]:
    """Return the books of the home's other children that have no log of this shift, by name.

    They are books in which this worker may write that log. 2 queries after a log, else none.
    """
    form = catalogue.form(fact.form, fact.form_version)
    if not form.tells_of_shift or fact.author.id != book.worker:
        return []
    others = [
        other
        for other in seen_books(book.worker, at=at)
        if other.child
        and other.home == book.home
        and other.id != book.id
        and other.may(Permission.WRITE_ENTRY, form=form.name)
    ]
    if not others:
        return []
    since, until = fact.happened_from - HALF_A_SHIFT, fact.happened_from + HALF_A_SHIFT
    lines = Line.objects.filter(
        book_id__in=[other.id for other in others],
        form=form.name,
        state="",
        happened_at__gt=since,
        happened_at__lt=until,
    )
    written = set(lines.values_list("book_id", flat=True))
    return [other for other in others if other.id not in written]
