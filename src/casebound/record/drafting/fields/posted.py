"""Read a posted page's answers to the form's own questions. Reading never refuses an answer."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import QueryDict

from casebound.record.drafting.fields import drawings, people, rows, single
from casebound.rulebook.catalogue.shape import FieldType, Form

POSTED: Final[Mapping[FieldType, Callable[[QueryDict, str], object]]] = {
    FieldType.CHOICES: single.posted_choices,
    FieldType.DATE: single.posted_day,
    FieldType.DATETIME: single.posted_moment,
    FieldType.PEOPLE: people.posted_people,
    FieldType.WORKERS: people.posted_picked,
    FieldType.CHILDREN: people.posted_picked,
    FieldType.ROWS: rows.posted_rows,
    FieldType.BODY_MAP: drawings.posted_body_map,
    FieldType.SKETCH: drawings.posted_sketch,
}


def posted_answers(form: Form, posted: QueryDict) -> dict[str, object]:
    """Read the answers of a posted form, exactly as they were typed."""
    answers = {
        field.name: POSTED.get(field.type, single.posted_text)(posted, f"answers-{field.name}")
        for field in form.fields
    }
    return {name: answer for name, answer in answers.items() if answer not in ("", [])}
