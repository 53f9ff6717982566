"""See as: a manager picks a person and a book, and reads what that person sees and why."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.folding import fold, sort_key
from casebound.foundation.base.ids import BookId, WorkerId, is_id
from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.oversight.see_as import words
from casebound.oversight.see_as.reads import SeenAs, seen_as
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.ways_in import people_about
from casebound.people.accounts.reads import every_full_name, names_and_open
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import homes
from casebound.people.rights.shape import Permission
from casebound.rulebook.catalogue import catalogue

LONGEST_NAME = 120
NOBODY = gettext_noop("Nobody is chosen.")
NO_BOOK = gettext_noop("No book is chosen.")


@require_GET
@load_books
def see_as(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """Ask who and whose book, and say what they see. A worker who manages no book gets 404."""
    managed = [book for book in books if book.may(Permission.ANSWER_FOR_BOOK)]
    if not managed:
        raise Http404
    now = timezone.now()
    book = _book(request, managed, at=now)
    offered = names_and_open(people_about([book] if book else managed, at=now))
    people = sorted(
        ((str(worker), name) for worker, (name, is_open) in offered.items() if is_open),
        key=lambda person: (sort_key(person[1]), person[0]),
    )
    person = _person(request, dict(people))
    listed = managed if book is None or book in managed else [*managed, book]
    context: dict[str, Any] = {
        "books": [(each.id, _title(each)) for each in listed],
        "people": people,
        "book": book,
        "person": person or "",
        "typed_name": asked(request).text("name", longest=LONGEST_NAME),
    }
    if book is not None and person is not None:
        context |= _answer(book, person, at=now)
    return render(request, "see_as/see_as.html", context)


def _title(book: SeenBook) -> str:
    if book.child is not None:
        return book.title
    return gettext("The book of {home}").format(home=book.title)


def _book(request: WorkerRequest, managed: list[SeenBook], *, at: datetime) -> SeenBook | None:
    """Return the book that is asked about; 404 if the asker does not answer for it."""
    chosen = asked(request).text("book")
    if chosen and not is_id(chosen):
        asked(request).left_out(gettext_noop("Whose book?"), chosen, NO_BOOK)
    if not is_id(chosen):
        return None
    book = next((each for each in managed if each.id == chosen), None)
    if book is None:  # of a child who has moved on
        book = seen_book(request.worker, BookId(chosen), at=at)
    if book is None or not book.may(Permission.ANSWER_FOR_BOOK):
        raise Http404
    return book


def _person(request: WorkerRequest, people: dict[str, str]) -> WorkerId | None:
    """Return who is asked about: picked from the list, or by their full name."""
    here = asked(request)
    name = " ".join(here.text("name", longest=LONGEST_NAME).split())
    if name:
        here.text("person")  # a form sends both boxes: the name that is typed counts
        named = [id_ for id_, full in every_full_name().items() if fold(full) == fold(name)]
        if not named:
            here.left_out(gettext_noop("Somebody else, by full name"), name, NOBODY)
            return None
        return WorkerId(named[0])
    chosen = here.choice("person", people, label=gettext_noop("Who?"), instead=NOBODY)
    return WorkerId(chosen) if chosen else None


def _answer(book: SeenBook, person: WorkerId, *, at: datetime) -> dict[str, Any]:
    seen = seen_as(book, person, at=at)
    granters = {way.grant.granted_by for way in seen.ways.now if way.grant}
    names = {str(id_): name for id_, (name, _) in names_and_open({person, *granters}).items()}
    home_names = {str(home.id): home.name for home in homes()}
    if seen.kept:
        numbers = [entry.number for entry in seen.kept]
        note_reading(book, what="see-as", first=min(numbers), last=max(numbers), at=at)
    return {
        "seen": seen,
        "who": names.get(person, ""),
        "at": in_words(at),
        "whys": words.whys(seen, book, names=names),
        "why_not": [] if seen.book else words.why_not(seen, book, homes=home_names, at=at),
        "what_else": words.what_else(seen, book),
        "what_not": words.what_not(seen),
        "kept": _kept(seen),
    }


def _kept(seen: SeenAs) -> list[tuple[int, str, str]]:
    """Return each entry that is kept from them: number, form, and why."""
    return [
        (
            entry.number,
            catalogue.form(entry.form).title if entry.form in catalogue_names() else "",
            gettext(words.WHY_KEPT[entry.why]) if entry.why else gettext(words.A_PART),
        )
        for entry in seen.kept
    ]


def catalogue_names() -> frozenset[str]:
    """Return the names of the forms; an event of the product is on none."""
    return frozenset(name for name, _ in catalogue.shipped().forms)
