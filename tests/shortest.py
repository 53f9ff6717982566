"""The shortest complete way to fill in a form, worked out from the form itself.

Whatever a form asks, a test can write an entry on it: `shortest_answers(form)` answers what a rule
asks for and nothing else, and takes the first choice that is allowed. A day or a time that is
compared with the event is when that began (`at`); what is planned is two weeks later.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue.content import StatementKind
from casebound.rulebook.catalogue.shape import (
    TIMES,
    VIEW_MISSING,
    Field,
    FieldType,
    Form,
    Tense,
    has_answer,
)

# Yes is the usual answer to these; to every other question it is no.
YES: Final = frozenset({"accurate", "is_right", "record_whole", "name_and_birth"})
_MARK: Final = {"view": "front", "region": "left_knee", "kind": "graze"}
BY_TYPE: Final[Mapping[FieldType, Callable[[Field], object]]] = {
    FieldType.TEXT: lambda _: "As agreed",
    FieldType.LONG_TEXT: lambda _: "As agreed.",
    FieldType.CHOICE: lambda field: _first(field),  # noqa: PLW0108 (it stands below)
    FieldType.CHOICES: lambda field: [_first(field)],
    FieldType.YES_NO: lambda field: "yes" if field.name in YES else "no",
    FieldType.QUANTITY: lambda _: "1 tablet",
    FieldType.NUMBER: lambda field: str(field.at_least),
    FieldType.MINUTES: lambda field: str(max(field.at_least, 5)),
    FieldType.SECONDS: lambda _: "1:30",
    FieldType.MONEY_PENCE: lambda _: "4.00",
    FieldType.PEOPLE: lambda _: [{"name": "Bo Larsson", "role": "neighbour"}],
    FieldType.WORKERS: lambda _: [{"name": "Bo Larsson", "role": "agency worker"}],
    FieldType.BODY_MAP: lambda _: json.dumps({"marks": [_MARK]}),
    FieldType.SKETCH: lambda _: '{"words":"The hall, seen from the stairs."}',
}


def shortest_answers(form: Form, *, at: datetime | None = None) -> dict[str, object]:
    """Return answers as typed, to what a rule asks for and nothing else."""
    began = at or timezone.now()
    answers: dict[str, object] = {}
    while todo := [field for field in form.asked(answers) if _is_due(field, form, answers)]:
        answers[todo[0].name] = _answer(todo[0], began)
    return answers


def _answer(field: Field, began: datetime, *, of_row: bool = False) -> object:
    if field.type is FieldType.ROWS:
        needed = [column for column in field.columns if column.required]
        return [{column.name: _answer(column, began, of_row=True) for column in needed}]
    return _time(field, began, of_row=of_row) if field.type in TIMES else BY_TYPE[field.type](field)


def _time(field: Field, began: datetime, *, of_row: bool) -> str:
    moment = began if field.tense is Tense.PAST else began + timedelta(days=14)
    is_day = of_row and field.type is FieldType.DATE  # its hour is over on every clock
    if field.tense is Tense.PAST and (is_day or not field.not_before):
        moment -= timedelta(days=1)
    local = moment.astimezone(LONDON)
    if field.type is FieldType.TIME:
        return "10:00" if field.day else f"{local:%H:%M}"
    return f"{local:%Y-%m-%d}" if field.type is FieldType.DATE else f"{local:%Y-%m-%dT%H:%M}"


def statements_owed(form: Form, answers: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the statements that the answers ask for, such as a decision."""
    return [
        {
            "text": "We keep to it.",
            "kind": "decision",
            "maker": "Dana Whitlock",
            "basis": "The plan.",
        }
        for field in form.asked(answers)
        if field.statement is not None
        and field.statement.kind is StatementKind.DECISION
        and has_answer(answers.get(field.name), field.statement.values)
    ]


def _is_due(field: Field, form: Form, answers: Mapping[str, object]) -> bool:
    asked_for = field.required_by or (form.child_facing and field.name == VIEW_MISSING)
    return bool(asked_for) and field.name not in answers


def _first(field: Field) -> str:
    return next(
        choice.value
        for choice in field.offered(secure=False)
        if not (choice.prohibited or choice.by_managers)
    )
