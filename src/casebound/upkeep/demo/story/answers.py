"""Answers as a story tells them, put into the days and people of one telling."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.shape import FieldType
from casebound.upkeep.demo.story.pages import Content
from casebound.upkeep.demo.story.rota import LONDON

MOMENT: Final = re.compile(r"@(\d+) (\d\d):(\d\d)")
DAY: Final = re.compile(r"@\+(\d+)")


def answers_on(name: str, told: Mapping[str, Any], on: date, people: Mapping[str, str]) -> Content:
    """Return the answers to a form on a day.

    `people` says who "$author" and "$second" are; colleagues are named by their keys.
    """
    of = form(name)
    answers: Content = {}
    for key, value in told.items():
        if of.field(key).type is FieldType.WORKERS:
            found = [people.get(one, one) for one in value]
            answers[key] = [{"id": who} for who in dict.fromkeys(found) if who]
        else:
            answers[key] = _on(value, on)
    return answers


def _on(value: Any, on: date) -> Any:  # noqa: ANN401 (as TOML has it)
    if isinstance(value, list):
        return [_on(one, on) for one in value]
    if isinstance(value, dict):
        return {key: _on(one, on) for key, one in value.items()}
    if found := MOMENT.fullmatch(value):
        clock = time(int(found[2]), int(found[3]))
        then = datetime.combine(on + timedelta(days=int(found[1])), clock, LONDON)
        return then.isoformat(timespec="minutes")
    if found := DAY.fullmatch(value):
        return (on + timedelta(days=int(found[1]))).isoformat()
    return value
