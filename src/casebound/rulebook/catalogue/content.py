"""The content of an entry as a form collects it, from the first keystroke of a draft to signing.

Reading it is lenient, because a draft is never refused: losing a person's typing is the worst
error there is. What is wrong with it is said by `completeness.missing`, before signing.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, Self, TypeAlias, TypeGuard, TypeVar

from casebound.foundation.base.ids import ChildId, EntryId, is_id
from casebound.foundation.base.pasted import tidied
from casebound.foundation.proof.canonical import LARGEST_INTEGER, Json
from casebound.rulebook.catalogue.marks import (
    Ground,
    HowKnown,
    Mark,
    RestrictedFrom,
    Sharing,
    StatementKind,
    StatementSource,
    ThirdPartyPermission,
)
from casebound.rulebook.catalogue.restricting import Restricting

__all__ = [
    "AboutOther",
    "Answer",
    "Content",
    "Ground",
    "HowKnown",
    "Person",
    "RestrictedFrom",
    "Restricting",
    "Row",
    "Sharing",
    "StatementContent",
    "StatementKind",
    "StatementSource",
    "ThirdPartyPermission",
    "split_statements",
    "visible",
]

Table: TypeAlias = Mapping[str, object]
AnyMark = TypeVar("AnyMark", bound=Mark)
Strippable = TypeVar("Strippable", bound="Person | StatementContent | Content")

OPINIONS: Final = frozenset(
    {StatementKind.OPINION, StatementKind.ASSESSMENT, StatementKind.JUDGEMENT}
)
BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")  # what a sealed part can be named
OTHER_PART: Final = re.compile(
    r"a_[a-z][a-z0-9_]{0,31}(-[1-9][0-9]{0,2})?|f_[0-9a-z]{1,40}|f[1-9][0-9]{0,2}"
)
INVISIBLE: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})  # Unicode categories
SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who was present or seen, named as the author names them.

    `child` is the id of a child of the home, if that is who it is: so that another child's name
    can be left out where it does not belong (P40). It is found at signing, not typed.
    """

    name: str = ""
    role: str = ""
    child: str = ""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read a person; whatever is not text becomes empty."""
        table = _table(value)
        return cls(
            name=_text(table, "name"), role=_text(table, "role"), child=_text(table, "child")
        )

    def to_json(self) -> dict[str, Json]:
        """Write the person as the form sends it."""
        values: dict[str, Json] = {"name": self.name, "role": self.role}
        return values | {"child": self.child} if self.child else values

    def stripped(self) -> Self:
        """Return the person without spaces around the words."""
        return _with(self, name=visible(self.name), role=visible(self.role))


# One of several in an answer: a row by the names of its columns, a person by name and role, a
# colleague or a child by id.
Row: TypeAlias = Mapping[str, str | bool | int]
# An answer as it was typed. Numbers and money stay text in a draft, so that "about 20" is kept.
Answer: TypeAlias = str | bool | int | tuple[str | Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContent:
    """One paragraph and its marks. Every default costs the writer no click.

    `about` says which of the children of the entry it is about; nobody named: all of them.
    `told_by_id` is the id of a colleague who told it, and is asked to confirm it (P28).
    `third_party_ids` are the people of the child's register that it is about (P39).
    `reference` and `officer` belong to the ground for keeping it from the child. `staff` is set if
    only staff who need to know read it.
    """

    text: str = ""
    kind: StatementKind = StatementKind.FACT
    source: StatementSource = StatementSource.FIRST_HAND
    speaker: str = ""
    told_by: str = ""
    told_by_id: str = ""
    read_in: str = ""
    whose: str = ""
    maker: str = ""
    basis: str = ""
    sharing: Sharing = Sharing.SHARED
    ground: Ground = Ground.NOT_SAID
    reason: str = ""
    review_on: str = ""
    reference: str = ""
    officer: str = ""
    staff: Restricting | None = None
    third_party: str = ""
    third_party_ids: tuple[str, ...] = ()
    permission: ThirdPartyPermission = ThirdPartyPermission.NOT_ASKED
    about: tuple[ChildId, ...] = ()

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read a statement. A mark that is absent is the default; one nobody knows is not said."""
        table = _table(value)
        return cls(
            text=_text(table, "text"),
            kind=_mark(table, "kind", StatementKind.FACT, StatementKind.NOT_SAID),
            source=_mark(table, "source", StatementSource.FIRST_HAND, StatementSource.NOT_SAID),
            speaker=_text(table, "speaker"),
            told_by=_text(table, "told_by"),
            told_by_id=_id(table, "told_by_id"),
            read_in=_text(table, "read_in"),
            whose=_text(table, "whose"),
            maker=_text(table, "maker"),
            basis=_text(table, "basis"),
            sharing=_mark(table, "sharing", Sharing.SHARED, Sharing.NOT_SAID),
            ground=_mark(table, "ground", Ground.NOT_SAID, Ground.NOT_SAID),
            reason=_text(table, "reason"),
            review_on=_text(table, "review_on"),
            reference=_text(table, "reference"),
            officer=_text(table, "officer"),
            staff=_staff(table.get("staff")),
            third_party=_text(table, "third_party"),
            third_party_ids=_entry_ids(table.get("third_party_ids")),
            permission=_mark(
                table, "permission", ThirdPartyPermission.NOT_ASKED, ThirdPartyPermission.NOT_ASKED
            ),
            about=_children(table.get("about")),
        )

    def to_json(self) -> dict[str, Json]:
        """Write the statement as the form sends it, every key present."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "source": self.source.value,
            "speaker": self.speaker,
            "told_by": self.told_by,
            "told_by_id": self.told_by_id,
            "read_in": self.read_in,
            "whose": self.whose,
            "maker": self.maker,
            "basis": self.basis,
            "sharing": self.sharing.value,
            "ground": self.ground.value,
            "reason": self.reason,
            "review_on": self.review_on,
            "reference": self.reference,
            "officer": self.officer,
            "staff": self.staff.to_json() if self.staff else None,
            "third_party": self.third_party,
            "third_party_ids": list(self.third_party_ids),
            "permission": self.permission.value,
            "about": list(self.about),
        }

    def stripped(self) -> Self:
        """Return the statement with what its marks ask for and nothing else.

        A speaker typed before the kind was changed back to fact is no longer on the screen, so
        it must not be sealed unseen.
        """
        opinion = self.kind in OPINIONS
        decision = self.kind is StatementKind.DECISION
        withheld = self.sharing is Sharing.WITHHELD
        third_party = self.sharing is Sharing.THIRD_PARTY
        from_child = self.from_child.stripped()
        return _with(
            self,
            text=visible(self.text),
            speaker=visible(self.speaker) if self.kind is StatementKind.ACCOUNT else "",
            told_by=visible(self.told_by) if self.source is StatementSource.TOLD_BY else "",
            told_by_id=self.told_by_id if self.source is StatementSource.TOLD_BY else "",
            read_in=visible(self.read_in) if self.source is StatementSource.READ_IN else "",
            whose=visible(self.whose) if opinion else "",
            maker=visible(self.maker) if decision else "",
            basis=visible(self.basis) if opinion or decision else "",
            ground=self.ground if withheld else Ground.NOT_SAID,
            reason=visible(self.reason) if withheld else "",
            review_on=visible(self.review_on) if withheld else "",
            reference=from_child.reference if withheld else "",
            officer=from_child.officer if withheld else "",
            staff=self.staff.stripped() if self.staff else None,
            third_party=visible(self.third_party) if third_party else "",
            third_party_ids=self.third_party_ids if third_party else (),
            permission=self.permission if third_party else ThirdPartyPermission.NOT_ASKED,
        )

    @property
    def from_child(self) -> Restricting:
        """The restriction that keeps it from the child, if `sharing` says so."""
        return Restricting(
            scope=RestrictedFrom.CHILD,
            ground=self.ground,
            reason=self.reason,
            reference=self.reference,
            officer=self.officer,
            review_on=self.review_on,
        )

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was typed: an open box that nobody used, whatever its marks."""
        typed = (self.text, self.speaker, self.told_by, self.read_in, self.whose, self.maker)
        more = (self.basis, self.reason, self.review_on, self.third_party)
        return not any(visible(text) for text in (*typed, *more))


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutOther:
    """An answer, a row of one, or a file that is about somebody else, as a statement can be (P39).

    `part` is `a_visitors`, `a_visitors-2` for its second row, or `f2` for the second file; in a
    draft a file is named by the id of its upload, as `f_…`.
    """

    part: str
    third_party: str = ""
    third_party_ids: tuple[str, ...] = ()
    permission: ThirdPartyPermission = ThirdPartyPermission.NOT_ASKED

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what a form sent, or what was sealed."""
        table = _table(value)
        part = _text(table, "part")
        return cls(
            part=part if OTHER_PART.fullmatch(part) else "",
            third_party=_text(table, "third_party"),
            third_party_ids=_entry_ids(table.get("third_party_ids")),
            permission=_mark(
                table, "permission", ThirdPartyPermission.NOT_ASKED, ThirdPartyPermission.NOT_ASKED
            ),
        )

    def to_json(self) -> dict[str, Json]:
        """Write it as it is kept and sealed."""
        return {
            "part": self.part,
            "third_party": self.third_party,
            "third_party_ids": list(self.third_party_ids),
            "permission": self.permission.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a form collects for one entry, as typed: times are wall times, nothing is checked."""

    happened_from: str = ""
    happened_to: str = ""
    where: str = ""
    how_known: HowKnown = HowKnown.NOT_SAID
    originator: str = ""
    originator_id: str = ""  # of a colleague who told the author, and will read it (P28)
    present_nobody: bool = False
    present: tuple[Person, ...] = ()
    statements: tuple[StatementContent, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    drew_on: tuple[EntryId, ...] = ()
    hands_over: tuple[EntryId, ...] = ()
    same_event: tuple[EntryId, ...] = ()  # entries that tell of the same event
    language: str = ""
    interpreter: str = ""
    late_reason: str = ""
    word_reason: str = ""  # why a word that may offend stands outside a quotation (P45)
    dismissed_hints: tuple[str, ...] = ()  # hints the author waved away; never sealed
    also_about: tuple[ChildId, ...] = ()
    answers_about: Mapping[str, ChildId] = field(default_factory=dict)  # of one child alone (P40)
    about_others: tuple[AboutOther, ...] = ()  # answers, rows and files about somebody else
    restrictions: tuple[Restricting, ...] = ()  # of answers, files and the whole entry

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what a form sent. Never raises, whatever it is.

        Unknown keys are dropped and wrong types become empty. Lone surrogates, which are not
        text, become U+FFFD, so that a draft can always be kept as UTF-8.
        """
        table = _table(value)
        return cls(
            happened_from=_text(table, "happened_from"),
            happened_to=_text(table, "happened_to"),
            where=_text(table, "where"),
            how_known=_mark(table, "how_known", HowKnown.NOT_SAID, HowKnown.NOT_SAID),
            originator=_text(table, "originator"),
            originator_id=_id(table, "originator_id"),
            present_nobody=table.get("present_nobody") is True,
            present=tuple(Person.from_json(person) for person in _tables(table, "present")),
            statements=tuple(
                StatementContent.from_json(statement) for statement in _tables(table, "statements")
            ),
            answers=_answers(table.get("answers")),
            drew_on=_entry_ids(table.get("drew_on")),
            hands_over=_entry_ids(table.get("hands_over")),
            same_event=_entry_ids(table.get("same_event")),
            language=_text(table, "language"),
            interpreter=_text(table, "interpreter"),
            late_reason=_text(table, "late_reason"),
            word_reason=_text(table, "word_reason"),
            dismissed_hints=_texts(table.get("dismissed_hints")),
            also_about=_children(table.get("also_about")),
            answers_about={
                name: ChildId(child)
                for name, child in _table(table.get("answers_about")).items()
                if FIELD_NAME.fullmatch(name) and isinstance(child, str) and is_id(child)
            },
            about_others=tuple(
                other
                for about in _tables(table, "about_others")
                if (other := AboutOther.from_json(about)).part
            ),
            restrictions=tuple(
                _restricting(restriction) for restriction in _tables(table, "restrictions")
            ),
        )

    def to_json(self) -> dict[str, Json]:
        """Write the content as the form sends it: plain JSON values, every key present."""
        return {
            "happened_from": self.happened_from,
            "happened_to": self.happened_to,
            "where": self.where,
            "how_known": self.how_known.value,
            "originator": self.originator,
            "originator_id": self.originator_id,
            "present_nobody": self.present_nobody,
            "present": [person.to_json() for person in self.present],
            "statements": [statement.to_json() for statement in self.statements],
            "answers": {name: _answer_json(answer) for name, answer in self.answers.items()},
            "drew_on": list(self.drew_on),
            "hands_over": list(self.hands_over),
            "same_event": list(self.same_event),
            "language": self.language,
            "interpreter": self.interpreter,
            "late_reason": self.late_reason,
            "word_reason": self.word_reason,
            "dismissed_hints": list(self.dismissed_hints),
            "also_about": list(self.also_about),
            "answers_about": dict(self.answers_about),
            "about_others": [about.to_json() for about in self.about_others],
            "restrictions": [restriction.to_json() for restriction in self.restrictions],
        }

    def has_statement(self, kind: StatementKind) -> bool:
        """Say whether a statement of this kind is written."""
        return any(
            statement.kind is kind and visible(statement.text) for statement in self.statements
        )

    def stripped(self) -> Self:
        """Return what is to be sealed: without empty boxes, and without what no mark asks for.

        The numbers of statements and people close up; `completeness.missing` takes the content
        as it stands on the screen, before this. Answers are stripped by `answers.sealed_answers`.
        """
        first_hand = self.how_known is HowKnown.WAS_THERE
        people = tuple(person.stripped() for person in self.present)
        statements = tuple(statement.stripped() for statement in self.statements)
        return _with(
            self,
            where=visible(self.where),
            originator="" if first_hand else visible(self.originator),
            originator_id=self.originator_id if self.how_known is HowKnown.TOLD_BY else "",
            present=tuple(person for person in people if person != Person()),
            statements=tuple(statement for statement in statements if not statement.is_blank),
            language=visible(self.language),
            interpreter=visible(self.interpreter),
            late_reason=visible(self.late_reason),
            word_reason=visible(self.word_reason),
            dismissed_hints=(),
            restrictions=tuple(
                restriction.stripped()
                for restriction in self.restrictions
                if not restriction.is_blank
            ),
        )


def visible(text: str) -> str:
    """Return a text without spaces around it; nothing if no reader could see anything of it."""
    words = text.strip()
    if "!" <= words[:1] <= "~":  # as nearly every text begins
        return words
    return words if any(unicodedata.category(sign) not in INVISIBLE for sign in words) else ""


def split_statements(text: str) -> tuple[str, ...]:
    """Return the statements typed into one box: each blank line begins a new one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(part.strip() for part in BLANK_LINE.split(lines) if part.strip())


def _with(old: Strippable, **values: Any) -> Strippable:
    """Return it with these values; itself, if it has them already, as it mostly does."""
    new = {name: value for name, value in values.items() if getattr(old, name) != value}
    return replace(old, **new) if new else old


def _table(value: object) -> Table:
    return value if isinstance(value, Mapping) else {}


def _tables(table: Table, key: str) -> list[Table]:
    value = table.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _id(table: Table, key: str) -> str:
    text = _text(table, key)
    return text if is_id(text) else ""


def _plain(text: str) -> str:
    return SURROGATE.sub("\ufffd", tidied(text))


def _text(table: Table, key: str) -> str:
    value = table.get(key)
    return _plain(value) if isinstance(value, str) else ""


def _restricting(table: Table) -> Restricting:
    texts = {name: _text(table, name) for name in table}
    return Restricting.from_json(texts)


def _staff(value: object) -> Restricting | None:
    """Read why only staff who need to know read a statement; None if all staff do."""
    table = _table(value)
    if not table:
        return None
    return replace(_restricting(table), part="", scope=RestrictedFrom.NEED_TO_KNOW)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_plain(item) for item in value if isinstance(item, str)) if _is_list(value) else ()


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _mark(table: Table, key: str, default: AnyMark, unknown: AnyMark) -> AnyMark:
    if key not in table:
        return default
    value = table[key]
    return _members(type(default)).get(value, unknown) if isinstance(value, str) else unknown


@cache
def _members(marks: type[AnyMark]) -> dict[str, AnyMark]:
    return {member.value: member for member in marks}


def _entry_ids(value: object) -> tuple[EntryId, ...]:
    if not isinstance(value, list):
        return ()
    ids = (EntryId(item) for item in value if isinstance(item, str) and is_id(item))
    return tuple(dict.fromkeys(ids))


def _children(value: object) -> tuple[ChildId, ...]:
    return tuple(ChildId(item) for item in _entry_ids(value))


def _answers(value: object) -> dict[str, Answer]:
    read = {
        name: _answer(typed)
        for name, typed in _table(value).items()
        if isinstance(name, str) and FIELD_NAME.fullmatch(name)
    }
    return {name: answer for name, answer in read.items() if answer is not None}


def _answer(value: object) -> Answer | None:
    """Return an answer as typed, or None where the JSON value cannot be one."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_INTEGER else None
    if isinstance(value, list):
        return tuple(
            _plain(item) if isinstance(item, str) else _row(item)
            for item in value
            if isinstance(item, str | Mapping)
        )
    return None


def _row(value: Table) -> Row:
    """Return a row as typed, without what cannot be a cell."""
    return {
        name: _plain(cell) if isinstance(cell, str) else cell
        for name, cell in value.items()
        if isinstance(name, str) and FIELD_NAME.fullmatch(name) and _is_cell(cell)
    }


def _is_cell(value: object) -> TypeGuard[str | bool | int]:
    return isinstance(value, str | bool) or (
        isinstance(value, int) and abs(value) <= LARGEST_INTEGER
    )


def _answer_json(answer: Answer) -> Json:
    if isinstance(answer, tuple):
        return [item if isinstance(item, str) else dict(item) for item in answer]
    return answer
