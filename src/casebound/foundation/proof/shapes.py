"""Strict reading of parsed JSON: exactly these keys, exactly these kinds of values."""

from collections.abc import Mapping, Sequence

from casebound.foundation.proof.canonical import Json
from casebound.foundation.proof.errors import ShapeError


def an_object(value: Json, *keys: str) -> Mapping[str, Json]:
    """Return the value if it is an object; with exactly `keys`, if any are given.

    Raises:
        ShapeError: it is not an object, or a key is missing or unknown.
    """
    if not isinstance(value, dict):
        raise ShapeError("expected an object")
    if keys and value.keys() != set(keys):
        raise ShapeError(f"expected an object with exactly {', '.join(keys)}")
    return value


def a_list(value: Json) -> Sequence[Json]:
    """Return the value if it is an array.

    Raises:
        ShapeError: it is not.
    """
    if not isinstance(value, list):
        raise ShapeError("expected an array")
    return value


def a_text(value: Json) -> str:
    """Return the value if it is a string.

    Raises:
        ShapeError: it is not.
    """
    if not isinstance(value, str):
        raise ShapeError("expected a string")
    return value


def a_count(value: Json) -> int:
    """Return the value if it is an integer from 0.

    Raises:
        ShapeError: it is not.
    """
    if type(value) is not int or value < 0:  # a bool is an int to isinstance
        raise ShapeError("expected an integer from 0")
    return value
