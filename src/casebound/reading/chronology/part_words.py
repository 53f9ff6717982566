"""What somebody may read of a book that they read in part, in words."""

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import date_in_words
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.parts import BookPart
from casebound.people.rights.shape import ReadsAs
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError
from casebound.rulebook.catalogue.registers import register_words


def part_in_words(book: SeenBook) -> str:
    """Return what the worker may read of a book that they read in part; empty for the whole."""
    if not book.is_in_part:
        return ""
    if book.reads_as is ReadsAs.CHILD:
        return gettext("what the child may read")
    return "; ".join(dict.fromkeys(words_of(part) for part in book.parts))


def words_of(part: BookPart) -> str:
    """Return a part of a book in words."""
    if part.leaf is not None:
        return gettext("one entry")
    words = []
    if part.forms is not None:
        words.append(", ".join(form_title(form) for form in part.forms))
    if part.register:
        words.append(register_words(part.register))
    if part.period is not None:
        first, last = part.period
        words.append(
            gettext("what happened from {first} to {last}").format(
                first=date_in_words(first), last=date_in_words(last)
            )
        )
    return ", ".join(words)


def form_title(name: str) -> str:
    """Return the title of a form; its name, if it is in use no longer."""
    try:
        return catalogue.form(name).title
    except NoSuchFormError:
        return name


def registers_open(book: SeenBook) -> list[tuple[str, str]]:
    """Return the registers of a home that the worker reads, who does not read the home's book."""
    if book.child is not None:
        return []
    return [(part.register, register_words(part.register)) for part in book.parts if part.register]
