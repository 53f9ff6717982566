"""What of a book can be opened to somebody, from what was chosen on the page."""

from typing import Any, ClassVar, Final

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.web.asked import number_of
from casebound.oversight.readers.forms import Choices, What
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.reads import is_opened_by_name
from casebound.record.book.reads import book_kind, entry_in
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import REGISTERS, is_for_managers

WHATS: Final = {
    What.ENTRY: gettext_noop("One entry"),
    What.FORM: gettext_noop("All entries on one form"),
    What.REGISTER: gettext_noop("One register"),
    What.DAYS: gettext_noop("What happened on some days"),
    What.BOOK: gettext_noop("The whole book"),
}


class PartRefusedError(RefusedError):
    """What was chosen is no part of the book."""

    field: ClassVar = "what"
    what = "This was not sealed."


class NoEntryToOpenError(PartRefusedError):
    """The book has no such entry for the person who gives it."""

    field = "entry"
    why = "The book has no entry of this number that you can read."
    do = "Give the number that stands next to the entry."


class EntryForManagersError(PartRefusedError):
    """The entry is for managers, and no grant opens it."""

    field = "entry"
    why = "This entry is for the managers of the book, and is opened to nobody else."
    do = "Tell the person what they need to know yourself."


class NoFormChosenError(PartRefusedError):
    """No form was chosen."""

    field = "form"
    why = "It does not say which form."
    do = "Choose the form."


class NoRegisterChosenError(PartRefusedError):
    """No register was chosen."""

    field = "register"
    why = "It does not say which register."
    do = "Choose the register."


class NoDaysError(PartRefusedError):
    """The days are missing, or the last is before the first."""

    field = "first"
    why = "It does not say from which day to which."
    do = "Give the first and the last day of what they may read."


def whats() -> Choices:
    """Return what can be opened, as the page offers it."""
    return [(what.value, gettext(words)) for what, words in WHATS.items()]


def forms_to_open(book: SeenBook) -> Choices:
    """Return the forms of a book whose entries can be opened."""
    kinds = catalogue.forms_for(book_kind(book), secure=book.secure)
    return [(form.name, form.title) for form in kinds if not is_for_managers(form)]


def registers_to_open() -> Choices:
    """Return the registers that can be opened: not those that managers alone read."""
    return [
        (register.value, kind.title)
        for register, kind in REGISTERS.items()
        if not kind.managers_only
    ]


def part_chosen(book: SeenBook, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what `grant_access` takes for what was chosen. At most 3 queries.

    Raises:
        PartRefusedError: it does not say which entry, form, register or days.
    """
    match What(answers["what"]):
        case What.BOOK:
            return {}
        case What.FORM:
            if not answers["form"]:
                raise NoFormChosenError
            return {"form": answers["form"]}
        case What.REGISTER:
            if not answers["register"]:
                raise NoRegisterChosenError
            return {"register": answers["register"]}
        case What.DAYS:
            first, last = answers["first"], answers["last"]
            if first is None or last is None or last < first:
                raise NoDaysError
            return {"period": (first, last)}
        case What.ENTRY:
            return {"leaf": _leaf(book, answers["entry"])}


def _leaf(book: SeenBook, typed: str) -> int:
    number = number_of(typed.lower().removeprefix("no").strip(" ."))
    entry = entry_in(book, number) if number else None
    if entry is None:
        raise NoEntryToOpenError
    if not is_opened_by_name(entry.index, book=book.id):
        raise EntryForManagersError
    return entry.index
