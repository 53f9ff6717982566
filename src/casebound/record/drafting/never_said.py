"""What an entry says that may be a measure which is never allowed: a question before signing.

It holds up nothing. Statements are asked about while they are typed too (`hinting`); here the
answers of the form are read as well, because a measure is often told there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.fields.people import tables
from casebound.rulebook.catalogue.content import Content, Row
from casebound.rulebook.catalogue.registers import is_for_managers
from casebound.rulebook.catalogue.shape import WRITTEN, Field, Form
from casebound.rulebook.language.hints import leaves_alone, without_quotations
from casebound.rulebook.language.never_allowed import signs

DISCIPLINE: Final = "discipline"  # a measure of the form `control` that is a consequence
GROUP: Final = "reg 19(2)(j)"


@dataclass(frozen=True, slots=True)
class NeverSaid:
    """Words to be asked about: where they stand, and what regulation 19 forbids there."""

    field: str
    label: str
    found: str
    about: str
    rule: str


def never_said(form: Form, content: Content, *, secure: bool) -> tuple[NeverSaid, ...]:
    """Return the words of an entry that may tell of what is never allowed, and do not say so yet.

    A complaint or an allegation tells of what somebody else did, and is for managers already.
    """
    if is_for_managers(form):
        return ()
    chosen = {choice.rule for choice in form.prohibited(content.answers, secure=secure)}
    dismissed = {words.casefold() for words in content.dismissed_hints}
    return tuple(
        NeverSaid(place, label, text[sign.start : sign.end], gettext(sign.about), sign.rule)
        for place, label, text in _texts(form, content, secure=secure)
        for sign in signs(without_quotations(text))
        if sign.rule not in chosen and sign.found.casefold() not in dismissed
    )


def for_group(form: Form, content: Content, *, children: int, secure: bool) -> int:
    """Return for how many children a consequence is, if it is for several and does not say so."""
    chosen = {choice.rule for choice in form.prohibited(content.answers, secure=secure)}
    is_discipline = content.answers.get("kind") == DISCIPLINE and form.several_children
    return children if is_discipline and children > 1 and GROUP not in chosen else 0


def _texts(form: Form, content: Content, *, secure: bool) -> Iterator[tuple[str, str, str]]:
    for number, statement in enumerate(content.statements, 1):
        if not leaves_alone(statement.kind.value):
            label = gettext("Statement {number}").format(number=number)
            yield f"statements-{number}-text", label, statement.text
    for field in form.asked(content.answers, secure=secure):
        answer = content.answers.get(field.name)
        if field.type in WRITTEN and isinstance(answer, str):
            yield f"answers-{field.name}", field.label, answer
        yield from _of_rows(field, tables(answer))


def _of_rows(field: Field, rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    for number, row in enumerate(rows, 1):
        for column in field.columns:
            cell = row.get(column.name)
            if column.type in WRITTEN and isinstance(cell, str):
                yield f"answers-{field.name}-{number}-{column.name}", column.label, cell
