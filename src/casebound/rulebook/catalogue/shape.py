"""The shape of a recording form: a form is data, and this is what the data says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casebound.rulebook.catalogue.content import StatementKind


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
    NUMBER = "number"
    QUANTITY = "quantity"  # how much: 27.5, or 2.5 ml; sealed as text, with a decimal point
    MINUTES = "minutes"
    SECONDS = "seconds"
    MONEY_PENCE = "money_pence"
    PEOPLE = "people"  # anybody, by name and role
    WORKERS = "workers"  # colleagues of the home, by id
    CHILDREN = "children"  # children of the home, by id
    ROWS = "rows"  # a small table: the same few questions for each of several things
    BODY_MAP = "body_map"  # marks on the figure of a child
    SKETCH = "sketch"


class BookKind(StrEnum):
    """Whose book a form writes in."""

    CHILD = "child"
    HOME = "home"
    OFFICE = "office"


class Group(StrEnum):
    """Where a form stands in the list of all forms, in the order of that list."""

    EVERYDAY = "everyday"
    HEALTH = "health"
    SAFETY = "safety"
    CONCERNS = "concerns"
    LIFE = "life"
    HOUSE = "house"
    PROFILE = "profile"
    FOLLOW_UP = "follow_up"


class Register(StrEnum):
    """A register of the home in which an entry is numbered too."""

    RESTRAINT = "restraint"
    CONTROL = "control"
    MISSING = "missing"
    ADDITIONAL = "additional"
    COMPLAINT = "complaint"
    ALLEGATION = "allegation"
    VISITOR = "visitor"
    FIRE_DRILL = "fire_drill"
    ADMISSION = "admission"


class WrittenBy(StrEnum):
    """Who alone may write a follow-up, or, of those who answer for the book, a listed form."""

    MANAGERS = "managers"  # those who answer for the book
    NOT_USERS = "not_users"  # none of those who used the measure, as the earlier entry says
    ORIGINATOR = "originator"
    NOT_INVOLVED = "not_involved"  # a manager who did not strike it, and is not named in it
    NAMED = "named"  # the one that the duty waits on
    ANOTHER = "another"  # anybody but the author of the earlier entry
    FOR_ORIGINATOR = "for_originator"  # a manager, while somebody who told it is still asked


class Fills(StrEnum):
    """What of an entry a detail of the child's profile fills in (P25)."""

    LANGUAGE = "language"  # the language, or the way of communicating
    INTERPRETER = "interpreter"


class EventTime(StrEnum):
    """How the time of the event starts out on the screen, before the author corrects it."""

    NOW = "now"  # the start is this minute, no end
    SHIFT = "shift"  # the eight hours up to this minute: a log tells of a shift
    ASKED = "asked"  # the day it is, no time: what happened may have been at any time
    SIGNING = "signing"  # not asked: the signature is the event, as with a strike or a confirmation


class Tense(StrEnum):
    """What the day or the time of an answer tells of."""

    PAST = "past"  # what happened: never after the signature
    FUTURE = "future"  # what is planned: never before the event it was planned at
    EITHER = "either"  # what may be over or may go on, such as the end of a limit


WRITTEN: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
CHOSEN: Final = frozenset({FieldType.CHOICE, FieldType.CHOICES})
TIMES: Final = frozenset({FieldType.DATE, FieldType.TIME, FieldType.DATETIME})
DRAWN: Final = frozenset({FieldType.BODY_MAP, FieldType.SKETCH})
MAX_LENGTHS: Final = {FieldType.TEXT: 500, FieldType.LONG_TEXT: 4_000}
# From and to, in the unit that is sealed, unless the form says otherwise.
LIMITS: Final = {
    FieldType.NUMBER: (0, 1_000_000),
    FieldType.QUANTITY: (0, 1_000_000),
    FieldType.MINUTES: (0, 7 * 24 * 60),  # a week; what lasts longer is more than one event
    FieldType.SECONDS: (0, 24 * 60 * 60),
    FieldType.MONEY_PENCE: (0, 100_000_000),
}
MAX_ROWS: Final = 20
MOST_ROWS: Final = 60
SECURE: Final = "secure"  # `only_in` of a choice: a secure children's home
ANY_FORM: Final = "*"  # `follows` of a form: begun from any entry that something is due about
# What a day or a time is compared with, next to the names of questions.
EVENT: Final = "happened_from"  # when the event of the entry began
EARLIER: Final = "earlier"  # the event of the entry it follows; `earlier.NAME`: an answer of that
CAME_ON: Final = "came_on"  # the day the child came to live in the home
VIEW_MISSING: Final = "view_missing"  # why the child's own view is not in an entry


@dataclass(frozen=True, slots=True)
class Requirement:
    """A rule that asks for something, and what it says in a sentence."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose.

    Attributes:
        prohibited: the rule that never allows it: choosing it escalates, and blocks nothing.
        only_in: the kind of home it is offered in; empty: every home.
        alone: "None of these": it goes with no other answer.
        by_managers: only those who answer for the book can choose it.
        law: the law it rests on: it is chosen only of what happened since that holds.
    """

    value: str
    label: str
    prohibited: str = ""
    only_in: str = ""
    alone: bool = False
    by_managers: bool = False
    law: str = ""

    def is_offered(self, *, secure: bool) -> bool:
        """Say whether a home, secure or not, has this choice."""
        return not self.only_in or secure


@dataclass(frozen=True, slots=True)
class Prohibited:
    """A choice that was made although a rule never allows it."""

    field: str
    label: str
    rule: str


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
    """One question of a form, or one column of its rows.

    Attributes:
        when: all must hold for it to be asked.
        max_length: in characters; 0 where nothing is typed.
        at_least: with `at_most`, what a number, a time or an amount may be.
        says_limits: whether the form gave these limits itself, so that the hint states them.
        columns: of rows. A row has the answers of its columns by name.
        required: of a column: a row without it is not complete.
        tracked: of rows: each is an action, to be done by somebody by a day.
        core: it stands open though no rule asks for it.
        section: a heading over this question and those that follow.
        item: the item of Schedule 3 that an answer meets (`schedule3`); 0: none.
        fills: in a profile: what the answer fills in on every new entry with the child (P25).
        party: of workers: the event is about them, or they took part. They do not withdraw the
            entry or check it, and a form that is for managers is kept from them.
        of_matter: asked only where the earlier entry is for managers.
        tense: of a day or a time: whether it is over, planned, or either (`true_times`).
        not_before, not_after: what a day or a time cannot be before, or after: questions of the
            form, columns of the row, EVENT, EARLIER, `earlier.NAME` or CAME_ON.
        day: of a time of day: the question or column with its day, if not the day of the event.
    """

    name: str
    type: FieldType
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required_by: tuple[Requirement, ...] = ()
    when: tuple[When, ...] = ()
    statement: StatementNeeded | None = None
    max_length: int = 0
    at_least: int = 0
    at_most: int = 0
    says_limits: bool = False
    columns: tuple["Field", ...] = ()
    max_rows: int = 0
    required: bool = False
    tracked: bool = False
    section: str = ""
    core: bool = False
    item: int = 0
    fills: Fills | None = None
    party: bool = False
    of_matter: bool = False
    tense: Tense = Tense.PAST
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    day: str = ""

    def offered(self, *, secure: bool) -> tuple[Choice, ...]:
        """Return the choices a home has, in the order of the screen."""
        return tuple(choice for choice in self.choices if choice.is_offered(secure=secure))

    def laws_chosen(self, answer: object) -> list[str]:
        """Return the laws that the choices of an answer rest on."""
        return [
            choice.law
            for choice in self.choices
            if choice.law and has_answer(answer, (choice.value,))
        ]

    def chosen_by_managers(self, answer: object) -> bool:
        """Say whether an answer is one that only a manager can choose."""
        return any(
            choice.by_managers and has_answer(answer, (choice.value,)) for choice in self.choices
        )

    @property
    def rules(self) -> str:
        """The rules that ask for it, with commas between."""
        return ", ".join(rule.rule for rule in self.required_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedToKnow:
    """What on a form is at first for those alone who need to know; its writer may change it."""

    ground: str
    reason: str
    days: int
    answers: tuple[str, ...]


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
    live_log: bool = False  # a line of a live log, which has a page of its own
    retired: bool = False  # nothing new is written on it, as on every version but the newest
    puts_right: bool = False  # begun from an earlier entry, so no list offers it
    order: int = 100  # where forms are listed, small first
    group: Group = Group.EVERYDAY
    at_hand: bool = False  # one tap away on the Shift page; the others are in the list
    register: Register | None = None
    several_children: bool = False  # what happened may concern several children of the home
    begins_with: tuple[tuple[str, str], ...] = ()  # answers a draft has at first, to be changed
    need_to_know: NeedToKnow | None = None  # answers that are not for all staff, at first
    child_facing: bool = False  # asks for the child's view, or why it is missing (P32)
    follows: tuple[str, ...] = ()  # begun from an entry on one of these forms, never listed
    carries_on: bool = False  # begins with what the earlier entry says, to be changed
    once: bool = False  # the earlier entry takes one such follow-up
    once_each: str = ""  # one for each of the workers named in this field of the earlier entry
    by: WrittenBy | None = None
    not_before: tuple[str, ...] = ()  # what its event cannot be before; as of a question
    statements_optional: bool = False  # the answers say it all: a confirmation, a dose, a visitor
    where: Requirement | None = None  # what asks for the place, if a rule does
    only_in: str = ""  # the kind of home that has it; empty: every home
    items: tuple[int, ...] = ()  # items of Schedule 3 that every entry on it meets
    fields: tuple[Field, ...] = ()
    digest: str = ""  # of what its file asks: a version that was shipped is pinned by it

    @property
    def asks_about_event(self) -> bool:
        """Whether it asks when and where it was, how the author knows, and who was there."""
        return self.event_time is not EventTime.SIGNING

    @property
    def tells_of_shift(self) -> bool:
        """Whether each child of a home has one for each shift: a log."""
        is_log = self.group is Group.EVERYDAY and self.event_time is EventTime.SHIFT
        return is_log and self.book is BookKind.CHILD

    @property
    def sets_rules(self) -> bool:
        """Whether a home decides on it for itself, so that only its managers write it."""
        return self.is_listed and self.by is WrittenBy.MANAGERS

    @property
    def is_listed(self) -> bool:
        """Whether a new entry is begun on it from a list, and not from an earlier entry."""
        return not (self.retired or self.puts_right or self.follows)

    def is_offered(self, *, secure: bool) -> bool:
        """Say whether a home, secure or not, has this form."""
        return not self.only_in or secure

    def compares_with(self, name: str) -> bool:
        """Say whether a day or a time that it asks for cannot be before this."""
        fields = [column for field in self.fields for column in (field, *field.columns)]
        return name in self.not_before or any(name in field.not_before for field in fields)

    def field(self, name: str) -> Field:
        """Return the field called `name`.

        Raises:
            KeyError: the form has none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def asked(self, answers: Mapping[str, object], *, secure: bool = False) -> tuple[Field, ...]:
        """Return the fields the author sees with these answers, in the order of the screen.

        `answers` are as typed or as sealed; `secure` says whether it is a secure children's home.
        """
        seen: dict[str, Field] = {}
        for field in self.fields:
            if all(_holds(condition, seen, answers, secure=secure) for condition in field.when):
                seen[field.name] = field
        return tuple(seen.values())

    def prohibited(
        self, answers: Mapping[str, object], *, secure: bool = False
    ) -> tuple[Prohibited, ...]:
        """Return what was chosen though a rule never allows it, in the order of the screen.

        `answers` are as typed or as sealed.
        """
        return tuple(
            Prohibited(field.name, choice.label, choice.prohibited)
            for field in self.asked(answers, secure=secure)
            for choice in field.offered(secure=secure)
            if choice.prohibited and has_answer(answers.get(field.name), (choice.value,))
        )


def _holds(
    condition: When, seen: Mapping[str, Field], answers: Mapping[str, object], *, secure: bool
) -> bool:
    field = seen.get(condition.field)
    if field is None:
        return False
    offered = {choice.value for choice in field.offered(secure=secure)}
    values = tuple(value for value in condition.values if value in offered)
    return has_answer(answers.get(field.name), values)


def has_answer(answer: object, values: tuple[str, ...]) -> bool:
    """Say whether a chosen answer, as typed or as sealed, is or includes one of `values`."""
    if isinstance(answer, bool):
        return ("yes" if answer else "no") in values
    if isinstance(answer, tuple | list):
        return any(value in values for value in answer if isinstance(value, str))
    return isinstance(answer, str) and answer in values
