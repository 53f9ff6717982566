"""What a page of a book is asked for: the filter, the place to begin at, and the entries chosen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.times import day_in_words
from casebound.foundation.base.typed_times import boxed_day
from casebound.foundation.web.asked import asked, number_of
from casebound.people.access.actions import note_readings
from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.chronology import reads
from casebound.reading.chronology.reads import BadPlaceError, LinesWanted
from casebound.record.book.reads import book_kind
from casebound.rulebook.catalogue import catalogue

MOST_CHOSEN: Final = 500
MOST_TYPED: Final = 1_000
UPTO: Final = gettext_noop("Up to the day")
BEFORE: Final = gettext_noop("Entries before")
AFTER: Final = gettext_noop("Entries after")
NO_SUCH: Final = gettext_noop("The book does not have this number. The others are shown.")
OTHERS: Final = gettext_noop("The other entries are shown.")


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


def lines_wanted(request: WorkerRequest, book: SeenBook, writers: Iterable[str]) -> LinesWanted:
    """Return which lines are asked for. What means nothing is left out, and said."""
    here = asked(request)
    upto, _, _ = here.day("upto", label=UPTO, instead=gettext_noop("Every day is shown."))
    form = here.choice(
        "form",
        [form.name for form in catalogue.forms_for(book_kind(book), secure=book.secure)],
        label=gettext_noop("Form"),
        instead=gettext_noop("Every form is shown."),
    )
    author = here.choice(
        "author",
        set(writers),
        label=gettext_noop("Written by"),
        instead=gettext_noop("What everybody wrote is shown."),
    )
    before, after = here.text("before"), here.text("after")
    if before and after:
        here.left_out(BEFORE, before, gettext_noop("The entries after the other place are shown."))
        before = ""
    return LinesWanted(
        form=form,
        author=WorkerId(author) if author else None,
        upto=upto,
        before=before,
        after=after,
    )


def numbers_chosen(request: WorkerRequest, book: SeenBook) -> tuple[int, ...]:
    """Return the entries of a book that were chosen. A number that it does not have is said."""
    here = asked(request)
    here.text("no")
    chosen = [(typed, number_of(typed)) for typed in here.typed.getlist("no")]
    numbers: set[int] = set()
    there = reads.pages_among(book, {number for _, number in chosen[:MOST_TYPED]}) if chosen else ()
    for typed, number in chosen:
        if number in there and len(numbers) < MOST_CHOSEN:
            numbers.add(number)
        elif typed:
            words = OTHERS if number in there or number == 0 else NO_SUCH
            here.left_out(gettext_noop("Entry no."), typed, words)
    return tuple(sorted(numbers))


def page_asked(
    request: WorkerRequest, book: SeenBook, wanted: LinesWanted, names: OtherNames, *, count: int
) -> reads.BookPage:
    """Return a page of the book. From a place that is none, it is the newest page, and says so."""
    try:
        page = reads.page(book, wanted, count=count, names=names)
    except BadPlaceError:
        label, typed = (AFTER, wanted.after) if wanted.after else (BEFORE, wanted.before)
        asked(request).left_out(label, typed, gettext_noop("The newest entries are shown."))
        return reads.page(book, replace(wanted, before="", after=""), count=count, names=names)
    return page


def note_pages(book: SeenBook, page: reads.BookPage, *, what: str, chosen: bool = False) -> None:
    """Put on the read trail from which page to which was shown.

    Of `chosen` pages, those that follow each other are one line: what lies between was not shown.
    """
    numbers = sorted(page.numbers)
    runs = _runs(numbers) if chosen else [(numbers[0], numbers[-1])] if numbers else []
    note_readings([(book, first, last) for first, last in runs], what=what, at=timezone.now())


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
    typed = asked(request).typed
    parameters = {name: value for name in ("form", "author") if (value := typed.get(name, ""))}
    if upto := boxed_day(typed, "upto"):
        parameters["upto"] = upto
    if "before" in place or "after" in place:
        # The day to begin at is no longer needed once there is a key to go on from.
        parameters.pop("upto", None)
    query = urlencode({**parameters, **place})
    return f"?{query}" if query else ""
