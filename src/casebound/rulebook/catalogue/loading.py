"""Reading forms from their files. What a file may say stands in `files.py`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeAlias

from msgspec.structs import asdict

from casebound.foundation.base.data_files import DataFileError, as_shape, read_toml
from casebound.foundation.base.digests import digest_of
from casebound.rulebook.catalogue.checking import (
    check_column,
    check_field,
    check_fields,
    check_form,
)
from casebound.rulebook.catalogue.files import (
    AskedFile,
    ColumnFile,
    FieldFile,
    FormFile,
    FragmentFile,
    IncludeFile,
    NeedToKnowFile,
    RequirementFile,
    StatementFile,
    WhenFile,
)
from casebound.rulebook.catalogue.law import is_in_force, laws
from casebound.rulebook.catalogue.shape import (
    EARLIER,
    LIMITS,
    MAX_LENGTHS,
    MAX_ROWS,
    Choice,
    EventTime,
    Field,
    FieldType,
    Form,
    NeedToKnow,
    Requirement,
    StatementNeeded,
    Tense,
    When,
)
from casebound.rulebook.catalogue.versions import extended

FILE_NAME: Final = re.compile(r"([a-z][a-z0-9_]{0,31})\.([1-9][0-9]{0,3})\.toml")
OF_LISTS: Final = frozenset({"retired", "order", "at_hand", "shown_as"})
YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))

Table: TypeAlias = Mapping[str, Any]  # as TOML has it
Fragments: TypeAlias = Mapping[str, tuple[Table, ...]]  # the questions of each, by name and version


def read_fragments(folder: Traversable) -> Fragments:
    """Return the questions that forms share, by `<name>.<version>`, from the files of `folder`.

    A fragment has versions like a form: what an entry was asked is never changed afterwards.

    Raises:
        DataFileError: a file is not such a fragment.
    """
    read: dict[str, tuple[Table, ...]] = {}
    for where, table in _tables(folder).items():
        file = as_shape(FragmentFile, table, where=where)
        _check_name(where, file.name, file.version)
        if not file.fields:
            raise DataFileError(f"{where}: `fields` are missing")
        # Each is read again in the form that includes it; here to find a mistake at once.
        check_fields(where, tuple(_fields(where, file.fields, {})))
        read[f"{file.name}.{file.version}"] = file.fields
    return read


def read_forms(folder: Traversable, fragments: Fragments) -> list[Form]:
    """Return the forms of a folder, in the order of their files' names.

    Every version but the newest of its name is retired: nothing new is written on it.

    Raises:
        DataFileError: a file is not a form, or extends one that is not there.
    """
    tables = _tables(folder)
    forms = [_form(where, _whole(where, tables), fragments) for where in tables]
    newest = {form.name: form.version for form in sorted(forms, key=lambda form: form.version)}
    return [
        form if form.version == newest[form.name] else replace(form, retired=True) for form in forms
    ]


def _tables(folder: Traversable) -> dict[str, Table]:
    """Return what each form file of a folder says, by its name and in the order of the names."""
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    for file in files:
        if FILE_NAME.fullmatch(file.name) is None:
            raise DataFileError(f"{file.name}: a form file is called NAME.VERSION.toml")
    return {file.name: read_toml(file) for file in sorted(files, key=lambda file: file.name)}


def _whole(where: str, tables: Mapping[str, Table]) -> Table:
    """Return the whole form of a file that may say only what changed (see `versions`)."""
    table = tables[where]
    if "extends" not in table:
        return table
    name, version, _ = where.split(".")
    number = table["extends"]
    earlier = f"{name}.{number}.toml"
    if not isinstance(number, int) or number >= int(version) or earlier not in tables:
        raise DataFileError(
            f"{where}: `extends` is {number}, and there is no such earlier version of {name}"
        )
    for key in ("name", "version"):
        if key in table:
            raise DataFileError(
                f"{where}: `{key}` is said by the name of a file that extends another: leave it out"
            )
    whole = extended(_whole(earlier, tables), table, where=where)
    return {**whole, "name": name, "version": int(version)}


def _form(where: str, table: Table, fragments: Fragments) -> Form:
    file = as_shape(FormFile, table, where=where)
    _check_name(where, file.name, file.version)
    keys = asdict(file) | {
        "follows": _several(file.follows),
        "not_before": _event_not_before(file),
        "where": _requirement(file.where) if file.where else None,
        "begins_with": tuple(file.begins_with.items()),
        "need_to_know": _need_to_know(file.need_to_know),
        "fields": tuple(_fields(where, file.fields, fragments)),
    }
    form = Form(**keys, digest=digest_of(_asked(table, fragments)))
    check_form(where, form)
    return form


def _event_not_before(file: FormFile) -> tuple[str, ...]:
    """Return what the event cannot be before: what follows an entry, that entry's event."""
    if file.not_before is not None:
        return file.not_before
    asks = file.event_time is not EventTime.SIGNING
    return (EARLIER,) if file.follows and asks else ()


def _check_name(where: str, name: str, version: int) -> None:
    if f"{name}.{version}.toml" != where:
        raise DataFileError(f"{where}: the name of the file does not say {name}.{version}")


def _asked(table: Table, fragments: Fragments) -> Table:
    """Return what an entry on a form was asked, fragments written out, for its digest.

    Where the form stands in the lists is not part of it, and may change in place.
    """
    asked = {key: value for key, value in table.items() if key not in OF_LISTS}
    included = [field["include"] for field in table.get("fields", []) if "include" in field]
    return {**asked, "included": [fragments.get(str(name)) for name in included]}


def _fields(where: str, tables: tuple[Table, ...], fragments: Fragments) -> Iterator[Field]:
    for number, table in enumerate(tables, 1):
        place = f"{where}, fields {number}"
        if "include" in table:
            yield from _included(place, as_shape(IncludeFile, table, where=place), fragments)
        else:
            place = f"{place} ({table.get('name', 'without a name')})"
            file = as_shape(FieldFile, table, where=place)
            if _is_asked(place, file):
                yield _field(place, file)


def _included(where: str, file: IncludeFile, fragments: Fragments) -> Iterator[Field]:
    """Give the fields of a fragment; its own conditions and those it is included under hold."""
    if file.include not in fragments:
        raise DataFileError(f"{where}: there is no fragment {file.include} in shared")
    fields = _fields(f"{where}, {file.include}", fragments[file.include], {})
    for number, field in enumerate(fields):
        heading = field.section or (file.section if number == 0 else "")
        whole = replace(field, when=(*_when(file.when), *field.when), section=heading)
        yield whole if file.not_before is None else _not_before(whole, file.not_before)


def _not_before(field: Field, names: tuple[str, ...]) -> Field:
    """Return a field of a fragment whose days and times cannot be before these instead."""
    columns = tuple(_not_before(column, names) for column in field.columns)
    return replace(field, columns=columns, not_before=names if field.not_before else ())


def _is_asked(where: str, file: FieldFile) -> bool:
    """Say whether the law that a question rests on is in force; without one, it is asked."""
    for key in (file.law, *(choice.law for choice in file.choices)):
        if key and key not in laws():
            raise DataFileError(f"{where}: there is no {key} in law.toml")
    return not file.law or is_in_force(file.law)


def _field(where: str, file: FieldFile) -> Field:
    check_field(where, file)
    keys = _of_both(file) | {
        "required_by": tuple(_requirement(rule) for rule in file.required_by),
        "when": _when(file.when),
        "statement": _statement(file.statement) if file.statement else None,
        "columns": tuple(_column(where, column) for column in file.columns or ()),
        "max_rows": (file.max_rows or MAX_ROWS) if file.type is FieldType.ROWS else 0,
        "tracked": bool(file.tracked),
    }
    return Field(**keys)


def _column(where: str, file: ColumnFile) -> Field:
    check_column(f"{where}, columns ({file.name})", file)
    return Field(**_of_both(file))


def _of_both(file: AskedFile) -> dict[str, Any]:
    """Return the keys of a question or a column, as they are or as is usual for the type."""
    least, most = LIMITS.get(file.type, (0, 0))
    keys, limits = asdict(file), file.limits
    del keys["limits"]
    keys.pop("law", None)
    return keys | {
        "choices": _choices(file),
        "max_length": file.max_length or MAX_LENGTHS.get(file.type, 0),
        "at_least": least if limits is None or limits.least is None else limits.least,
        "at_most": most if limits is None or limits.most is None else limits.most,
        "says_limits": limits is not None,
        "tense": file.tense or Tense.PAST,
    }


def _choices(file: AskedFile) -> tuple[Choice, ...]:
    if file.type is FieldType.YES_NO and not file.choices:
        return YES_NO
    return tuple(
        Choice(**asdict(choice))
        for choice in file.choices
        if not choice.law or is_in_force(choice.law)
    )


def _requirement(file: RequirementFile | StatementFile) -> Requirement:
    return Requirement(file.rule, file.words)


def _need_to_know(file: NeedToKnowFile | None) -> NeedToKnow | None:
    return None if file is None else NeedToKnow(**asdict(file))


def _when(files: WhenFile | tuple[WhenFile, ...]) -> tuple[When, ...]:
    """Return one condition or several, all of which must hold."""
    conditions = (files,) if isinstance(files, WhenFile) else files
    return tuple(When(file.field_name, _several(file.values)) for file in conditions)


def _statement(file: StatementFile) -> StatementNeeded:
    return StatementNeeded(_several(file.values), file.kind, _requirement(file))


def _several(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values
