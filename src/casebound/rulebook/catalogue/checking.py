"""What the keys of a form must be to one another; a form with a mistake is refused by its file.

What each key may be on its own stands in `files.py`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NoReturn

from casebound.foundation.base.data_files import DataFileError
from casebound.rulebook.catalogue.files import AskedFile, ColumnFile, FieldFile, WhenFile
from casebound.rulebook.catalogue.grounds import grounds
from casebound.rulebook.catalogue.marks import RestrictedFrom
from casebound.rulebook.catalogue.schedule3 import ITEMS
from casebound.rulebook.catalogue.shape import (
    CAME_ON,
    CHOSEN,
    DRAWN,
    EARLIER,
    EVENT,
    LIMITS,
    TIMES,
    VIEW_MISSING,
    WRITTEN,
    BookKind,
    Field,
    FieldType,
    Form,
    WrittenBy,
)
from casebound.rulebook.catalogue.single import SINGLE

MOST_FIELDS: Final = 60  # with 60 statements and their marks, within the 200 parts of an entry
TRACKED: Final = {"who": FieldType.TEXT, "what": FieldType.TEXT, "by_when": FieldType.DATE}


def check_form(where: str, form: Form) -> None:
    """Refuse a form whose keys or questions cannot hold together."""
    check_fields(where, form.fields)
    _check_times(where, form)
    _check_items(where, form.items)
    if (form.once or form.once_each or form.carries_on) and not form.follows:
        _refuse(where, "`once`, `once_each` and `carries_on` go with `follows`")
    if form.by not in {None, WrittenBy.MANAGERS} and not form.follows:
        _refuse(where, '`by` goes with `follows`; a listed form has `by = "managers"` or none')
    if form.once and form.once_each:
        _refuse(where, "`once` and `once_each` exclude each other")
    if form.at_hand and not form.is_listed:
        _refuse(where, "`at_hand` goes with forms that are listed")
    if form.statements_optional and not form.fields:
        _refuse(where, "`statements_optional` goes with forms that ask something")
    _check_begins_with(where, form)
    _check_need_to_know(where, form)
    if form.several_children and form.book is not BookKind.CHILD:
        _refuse(where, '`several_children` goes with `book = "child"`')
    # A drawing is sealed in three parts: what was drawn, its picture, and the same in words.
    if len(form.fields) + 2 * sum(field.type in DRAWN for field in form.fields) > MOST_FIELDS:
        _refuse(where, f"a form has up to {MOST_FIELDS} fields, and a drawing counts as three")
    missing = next((field for field in form.fields if field.name == VIEW_MISSING), None)
    if form.child_facing and (missing is None or missing.type is not FieldType.CHOICE):
        _refuse(
            where, f"`child_facing` needs a choice called {VIEW_MISSING}: include the fragment view"
        )


def _check_need_to_know(where: str, form: Form) -> None:
    """Refuse a restriction of what the form does not ask, or on no such ground, or for too long."""
    said = form.need_to_know
    if said is None:
        return
    rule = {ground.value: rule for ground, rule in grounds().items()}.get(said.ground)
    if rule is None or RestrictedFrom.NEED_TO_KNOW not in rule.scopes or rule.asks:
        _refuse(where, f"`need_to_know` has no ground {said.ground} that asks for nothing more")
    elif said.days > rule.longest_days:
        _refuse(where, "`need_to_know` lasts longer than its ground allows")
    if not {field.name for field in form.fields}.issuperset(said.answers):
        _refuse(where, "`need_to_know` names an answer that the form does not ask for")


def _check_times(where: str, form: Form) -> None:
    """Refuse a day or a time that is compared with what the form does not ask."""
    asked = {EVENT, EARLIER, CAME_ON, *(field.name for field in form.fields)}
    for field in form.fields:
        for name in _compared(field):
            _check_compared(where, field.name, name, asked)
        inside = asked | {column.name for column in field.columns}
        for column in field.columns:
            for name in _compared(column):
                _check_compared(where, f"{field.name}, {column.name}", name, inside)
    for name in form.not_before:
        _check_compared(where, "the event", name, {EARLIER, CAME_ON})


def _compared(field: Field) -> Iterable[str]:
    return (*field.not_before, *field.not_after, *((field.day,) if field.day else ()))


def _check_compared(where: str, what: str, name: str, asked: set[str]) -> None:
    if name not in asked and not name.startswith(f"{EARLIER}."):
        _refuse(where, f"{what} is compared with {name}, which is not asked")


def _check_begins_with(where: str, form: Form) -> None:
    fields = {field.name: field for field in form.fields}
    for name, value in form.begins_with:
        if name not in fields:
            _refuse(where, f"`begins_with` names {name}, which is not asked")
        _check_values(where, fields[name], (value,))


def check_fields(where: str, fields: tuple[Field, ...]) -> None:
    """Refuse two questions of one name, and a condition on what is not asked before."""
    _refuse_twice(where, "field", (field.name for field in fields))
    before: dict[str, Field] = {}
    for field in fields:
        for when in field.when:
            if when.field not in before:
                _refuse(where, f"{field.name} depends on {when.field}, which is not before it")
            _check_values(where, before[when.field], when.values)
        if field.statement is not None:
            _check_values(where, field, field.statement.values)
        before[field.name] = field


def check_field(where: str, file: FieldFile) -> None:
    """Refuse a question whose keys do not go with its type."""
    _check_both(where, file)
    _check_items(where, (file.item,))
    conditions = (file.when,) if isinstance(file.when, WhenFile) else file.when
    if any(condition.values == () for condition in conditions):
        _refuse(where, "`is` must be a text or a list of texts")
    if file.statement is not None and not file.statement.kind.value:
        _refuse(where, "`kind` of a statement is missing")
    if file.type is FieldType.ROWS:
        _check_rows(where, file)
    if file.party and file.type is not FieldType.WORKERS:
        _refuse(where, "`party` goes with the type workers only")
    for key in ("columns", "max_rows", "tracked"):
        if file.type is not FieldType.ROWS and getattr(file, key) is not None:
            _refuse(where, f"`{key}` goes with the type rows only")


def check_column(where: str, file: ColumnFile) -> None:
    """Refuse a column that cannot stand in rows."""
    if file.type not in SINGLE:
        _refuse(where, f"a column is one of {', '.join(kind.value for kind in SINGLE)}")
    _check_both(where, file)
    if any(choice.prohibited for choice in file.choices):
        _refuse(where, "`prohibited` goes with the choices of a field, not of a column")


def _check_both(where: str, file: AskedFile) -> None:
    """Refuse what is wrong in a question and in a column alike."""
    chosen = file.type in CHOSEN or (file.type is FieldType.YES_NO and bool(file.choices))
    if bool(file.choices) is not chosen:
        _refuse(where, "`choices` go with the types choice and choices, and only with those")
    _refuse_twice(where, "choice", (choice.value for choice in file.choices))
    if file.max_length is not None and file.type not in WRITTEN:
        _refuse(where, "`max_length` goes with the types text and long_text only")
    compared = file.tense or file.not_before or file.not_after or file.day
    if compared and file.type not in TIMES:
        _refuse(where, "`tense`, `not_before`, `not_after` and `day` go with days and times only")
    if file.day and file.type is not FieldType.TIME:
        _refuse(where, "`day` goes with the type time only")
    if file.limits is None:
        return
    if file.type not in LIMITS:
        _refuse(where, f"`limits` go with the types {', '.join(kind.value for kind in LIMITS)}")
    usual = LIMITS[file.type]
    least = usual[0] if file.limits.least is None else file.limits.least
    most = usual[1] if file.limits.most is None else file.limits.most
    if least > most or (least < 0 and file.type is not FieldType.NUMBER) or most > usual[1]:
        _refuse(where, f"`limits` are from min to max, at most {usual[1]}")


def _check_rows(where: str, file: FieldFile) -> None:
    if not file.columns:
        _refuse(where, "`columns` are missing")
    _refuse_twice(where, "column", (column.name for column in file.columns))
    kinds = {column.name: column.type for column in file.columns}
    if file.tracked and any(kinds.get(name) is not kind for name, kind in TRACKED.items()):
        _refuse(where, "`tracked` rows have the columns who and what (text) and by_when (date)")


def _check_items(where: str, items: Iterable[int]) -> None:
    for item in items:
        if item not in {0, *ITEMS}:
            _refuse(where, f"Schedule 3 has no item {item}")


def _check_values(where: str, field: Field, values: tuple[str, ...]) -> None:
    answers = {choice.value for choice in field.choices}
    unknown = [value for value in values if value not in answers]
    if unknown:
        _refuse(where, f"{field.name} cannot be answered with “{unknown[0]}”")


def _refuse_twice(where: str, what: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        _refuse(where, f"{what} “{twice[0]}” stands there twice")


def _refuse(where: str, problem: str) -> NoReturn:
    raise DataFileError(f"{where}: {problem}")
