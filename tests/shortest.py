"""The shortest complete way to fill in a form, worked out from the form itself.

Whatever a form asks, a test can write an entry on it: `shortest_answers(form)` answers what a rule
asks for and nothing else, and takes the first choice that is allowed.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final

from casebound.rulebook.catalogue.content import StatementKind
from casebound.rulebook.catalogue.shape import VIEW_MISSING, Field, FieldType, Form, has_answer

# Yes is the usual answer to these; to every other question it is no.
YES: Final = frozenset({"accurate", "is_right", "record_whole", "name_and_birth"})
_MARK: Final = {"view": "front", "region": "left_knee", "kind": "graze"}
BY_TYPE: Final[Mapping[FieldType, Callable[[Field], object]]] = {
    FieldType.TEXT: lambda _: "As agreed",
    FieldType.LONG_TEXT: lambda _: "As agreed.",
    FieldType.CHOICE: lambda field: _first(field),  # noqa: PLW0108 (it stands below)
    FieldType.CHOICES: lambda field: [_first(field)],
    FieldType.YES_NO: lambda field: "yes" if field.name in YES else "no",
    FieldType.DATE: lambda _: "2026-01-05",
    FieldType.TIME: lambda _: "18:30",
    FieldType.DATETIME: lambda _: "2026-01-05T18:30",
    FieldType.QUANTITY: lambda _: "1 tablet",
    FieldType.NUMBER: lambda field: str(field.at_least),
    FieldType.MINUTES: lambda field: str(max(field.at_least, 5)),
    FieldType.SECONDS: lambda _: "1:30",
    FieldType.MONEY_PENCE: lambda _: "4.00",
    FieldType.PEOPLE: lambda _: [{"name": "Bo Larsson", "role": "neighbour"}],
    FieldType.WORKERS: lambda _: [{"name": "Bo Larsson", "role": "agency worker"}],
    FieldType.BODY_MAP: lambda _: json.dumps({"marks": [_MARK]}),
    FieldType.SKETCH: lambda _: '{"words":"The hall, seen from the stairs."}',
    FieldType.ROWS: lambda field: [
        {column.name: BY_TYPE[column.type](column) for column in field.columns if column.required}
    ],
}


def shortest_answers(form: Form) -> dict[str, object]:
    """Return answers as typed, to what a rule asks for and nothing else."""
    answers: dict[str, object] = {}
    while todo := [field for field in form.asked(answers) if _is_due(field, form, answers)]:
        answers[todo[0].name] = BY_TYPE[todo[0].type](todo[0])
    return answers


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
