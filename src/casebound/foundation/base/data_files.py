"""Reading data files strictly: what a file may say is a class, and everything else is refused.

A mistake found here costs the author of the file a minute; found later, it costs a child's record.
The checks are msgspec's; what is added is where in the file, and what to do.
"""

import re
import tomllib
from enum import Enum
from importlib.resources.abc import Traversable
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

AnyShape = TypeVar("AnyShape")

PLACE: Final = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
FIELD: Final = re.compile(r"field `([^`]+)`")
EXPECTED: Final = re.compile(r"Expected `([^`]+)`, got `[^`]+`")
TYPES: Final = {
    "object": "a table",
    "array": "a list",
    "str | array": "a text or a list of texts",
    "object | array": "a table or a list of tables",
    "str | object": "a text or a table",
}


class DataFileError(ValueError):
    """A data file has a mistake. The message names the file, the place and what to do."""


class Strict(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a table of a data file may say: these keys, of these types, and no other."""


Text = Annotated[
    str,
    msgspec.Meta(pattern=r"^\S(?:[\s\S]*\S)?\Z", description="is empty or has spaces around it"),
]
MaybeText = Annotated[
    str, msgspec.Meta(pattern=r"^(?:\S(?:[\s\S]*\S)?)?\Z", description="has spaces around it")
]


def read_toml(file: Traversable) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        DataFileError: it is not TOML, or not UTF-8.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataFileError(f"{file.name}: not TOML ({error})") from error


def as_shape(shape: type[AnyShape], value: object, *, where: str) -> AnyShape:
    """Return a value of a file as what it may be.

    Raises:
        DataFileError: it is not. The message begins with `where`.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise DataFileError(_words(shape, value, where, str(error))) from error


def _words(shape: object, value: object, where: str, error: str) -> str:
    """Say in the words of the file what msgspec refused, and where: it names keys and numbers."""
    path = PLACE.search(error)
    key = ""
    for step, number in STEP.findall(path[1] if path else ""):
        where = f"{where}, {key}" if key else where
        shape, key = _inner(shape, step), step
        if number == "...":  # of a table whose keys are free
            key = _first_wrong(shape, value)
            value = _item(value, key)
        elif number:
            where = f"{where} {int(number) + 1}"
            value = _item(value, int(number))
        else:
            value = _item(value, step)
    if key and FIELD.search(error):  # the place is the table whose key it is
        where = f"{where}, {key}"
    return f"{where}: {_sentence(error, shape, key, value)}"


def _first_wrong(shape: object, value: object) -> str:
    for key, item in value.items() if isinstance(value, dict) else ():
        try:
            msgspec.convert(item, shape)
        except msgspec.ValidationError:
            return str(key)
    return ""


def _item(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list | tuple) and isinstance(step, int) else None


def _inner(shape: object, key: str) -> object:
    """Return the shape of what a key has, or of the items of a list where `key` is empty."""
    for part in _alternatives(shape):
        if not key and get_origin(part) in {tuple, list}:
            return get_args(part)[0]
        if get_origin(part) is dict:
            return get_args(part)[1]
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            hints = get_type_hints(part, include_extras=True)
            names = {field.encode_name: field.name for field in msgspec.structs.fields(part)}
            if key in names:
                return hints[names[key]]
    return object


def _alternatives(shape: object) -> list[object]:
    """Return what a shape may be, each with what annotates it."""
    if get_origin(shape) in {Union, UnionType}:
        return [part for inner in get_args(shape) for part in _alternatives(inner)]
    return [shape]


def _sentence(error: str, shape: object, key: str, value: object) -> str:
    if "required field" in error:
        return f"`{FIELD.findall(error)[0]}` is missing"
    if "unknown field" in error:
        return f"unknown key `{FIELD.findall(error)[0]}`: correct it or leave it out"
    named = f"`{key}`" if key else "it"
    if "Invalid enum value" in error:
        return f"{named} is “{value}”, which is none of {', '.join(_members(shape))}"
    expected = EXPECTED.search(error)
    if expected is None and (description := _description(shape)):
        return f"{named} “{value}” {description}"
    if expected is None:
        return f"{named}: {PLACE.sub('', error)}"
    wanted = expected[1].removesuffix(" | null")
    return f"{named} must be {TYPES.get(wanted, f'of type {wanted}')}"


def _members(shape: object) -> list[str]:
    return [
        str(member.value)
        for part in _alternatives(shape)
        if isinstance(part, type) and issubclass(part, Enum)
        for member in part
        if member.value
    ]


def _description(shape: object) -> str:
    metas = [
        meta
        for part in _alternatives(shape)
        for meta in getattr(part, "__metadata__", ())
        if isinstance(meta, msgspec.Meta)
    ]
    return next((meta.description for meta in metas if meta.description), "")
