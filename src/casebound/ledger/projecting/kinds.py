"""Kinds of entry: typed, versioned, written as parts and read back from them (format 1.4).

A kind is a frozen dataclass. Its first part says kind and version; then each field is a part of
its own, so that any of them can be withheld. A field of None is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NewType, Self, get_type_hints

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.pasted import without_turns
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.ledger.sealing.reads import ReadEntry

Words = NewType("Words", str)
"""Free text: committed word by word, so that single words can be withheld from a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A later entry takes an earlier one back, in one book. In its other books it still stands.

    Attributes:
        leaf: the earlier entry's place in the log.
        entry_id: the earlier entry.
        book: the book in which it no longer stands.
        status: its new status there, such as `struck`.
        reason: why, in the words of the later entry.
        by: the later entry.
    """

    leaf: int
    entry_id: EntryId
    book: BookId
    status: str
    reason: str
    by: ReadEntry


class Kind:
    """What a room seals. Subclasses are frozen dataclasses of plain values and `Words`.

    Where `can_be_withdrawn` is true, a later entry may take one of this kind back. Every projection
    that reacts to the kind then says how (see `registry.Projection`).
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    can_be_withdrawn: ClassVar[bool] = False
    __slots__ = ()

    def withdraws(self, entry: ReadEntry) -> Sequence[Withdrawal]:  # noqa: ARG002 (for subclasses)
        """Return which earlier entries this one takes back, and in which books; usually none."""
        return ()

    def redraws(self) -> Sequence[EntryId]:
        """Return the earlier entries whose readers this one changes; usually none."""
        return ()

    def parts(self) -> tuple[Part, ...]:
        """Write the entry as parts: the kind first, then each field that has a value."""
        parts: list[Part] = [kind_part(self.kind, self.version)]
        for name, is_words in _fields(type(self)):
            value = getattr(self, name)
            if value is None:
                continue
            label = {"n": name}
            if is_words:
                parts.append(Text(label, clean_text(without_turns(value))))
            else:
                parts.append(Data(label, list(value) if isinstance(value, tuple) else value))
        return tuple(parts)

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
    """Return the first part of every entry, which names its kind and version."""
    return Data({"n": "kind"}, {"kind": kind, "v": version})


def kind_of(entry: ReadEntry) -> tuple[str, int]:
    """Return kind and version of an entry."""
    first = entry.parts[0]
    if not isinstance(first, Data) or first.m["n"] != "kind" or not isinstance(first.j, dict):
        raise ValueError(f"leaf {entry.index} does not say what it is")
    return str(first.j["kind"]), int(str(first.j["v"]))


_known_fields: dict[type, tuple[tuple[str, bool], ...]] = {}


def _fields(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    fields_of_kind = _known_fields.get(kind)
    if fields_of_kind is None:
        hints = get_type_hints(kind)
        fields_of_kind = tuple(
            (field.name, hints[field.name] in (Words, Words | None)) for field in fields(kind)
        )
        _known_fields[kind] = fields_of_kind
    return fields_of_kind
