"""Where else an entry stands: in the books of other children, and in registers of the home."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.homes.reads import book_of
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry
from casebound.rulebook.catalogue.registers import REGISTERS, register_words
from casebound.rulebook.catalogue.shape import Register


@dataclass(frozen=True, slots=True)
class NumberElsewhere:
    """An entry's number elsewhere: `no. 4 of the register of restraint`; a link if allowed."""

    words: str
    href: str = ""


def places_of(
    entry: ReadEntry, fact: Entry, book: SeenBook, names: OtherNames, *, at: datetime
) -> list[NumberElsewhere]:
    """Return the numbers that an entry has in addition to the one in `book`.

    Another child's book is there only for workers who may read it (P40). No query for an entry of
    one book and no register; else 1 for each book and 2 for the registers.
    """
    elsewhere = []
    for other, number in entry.pages.items():
        seen = seen_book(book.worker, other, at=at) if other != book.id else None
        if seen is not None:
            href = reverse("chronology:entry", args=[seen.id, number])
            elsewhere.append(
                NumberElsewhere(
                    gettext("no. {number:,} in the book of {title}").format(
                        number=number, title=names.title(seen)
                    ),
                    href,
                )
            )
    home = _home_book(fact, book, at=at) if entry.registers else None
    for register in fact.registers:
        if place := entry.registers.get(register.id):
            words = gettext("no. {place:,} of {name}").format(
                place=place, name=register_words(register.name)
            )
            elsewhere.append(NumberElsewhere(words, _register(register.name, home, place)))
    return elsewhere


def _home_book(fact: Entry, book: SeenBook, *, at: datetime) -> SeenBook | None:
    """Return the book of the home the entry was written at, if this worker may read it."""
    home = book_of(fact.home_id)
    return seen_book(book.worker, home, at=at) if home else None


def _register(name: str, home: SeenBook | None, number: int) -> str:
    if home is None or name not in {register.value for register in REGISTERS}:
        return ""
    if REGISTERS[Register(name)].managers_only and not home.may(Permission.ANSWER_FOR_BOOK):
        return ""
    return f"{reverse('registers:register', args=[home.id, name])}?upto={number}#no-{number}"
