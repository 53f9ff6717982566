"""Answers of several values: choices, people, colleagues, children, rows and drawings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.reading import table_of
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.proof.canonical import Json, canonical, clean_text
from casebound.rulebook.catalogue.content import Answer, Person, Row, visible
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import Field, FieldType
from casebound.rulebook.catalogue.single import SINGLE, AnswerError, Reader, check_text, wrong
from casebound.rulebook.catalogue.texts import MAX_PEOPLE, MAX_TEXT_BYTES, person_texts

WHO: Final = "who"  # a column that may name a colleague; their id is sealed beside it
WHO_ID: Final = "who_id"
MOST_SAID: Final = 20  # of what is wrong with one drawing


def choices(field: Field, answer: Answer, setting: Setting) -> Json:
    """Read any of the choices this home has."""
    chosen = [
        value for value in (answer if isinstance(answer, tuple) else (answer,)) if value != ""
    ]
    offered = [choice.value for choice in field.offered(secure=setting.secure)]
    if any(not isinstance(value, str) or value not in offered for value in chosen):
        raise wrong(field, gettext("choose from the answers"))
    alone = next((choice for choice in field.choices if choice.alone), None)
    if alone is not None and alone.value in chosen and len(set(chosen)) > 1:
        only = gettext("choose “{label}”, or what it was, not both").format(label=alone.label)
        raise wrong(field, only)
    return [value for value in offered if value in chosen] or None


def people(field: Field, answer: Answer, _: Setting) -> Json:
    """Read people by name and role."""
    named = _people(field, _tables(field, answer, gettext("give the people by name")))
    return [
        {"name": clean_text(person.name), "role": clean_text(person.role)} for person in named
    ] or None


def workers(field: Field, answer: Answer, setting: Setting) -> Json:
    """Read colleagues of the home: {"id", "name", "role"} each.

    Somebody without an account here, from an agency for example, is named in words and has no id:
    what they did must be recorded all the same. Where it is asked who an entry is about, somebody
    who is named in words as an account is has its id all the same: of two people of one name each.
    """
    tables = _tables(field, answer, gettext("choose the colleagues, or give them by name"))
    picked = list(dict.fromkeys(str(table["id"]) for table in tables if table.get("id")))
    if any(worker not in setting.workers for worker in picked):
        raise wrong(field, gettext("somebody you chose does not work here now. Name them in words"))
    others = _people(field, [table for table in tables if not table.get("id")])
    colleagues = [(worker, setting.workers[worker]) for worker in picked]
    sealed: list[Json] = [
        {"id": worker, "name": clean_text(colleague.name), "role": clean_text(colleague.role)}
        for worker, colleague in colleagues
    ]
    for other in others:
        named = {"name": clean_text(other.name), "role": clean_text(other.role)}
        ids = setting.accounts_called(other.name) if field.party else []
        sealed += [{"id": key, **named} for key in ids if key not in picked] or [named]
    _check_count(field, len(sealed))
    return sealed or None


def children(field: Field, answer: Answer, setting: Setting) -> Json:
    """Read children of the home: {"id"} each. Their names are looked up wherever it is shown."""
    tables = _tables(field, answer, gettext("choose the children"))
    picked = list(dict.fromkeys(str(table["id"]) for table in tables if table.get("id")))
    if any(child not in setting.children for child in picked):
        raise wrong(field, gettext("somebody you chose does not live here now. Remove them"))
    return [{"id": child} for child in picked] or None


def rows(field: Field, answer: Answer, setting: Setting) -> Json:
    """Read rows: an object each, with the columns that are answered. Blank rows are no rows.

    Raises:
        AnswerError: with everything that is wrong, by row (from 1, as on the screen) and column.
    """
    problems: list[tuple[str, str]] = []
    sealed: list[Json] = []
    for number, row in enumerate(_tables(field, answer, gettext("fill in the rows")), 1):
        if _is_blank(row):
            continue
        read, refused = _row(field, number, row, setting)
        problems += refused
        sealed.append(read)
    if len(sealed) > field.max_rows:
        problems.append(
            (
                "",
                gettext("“{label}”: there is room for {max_rows} rows.").format(
                    label=field.label, max_rows=field.max_rows
                ),
            )
        )
    if not problems and len(canonical(sealed)) > MAX_TEXT_BYTES:
        problems.append(
            (
                "",
                gettext("“{label}”: it is too long to be sealed in one piece.").format(
                    label=field.label
                ),
            )
        )
    if problems:
        raise AnswerError(" ".join(words for _, words in problems), more=tuple(problems))
    return sealed or None


def _row(
    field: Field, number: int, row: Row, setting: Setting
) -> tuple[dict[str, Json], list[tuple[str, str]]]:
    read: dict[str, Json] = {}
    problems: list[tuple[str, str]] = []
    for column in field.columns:
        at, label = (
            f"{number}-{column.name}",
            gettext("{label}, row {number}: {label_2}").format(
                label=field.label, number=number, label_2=column.label
            ),
        )
        answer = row.get(column.name)
        if answer is None or (isinstance(answer, str) and not visible(answer)):
            if column.required:
                problems.append((at, gettext("“{label}” has no answer yet.").format(label=label)))
            continue
        try:
            read[column.name] = SINGLE[column.type](replace(column, label=label), answer, setting)
        except AnswerError as refused:
            problems.append((at, str(refused)))
    if worker := setting.worker_called(str(read.get(WHO, ""))):
        read[WHO_ID] = worker
    return read, problems


def _is_blank(row: Row) -> bool:
    return not any(visible(str(cell)) for cell in row.values())


def _tables(field: Field, answer: Answer, what_to_do: str) -> list[Row]:
    if isinstance(answer, tuple) and all(isinstance(table, Mapping) for table in answer):
        return [table for table in answer if isinstance(table, Mapping)]
    raise wrong(field, what_to_do)


def _people(field: Field, rows: Iterable[Row]) -> list[Person]:
    people = [Person.from_json(row).stripped() for row in rows]
    _check_count(field, sum(person != Person() for person in people))
    for number, person in enumerate(people, 1):
        if person.role and not person.name:
            raise wrong(
                field, gettext("person {number} has a role but no name").format(number=number)
            )
        for typed in person_texts(field.name, number, person):
            check_text(replace(typed, label=f"“{field.label}”: {_small(typed.label)}"))
    return [person for person in people if person != Person()]


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _check_count(field: Field, count: int) -> None:
    if count > MAX_PEOPLE:
        raise wrong(
            field, gettext("you can name up to {max_people} people").format(max_people=MAX_PEOPLE)
        )


def body_map(field: Field, answer: Answer, _: Setting) -> Json:
    """Read marks on the figure of a child: {"marks": [{"n", "view", "region", …}]} (P06)."""
    return _drawing(field, BodyMap.read(_json(field, answer)))


def sketch(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a sketch: {"words", "paper", "strokes", "points"}, whole numbers and texts (P06)."""
    return _drawing(field, Sketch.read(_json(field, answer)))


def _drawing(field: Field, drawing: BodyMap | Sketch) -> Json:
    problems = [("", f"“{field.label}”: {words}.") for words in drawing.wrong()][:MOST_SAID]
    if not problems and drawing.too_long():
        problems = [
            (
                "",
                gettext("“{label}”: it is too long to be sealed in one piece. Shorten it.").format(
                    label=field.label
                ),
            )
        ]
    if problems:
        raise AnswerError(" ".join(words for _, words in problems), more=tuple(problems))
    return drawing.sealed()


def _json(field: Field, answer: Answer) -> Mapping[str, object]:
    """Return a drawing as the page sent it, as an object."""
    if not isinstance(answer, str) or not (table := table_of(answer)):
        raise wrong(field, gettext("what was drawn cannot be read. Draw it again"))
    return table


def ids_in(answer: object) -> Iterator[str]:
    """Give the ids in a sealed answer of children or colleagues."""
    for item in answer if isinstance(answer, list | tuple) else ():
        if isinstance(item, Mapping) and isinstance(item.get("id"), str):
            yield item["id"]


SEVERAL: Final[Mapping[FieldType, Reader]] = {
    FieldType.CHOICES: choices,
    FieldType.PEOPLE: people,
    FieldType.WORKERS: workers,
    FieldType.CHILDREN: children,
    FieldType.ROWS: rows,
    FieldType.BODY_MAP: body_map,
    FieldType.SKETCH: sketch,
}
