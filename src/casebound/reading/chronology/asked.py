"""What a page of a book is asked for: the filter, the place to begin at, and the entries chosen."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from casebound.foundation.base.ids import WorkerId, is_id
from casebound.foundation.base.times import day_in_words
from casebound.foundation.base.typed_times import boxed_day, day_asked
from casebound.people.access.actions import note_reading
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.chronology import reads
from casebound.reading.chronology.reads import BadPlaceError, LinesWanted
from casebound.rulebook.catalogue import catalogue

MOST_CHOSEN: Final = 500
LONGEST_NUMBER: Final = 9  # digits


def filter_in_words(wanted: LinesWanted, writers: dict[str, str]) -> str:
    """Write the filter in words: `Daily log, by Bethan Colley, up to 3 March 2025`."""
    words = []
    if wanted.form:
        words.append(catalogue.form(wanted.form).title)
    if wanted.author:
        words.append(
            gettext("by {author}").format(
                author=writers.get(wanted.author, gettext("somebody else"))
            )
        )
    if wanted.upto:
        words.append(gettext("up to {upto}").format(upto=day_in_words(wanted.upto)))
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def lines_wanted(request: WorkerRequest) -> LinesWanted:
    """Return which lines are asked for. What means nothing asks for nothing."""
    typed = request.GET
    upto, _ = day_asked(typed, "upto")
    return LinesWanted(
        form=form if (form := typed.get("form", "")).isidentifier() else "",
        author=WorkerId(author) if is_id(author := typed.get("author", "")) else None,
        upto=upto,
        before=typed.get("before", ""),
        after=typed.get("after", ""),
        numbers=_numbers(typed.getlist("no")),
    )


def _numbers(typed: Iterable[str]) -> tuple[int, ...]:
    numbers = {int(text) for text in typed if text.isdecimal() and len(text) < LONGEST_NUMBER}
    return tuple(sorted(numbers))[:MOST_CHOSEN]


def page_or_404(book: SeenBook, wanted: LinesWanted, *, count: int) -> reads.BookPage:
    """Return a page of the book.

    Raises:
        Http404: the place to begin at was never given out.
    """
    try:
        return reads.page(book, wanted, count=count)
    except BadPlaceError as wrong:
        raise Http404 from wrong


def note_pages(book: SeenBook, page: reads.BookPage, *, what: str, chosen: bool = False) -> None:
    """Put on the read trail from which page to which was shown.

    Of `chosen` pages, those that follow each other are one line: what lies between was not shown.
    """
    numbers = sorted(page.numbers)
    runs = _runs(numbers) if chosen else [(numbers[0], numbers[-1])] if numbers else []
    for first, last in runs:
        note_reading(book, what=what, first=first, last=last, at=timezone.now())


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def link_to(request: WorkerRequest, **place: str) -> str:
    """Return the address of the same lines, without the numbers that were chosen."""
    parameters = {
        name: value for name in ("form", "author") if (value := request.GET.get(name, ""))
    }
    if upto := boxed_day(request.GET, "upto"):
        parameters["upto"] = upto
    if "before" in place or "after" in place:
        # The day to begin at is no longer needed once there is a key to go on from.
        parameters.pop("upto", None)
    query = urlencode({**parameters, **place})
    return f"?{query}" if query else ""
