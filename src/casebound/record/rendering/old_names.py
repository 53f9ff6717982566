"""Names that a child does not want to meet, in an entry as the child reads it.

The sealed words stay as they are, and staff read them. In the child's own pages the name now stands
in brackets in place of the earlier one (decision 0108).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from casebound.record.rendering.entry_view import EntryView

OldNames = Mapping[str, str]
"""Each earlier name with the name now (`people.homes.reads.names_not_shown`)."""

# Addresses, marks and drawings: never words that somebody wrote.
_NO_WORDS: Final = frozenset(
    {"href", "shown", "thumb", "anchor", "svg", "audience", "kind", "source", "sharing", "ground",
     "state", "part", "scope", "type"}
)  # fmt: skip


def without_old_names(view: EntryView, names: OldNames) -> EntryView:
    """Return an entry with the name now, in brackets, wherever an earlier one was written."""
    if not names:
        return view
    return msgspec.convert(_replaced(msgspec.to_builtins(view), _replacing(names)), EntryView)


def _replacing(names: OldNames) -> Callable[[str], str]:
    now = {_plain(old): new for old, new in names.items()}
    longest_first = sorted(now, key=lambda old: (-len(old), old))
    old = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def replace(text: str) -> str:
        words = unicodedata.normalize("NFC", text)
        return (
            old.sub(lambda match: f"[{now[_plain(match[1])]}]", words)
            if old.search(words)
            else text
        )

    return replace


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _replaced(value: Any, replace: Callable[[str], str], key: str = "") -> Any:  # noqa: ANN401 (JSON)
    if key in _NO_WORDS:
        return value
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, dict):
        return {name: _replaced(inside, replace, name) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(inside, replace) for inside in value]
    return value
