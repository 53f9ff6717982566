"""Reading forms from files, strictly: a form with a mistake in it stops the program at once.

A mistake found here costs whoever wrote the form a minute; found later, it costs a child's record.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any, Final, NoReturn, TypeVar

from casebound.foundation.base.digests import digest_of
from casebound.rulebook.catalogue.marks import StatementKind
from casebound.rulebook.catalogue.schedule3 import ITEMS
from casebound.rulebook.catalogue.shape import (
    CHOSEN,
    DRAWN,
    LIMITS,
    MAX_LENGTHS,
    MAX_ROWS,
    MOST_ROWS,
    SECURE,
    VIEW_MISSING,
    WRITTEN,
    BookKind,
    Choice,
    EventTime,
    Field,
    FieldType,
    Fills,
    Form,
    Group,
    Register,
    Requirement,
    StatementNeeded,
    When,
    WrittenBy,
)
from casebound.rulebook.catalogue.single import SINGLE
from casebound.rulebook.catalogue.versions import extended

AnyList = TypeVar("AnyList", bound=StrEnum)
AnyValue = TypeVar("AnyValue")

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")  # also the name of the sealed part
FILE_NAME: Final = re.compile(r"([a-z][a-z0-9_]{0,31})\.([1-9][0-9]{0,3})\.toml")
# A clause of the policy (P01 to P84), a regulation or schedule of SI 2015/541, or the Guide.
RULE: Final = re.compile(
    r"P(0[1-9]|[1-7][0-9]|8[0-4])|"
    r"(reg|Sch) [1-9][0-9]?\S*( para [1-9][0-9]?(\([a-z]\))?)?|Guide [0-9.]+"
)
LONGEST: Final = 16_384  # characters of at most four bytes: the 65,536 of one part (ledger 1.4)
MOST_FIELDS: Final = 60  # with 60 statements and their marks, within the 200 parts of an entry
YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
OF_LISTS: Final = frozenset({"retired", "order", "at_hand", "shown_as"})
TRACKED: Final = {"who": FieldType.TEXT, "what": FieldType.TEXT, "by_when": FieldType.DATE}


class FormFileError(ValueError):
    """A form file has a mistake. The message names the file, the place and what to do."""


class _Table:
    """A table of the file, emptied key by key, so that a misspelt key is noticed."""

    def __init__(self, where: str, table: dict[str, object]) -> None:
        self.where = where
        self.left = dict(table)

    def refuse(self, problem: str) -> NoReturn:
        raise FormFileError(f"{self.where}: {problem}")

    def take(self, key: str, kind: type[AnyValue], default: AnyValue | None = None) -> AnyValue:
        if key not in self.left:
            if default is None:
                self.refuse(f"`{key}` is missing")
            return default
        value = self.left.pop(key)
        if type(value) is not kind:  # a bool is an int, and not meant as one
            self.refuse(f"`{key}` must be of type {kind.__name__}")
        return value

    def words(self, key: str, default: str | None = None) -> str:
        text = self.take(key, str, default)
        if text != text.strip() or (default is None and not text):
            self.refuse(f"`{key}` is empty or has spaces around it")
        return text

    def one_of(self, key: str, kind: type[AnyList], default: AnyList | None = None) -> AnyList:
        if key not in self.left and default is not None:
            return default
        value = self.words(key)
        known = {member.value: member for member in kind if member.value}
        if value not in known:
            self.refuse(f"`{key}` is “{value}”, which is none of {', '.join(known)}")
        return known[value]

    def name(self) -> str:
        name = self.words("name")
        if NAME.fullmatch(name) is None:
            self.refuse(f"`name` “{name}” is not a lower-case word of at most 32 letters")
        return name

    def maybe_one_of(self, key: str, kind: type[AnyList]) -> AnyList | None:
        return self.one_of(key, kind) if key in self.left else None

    def inner(self, key: str) -> "_Table | None":
        if key not in self.left:
            return None
        return _Table(f"{self.where}, {key}", self.take(key, dict))

    def inners(self, key: str) -> "Iterator[_Table]":
        for number, value in enumerate(self.take(key, list, []), 1):
            where = f"{self.where}, {key} {number}"
            if not isinstance(value, dict):
                raise FormFileError(f"{where}: must be a table")
            yield _Table(where, value)

    def one_or_more(self, key: str) -> "Iterator[_Table]":
        """Take one table or a list of tables."""
        if isinstance(self.left.get(key), dict):
            self.left[key] = [self.left[key]]
        return self.inners(key)

    def values(self, key: str) -> tuple[str, ...]:
        """Take one text or a list of texts."""
        value = self.left.pop(key, None)
        given = value if isinstance(value, list) else [value]
        texts = tuple(one for one in given if isinstance(one, str) and one)
        if not texts or len(texts) != len(given):
            self.refuse(f"`{key}` must be a text or a list of texts")
        return texts

    def done(self) -> None:
        if self.left:
            self.refuse(f"unknown key {', '.join(f'`{key}`' for key in sorted(self.left))}")


Fragments = Mapping[str, tuple[dict[str, object], ...]]  # the fields of each, as the file has them


def read_fragments(folder: Traversable) -> Fragments:
    """Return the fields that forms share, by `<name>.<version>`, from the files of `folder`.

    A fragment has versions like a form: what an entry was asked is never changed afterwards.

    Raises:
        FormFileError: a file is not such a fragment.
    """
    read: dict[str, tuple[dict[str, object], ...]] = {}
    for file in _files(folder):
        table = _table_in(file)
        key = f"{table.name()}.{table.take('version', int)}"
        if f"{key}.toml" != file.name:
            table.refuse(f"the name of the file does not say {key}")
        # Each is read again in the form that includes it; here to find a mistake at once.
        fields = [dict(inner.left) for inner in table.inners("fields")]
        table.done()
        if not fields:
            table.refuse("`fields` are missing")
        _check_together(table, tuple(_field(inner) for inner in _inner(file.name, fields)))
        read[key] = tuple(fields)
    return read


def read_forms(folder: Traversable, fragments: Fragments) -> list[Form]:
    """Return the forms of a folder, in the order of their files' names.

    Every version but the newest of its name is retired: nothing new is written on it.

    Raises:
        FormFileError: a file is not a form, or extends one that is not there.
    """
    tables = {file.name: _table_in(file) for file in _files(folder)}
    whole = [_Table(table.where, _whole(table, tables).left) for table in tables.values()]
    forms = [_form(table, fragments) for table in whole]
    newest = {form.name: form.version for form in sorted(forms, key=lambda form: form.version)}
    return [
        form if form.version == newest[form.name] else replace(form, retired=True) for form in forms
    ]


def _whole(table: _Table, tables: Mapping[str, _Table]) -> _Table:
    """Return the whole form of a file that may say only what changed (see `versions`)."""
    if "extends" not in table.left:
        return table
    name, version, _ = table.where.split(".")
    number = table.left["extends"]
    earlier = tables.get(f"{name}.{number}.toml")
    if not isinstance(number, int) or number >= int(version) or earlier is None:
        table.refuse(f"`extends` is {number}, and there is no such earlier version of {name}")
    named = {"name": name, "version": int(version)}
    for key in named.keys() & table.left.keys():
        table.refuse(f"`{key}` is said by the name of a file that extends another: leave it out")
    return _Table(
        table.where,
        {**extended(_whole(earlier, tables).left, table.left, refuse=table.refuse), **named},
    )


def _form(table: _Table, fragments: Fragments) -> Form:
    """Return the form in a file, which is called `<name>.<version>.toml`."""
    digest = digest_of(_asked(table.left, fragments))
    form = Form(
        digest=digest,
        name=table.name(),
        version=table.take("version", int),
        title=table.words("title"),
        description=table.words("description"),
        book=table.one_of("book", BookKind),
        shown_as=table.words("shown_as"),
        event_time=table.one_of("event_time", EventTime),
        sealed_at_once=table.take("sealed_at_once", bool, default=False),
        retired=table.take("retired", bool, default=False),
        puts_right=table.take("puts_right", bool, default=False),
        order=table.take("order", int, 100),
        group=table.one_of("group", Group, Group.EVERYDAY),
        at_hand=table.take("at_hand", bool, default=False),
        register=table.maybe_one_of("register", Register),
        several_children=table.take("several_children", bool, default=False),
        child_facing=table.take("child_facing", bool, default=False),
        follows=table.values("follows") if "follows" in table.left else (),
        once=table.take("once", bool, default=False),
        once_each=table.words("once_each", ""),
        by=table.maybe_one_of("by", WrittenBy),
        statements_optional=table.take("statements_optional", bool, default=False),
        where=_where(table.inner("where")),
        only_in=_only_in(table),
        items=_items(table),
    )
    if f"{form.name}.{form.version}.toml" != table.where:
        table.refuse(f"the name of the file does not say {form.name}.{form.version}")
    fields = tuple(_fields(table, fragments))
    table.done()
    _check_together(table, fields)
    form = replace(form, fields=fields)
    _check_keys(table, form)
    return form


def _asked(table: Mapping[str, object], fragments: Fragments) -> dict[str, object]:
    """Return what an entry on a form was asked, fragments written out, for its digest.

    Where the form stands in the lists is not part of it, and may change in place.
    """
    asked = {key: value for key, value in table.items() if key not in OF_LISTS}
    given = table.get("fields", [])
    fields = (
        [field for field in given if isinstance(field, dict)] if isinstance(given, list) else []
    )
    included = [str(field["include"]) for field in fields if "include" in field]
    return {**asked, "included": [fragments.get(name) for name in included]}


def _only_in(table: _Table) -> str:
    only_in = table.words("only_in", "")
    if only_in not in {"", SECURE}:
        table.refuse(f"`only_in` is “{only_in}”, which is not {SECURE}")
    return only_in


def _where(table: _Table | None) -> Requirement | None:
    return None if table is None else _requirement(table)


def _items(table: _Table) -> tuple[int, ...]:
    given = table.take("items", list, [])
    return tuple(_item(table, one) for one in given if isinstance(one, int))


def _item(table: _Table, number: int) -> int:
    if number not in {0, *ITEMS}:
        table.refuse(f"Schedule 3 has no item {number}")
    return number


def _files(folder: Traversable) -> list[Traversable]:
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted(found, key=lambda file: file.name)


def _table_in(file: Traversable) -> _Table:
    if FILE_NAME.fullmatch(file.name) is None:
        raise FormFileError(f"{file.name}: a form file is called <name>.<version>.toml")
    try:
        return _Table(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:  # of TOML, or of UTF-8
        raise FormFileError(f"{file.name}: not TOML ({error})") from error


def _inner(where: str, tables: list[dict[str, object]]) -> Iterator[_Table]:
    for number, table in enumerate(tables, 1):
        yield _Table(f"{where}, fields {number}", table)


def _check_keys(table: _Table, form: Form) -> None:
    """Refuse keys of a form that cannot hold together."""
    if (form.once or form.once_each or form.by) and not form.follows:
        table.refuse("`once`, `once_each` and `by` go with `follows`")
    if form.once and form.once_each:
        table.refuse("`once` and `once_each` exclude each other")
    if form.at_hand and not form.is_listed:
        table.refuse("`at_hand` goes with forms that are listed")
    if form.statements_optional and not form.fields:
        table.refuse("`statements_optional` goes with forms that ask something")
    if form.several_children and form.book is not BookKind.CHILD:
        table.refuse('`several_children` goes with `book = "child"`')
    # A drawing is sealed in three parts: what was drawn, its picture, and the same in words.
    if len(form.fields) + 2 * sum(one.type in DRAWN for one in form.fields) > MOST_FIELDS:
        table.refuse(f"a form has up to {MOST_FIELDS} fields, and a drawing counts as three")
    missing = next((one for one in form.fields if one.name == VIEW_MISSING), None)
    if form.child_facing and (missing is None or missing.type is not FieldType.CHOICE):
        table.refuse(
            f"`child_facing` needs a choice called {VIEW_MISSING}: include the fragment view"
        )


def _fields(table: _Table, fragments: Fragments) -> Iterator[Field]:
    for inner in table.inners("fields"):
        if "include" in inner.left:
            yield from _included(inner, fragments)
        else:
            yield _field(inner)


def _included(table: _Table, fragments: Fragments) -> Iterator[Field]:
    """Give the fields of a fragment; its own conditions and those it is included under hold."""
    name = table.words("include")
    when, section = _when(table), table.words("section", "")
    table.done()
    if name not in fragments:
        table.refuse(f"there is no fragment {name} in shared")
    for number, inner in enumerate(_inner(f"{table.where}, {name}", list(fragments[name]))):
        field = _field(inner)
        heading = field.section or (section if number == 0 else "")
        yield replace(field, when=(*when, *field.when), section=heading)


def _field(table: _Table) -> Field:
    name = table.name()
    table.where = f"{table.where} ({name})"
    kind = table.one_of("type", FieldType)
    field = Field(
        name=name,
        type=kind,
        label=table.words("label"),
        hint=table.words("hint", ""),
        choices=_choices(table, kind),
        required_by=tuple(_requirement(inner) for inner in table.inners("required_by")),
        when=_when(table),
        statement=_statement(table.inner("statement")),
        max_length=_max_length(table, kind),
        section=table.words("section", ""),
        item=_item(table, table.take("item", int, 0)),
        fills=table.maybe_one_of("fills", Fills),
        **_limits(table, kind),
        **_rows(table, kind),
    )
    table.done()
    if field.statement is not None:
        _check_values(table, field, field.statement.values)
    return field


def _rows(table: _Table, kind: FieldType) -> dict[str, Any]:
    """Take what a field of rows has, and refuse it elsewhere."""
    if kind is not FieldType.ROWS:
        for key in ("columns", "max_rows", "tracked"):
            if key in table.left:
                table.refuse(f"`{key}` goes with the type rows only")
        return {}
    columns = tuple(_column(inner) for inner in table.inners("columns"))
    if not columns:
        table.refuse("`columns` are missing")
    _refuse_twice(table, "column", [column.name for column in columns])
    tracked = table.take("tracked", bool, default=False)
    kinds = {column.name: column.type for column in columns}
    if tracked and any(kinds.get(name) is not kind for name, kind in TRACKED.items()):
        table.refuse("`tracked` rows have the columns who and what (text) and by_when (date)")
    most = table.take("max_rows", int, MAX_ROWS)
    if not 1 <= most <= MOST_ROWS:
        table.refuse(f"`max_rows` must be from 1 to {MOST_ROWS}")
    return {"columns": columns, "max_rows": most, "tracked": tracked}


def _column(table: _Table) -> Field:
    name = table.name()
    table.where = f"{table.where} ({name})"
    kind = table.one_of("type", FieldType)
    if kind not in SINGLE:
        table.refuse(f"a column is one of {', '.join(one.value for one in SINGLE)}")
    column = Field(
        name=name,
        type=kind,
        label=table.words("label"),
        hint=table.words("hint", ""),
        choices=_choices(table, kind),
        max_length=_max_length(table, kind),
        required=table.take("required", bool, default=False),
        **_limits(table, kind),
    )
    table.done()
    if any(choice.prohibited for choice in column.choices):
        table.refuse("`prohibited` goes with the choices of a field, not of a column")
    return column


def _choices(table: _Table, kind: FieldType) -> tuple[Choice, ...]:
    choices = []
    for inner in table.inners("choices"):
        choice = Choice(
            inner.words("value"),
            inner.words("label"),
            prohibited=inner.words("prohibited", ""),
            only_in=_only_in(inner),
        )
        inner.done()
        if choice.prohibited and RULE.fullmatch(choice.prohibited) is None:
            inner.refuse(f"`prohibited` “{choice.prohibited}” is no rule, such as reg 19(2)(a)")
        choices.append(choice)
    if kind is FieldType.YES_NO and not choices:
        return YES_NO
    if bool(choices) is not (kind in CHOSEN):
        table.refuse("`choices` go with the types choice and choices, and only with those")
    _refuse_twice(table, "choice", [choice.value for choice in choices])
    return tuple(choices)


def _requirement(table: _Table) -> Requirement:
    requirement = Requirement(table.words("rule"), table.words("words"))
    if RULE.fullmatch(requirement.rule) is None:
        table.refuse(
            f"`rule` “{requirement.rule}” is no clause (P31), regulation (reg 7(2)(a)(iii)), "
            "schedule (Sch 3 para 16) or place in the Guide (Guide 9.60)"
        )
    table.done()
    return requirement


def _when(table: _Table) -> tuple[When, ...]:
    """Take one condition or a list of them, all of which must hold."""
    conditions = []
    for inner in table.one_or_more("when"):
        conditions.append(When(inner.words("field"), inner.values("is")))
        inner.done()
    return tuple(conditions)


def _statement(table: _Table | None) -> StatementNeeded | None:
    if table is None:
        return None
    values, kind = table.values("is"), table.one_of("kind", StatementKind)
    return StatementNeeded(values, kind, _requirement(table))


def _max_length(table: _Table, kind: FieldType) -> int:
    if kind not in WRITTEN:
        if "max_length" in table.left:
            table.refuse("`max_length` goes with the types text and long_text only")
        return 0
    longest = table.take("max_length", int, MAX_LENGTHS[kind])
    if not 1 <= longest <= LONGEST:
        table.refuse(f"`max_length` must be from 1 to {LONGEST}")
    return longest


def _limits(table: _Table, kind: FieldType) -> dict[str, Any]:
    """Take what a number, a time or an amount may be: what the form says, or what is usual."""
    given = table.inner("limits")
    if kind not in LIMITS:
        if given is not None:
            table.refuse(f"`limits` go with the types {', '.join(one.value for one in LIMITS)}")
        return {}
    least, most = LIMITS[kind]
    if given is not None:
        least, most = given.take("min", int, least), given.take("max", int, most)
        given.done()
    if least > most or (least < 0 and kind is not FieldType.NUMBER) or most > LIMITS[kind][1]:
        table.refuse(f"`limits` are from min to max, at most {LIMITS[kind][1]}")
    return {"at_least": least, "at_most": most, "says_limits": given is not None}


def _check_together(table: _Table, fields: tuple[Field, ...]) -> None:
    """Refuse two fields of one name, and a condition on what is not asked before."""
    _refuse_twice(table, "field", [field.name for field in fields])
    before: dict[str, Field] = {}
    for field in fields:
        for when in field.when:
            if when.field not in before:
                table.refuse(f"{field.name} depends on {when.field}, which is not before it")
            _check_values(table, before[when.field], when.values)
        before[field.name] = field


def _check_values(table: _Table, field: Field, values: tuple[str, ...]) -> None:
    unknown = [value for value in values if value not in {one.value for one in field.choices}]
    if unknown:
        table.refuse(f"{field.name} cannot be answered with “{unknown[0]}”")


def _refuse_twice(table: _Table, what: str, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        table.refuse(f"{what} “{twice[0]}” stands there twice")
