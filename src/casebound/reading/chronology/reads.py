"""Pages of a book, read by key, without a count or an offset, however long the book is."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.db import connections
from django.db.models import Max, Min, Q, QuerySet
from markupsafe import Markup

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, ChildId, WorkerId
from casebound.foundation.base.times import LONDON, as_kept
from casebound.foundation.web.queries import rows_of
from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.parts import open_in_part
from casebound.people.restricted.reads import (
    EntryReader,
    hidden_from,
    leaves_hidden,
    parts_hidden,
    parts_hidden_among,
    parts_hidden_column,
    readable,
)
from casebound.reading.chronology.as_sealed import LineAsSealed, line_as_sealed, proof_of_page
from casebound.reading.chronology.facts import FORM
from casebound.reading.chronology.in_part import drawn_in_part
from casebound.reading.chronology.models import Line
from casebound.record.book.reads import entry_in
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import EntryView, from_row, holds_parts, to_row
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.other_names import with_other_names
from casebound.record.rendering.seen import opened

PAGE = 25
NOTHING: Final = frozenset[str]()
_AT_ONCE = 100  # books in one statement
_WRITERS = "SELECT author_id, name FROM chronology_writer WHERE book_id = %s"
_TOO_LARGE = 2**31  # for the column of a number
_NUMBERS = re.compile("-?[0-9]{1,12} [0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesWanted:
    """Which lines to show: by form, by author, from a day on, by number; and where to begin.

    `before` and `after` are keys from an earlier page. A key holds only a place.
    """

    form: str = ""
    author: WorkerId | None = None
    upto: date | None = None
    numbers: tuple[int, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves out any line."""
        return bool(self.form or self.author or self.upto)


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of a book, newest event first.

    Attributes:
        lines: each entry as this reader may see it.
        numbers: their numbers in the book.
        newer: the key to go on to newer lines, empty at the end.
        older: the key to go on to older lines, empty at the end.
    """

    lines: Sequence[Markup]
    numbers: Sequence[int]
    newer: str
    older: str


class BadPlaceError(ValueError):
    """The key of the place to begin at is not valid."""


def page(
    book: SeenBook, wanted: LinesWanted, *, count: int = PAGE, names: OtherNames | None = None
) -> BookPage:
    """Return a page of the book. 1 query, at any length and any place.

    If no line is newer than `after`, it returns the newest page, for 1 query more. With `names`,
    other children are shown as they say: 1 query more if a line names one.

    Raises:
        BadPlaceError: `before` or `after` is not a key.
    """
    backwards = bool(wanted.after)
    rows = _rows(book, wanted, backwards=backwards, count=count + 1)
    if backwards and not rows:
        return page(book, replace(wanted, after="", before=""), count=count, names=names)
    more = len(rows) > count
    rows = rows[:count]
    if backwards:
        rows.reverse()
    has_newer = more if backwards else bool(wanted.before or wanted.upto)
    has_older = True if backwards else more
    return BookPage(
        _shown([(row[2], row[3], row[4]) for row in rows], names, book),
        [row[1] for row in rows],
        _key(rows[0]) if rows and has_newer else "",
        _key(rows[-1]) if rows and has_older else "",
    )


def _shown(
    rows: Sequence[tuple[str, str, Collection[str]]], names: OtherNames | None, book: SeenBook
) -> list[Markup]:
    """Return lines as this worker reads them: HTML for all staff, data, and what they do not read.

    They come from the cache, unless one names another child or has a part that not all staff read.
    Who reads the book in part gets them without what leads out of that part.
    """
    if book.is_in_part:
        views = [opened(from_row(body), hidden) for _, body, hidden in rows]
        return drawn_in_part(views, book, names)
    named = [set[ChildId]() for _ in rows]
    if names is not None:
        texts = (body if holds_parts(body) else html for html, body, _ in rows)
        named = [names.named_in(text.replace("&#39;", "'")) for text in texts]
        names.ask(set().union(*named))
    return [
        _line(
            html,
            body,
            hidden,
            names if names and (names.hides_files or names.hides(children)) else None,
        )
        for (html, body, hidden), children in zip(rows, named, strict=True)
    ]


def _line(html: str, body: str, hidden: Collection[str], names: OtherNames | None) -> Markup:
    if names is None and not holds_parts(body):
        return Markup(html)  # noqa: S704 (`entry_html` made it)
    view = opened(from_row(body), hidden)
    return entry_html(view, reader=Reader.STAFF, other_names=names)


def _rows(
    book: SeenBook, wanted: LinesWanted, *, backwards: bool, count: int
) -> list[tuple[Any, ...]]:
    hidden, of_reader = leaves_hidden(book.reader, books=[book.id])
    in_part, of_parts = open_in_part(
        book.parts, book="chronology_line.book_id", leaf="chronology_line.leaf"
    )
    terms: list[str] = ["book_id = %s", f"leaf NOT IN ({hidden})", in_part]
    params: list[Any] = [book.id, *of_reader, *of_parts]
    if wanted.form:
        terms.append("form = %s")
        params.append(wanted.form)
    if wanted.author:
        terms.append("author_id = %s")
        params.append(wanted.author)
    if wanted.numbers:
        terms.append(f"number IN ({', '.join(['%s'] * len(wanted.numbers))})")
        params += wanted.numbers
    adapt = connections["derived"].ops.adapt_datetimefield_value
    if wanted.upto is not None:
        # The whole of that day, in London.
        end = datetime.combine(wanted.upto, time.max, LONDON).astimezone(UTC)
        terms.append("happened_at <= %s")
        params.append(adapt(end))
    if place := wanted.after or wanted.before:
        at, number = _place(place)
        # Spelled out rather than as a row value, so that both databases walk the index.
        sign = ">" if backwards else "<"
        terms.append(f"happened_at {sign}= %s AND (happened_at {sign} %s OR number {sign} %s)")
        params += [adapt(at), adapt(at), number]
    order = "ASC" if backwards else "DESC"
    vendor = connections["derived"].vendor
    parts, of_parts = parts_hidden_column(book.reader, "chronology_line", vendor=vendor)
    rows = rows_of(
        "derived",
        f"SELECT happened_at, number, staff_html, body, {parts} FROM chronology_line WHERE "  # noqa: S608
        + " AND ".join(terms)
        + f" ORDER BY happened_at {order}, number {order} LIMIT {int(count)}",
        [*of_parts, *params],
    )
    return [(*row[:4], frozenset((row[4] or "").split())) for row in rows]


def printed_lines(lines: Sequence[LineAsSealed], names: OtherNames, book: SeenBook) -> list[Markup]:
    """Return lines that were worked out from opened entries, as a print shows them. 1 query."""
    hidden = parts_hidden_among((line.leaf for line in lines), book.reader)
    return _shown(
        [
            (line.staff_html, to_row(line.view), hidden.get((book.id, line.leaf), NOTHING))
            for line in lines
        ],
        names,
        book,
    )


def is_as_sealed(book: SeenBook, number: int) -> bool:
    """Say whether what is stored of an entry to show it is what was sealed."""
    entry = entry_in(book, number)
    if entry is None or entry.is_damaged:
        return False
    return proof_of_page(entry, book, line_as_sealed(entry, book.id)).state == "whole"


def writers(book: SeenBook) -> list[tuple[str, str]]:
    """Return who has written in the book, id and name, by name. 1 query."""
    names = [(author, name) for author, name in rows_of("derived", _WRITERS, [book.id])]
    return sorted(names, key=lambda writer: (sort_key(writer[1]), writer[0]))


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line as a table of contents has it: its number, its form in words, and the event."""

    number: int
    title: str
    happened_at: datetime


def listed(lines: Iterable[LineAsSealed]) -> list[ListedLine]:
    """Return lines as a table of contents has them, by number."""
    return sorted(
        (ListedLine(line.number, line.view.form, line.happened_at) for line in lines),
        key=lambda line: line.number,
    )


def entry_view(book: SeenBook, number: int, names: OtherNames | None = None) -> EntryView | None:
    """Return one page of the book as data to show; None if it has no line. At most 2 queries.

    1 more, if it has a part that not all staff read.
    """
    line = _lines(book).filter(number=number).values_list("body", "leaf").first()
    if not line:
        return None
    stored, leaf = line
    view = from_row(stored)
    if holds_parts(stored):
        view = opened(view, parts_hidden(leaf, book.reader, book=book.id))
    if names is None:
        return view
    names.ask(names.named_in(stored))  # about everybody at once, and not text by text
    return with_other_names(view, names)


def has_page(book: SeenBook, number: int) -> bool:
    """Say whether the book has this page, and the worker may read it. 1 query."""
    return 0 < number < _TOO_LARGE and pages_among(book, [number]) == {number}


def pages_among(book: SeenBook, numbers: Iterable[int]) -> set[int]:
    """Return which of these pages the book has for this worker. 1 query."""
    there = _lines(book).filter(number__in=list(numbers))
    return set(there.values_list("number", flat=True))


def numbers_of_leaves(book: SeenBook, leaves: Iterable[int]) -> dict[int, int]:
    """Return the numbers of these entries in the book, by leaf, as far as the worker may read them.

    1 query, none without any.
    """
    wanted = list(leaves)
    rows = _lines(book).filter(leaf__in=wanted) if wanted else Line.objects.none()
    return dict(rows.values_list("leaf", "number"))


def pages_around(book: SeenBook, number: int) -> tuple[int, int]:
    """Return the page before and the page after one, that this worker may read. 1 query.

    0 where there is none.
    """
    around = _lines(book).aggregate(
        before=Max("number", filter=Q(number__lt=number)),
        after=Min("number", filter=Q(number__gt=number)),
    )
    return around["before"] or 0, around["after"] or 0


def lines_kept_from(
    book: SeenBook, reader: EntryReader, *, count: int = PAGE
) -> list[tuple[int, int, str]]:
    """Return leaf, number and form of lines this worker reads and `reader` does not. 1 query.

    The newest `count`.
    """
    kept = hidden_from(reader).filter(book_id=book.id).values("leaf")
    rows = _lines(book).filter(leaf__in=kept).order_by("-number")
    return list(rows.values_list("leaf", "number", "form")[:count])


def numbers_of(book: SeenBook, leaves: Iterable[int]) -> dict[int, int]:
    """Return the number of each of these entries that this worker reads, by leaf. 1 query."""
    return dict(_lines(book).filter(leaf__in=list(leaves)).values_list("leaf", "number"))


def _lines(book: SeenBook) -> QuerySet[Line]:
    """Return the lines of a book that this worker may read."""
    return readable(Line.objects.filter(book_id=book.id), book.reader)


@dataclass(frozen=True, slots=True)
class Written:
    """When a form was last written in a book."""

    form: str
    number: int
    happened_at: datetime
    signed_at: datetime
    late: bool


def last_written(
    books: Sequence[BookId], *, reader: EntryReader, form: str | None = None
) -> dict[BookId, Written]:
    """Return the newest standing line of each book, on a form if one is given.

    1 query a hundred books.
    """
    newest: dict[BookId, Written] = {}
    for first in range(0, len(books), _AT_ONCE):
        newest |= _newest(books[first : first + _AT_ONCE], reader, form)
    return newest


def late_lately(
    books: Sequence[BookId], *, reader: EntryReader, since: datetime
) -> list[tuple[BookId, Written, WorkerId]]:
    """Return the late entries signed since a time, newest first, at most 50. 1 query."""
    rows = (
        readable(Line.objects.all(), reader)
        .filter(book_id__in=list(books), late=True, signed_at__gte=since)
        .order_by("-signed_at", "book_id", "number")
        .values_list("book_id", "form", "number", "happened_at", "signed_at", "author_id")[:50]
    )
    return [
        (BookId(book), Written(form, number, happened, signed, late=True), WorkerId(author))
        for book, form, number, happened, signed, author in rows
    ]


def _newest(
    books: Sequence[BookId], reader: EntryReader, form: str | None
) -> dict[BookId, Written]:
    # One index search for each book, all in one statement, because every Shift page asks this for
    # every book. What is kept from the reader is worked out once for all of them.
    hidden, of_reader = leaves_hidden(reader, books=books)
    newest = (
        "SELECT * FROM (SELECT book_id, form, number, happened_at, signed_at, late"  # noqa: S608
        f" FROM chronology_line WHERE book_id = %s AND form {'=' if form else '<>'} %s"
        " AND state = '' AND leaf NOT IN (SELECT leaf FROM hidden)"
        " ORDER BY happened_at DESC, number DESC LIMIT 1) newest"
    )
    rows = rows_of(
        "derived",
        f"WITH hidden (leaf) AS ({hidden}) " + " UNION ALL ".join([newest] * len(books)),
        [*of_reader, *(value for book in books for value in (book, form or FORM))],
    )
    return {
        BookId(book): Written(form, number, as_kept(happened), as_kept(signed), bool(late))
        for book, form, number, happened, signed, late in rows
    }


def _key(row: tuple[Any, ...]) -> str:
    return f"{int(as_kept(row[0]).timestamp())}.{row[1]}"


def _place(key: str) -> tuple[datetime, int]:
    seconds, dot, number = key.partition(".")
    if not dot or _NUMBERS.fullmatch(f"{seconds} {number}") is None:
        raise BadPlaceError(key[:40])
    try:
        return datetime.fromtimestamp(int(seconds), UTC), int(number)
    except (OverflowError, ValueError, OSError) as wrong:
        raise BadPlaceError(key[:40]) from wrong
