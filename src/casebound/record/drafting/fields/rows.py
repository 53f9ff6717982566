"""Questions answered in rows: the same few boxes for each of several things."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from casebound.record.drafting.fields.control import Cell, Control, DraftSetting, RowShown
from casebound.record.drafting.fields.people import tables
from casebound.record.drafting.fields.single import in_words, posted_day, posted_moment, pounds
from casebound.rulebook.catalogue.content import Content, Row, visible
from casebound.rulebook.catalogue.limits import hint_in_words
from casebound.rulebook.catalogue.shape import Field, FieldType

PARTS = ("date", "month", "year", "time", "zone")  # of a day, or a moment, in boxes
_CELL = re.compile(r"([1-9][0-9]{0,2})-([a-z][a-z0-9_]{0,31})")


def posted_rows(posted: QueryDict, name: str) -> object:
    """Read rows in their order. Blank rows in between stay, because an error names its row."""
    rows: dict[int, dict[str, object]] = {}
    for control in posted:
        if not control.startswith(f"{name}-"):
            continue
        base, _, part = control.rpartition("_")
        in_boxes = part in PARTS and f"{base}_month" in posted
        if in_boxes and part != "date":
            continue  # read with the day
        cell_name = base if in_boxes else control
        if place := _CELL.fullmatch(cell_name.removeprefix(f"{name}-")):
            cell = _day_or_moment(posted, base) if in_boxes else posted.get(control, "")
            rows.setdefault(int(place[1]), {}).update({place[2]: cell} if cell else {})
    read = [rows[number] for number in sorted(rows)]
    return read if any(visible(str(cell)) for row in read for cell in row.values()) else []


def _day_or_moment(posted: QueryDict, name: str) -> str:
    if f"{name}_time" in posted:
        return posted_moment(posted, name)
    return posted_day(posted, name)


def show_rows(
    control: Control,
    field: Field,
    content: Content,
    errors: Mapping[str, str],
    setting: DraftSetting,
) -> Control:
    """Show the rows that are filled in, and one empty row if there is room for it."""
    filled = tables(content.answers.get(field.name, ""))
    rows = list(filled)
    if not rows or (not _is_blank(rows[-1]) and len(rows) < field.max_rows):
        rows.append({})
    return replace(
        control,
        more={
            "rows": [
                _row(control.name, str(number), field, row, errors)
                for number, row in enumerate(rows, 1)
            ],
            "pattern": _row(control.name, "__n__", field, {}, {}),
            "most": field.max_rows,
            "colleagues": [colleague.name for colleague in setting.home.workers.values()],
            "filled": any(not _is_blank(row) for row in filled),
        },
    )


def _row(name: str, number: str, field: Field, row: Row, errors: Mapping[str, str]) -> RowShown:
    cells: Sequence[Cell] = [
        Cell(
            name=(control := f"{name}-{number}-{column.name}"),
            type=column.type.value,
            label=column.label,
            hint=hint_in_words(column),
            optional="" if column.required else "1",
            options=[(choice.value, choice.label) for choice in column.choices],
            value=_cell(column, row),
            error=errors.get(control, ""),
            is_who=column.name == "who" and column.type is FieldType.TEXT,
        )
        for column in field.columns
    ]
    return RowShown(number=number, cells=cells)


def _cell(column: Field, row: Row) -> str:
    value = row.get(column.name, "")
    return pounds(value) if column.type is FieldType.MONEY_PENCE else in_words(value)


def _is_blank(row: Row) -> bool:
    return not any(visible(str(cell)) for cell in row.values())


def with_one_more_row(content: Content, name: str) -> Content:
    """Return the content with an empty row added to an answer, so that the page shows one more."""
    rows = tables(content.answers.get(name, ()))
    return replace(content, answers={**content.answers, name: (*(rows or ({},)), {})})
