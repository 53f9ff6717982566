"""Entries as somebody sees them who reads a part of a book, or only what the child may read.

What leads to entries outside the part leaves them: that such entries are there is not for the
reader. So does what became of an entry, which later entries tell.
"""

import re
from collections.abc import Sequence

from django.urls import reverse
from markupsafe import Markup
from msgspec.structs import replace

from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook
from casebound.people.homes.reads import names_not_shown
from casebound.people.restricted.reads import readable
from casebound.people.rights.shape import ReadsAs
from casebound.reading.chronology.models import Line
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import EntryView, LinkView
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.old_names import OldNames


def drawn_in_part(
    views: Sequence[EntryView], book: SeenBook, names: OtherNames | None
) -> list[Markup]:
    """Return entries of a book that is read in part. 1 query, 1 more for who reads as the child."""
    if names is None:
        raise ValueError("say how other children are named (`names`)")
    reader, old_names = Reader.STAFF, None
    if book.reads_as is ReadsAs.CHILD:
        reader, old_names = Reader.CHILD, _old_names(book)
    return [
        entry_html(view, reader=reader, old_names=old_names, other_names=names)
        for view in _within_part(views, book)
    ]


def _within_part(views: Sequence[EntryView], book: SeenBook) -> list[EntryView]:
    numbers = {number for view in views for link in view.links if (number := _number(link, book))}
    lines = readable(Line.objects.filter(book_id=book.id, number__in=numbers), book.reader)
    open_numbers = set(lines.values_list("number", flat=True)) if numbers else set()
    return [
        replace(
            view,
            links=tuple(link for link in view.links if _number(link, book) in open_numbers),
            standing=(),
        )
        for view in views
    ]


def _number(link: LinkView, book: SeenBook) -> int:
    """Return the number in this book that a link leads to; 0 if it leads somewhere else."""
    to = re.fullmatch(re.escape(reverse("chronology:book", args=[book.id])) + r"(\d+)/", link.href)
    return int(to[1]) if to else 0


def _old_names(book: SeenBook) -> OldNames:
    return names_not_shown(book.child) if book.child else {}
