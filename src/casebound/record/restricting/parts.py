"""The parts of an entry that can be restricted: the whole, a statement, an answer, a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.messages import gettext
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.record.book.entries import Entry
from casebound.record.book.separating import in_book
from casebound.record.rendering.wording import shown_answer
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Form

_SHOWN: Final = 160  # letters of a part, so that a person knows it again
WHOLE_NAME: Final = "entry"  # of the whole entry, where a page needs a name for it
_WHICH: Final = re.compile(
    r"(?P<leaf>[0-9]{1,12})-(?P<part>entry|[sf][0-9]{1,4}|a_[a-z][a-z0-9_]{0,31})"
    r"-(?P<scope>child|need_to_know)"
)


@dataclass(frozen=True, slots=True)
class EntryPart:
    """A part that a person can choose: its key, what it is, and how it begins."""

    key: str
    words: str
    begins: str

    @property
    def name(self) -> str:
        """What a page sends when it is chosen."""
        return self.key or WHOLE_NAME


def parts_of(fact: Entry, book: BookId) -> list[EntryPart]:
    """Return the parts that the entry shows in this book, the whole entry first.

    What is about another child alone is left out there.
    """
    shown, form = in_book(fact, book), catalogue.form(fact.form, fact.form_version)
    whole = (WHOLE, "")
    parts = (whole, *_statements(shown), *_answers(shown, form), *_files(shown))
    return [EntryPart(key, part_words(key, form), begins) for key, begins in parts]


def part_words(key: str, form: Form) -> str:
    """Return what a part is, without a word of it: `statement 2`, `the answer to …`, `file 1`."""
    if key == WHOLE:
        return gettext("the whole entry")
    if key.startswith("a_"):
        label = _label(form, key.removeprefix("a_"))
        return gettext("the answer to “{label}”").format(label=label)
    number = key[1:]
    if key.startswith("f"):
        return gettext("file {number}").format(number=number)
    return gettext("statement {number}").format(number=number)


def key_of(index: int, part: str, scope: Scope | str) -> str:
    """Return the name of a restriction within a book; no word of what it holds is in it."""
    return f"{index}-{part or WHOLE_NAME}-{Scope(scope).value}"


def part_in(which: str) -> tuple[int, str, Scope] | None:
    """Read what `key_of` wrote: the entry's leaf, the part, the section; None if it is no such."""
    match = _WHICH.fullmatch(which)
    if match is None:
        return None
    part = WHOLE if match["part"] == WHOLE_NAME else match["part"]
    return int(match["leaf"]), part, Scope(match["scope"])


def _statements(fact: Entry) -> Iterator[tuple[str, str]]:
    for number, statement in enumerate(fact.content.statements, 1):
        if statement.text:
            yield f"s{number}", _short(statement.text)


def _answers(fact: Entry, form: Form) -> Iterator[tuple[str, str]]:
    for field in form.fields:
        if field.name in fact.answers:
            value = shown_answer(field, fact.answers[field.name])
            yield f"a_{field.name}", _short(value) if isinstance(value, str) else ""


def _files(fact: Entry) -> Iterator[tuple[str, str]]:
    for number, file in enumerate(fact.attachments, 1):
        if file.original.sha256:
            yield f"f{number}", _short(file.name)


def _label(form: Form, name: str) -> str:
    return next((field.label for field in form.fields if field.name == name), name)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
