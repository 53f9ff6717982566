"""Answers of several values: choices, people, colleagues, children, rows and drawings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.reading import table_of
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.proof.canonical import Json, canonical, clean_text
from casebound.rulebook.catalogue.content import Answer, Person, Row, said
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import Field, FieldType
from casebound.rulebook.catalogue.single import SINGLE, AnswerError, Reader, check_text, wrong
from casebound.rulebook.catalogue.texts import MAX_PEOPLE, MAX_TEXT_BYTES, person_texts

WHO: Final = "who"  # a column that may name a colleague; their id is sealed beside it
WHO_ID: Final = "who_id"
MOST_SAID: Final = 20  # of what is wrong with one drawing


def choices(field: Field, given: Answer, setting: Setting) -> Json:
    """Read any of the choices this home has."""
    chosen = [one for one in (given if isinstance(given, tuple) else (given,)) if one != ""]
    known = [one.value for one in field.offered(secure=setting.secure)]
    if any(not isinstance(one, str) or one not in known for one in chosen):
        raise wrong(field, "choose from the answers")
    return [value for value in known if value in chosen] or None


def people(field: Field, given: Answer, _: Setting) -> Json:
    """Read people by name and role."""
    named = _people(field, _tables(field, given, "give the people by name"))
    return [{"name": clean_text(one.name), "role": clean_text(one.role)} for one in named] or None


def workers(field: Field, given: Answer, setting: Setting) -> Json:
    """Read colleagues of the home: {"id", "name", "role"} each.

    Somebody without an account here, from an agency for example, is named in words and has no id:
    what they did must be recorded all the same.
    """
    tables = _tables(field, given, "choose the colleagues, or give them by name")
    picked = list(dict.fromkeys(str(one["id"]) for one in tables if one.get("id")))
    if any(one not in setting.workers for one in picked):
        raise wrong(field, "somebody you chose does not work here now. Name them in words")
    others = _people(field, [table for table in tables if not table.get("id")])
    known = [(one, setting.workers[one]) for one in picked]
    sealed: list[Json] = [
        {"id": one, "name": clean_text(found.name), "role": clean_text(found.role)}
        for one, found in known
    ]
    sealed += [{"name": clean_text(other.name), "role": clean_text(other.role)} for other in others]
    _check_count(field, len(sealed))
    return sealed or None


def children(field: Field, given: Answer, setting: Setting) -> Json:
    """Read children of the home: {"id"} each. Their names are looked up wherever it is shown."""
    tables = _tables(field, given, "choose the children")
    picked = list(dict.fromkeys(str(table["id"]) for table in tables if table.get("id")))
    if any(one not in setting.children for one in picked):
        raise wrong(field, "somebody you chose does not live here now. Take them away")
    return [{"id": one} for one in picked] or None


def rows(field: Field, given: Answer, setting: Setting) -> Json:
    """Read rows: an object each, with the columns that are answered. Blank rows are no rows.

    Raises:
        AnswerError: with everything that is wrong, by row (from 1, as on the screen) and column.
    """
    problems: list[tuple[str, str]] = []
    sealed: list[Json] = []
    for number, row in enumerate(_tables(field, given, "fill in the rows"), 1):
        if _is_blank(row):
            continue
        read, found = _row(field, number, row, setting)
        problems += found
        sealed.append(read)
    if len(sealed) > field.max_rows:
        problems.append(("", f"“{field.label}”: there is room for {field.max_rows} rows."))
    if not problems and len(canonical(sealed)) > MAX_TEXT_BYTES:
        problems.append(("", f"“{field.label}”: it is too long to be sealed in one piece."))
    if problems:
        raise AnswerError(" ".join(words for _, words in problems), more=tuple(problems))
    return sealed or None


def _row(
    field: Field, number: int, row: Row, setting: Setting
) -> tuple[dict[str, Json], list[tuple[str, str]]]:
    read: dict[str, Json] = {}
    problems: list[tuple[str, str]] = []
    for column in field.columns:
        at, label = f"{number}-{column.name}", f"{field.label}, row {number}: {column.label}"
        given = row.get(column.name)
        if given is None or (isinstance(given, str) and not said(given)):
            if column.required:
                problems.append((at, f"“{label}” has no answer yet."))
            continue
        try:
            read[column.name] = SINGLE[column.type](replace(column, label=label), given, setting)
        except AnswerError as refused:
            problems.append((at, str(refused)))
    if worker := setting.worker_called(str(read.get(WHO, ""))):
        read[WHO_ID] = worker
    return read, problems


def _is_blank(row: Row) -> bool:
    return not any(said(str(cell)) for cell in row.values())


def _tables(field: Field, given: Answer, what_to_do: str) -> list[Row]:
    if isinstance(given, tuple) and all(isinstance(one, Mapping) for one in given):
        return [one for one in given if isinstance(one, Mapping)]
    raise wrong(field, what_to_do)


def _people(field: Field, given: Iterable[Row]) -> list[Person]:
    people = [Person.from_json(one).stripped() for one in given]
    _check_count(field, sum(one != Person() for one in people))
    for number, person in enumerate(people, 1):
        if person.role and not person.name:
            raise wrong(field, f"person {number} has a role but no name")
        for typed in person_texts(field.name, number, person):
            check_text(replace(typed, label=f"“{field.label}”: {_small(typed.label)}"))
    return [one for one in people if one != Person()]


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _check_count(field: Field, count: int) -> None:
    if count > MAX_PEOPLE:
        raise wrong(field, f"you can name up to {MAX_PEOPLE} people")


def body_map(field: Field, given: Answer, _: Setting) -> Json:
    """Read marks on the figure of a child: {"marks": [{"n", "view", "region", …}]} (P06)."""
    return _drawing(field, BodyMap.read(_json(field, given)))


def sketch(field: Field, given: Answer, _: Setting) -> Json:
    """Read a sketch: {"words", "paper", "strokes", "points"}, whole numbers and texts (P06)."""
    return _drawing(field, Sketch.read(_json(field, given)))


def _drawing(field: Field, drawing: BodyMap | Sketch) -> Json:
    found = [("", f"“{field.label}”: {words}.") for words in drawing.wrong()][:MOST_SAID]
    if not found and drawing.too_long():
        found = [("", f"“{field.label}”: it is too long to be sealed in one piece. Shorten it.")]
    if found:
        raise AnswerError(" ".join(words for _, words in found), more=tuple(found))
    return drawing.sealed()


def _json(field: Field, given: Answer) -> Mapping[str, object]:
    """Return a drawing as the page sent it, as an object."""
    if not isinstance(given, str) or not (table := table_of(given)):
        raise wrong(field, "what was drawn cannot be read. Draw it again")
    return table


def ids_in(answer: object) -> Iterator[str]:
    """Give the ids in a sealed answer of children or colleagues."""
    for one in answer if isinstance(answer, list | tuple) else ():
        if isinstance(one, Mapping) and isinstance(one.get("id"), str):
            yield one["id"]


SEVERAL: Final[Mapping[FieldType, Reader]] = {
    FieldType.CHOICES: choices,
    FieldType.PEOPLE: people,
    FieldType.WORKERS: workers,
    FieldType.CHILDREN: children,
    FieldType.ROWS: rows,
    FieldType.BODY_MAP: body_map,
    FieldType.SKETCH: sketch,
}
