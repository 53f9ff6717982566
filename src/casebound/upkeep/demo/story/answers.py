"""Answers as a story tells them, put into the days and people of one telling."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.shape import FieldType, Tense
from casebound.upkeep.demo.story.rota import moment
from casebound.upkeep.demo.story.statements import Content

MOMENT: Final = re.compile(r"@(\d+) (\d\d:\d\d)")
DAY: Final = re.compile(r"@\+(\d+)")


def answers_on(
    name: str,
    told: Mapping[str, Any],
    on: date,
    people: Mapping[str, str],
    fill: Callable[[str], str] = str,
) -> Content:
    """Return the answers to a form on a day, with slots filled by `fill`.

    `people` says who "$author", "$second" and "$children" are, by their keys with spaces between.
    """
    asked = form(name)
    answers: Content = {}
    for key, value in told.items():
        if asked.field(key).type is FieldType.WORKERS or value == ["$children"]:
            chosen = [person for told in value for person in people.get(told, told).split()]
            answers[key] = [{"id": person} for person in dict.fromkeys(chosen)]
        else:
            answers[key] = _on(value, on, fill)
    return answers


def happened_at(name: str, answers: Content) -> list[datetime]:
    """Return the moments that answers to a form say are over: who was told when, and the like."""
    asked = {
        column.name: column for field in form(name).fields for column in (field, *field.columns)
    }
    rows = [row for answer in answers.values() if isinstance(answer, list) for row in answer]
    tables = [answers, *(row for row in rows if isinstance(row, dict))]
    return [
        datetime.fromisoformat(value)
        for table in tables
        for key, value in table.items()
        if key in asked and asked[key].type is FieldType.DATETIME
        if asked[key].tense is Tense.PAST and isinstance(value, str)
    ]


def moment_on(told: str, on: date) -> datetime:
    """Return the moment that "@1 09:00" is, told on a day."""
    match = MOMENT.fullmatch(told)
    if match is None:
        raise ValueError(f"{told} is not a moment")
    return moment(on + timedelta(days=int(match[1])), match[2])


def _on(value: Any, on: date, fill: Callable[[str], str]) -> Any:  # noqa: ANN401 (as TOML has it)
    if isinstance(value, list):
        return [_on(item, on, fill) for item in value]
    if isinstance(value, dict):
        return {key: _on(item, on, fill) for key, item in value.items()}
    if MOMENT.fullmatch(value):
        return moment_on(value, on).isoformat(timespec="minutes")
    if match := DAY.fullmatch(value):
        return (on + timedelta(days=int(match[1]))).isoformat()
    return fill(value)
