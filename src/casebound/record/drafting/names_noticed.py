"""Names of other people that stand in a draft, noticed and offered as a mark (P39, P40).

Looked through are the statements, the answers and their rows, and the files. The author marks each
with one tap, or leaves it: nothing holds up signing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import ChildId
from casebound.record.book.names import names_of
from casebound.record.drafting.about_others import ANSWER, FILE, with_other
from casebound.record.drafting.people_known import PeopleKnown, people_known
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.content import (
    Answer,
    Content,
    Row,
    Sharing,
    StatementContent,
    visible,
)
from casebound.rulebook.catalogue.shape import Field, FieldType, Form

STATEMENT: Final = "s"
TYPED: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ROWS, FieldType.PEOPLE})


@dataclass(frozen=True, slots=True)
class NameNoticed:
    """A name in a draft, as it is written there, and where: `s2`, `a_visitors`, `f_…`.

    `marked_as` are the words of its mark: the name in the register, if the person is in it.
    """

    part: str
    where: str
    found: str
    is_child: bool
    marked_as: str = ""

    @property
    def number(self) -> int:
        """The number of the statement; 0 for an answer or a file."""
        return int(self.part[1:]) if self.part[1:].isdecimal() else 0


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part of a draft with its words, what it is called, and who it is marked as being about."""

    part: str
    where: str
    text: str
    marked: str = ""


def names_noticed(prepared: PreparedDraft) -> list[NameNoticed]:
    """Return the names of other people in a child's draft, each part once. At most 6 queries."""
    if prepared.book.child is None:
        return []
    draft = prepared.draft
    known = people_known(
        prepared.others,
        register=prepared.people,
        named=names_of(draft.book),
        content=draft.content,
        staff=(colleague.name for colleague in prepared.home.workers.values()),
    )
    places = [*places_in(draft.form, draft.content), *_files(prepared)]
    return noticed_in(places, draft.content, known)


def places_in(form: Form, content: Content) -> Iterator[NamedPart]:
    """Yield each part of a content in which somebody can be named, and that the child may read."""
    for number, statement in enumerate(content.statements, 1):
        if statement.sharing in {Sharing.SHARED, Sharing.THIRD_PARTY}:
            where = gettext("Statement {number}").format(number=number)
            yield NamedPart(f"{STATEMENT}{number}", where, _words(statement), _marked(statement))
    marked = {about.part: about.third_party for about in content.about_others}
    for field in form.fields:
        answer = content.answers.get(field.name)
        if field.type in TYPED and answer:
            part = f"{ANSWER}{field.name}"
            for place in _of_answer(field, part, answer):
                about = ", ".join(filter(None, (marked.get(part), marked.get(place.part))))
                yield replace(place, marked=about)


def _words(statement: StatementContent) -> str:
    said = (statement.text, statement.speaker, statement.told_by, statement.whose, statement.maker)
    return "\n".join(filter(None, said))


def _marked(statement: StatementContent) -> str:
    return statement.third_party if statement.sharing is Sharing.THIRD_PARTY else ""


def _of_answer(field: Field, part: str, answer: Answer) -> Iterator[NamedPart]:
    if not isinstance(answer, tuple):
        yield NamedPart(part, field.label, str(answer))
        return
    rows = [row for row in answer if _said(row)]
    for number, row in enumerate(rows, 1):
        where = gettext("{label}, row {number}").format(label=field.label, number=number)
        yield NamedPart(f"{part}-{number}", where, _said(row))


def _said(row: str | Row) -> str:
    cells = row.values() if isinstance(row, Mapping) else [row]
    return "\n".join(visible(cell) for cell in cells if isinstance(cell, str) and visible(cell))


def _files(prepared: PreparedDraft) -> Iterator[NamedPart]:
    marked = {about.part: about.third_party for about in prepared.draft.content.about_others}
    for number, upload in enumerate(prepared.files, 1):
        part = f"{FILE}{upload.id}"
        where = gettext("File {number}").format(number=number)
        words = f"{upload.file.name.rpartition('.')[0].replace('_', ' ')}\n{upload.file.alt}"
        yield NamedPart(part, where, words, marked.get(part, ""))


def noticed_in(places: list[NamedPart], content: Content, known: PeopleKnown) -> list[NameNoticed]:
    """Return each name that is neither marked nor left alone, once a part."""
    left = {fold(word) for word in content.dismissed_hints}
    return [
        NameNoticed(place.part, place.where, found, is_child, as_marked)
        for place in places
        for found, is_child, as_marked in _named(place, content, known, left)
    ]


def _named(
    place: NamedPart, content: Content, known: PeopleKnown, left: set[str]
) -> Iterator[tuple[str, bool, str]]:
    marked = fold(place.marked)
    about: set[ChildId] = {*known.named_in(place.marked), *content.also_about}
    for start, end, meant, is_child in known.find(place.text):
        found = place.text[start:end]
        if not meant <= about and fold(found) not in left and fold(found) not in marked:
            about |= meant
            yield found, is_child, known.marked_as(found, meant)


def with_mark(content: Content, noticed: NameNoticed) -> Content:
    """Return the content with the part marked as being about the person."""
    if not noticed.number:
        return with_other(content, noticed.part, noticed.marked_as or noticed.found)
    statement = content.statements[noticed.number - 1]
    people = ", ".join(filter(None, (_marked(statement), noticed.marked_as or noticed.found)))
    marked = replace(statement, sharing=Sharing.THIRD_PARTY, third_party=people)
    statements = list(content.statements)
    statements[noticed.number - 1] = marked
    return replace(content, statements=tuple(statements))


def with_name_left(content: Content, noticed: NameNoticed) -> Content:
    """Return the content in which the name is not asked about again."""
    return replace(content, dismissed_hints=(*content.dismissed_hints, noticed.found.lower()))
