"""The answers to a form's own fields: from what was typed to what is sealed.

A new type of field is a reader here, words in `record/rendering/wording.py`, and in
`record/drafting/fields` what it posts (`posted.py`) and how it is shown (`shown.py`).
"""

import json
from collections.abc import Mapping
from typing import Final

from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.amounts import pounds
from casebound.rulebook.catalogue.content import Answer, Content, StatementKind, visible
from casebound.rulebook.catalogue.setting import ANYWHERE, Setting
from casebound.rulebook.catalogue.several import SEVERAL
from casebound.rulebook.catalogue.shape import DRAWN, VIEW_MISSING, Field, FieldType, Form
from casebound.rulebook.catalogue.single import SINGLE, AnswerError, Reader
from casebound.rulebook.catalogue.wall_time import as_typed

__all__ = ["READERS", "AnswerError", "answer_of", "asked_of", "sealed_answers", "typed_answers"]

READERS: Final[Mapping[FieldType, Reader]] = {**SINGLE, **SEVERAL}


def sealed_answers(form: Form, content: Content, setting: Setting = ANYWHERE) -> dict[str, Json]:
    """Return the answers to be sealed, by field name in the order of the form.

    Only fields that are asked and answered: an answer whose question has gone again is no longer
    on the screen and is not sealed. Texts are stripped; yes_no is a bool; number, minutes, seconds
    and money_pence are numbers; a date is `YYYY-MM-DD`, a time `HH:MM`, a datetime a UTC second;
    choices is a list of values; people is a list of {"name", "role"}, workers of {"id", "name",
    "role"} (without id: somebody who has no account), children of {"id"}; rows is a list of
    objects with the answered columns, and with `who_id` where `who` names a colleague; a drawing is
    an object, and no other answer is.

    Raises:
        AnswerError: an answer is not one its field takes (`completeness.missing` names it).
    """
    read = {
        field.name: answer_of(field, content, setting) for field in asked_of(form, content, setting)
    }
    return {name: value for name, value in read.items() if value is not None}


def typed_answers(form: Form, sealed: Mapping[str, Json]) -> dict[str, Answer]:
    """Return sealed answers as somebody would have typed them, to begin a new draft with.

    What the form does not ask is left out. `sealed_answers` of the result gives `sealed` again.
    """
    again = {
        field.name: _typed(field, sealed[field.name])
        for field in form.fields
        if field.name in sealed
    }
    return dict(Content.from_json({"answers": again}).answers)


def _typed(field: Field, value: Json) -> Json:
    if field.type is FieldType.ROWS and isinstance(value, list):
        return [
            {
                column.name: _typed(column, row[column.name])
                for column in field.columns
                if column.name in row
            }
            for row in value
            if isinstance(row, Mapping)
        ]
    if field.type in DRAWN:
        return json.dumps(value)
    if field.type is FieldType.DATETIME:
        return as_typed(instant(str(value)))
    if field.type is FieldType.MONEY_PENCE and isinstance(value, int):
        return pounds(value).removeprefix("£")
    if type(value) is int:
        return str(value) if field.type is FieldType.SECONDS else f"{value:,}"
    return value


def asked_of(form: Form, content: Content, setting: Setting = ANYWHERE) -> tuple[Field, ...]:
    """Return the fields the author is asked with this content, in the order of the screen.

    Why the child's view is missing is not asked where it is there: the two would contradict.
    """
    if not (form.child_facing and content.has_statement(StatementKind.VIEW)):
        return form.asked(content.answers, secure=setting.secure)
    answers = {name: answer for name, answer in content.answers.items() if name != VIEW_MISSING}
    asked = form.asked(answers, secure=setting.secure)
    return tuple(field for field in asked if field.name != VIEW_MISSING)


def answer_of(field: Field, content: Content, setting: Setting = ANYWHERE) -> Json:
    """Return the answer to one field as it is sealed; None where nothing is answered.

    Raises:
        AnswerError: the answer is not one the field takes.
    """
    answer = content.answers.get(field.name)
    if answer is None or (isinstance(answer, str) and not visible(answer)):
        return None
    return READERS[field.type](field, answer, setting)
