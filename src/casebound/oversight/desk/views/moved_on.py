"""The books of children who have moved on, for the managers of the home they left (reg 36)."""

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, is_id
from casebound.foundation.base.times import day_in_words
from casebound.foundation.web.asked import asked
from casebound.people.access import reads
from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


@require_GET
@load_books
def moved_on(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """List the books, last to leave first. A worker who manages no book gets 404. 2 queries."""
    if not any(book.may(Permission.ANSWER_FOR_BOOK) for book in books):
        raise Http404
    typed = asked(request).text("before")
    place = _place(typed)
    if typed and place is None:
        asked(request).left_out(
            gettext_noop("Children who left before"),
            typed,
            gettext_noop("The list begins with the last to leave."),
        )
    books_left = reads.moved_on(request.worker, at=timezone.now(), before=place)
    full = len(books_left) == reads.MOVED_ON
    return render(
        request,
        "desk/moved_on.html",
        {
            "books": [
                {
                    "id": moved.id,
                    "title": moved.title,
                    "home_name": moved.home_name,
                    "left": day_in_words(day_of(moved.left_at)),
                    "lives_again": bool(moved.may(Permission.MANAGE_HOME)),
                }
                for moved in books_left
                if moved.left_at
            ],
            "older": _words(books_left[-1]) if full else "",
            "paged": bool(place),
        },
    )


def _words(book: SeenBook) -> str:
    """Write the place of a book in the list: microseconds since 1970, and its id."""
    moment = book.left_at or _BEGAN
    return f"{(moment - _BEGAN) // _MICRO}.{book.id}"


def _place(words: str) -> tuple[datetime, BookId] | None:
    """Read a place; None if it is not one."""
    micros, _, book = words.partition(".")
    if not (micros.isdecimal() and len(micros) <= 16 and is_id(book)):  # noqa: PLR2004 (year 2286)
        return None
    return _BEGAN + int(micros) * _MICRO, BookId(book)
