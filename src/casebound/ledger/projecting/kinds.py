"""Kinds of entry: typed, versioned, written as parts and read back from them (format 1.4).

A kind is a frozen dataclass. Its first part says kind and version; then each field is a part of
its own, so that any of them can be withheld. A field of None is left out.
"""

from dataclasses import fields
from typing import Any, ClassVar, NewType, Self, get_type_hints

from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.ledger.sealing.reads import ReadEntry

Words = NewType("Words", str)
"""Free text: committed word by word, so that single words can be withheld from a copy."""


class Kind:
    """What a room seals. Subclasses are frozen dataclasses of plain values and `Words`."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    __slots__ = ()

    def parts(self) -> tuple[Part, ...]:
        """Write the entry as parts: the kind first, then each field that has a value."""
        made: list[Part] = [kind_part(self.kind, self.version)]
        for name, is_words in _fields(type(self)):
            value = getattr(self, name)
            if value is None:
                continue
            label = {"n": name}
            if is_words:
                made.append(Text(label, clean_text(value)))
            else:
                made.append(Data(label, list(value) if isinstance(value, tuple) else value))
        return tuple(made)

    @classmethod
    def read(cls, entry: ReadEntry) -> Self:
        """Read the entry back."""
        values = entry.values()
        return cls(
            **{
                name: tuple(value) if isinstance(value := values.get(name), list) else value
                for name, _ in _fields(cls)
            }
        )


def kind_part(kind: str, version: int) -> Data:
    """Return the first part of every entry: what it is."""
    return Data({"n": "kind"}, {"kind": kind, "v": version})


def kind_of(entry: ReadEntry) -> tuple[str, int]:
    """Return kind and version of an entry."""
    first = entry.parts[0]
    if not isinstance(first, Data) or first.m["n"] != "kind" or not isinstance(first.j, dict):
        raise ValueError(f"leaf {entry.index} does not say what it is")
    return str(first.j["kind"]), int(str(first.j["v"]))


_known_fields: dict[type, tuple[tuple[str, bool], ...]] = {}


def _fields(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    known = _known_fields.get(kind)
    if known is None:
        hints = get_type_hints(kind)
        known = tuple((one.name, hints[one.name] in (Words, Words | None)) for one in fields(kind))
        _known_fields[kind] = known
    return known
