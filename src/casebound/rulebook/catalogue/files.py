"""What a form file may say, key by key. What the keys mean stands with the shape (`shape.py`)."""

import re
from typing import Annotated, Any, Final, TypeAlias

from msgspec import Meta, field

from casebound.foundation.base.data_files import MaybeText, Strict, Text
from casebound.rulebook.catalogue.marks import StatementKind
from casebound.rulebook.catalogue.shape import (
    MOST_ROWS,
    SECURE,
    BookKind,
    EventTime,
    FieldType,
    Fills,
    Group,
    Register,
    Tense,
    WrittenBy,
)

LONGEST: Final = 16_384  # characters of at most four bytes: the 65,536 of one part (ledger 1.4)
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")  # also the name of the sealed part
# A clause of the policy (P01 to P84), a regulation or schedule of SI 2015/541, or the Guide.
RULE: Final = re.compile(
    r"P(0[1-9]|[1-7][0-9]|8[0-4])|"
    r"(reg|Sch) [1-9][0-9]?\S*( para [1-9][0-9]?(\([a-z]\))?)?|Guide [0-9.]+"
)

Name: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^{NAME.pattern}\Z", description="is not a lower-case word of at most 32 letters"
    ),
]
Rule: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^(?:{RULE.pattern})\Z",
        description="is no clause (P31), regulation (reg 7(2)(a)(iii)), schedule (Sch 3 para 16) "
        "or place in the Guide (Guide 9.60)",
    ),
]
Prohibiting: TypeAlias = Annotated[
    str,
    Meta(pattern=rf"^(?:{RULE.pattern})?\Z", description="is no rule, such as reg 19(2)(a)"),
]
OnlyIn: TypeAlias = Annotated[
    str, Meta(pattern=rf"^(?:{SECURE})?\Z", description=f"is not {SECURE}")
]
Length: TypeAlias = Annotated[
    int, Meta(ge=1, le=LONGEST, description=f"must be from 1 to {LONGEST}")
]
RowCount: TypeAlias = Annotated[
    int, Meta(ge=1, le=MOST_ROWS, description=f"must be from 1 to {MOST_ROWS}")
]
Values: TypeAlias = Text | tuple[Text, ...]  # one text or several


class RequirementFile(Strict):
    """`{ rule = "P31", words = "…" }`: what asks for it."""

    rule: Rule
    words: Text


class ChoiceFile(Strict):
    """`{ value = "good", label = "A good day" }`."""

    value: Text
    label: Text
    prohibited: Prohibiting = ""
    only_in: OnlyIn = ""
    alone: bool = False
    by_managers: bool = False
    law: MaybeText = ""


class WhenFile(Strict):
    """`{ field = "school", is = "part_day" }`: asked only then."""

    field_name: Text = field(name="field")
    values: Values = field(name="is")


class StatementFile(Strict):
    """`{ is = "yes", kind = "view", rule = "P32", words = "…" }`: a statement that is owed."""

    values: Values = field(name="is")
    kind: StatementKind
    rule: Rule
    words: Text


class LimitsFile(Strict):
    """`{ min = 1, max = 20 }` of a number, a time or an amount."""

    least: int | None = field(name="min", default=None)
    most: int | None = field(name="max", default=None)


class AskedFile(Strict):
    """What a question and a column of rows have alike."""

    name: Name
    type: FieldType
    label: Text
    hint: MaybeText = ""
    choices: tuple[ChoiceFile, ...] = ()
    max_length: Length | None = None
    limits: LimitsFile | None = None
    tense: Tense | None = None
    not_before: tuple[Text, ...] = ()
    not_after: tuple[Text, ...] = ()
    day: MaybeText = ""


class ColumnFile(AskedFile):
    """One column of a field of rows."""

    required: bool = False


class FieldFile(AskedFile):
    """One question."""

    required_by: tuple[RequirementFile, ...] = ()
    when: WhenFile | tuple[WhenFile, ...] = ()
    statement: StatementFile | None = None
    section: MaybeText = ""
    core: bool = False
    law: MaybeText = ""
    item: int = 0
    fills: Fills | None = None
    party: bool = False
    of_matter: bool = False
    columns: tuple[ColumnFile, ...] | None = None
    max_rows: RowCount | None = None
    tracked: bool | None = None


class IncludeFile(Strict):
    """`include = "view.1"`: the questions of a fragment stand here."""

    include: Text
    when: WhenFile | tuple[WhenFile, ...] = ()
    section: MaybeText = ""
    not_before: tuple[Text, ...] | None = None  # instead of what its days and times say


class FragmentFile(Strict):
    """Questions that several forms share."""

    name: Name
    version: int
    fields: tuple[dict[str, Any], ...]


class NeedToKnowFile(Strict):
    """What on a form is at first for those alone who need to know, why, and for how many days."""

    ground: Text
    reason: Text
    days: int
    answers: tuple[Text, ...]


class FormFile(Strict):
    """One version of a form. Its questions are read one by one: some include a fragment."""

    name: Name
    version: int
    title: Text
    description: Text
    book: BookKind
    shown_as: Text
    event_time: EventTime
    sealed_at_once: bool = False
    live_log: bool = False
    retired: bool = False
    puts_right: bool = False
    order: int = 100
    group: Group = Group.EVERYDAY
    at_hand: bool = False
    register: Register | None = None
    several_children: bool = False
    child_facing: bool = False
    follows: Values = ()
    carries_on: bool = False
    once: bool = False
    once_each: MaybeText = ""
    by: WrittenBy | None = None
    not_before: tuple[Text, ...] | None = None
    statements_optional: bool = False
    where: RequirementFile | None = None
    only_in: OnlyIn = ""
    items: tuple[int, ...] = ()
    begins_with: dict[str, str] = {}  # msgspec copies it for each form
    need_to_know: NeedToKnowFile | None = None
    fields: tuple[dict[str, Any], ...] = ()


class ChangeFile(Strict):
    """What only a file that extends an earlier version says; the rest is checked once whole."""

    extends: int
    removed: tuple[Text, ...] = ()
    fields: tuple[dict[str, Any], ...] = ()
