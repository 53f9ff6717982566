"""The other children in an entry, as the reader of one child's book may know them (P40).

The sealed words stay as they are. What a page shows in place of a name stands in brackets where
somebody wrote it, and the entry says so (decision 0131).
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any, Final, Protocol

import msgspec
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.drawing.svg import escaped
from casebound.record.rendering.entry_view import AnswerValue, EntryView

# What holds no words that somebody wrote, or only names of staff.
_NO_WORDS: Final = frozenset(
    {"href", "shown", "thumb", "anchor", "audience", "kind", "source", "sharing", "ground", "state",
     "part", "scope", "type", "form", "happened", "signed", "author", "role", "number", "numbered",
     "moved", "size", "scale", "label", "heads", "review_on", "permission", "language", "late"}
)  # fmt: skip
# What lists people, and is put into words by the product: no brackets there.
_LISTS: Final = frozenset(
    {"present", "present_to_others", "also_about", "about", "words", "third_party", "speaker",
     "told_by", "whose", "maker"}
)  # fmt: skip
_BETWEEN_TAGS: Final = re.compile(r">([^<]+)<")
REPLACED: Final = gettext_noop(
    "Names of other children are shown in square brackets here. The signed words have not changed."
)
REPLACED_IN_HOME: Final = gettext_noop(
    "Names of children are shown as numbers here. The signed words have not changed."
)


class Shows(Protocol):
    """Whatever says how other children are named (`people.access.other_names`)."""

    @property
    def hides_files(self) -> bool:
        """Whether the reader opens no file: nobody can take a name out of a picture."""

    def shown(self, text: str, *, bracketed: bool = True) -> str:
        """Return a text as the reader sees it."""


def with_other_names(view: EntryView, names: Shows, *, own_words: bool = True) -> EntryView:
    """Return an entry with each other child as the reader may know them.

    Without `own_words` only what the product lists is changed: the author reads what they sign.
    """
    walk = _Walk(names, own_words=own_words)
    table = msgspec.to_builtins(view)
    for answer in table.get("answers", ()):
        if answer.get("to_others"):
            answer["value"] = names.shown(answer["value"], bracketed=False)
    if names.hides_files:
        _without_ways_out(table)
    told = msgspec.convert(walk.replaced(table), EntryView)
    replaced = REPLACED_IN_HOME if names.hides_files else REPLACED
    return msgspec.structs.replace(told, replaced=gettext(replaced)) if walk.changed else told


def _without_ways_out(table: dict[str, Any]) -> None:
    """Take out of an entry in the book of a home its files, and what leads to children's books."""
    for file in table.get("files", ()):
        file.update(href="", shown="", thumb="")
    own = table.get("href", "").rstrip("/").rpartition("/")[0]
    for link in (*table.get("links", ()), *table.get("standing", ())):
        if not own or not link.get("href", "").startswith(f"{own}/"):
            link["href"] = ""


def answer_with_other_names(value: AnswerValue, names: Shows) -> AnswerValue:
    """Return an answer of a child's book with each other child as the reader may know them."""
    if isinstance(value, str):
        return names.shown(value)
    walk = _Walk(names, own_words=True)
    return msgspec.convert(walk.replaced(msgspec.to_builtins(value)), type(value))


class _Walk:
    """Goes through an entry, and notes whether it changed somebody's own words."""

    def __init__(self, names: Shows, *, own_words: bool) -> None:
        self.names, self.own_words, self.changed = names, own_words, False

    def replaced(self, value: Any, key: str = "") -> Any:  # noqa: ANN401 (JSON)
        if key in _NO_WORDS:
            return value
        if isinstance(value, str):
            return self._text(value, key)
        if isinstance(value, dict):
            return {name: self.replaced(inside, name) for name, inside in value.items()}
        if isinstance(value, list | tuple):
            return [self.replaced(inside, key) for inside in value]
        return value

    def _text(self, text: str, key: str) -> str:
        if key in _LISTS:
            return self.names.shown(text, bracketed=False)
        if not self.own_words:
            return text
        shown = _in_drawing(text, self.names.shown) if key == "svg" else self.names.shown(text)
        self.changed = self.changed or shown != text
        return shown


def _in_drawing(svg: str, shown: Callable[[str], str]) -> str:
    """Return a drawing with its words changed, and none of its markup."""

    def replaced(words: re.Match[str]) -> str:
        plain = unescape(words[1])
        told = shown(plain)
        return words[0] if told == plain else f">{escaped(told)}<"

    return _BETWEEN_TAGS.sub(replaced, svg)
