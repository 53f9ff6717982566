"""The shape of a recording form: a form is data, and this is what the data says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casebound.rulebook.catalogue.content import Answer, StatementKind


class FieldType(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    MINUTES = "minutes"
    MONEY_PENCE = "money_pence"
    PEOPLE = "people"


class BookKind(StrEnum):
    """Whose book a form writes in."""

    CHILD = "child"
    HOME = "home"


class EventTime(StrEnum):
    """How the time of the event starts out on the screen, before the author corrects it."""

    NOW = "now"  # the start is this minute, no end
    SHIFT = "shift"  # the eight hours up to this minute: a log tells of a shift
    ASKED = "asked"  # empty: what happened may have been at any time


WRITTEN: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
CHOSEN: Final = frozenset({FieldType.CHOICE, FieldType.CHOICES})
MAX_LENGTHS: Final = {FieldType.TEXT: 500, FieldType.LONG_TEXT: 4_000}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A rule that asks for something, and what it says in a sentence."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class When:
    """A condition: the named field, itself asked, has one of these answers."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementNeeded:
    """A statement of `kind` that the author owes once the answer is one of `values`."""

    values: tuple[str, ...]
    kind: StatementKind
    requirement: Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form. `max_length` counts characters and is 0 where nothing is typed."""

    name: str
    type: FieldType
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required_by: tuple[Requirement, ...] = ()
    when: When | None = None
    statement: StatementNeeded | None = None
    max_length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a recording form. An entry is pinned to it for ever (P19)."""

    name: str
    version: int
    title: str
    description: str
    book: BookKind
    shown_as: str  # on the Shift page: "Write daily log"
    event_time: EventTime
    sealed_at_once: bool = False  # a note is not kept as a draft: it is taken, and sealed
    retired: bool = False  # nothing new is written on it; what was, reads as before
    puts_right: bool = False  # begun from an earlier entry, so no list offers it
    order: int = 100  # where forms are listed, small first
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field called `name`.

        Raises:
            KeyError: the form has none.
        """
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def asked(self, answers: Mapping[str, Answer]) -> tuple[Field, ...]:
        """Return the fields the author sees with these answers, in the order of the screen."""
        seen: dict[str, Field] = {}
        for one in self.fields:
            if one.when is None or (
                one.when.field in seen and has_answer(answers.get(one.when.field), one.when.values)
            ):
                seen[one.name] = one
        return tuple(seen.values())


def has_answer(answer: Answer | None, values: tuple[str, ...]) -> bool:
    """Say whether a chosen answer is, or includes, one of `values`."""
    if isinstance(answer, bool):
        return ("yes" if answer else "no") in values
    if isinstance(answer, tuple):
        return any(one in values for one in answer if isinstance(one, str))
    return isinstance(answer, str) and answer in values
