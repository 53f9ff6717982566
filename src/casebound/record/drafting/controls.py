"""The form's own fields on the writing page: what each posts, and how it is drawn.

One function a type of field on each side: `POSTED` reads, `DRAWN` shows. The control itself is the
template `drafting/fields/<type>.html`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final

from django.http import QueryDict

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.web.drawn import body_map_shown, sketch_shown
from casebound.record.drafting import drawings
from casebound.rulebook.catalogue.content import Answer, Content, Person, Row, said
from casebound.rulebook.catalogue.layout import open_fields
from casebound.rulebook.catalogue.limits import hint_in_words
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import DRAWN as DRAWINGS
from casebound.rulebook.catalogue.shape import VIEW_MISSING, Field, FieldType, Form, has_answer

_ROW = re.compile(r"([1-9][0-9]{0,2})-([a-z][a-z0-9_]{0,31})")


# ---- what is posted


def posted_answers(form: Form, posted: QueryDict) -> dict[str, object]:
    """Read the answers of a posted form. Never refuses: whatever was typed is kept."""
    read = {
        one.name: POSTED.get(one.type, _text)(posted, f"answers-{one.name}") for one in form.fields
    }
    return {name: answer for name, answer in read.items() if answer not in ("", [])}


def moment(posted: QueryDict, name: str) -> str:
    """Join a day and a time of day; half of them is kept as it is, to be asked about.

    In the hour that comes twice in October, an untouched time keeps the offset it had.
    """
    day, time = posted.get(f"{name}_date", ""), posted.get(f"{name}_time", "")
    if not day and not time:
        return ""
    return f"{day}T{time}{_kept_offset(posted, name, day, time)}"


def _kept_offset(posted: QueryDict, name: str, day: str, time: str) -> str:
    was = posted.get(f"{name}_was", "")
    return was.removeprefix(f"{day}T{time}") if was.startswith(f"{day}T{time}") else ""


def people(text: str) -> list[dict[str, str]]:
    """Read people typed one a line, a role behind a comma: `Ruth Abara, teacher`."""
    found = []
    for line in text.splitlines():
        name, _, role = line.partition(",")
        if name.strip() or role.strip():
            found.append({"name": name.strip(), "role": role.strip()})
    return found


def people_lines(people: Iterable[Person]) -> str:
    """Write people back as they are typed."""
    return "\n".join(f"{one.name}, {one.role}" if one.role else one.name for one in people)


def with_one_more_row(content: Content, name: str) -> Content:
    """Return the content with an empty row at the end of an answer, for one more on the page."""
    given = content.answers.get(name, ())
    rows = given if isinstance(given, tuple) else ()
    return replace(content, answers={**content.answers, name: (*(rows or ({},)), {})})


def _text(posted: QueryDict, name: str) -> object:
    return posted.get(name, "")


def _day(posted: QueryDict, name: str) -> object:
    return posted.get(f"{name}_date", "") or posted.get(name, "")


def _named(posted: QueryDict, name: str) -> object:
    return people(posted.get(name, ""))


def _picked(posted: QueryDict, name: str) -> object:
    """Read those who were picked by id, then those who were typed."""
    others = people(posted.get(f"{name}-others", ""))
    return [*({"id": one} for one in posted.getlist(name) if one), *others]


def _rows(posted: QueryDict, name: str) -> object:
    """Read rows in their order. Blank ones are kept between others: an error names its row."""
    rows: dict[int, dict[str, object]] = {}
    for control in posted:
        if control.startswith(f"{name}-") and (
            found := _ROW.fullmatch(control.removeprefix(f"{name}-"))
        ):
            cell = posted.get(control, "")
            rows.setdefault(int(found[1]), {}).update({found[2]: cell} if cell else {})
    read = [rows[number] for number in sorted(rows)]
    return read if any(said(str(cell)) for row in read for cell in row.values()) else []


POSTED: Final[Mapping[FieldType, Callable[[QueryDict, str], object]]] = {
    FieldType.CHOICES: lambda posted, name: posted.getlist(name),
    FieldType.PEOPLE: _named,
    FieldType.WORKERS: _picked,
    FieldType.CHILDREN: _picked,
    FieldType.ROWS: _rows,
    FieldType.BODY_MAP: drawings.posted_body_map,
    FieldType.SKETCH: drawings.posted_sketch,
    FieldType.DATETIME: moment,
    FieldType.DATE: _day,
}


# ---- what is drawn


@dataclass(frozen=True, slots=True)
class Around:
    """Who works and lives at the home, and who of them is writing."""

    setting: Setting
    you: WorkerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """A choice that a rule never allows: what to say when it is chosen."""

    when: str
    label: str
    rule: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One box of a row."""

    name: str
    type: str
    label: str
    hint: str
    optional: str
    options: Sequence[tuple[str, str]]
    value: str
    error: str
    is_who: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One row, as it is counted on the screen."""

    number: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One field as the page draws it.

    Attributes:
        when: the conditions for the script; only_if: the same in words, for a page without scripts.
        asked: whether they all hold, as the draft stands.
        value: text, or the values that are ticked.
        more: what only this type of field has.
    """

    name: str
    key: str
    type: str
    template: str
    label: str
    hint: str
    optional: str
    error: str
    asked: bool
    when: str
    only_if: str
    section: str
    is_open: bool
    options: Sequence[tuple[str, str]]
    value: object
    never: Sequence[Never] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether it has an answer, or something is wrong with it."""
        return bool(self.error or self.value or self.more.get("filled"))


@dataclass(frozen=True, slots=True)
class Controls:
    """The fields of a form: those of the child's view, those that stand open, and the rest.

    The latter two are lists of (heading, fields under it).
    """

    view: Sequence[Control]
    open: Sequence[tuple[str, Sequence[Control]]]
    folded: Sequence[tuple[str, Sequence[Control]]]

    @property
    def unfolded(self) -> bool:
        """Whether the fold is to be open: somebody has used it, or must."""
        return any(one.says_something for _, group in self.folded for one in group)


def drawn(form: Form, content: Content, errors: Mapping[str, str], around: Around) -> Controls:
    """Return the form's own fields as the page draws them, in order."""
    made = fields_drawn(form, content, errors, around)
    of_view = {VIEW_MISSING} | {
        one.name for one in form.fields if any(c.field == VIEW_MISSING for c in one.when)
    }
    view = [one for one in made if form.child_facing and one.key in of_view]
    rest = [one for one in made if one not in view]
    return Controls(
        view,
        _by_section(one for one in rest if one.is_open),
        _by_section(one for one in rest if not one.is_open),
    )


def fields_drawn(
    form: Form, content: Content, errors: Mapping[str, str], around: Around
) -> list[Control]:
    """Return every field of the form as the page draws it, in order."""
    secure = around.setting.secure
    asked = {one.name for one in form.asked(content.answers, secure=secure)}
    standing = open_fields(form)
    section, made = "", []
    for one in form.fields:
        section = one.section or section
        made.append(
            _drawn(
                one,
                form,
                content.answers.get(one.name, ""),
                errors,
                around,
                asked=one.name in asked,
                is_open=one.name in standing,
                section=section,
            )
        )
    return made


def _by_section(controls: Iterable[Control]) -> list[tuple[str, list[Control]]]:
    return [(section, list(group)) for section, group in groupby(controls, lambda c: c.section)]


def _drawn(
    one: Field,
    form: Form,
    value: Answer,
    errors: Mapping[str, str],
    around: Around,
    *,
    asked: bool,
    is_open: bool,
    section: str,
) -> Control:
    name = f"answers-{one.name}"
    offered = one.offered(secure=around.setting.secure)
    return DRAWN.get(one.type, _plain)(
        Control(
            name=name,
            key=one.name,
            type=one.type.value,
            template=f"drafting/fields/{one.type.value}.html",
            label=one.label,
            hint=hint_in_words(one),
            optional="" if one.required_by or one.name == VIEW_MISSING else "1",
            error=errors.get(name, ""),
            asked=asked,
            when=";".join(f"answers-{c.field}={'|'.join(c.values)}" for c in one.when),
            only_if=_only_if(one, form),
            section=section,
            is_open=is_open,
            options=[(choice.value, choice.label) for choice in offered],
            value="",
            never=[
                Never(
                    when=f"{name}={choice.value}",
                    label=choice.label,
                    rule=choice.prohibited,
                    chosen=has_answer(value, (choice.value,)),
                )
                for choice in offered
                if choice.prohibited
            ],
        ),
        one,
        value,
        errors,
        around,
    )


def _only_if(one: Field, form: Form) -> str:
    """Say when a question is asked: `Only if you answered “Yes” to “Was anybody hurt?”`."""
    said_of = []
    for condition in one.when:
        before = form.field(condition.field)
        labels = {choice.value: choice.label for choice in before.choices}
        values = " or ".join(f"“{labels[value]}”" for value in condition.values)
        said_of.append(f"{values} to “{before.label}”")
    return f"Only if you answered {', and '.join(said_of)}" if said_of else ""


Draw = Callable[[Control, Field, Answer, Mapping[str, str], Around], Control]


def _plain(control: Control, _: Field, value: Answer, __: object, ___: object) -> Control:
    return replace(control, value=in_words(value))


def _values(control: Control, _: Field, value: Answer, __: object, ___: object) -> Control:
    return replace(control, value=value if isinstance(value, tuple) else (value,) if value else ())


def _money(control: Control, _: Field, value: Answer, __: object, ___: object) -> Control:
    return replace(control, value=_pounds(value))


def _when(control: Control, _: Field, value: Answer, *__: object) -> Control:
    day, time = (*in_words(value).split("T", 1), "")[:2]
    return replace(control, value=in_words(value), more={"date": day, "time": time[:5]})


def _lines(control: Control, _: Field, value: Answer, __: object, ___: object) -> Control:
    return replace(control, value=_others(value) if isinstance(value, tuple) else in_words(value))


def _workers(control: Control, _: Field, value: Answer, __: object, around: Around) -> Control:
    known = {
        key: f"{one.name} (you)" if key == around.you else one.name
        for key, one in around.setting.workers.items()
    }
    # Whoever writes comes first: they were most likely there.
    order = sorted(known, key=lambda key: key != around.you)
    return _pick(control, value, {key: known[key] for key in order}, "works here no longer")


def _children(control: Control, _: Field, value: Answer, __: object, around: Around) -> Control:
    return _pick(control, value, around.setting.children, "lives here no longer")


def _pick(control: Control, value: Answer, known: Mapping[str, str], gone: str) -> Control:
    rows = _tables(value)
    picked = [str(row["id"]) for row in rows if row.get("id")]
    lost = [(key, f"Somebody who {gone}") for key in picked if key not in known]
    return replace(
        control,
        options=[*known.items(), *lost],
        value=picked,
        more={"others": _others(value), "filled": bool(rows)},
    )


def _others(value: Answer) -> str:
    return people_lines(Person.from_json(one) for one in _tables(value) if not one.get("id"))


def _drawn_rows(
    control: Control, one: Field, value: Answer, errors: Mapping[str, str], around: Around
) -> Control:
    kept = _tables(value)
    # One empty row waits for words, as long as there is room.
    rows = kept if kept and not _is_blank(kept[-1]) and len(kept) >= one.max_rows else _open(kept)
    return replace(
        control,
        more={
            "rows": [
                _row(control.name, str(number), one, row, errors) for number, row in _count(rows)
            ],
            "pattern": _row(control.name, "__n__", one, {}, {}),
            "most": one.max_rows,
            "colleagues": [worker.name for worker in around.setting.workers.values()],
            "filled": any(not _is_blank(row) for row in kept),
        },
    )


def _open(rows: Sequence[Row]) -> list[Row]:
    return list(rows) if rows and _is_blank(rows[-1]) else [*rows, {}]


def _count(rows: Sequence[Row]) -> Iterable[tuple[int, Row]]:
    return enumerate(rows, 1)


def _row(name: str, number: str, one: Field, row: Row, errors: Mapping[str, str]) -> DrawnRow:
    return DrawnRow(
        number=number,
        cells=[
            Cell(
                name=(control := f"{name}-{number}-{column.name}"),
                type=column.type.value,
                label=column.label,
                hint=hint_in_words(column),
                optional="" if column.required else "1",
                options=[(choice.value, choice.label) for choice in column.choices],
                value=(
                    _pounds(row.get(column.name, ""))
                    if column.type is FieldType.MONEY_PENCE
                    else in_words(row.get(column.name, ""))
                ),
                error=errors.get(control, ""),
                is_who=column.name == "who" and column.type is FieldType.TEXT,
            )
            for column in one.columns
        ],
    )


def _is_blank(row: Row) -> bool:
    return not any(said(str(cell)) for cell in row.values())


def _tables(value: Answer) -> list[Row]:
    rows = value if isinstance(value, tuple) else ()
    return [one for one in rows if isinstance(one, Mapping)]


def in_words(value: Answer) -> str:
    """Write a typed answer of one value as its box shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""


def typed_in_words(one: Field, value: Answer, setting: Setting) -> str:
    """Write what was typed into a field in a line, to read beside another version of it."""
    if isinstance(value, tuple):
        each = (_one_in_words(one, inner, setting) for inner in value)
        return "; ".join(words for words in each if words)
    if one.type in DRAWINGS:
        return drawings.in_words(value, one.type.value)
    return _label(one, in_words(value))


def _one_in_words(one: Field, value: str | Row, setting: Setting) -> str:
    if isinstance(value, str):
        return _label(one, value)
    key = str(value.get("id", ""))
    if key in setting.workers:
        return setting.workers[key].name
    return setting.children.get(key) or ", ".join(str(cell) for cell in value.values() if cell)


def _label(one: Field, value: str) -> str:
    labels = {choice.value: choice.label for choice in one.choices}
    return labels.get(value, value.replace("T", " ") if one.type is FieldType.DATETIME else value)


def _pounds(value: Answer) -> str:
    if isinstance(value, int) and not isinstance(value, bool):  # pence, from a program
        return f"{value // 100}.{value % 100:02d}"
    return in_words(value)


def _body_map(control: Control, _: Field, value: Answer, *__: object) -> Control:
    return replace(control, value=BodyMap.read(value).typed(), more=body_map_shown(value))


def _sketch(control: Control, _: Field, value: Answer, *__: object) -> Control:
    return replace(control, value=Sketch.read(value).typed(), more=sketch_shown(value))


DRAWN: Final[Mapping[FieldType, Draw]] = {
    FieldType.CHOICES: _values,
    FieldType.MONEY_PENCE: _money,
    FieldType.DATE: _when,
    FieldType.DATETIME: _when,
    FieldType.PEOPLE: _lines,
    FieldType.WORKERS: _workers,
    FieldType.CHILDREN: _children,
    FieldType.ROWS: _drawn_rows,
    FieldType.BODY_MAP: _body_map,
    FieldType.SKETCH: _sketch,
}
