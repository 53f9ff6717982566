"""Reading what a page sent of a drawing: never raises, whatever it is."""

import json
from collections.abc import Mapping
from typing import Final

from casebound.foundation.base.pasted import without_turns
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.errors import UnsealableTextError

LARGEST: Final = 1_000_000  # characters of JSON; a page sends at most a few ten thousand
Given = Mapping[str, object]


def table_of(answer: object) -> Given:
    """Return a drawing as an object: from its JSON, or as it is; empty if it is none."""
    if isinstance(answer, str):
        if len(answer) > LARGEST:
            return {}
        try:
            answer = json.loads(answer)
        except (ValueError, RecursionError):
            return {}
    return answer if isinstance(answer, Mapping) else {}


def tables_in(table: Given, name: str) -> list[Given]:
    """Return a list of objects; empty if there is none."""
    tables = table.get(name)
    return (
        [table for table in tables if isinstance(table, Mapping)]
        if isinstance(tables, list)
        else []
    )


def text_in(table: Given, name: str) -> str:
    """Return what was typed, a number too; empty if nothing was."""
    text = table.get(name)
    if isinstance(text, str):
        return without_turns(text)
    return str(text) if isinstance(text, int) and not isinstance(text, bool) else ""


def place_in(number: object, most: int) -> int:
    """Return a place in a lattice from 0 to `most`; what is outside is on its rim."""
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:  # noqa: PLR0124 (not a number is the one that is not itself)
        return 0
    return int(max(0, min(most, number)))


def line_of(text: str) -> str:
    """Return a text as one line, as it is sealed.

    Raises:
        UnsealableTextError: it holds what cannot be sealed.
    """
    return " ".join(clean_text(text).split())


def is_sealable(text: str) -> bool:
    """Say whether a text can be sealed."""
    try:
        clean_text(text)
    except UnsealableTextError:
        return False
    return True


def number_typed(text: str) -> int | None:
    """Return a whole number that was typed; None if it is none."""
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else None  # noqa: PLR2004 (more digits than anything here measures)
