"""The values a template shows a question with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.typed_times import day_and_time
from casebound.rulebook.catalogue.setting import Setting


@dataclass(frozen=True, slots=True)
class DraftSetting:
    """Who works and lives at the home, who of them is writing, and how the child was asked."""

    home: Setting
    writer: WorkerId
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverAllowed:
    """A choice that a rule never allows, and the words to show when an author picks it."""

    when: str
    label: str
    rule: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One box of a row."""

    name: str
    type: str
    label: str
    hint: str
    optional: str
    options: Sequence[tuple[str, str]]
    value: str
    error: str
    is_who: bool

    @property
    def moment(self) -> tuple[str, str]:
        """The day and the time of day, as their boxes show them."""
        return day_and_time(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One row, as it is counted on the screen."""

    number: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One question as the page shows it.

    Attributes:
        when: the conditions for the script; only_if: the same in words, for a page without scripts.
        asked: whether the draft meets all of the conditions now.
        value: text, or the values that are ticked.
        more: what only this type of field has.
    """

    name: str
    key: str
    type: str
    template: str
    label: str
    hint: str
    optional: str
    error: str
    asked: bool
    when: str
    only_if: str
    section: str
    is_open: bool
    options: Sequence[tuple[str, str]]
    value: object
    never: Sequence[NeverAllowed] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether it is asked and has an answer, or something is wrong with it."""
        return self.asked and bool(self.error or self.value or self.more.get("filled"))
