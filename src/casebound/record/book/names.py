"""Names that live in a book: people, places, medicines and actions that its entries name (P40).

They are offered while somebody writes in the same book, so that a name is written as it was before.
An entry that may be about a colleague gives none, and neither does an entry that does not stand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.canonical import Json
from casebound.record.book.entries import Entry
from casebound.record.book.models import NameInBook
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import is_for_managers

LONGEST: Final = 60  # characters: what is longer is a sentence
LOOKED_AT: Final = 400  # rows of the newest entries
AT_MOST: Final = 120


class NameKind(StrEnum):
    """What is named. The values stand in rows."""

    PERSON = "person"
    FAMILY = "family"  # the child's parents
    THIRD_PARTY = "third_party"  # private people other than the child and the parents
    PLACE = "place"
    MEDICINE = "medicine"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the role of the person if the entry has one."""

    kind: NameKind
    words: str
    role: str = ""


# Answers that name somebody or something, by field: of rows the column, and of which kind it is.
_TEXTS: Final = {
    "medicine": NameKind.MEDICINE,
    "social_worker": NameKind.PERSON,
    "reviewing_officer": NameKind.PERSON,
    "advocate": NameKind.PERSON,
    "designated_teacher": NameKind.PERSON,
}
_ROWS: Final = {
    "parents": ("name", "relation", NameKind.FAMILY),
    "others": ("name", "relation", NameKind.THIRD_PARTY),
    "medicines": ("medicine", "", NameKind.MEDICINE),
    "actions": ("what", "", NameKind.ACTION),
    "steps": ("what", "", NameKind.ACTION),
}


def names_in(fact: Entry) -> list[Named]:
    """Return the names in an entry, as one of its books shows it, each once."""
    if is_for_managers(catalogue.form(fact.form, fact.form_version)):
        return []
    names = dict.fromkeys(name for name in _all(fact) if name.words and len(name.words) <= LONGEST)
    return list(names)


def _all(fact: Entry) -> Iterator[Named]:
    for person in fact.content.present:
        if not person.child:
            kind = NameKind.PERSON if person.role else NameKind.THIRD_PARTY
            yield Named(kind, person.name, person.role[:LONGEST])
    yield Named(NameKind.PLACE, fact.content.where)
    for statement in fact.content.statements:
        yield Named(NameKind.THIRD_PARTY, *_name_and_role(statement.third_party))
    for field, value in fact.answers.items():
        if field in _TEXTS and isinstance(value, str):
            yield Named(_TEXTS[field], *_name_and_role(value))
        elif field in _ROWS and isinstance(value, list):
            yield from _of_rows(value, *_ROWS[field])


def _of_rows(rows: list[Json], column: str, role: str, kind: NameKind) -> Iterator[Named]:
    for row in rows:
        if isinstance(row, Mapping):
            yield Named(kind, str(row.get(column, "")), str(row.get(role, ""))[:LONGEST])


def _name_and_role(text: str) -> tuple[str, str]:
    """Part "Ruth Abara, teacher" into the name and what stands behind the comma."""
    name, _, role = text.partition(",")
    return name.strip(), role.strip()[:LONGEST]


def names_of(book: BookId) -> list[Named]:
    """Return the names that live in a book, newest first, each once, at most 120. 1 query."""
    rows = NameInBook.objects.filter(book_id=book).order_by("-leaf", "id")
    newest: dict[tuple[str, str], Named] = {}
    for kind, words, role in rows.values_list("kind", "words", "role")[:LOOKED_AT]:
        newest.setdefault((kind, fold(words)), Named(NameKind(kind), words, role))
    return list(newest.values())[:AT_MOST]
