"""Reading forms from files, strictly: a form with a mistake in it stops the program at once.

A mistake found here costs whoever wrote the form a minute; found later, it costs a child's record.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Final, NoReturn, TypeVar

from casebound.rulebook.catalogue.marks import StatementKind
from casebound.rulebook.catalogue.shape import (
    CHOSEN,
    MAX_LENGTHS,
    WRITTEN,
    BookKind,
    Choice,
    EventTime,
    Field,
    FieldType,
    Form,
    Requirement,
    StatementNeeded,
    When,
)

AnyList = TypeVar("AnyList", bound=StrEnum)
AnyValue = TypeVar("AnyValue")

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")  # also the name of the sealed part
FILE_NAME: Final = re.compile(r"([a-z][a-z0-9_]{0,31})\.([1-9][0-9]{0,3})\.toml")
# A clause of the policy (P01 to P84), a regulation or schedule of SI 2015/541, or the Guide.
RULE: Final = re.compile(
    r"P(0[1-9]|[1-7][0-9]|8[0-4])|(reg|Sch) [1-9][0-9]?\S*( para [1-9][0-9]?)?|Guide [0-9.]+"
)
LONGEST: Final = 16_384  # characters of at most four bytes: the 65,536 of one part (ledger 1.4)
YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))


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

    def one_of(self, key: str, kind: type[AnyList]) -> AnyList:
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


def read_form(file: Traversable) -> Form:
    """Return the form in `file`, which is called `<name>.<version>.toml`.

    Raises:
        FormFileError: the file is not such a form.
    """
    named = FILE_NAME.fullmatch(file.name)
    if named is None:
        raise FormFileError(f"{file.name}: a form file is called <name>.<version>.toml")
    try:
        table = _Table(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:  # of TOML, or of UTF-8
        raise FormFileError(f"{file.name}: not TOML ({error})") from error
    form = Form(
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
    )
    if (form.name, str(form.version)) != named.groups():
        table.refuse(f"the name of the file does not say {form.name}.{form.version}")
    fields = tuple(_field(inner) for inner in table.inners("fields"))
    table.done()
    _check_together(table, fields)
    return replace(form, fields=fields)


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
        when=_when(table.inner("when")),
        statement=_statement(table.inner("statement")),
        max_length=_max_length(table, kind),
    )
    table.done()
    if field.statement is not None:
        _check_values(table, field, field.statement.values)
    return field


def _choices(table: _Table, kind: FieldType) -> tuple[Choice, ...]:
    choices = []
    for inner in table.inners("choices"):
        choices.append(Choice(inner.words("value"), inner.words("label")))
        inner.done()
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


def _when(table: _Table | None) -> When | None:
    if table is None:
        return None
    when = When(table.words("field"), table.values("is"))
    table.done()
    return when


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


def _check_together(table: _Table, fields: tuple[Field, ...]) -> None:
    """Refuse two fields of one name, and a condition on what is not asked before."""
    _refuse_twice(table, "field", [field.name for field in fields])
    before: dict[str, Field] = {}
    for field in fields:
        if field.when is not None:
            if field.when.field not in before:
                table.refuse(f"{field.name} depends on {field.when.field}, which is not before it")
            _check_values(table, before[field.when.field], field.when.values)
        before[field.name] = field


def _check_values(table: _Table, field: Field, values: tuple[str, ...]) -> None:
    unknown = [value for value in values if value not in {one.value for one in field.choices}]
    if unknown:
        table.refuse(f"{field.name} cannot be answered with “{unknown[0]}”")


def _refuse_twice(table: _Table, what: str, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        table.refuse(f"{what} “{twice[0]}” stands there twice")
