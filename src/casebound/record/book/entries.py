"""The entry people write: form, times, who, how known, statements, answers, what it is about.

Every recording form seals the same kind of entry, because a form is data. The parts are in reading
order. Each statement is a text part, committed word by word. A data part follows it where its marks
say more than the labels hold. So a name can be withheld alone (format 1.4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from casebound.foundation.base.handling import FieldHandling
from casebound.foundation.base.ids import BookId, ChildId, EntryId, HomeId, WorkerId
from casebound.foundation.base.times import instant, utc_text
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.proof.canonical import Json, clean_text
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.ledger.projecting.kinds import Kind, Withdrawal, kind_of, kind_part
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.ledger.sealing.registers import PART, register_part
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.record.book.attached import Attachment
from casebound.record.book.relations import Relation, relation_of
from casebound.rulebook.catalogue.content import (
    AboutOther,
    Content,
    Person,
    Restricting,
    Sharing,
    StatementContent,
    StatementSource,
)
from casebound.rulebook.catalogue.late import LATE_AFTER

_SOURCE_LABEL = {
    StatementSource.FIRST_HAND: "first-hand",
    StatementSource.TOLD_BY: "told-by",
    StatementSource.READ_IN: "document",
}
_MARKS = (
    "speaker",
    "told_by",
    "told_by_id",
    "read_in",
    "whose",
    "maker",
    "basis",
    "ground",
    "reason",
    "review_on",
    "reference",
    "officer",
    "third_party",
)


def subject_json(subject: Subject) -> dict[str, Json]:
    """Write a subject as it is sealed."""
    return {
        "kind": subject.kind.value,
        "id": clean_text(subject.id),
        "name": clean_text(subject.name),
    }


def subject_from(sealed: Mapping[str, Any] | None) -> Subject:
    """Read what `subject_json` wrote; no value means the entry as a whole."""
    if sealed is None:
        return WHOLE
    return Subject(SubjectKind(sealed["kind"]), sealed["id"], sealed["name"])


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier entry this one is about: its id and its leaf, which pin its words.

    `subject` says which of several things in it is meant: the person who was spoken to, or the
    action that was done.
    """

    relation: Relation
    entry_id: EntryId
    index: int
    subject: Subject = WHOLE

    def to_json(self) -> dict[str, Json]:
        """Write the reference as it is sealed, without its empty fields."""
        table: dict[str, Json] = {
            "relation": self.relation.key,
            "entry": self.entry_id,
            "index": self.index,
        }
        if self.subject != WHOLE:
            table["subject"] = subject_json(self.subject)
        return table


@dataclass(frozen=True, slots=True)
class EntryRegister:
    """A register that numbers the entry: its id, and its subject (`restraint`)."""

    id: BookId
    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """A draft that was moved to another book before it was signed: from, to, and who moved it."""

    from_book: BookId
    to_book: BookId
    by: WorkerId
    at: datetime

    def to_json(self) -> dict[str, Json]:
        """Write the move as it is sealed."""
        return {
            "from": self.from_book,
            "to": self.to_book,
            "by": self.by,
            "at": utc_text(self.at),
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            BookId(table["from"]), BookId(table["to"]), WorkerId(table["by"]), instant(table["at"])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote and signed: the full name, never initials (P48)."""

    id: WorkerId
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Kind):
    """An entry on a recording form.

    Attributes:
        form: the form's name and version, which the entry is pinned to (P19).
        home_id: where it was written.
        happened_from: aware UTC; with `happened_to`, when the event was.
        content: stripped; `happened_from` and `happened_to` replace the times in it.
        answers: as sealed, by field.
        late: whether more than 24 hours passed before it was signed (P44).
        late_seconds: how long after the event it was signed.
        references: earlier entries it is about.
        children: the children it is about, if there are several; it is in the book of each. The
            first is the child in whose book it was begun. An entry about one child names none.
        registers: the registers of the home that number it.
        attachments: the files that belong to it, in their order.
        answers_about: the child that an answer is about, by field, if not all of the entry's (P40).
        moves: the books its draft was moved between before it was signed, first to last.
    """

    kind: ClassVar = "book/entry"
    can_be_withdrawn: ClassVar = True

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"answers"})
        about_worker = frozenset({"author"})
        about_others = frozenset({"children", "references", "moves", "answers_about"})
        marked = frozenset({"content", "attachments"})
        operational = frozenset(
            {
                "form",
                "form_version",
                "home_id",
                "happened_from",
                "happened_to",
                "late",
                "late_seconds",
                "registers",
            }
        )

    form: str
    form_version: int
    author: Author
    home_id: HomeId
    happened_from: datetime
    happened_to: datetime | None
    content: Content
    answers: dict[str, Json]
    late: bool
    late_seconds: int
    references: tuple[Reference, ...] = ()
    children: tuple[ChildId, ...] = ()
    registers: tuple[EntryRegister, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    moves: tuple[Move, ...] = ()
    answers_about: Mapping[str, ChildId] = field(default_factory=dict)

    def parts(self) -> tuple[Part, ...]:
        """Write the entry as parts."""
        content = self.content
        parts: list[Part] = [
            kind_part(self.kind, self.version),
            Data({"n": "form"}, {"form": self.form, "v": self.form_version}),
            Data(
                {"n": "author"},
                {"id": self.author.id, "name": self.author.name, "role": self.author.role},
            ),
            Data({"n": "home"}, self.home_id),
            *_children_part(self.children),
            Data(
                {"n": "happened"},
                {
                    "from": utc_text(self.happened_from),
                    "to": utc_text(self.happened_to) if self.happened_to else None,
                },
            ),
            Data({"n": "late"}, {"late": self.late, "seconds": self.late_seconds}),
        ]
        if self.late:
            parts.append(Text({"n": "late_reason"}, clean_text(content.late_reason)))
        if content.where:
            parts.append(Text({"n": "where"}, clean_text(content.where)))
        parts += _known_parts(content)
        parts.append(
            Data(
                {"n": "present"},
                "nobody else"
                if content.present_nobody
                else [_person(person) for person in content.present],
            )
        )
        for number, statement in enumerate(content.statements, start=1):
            parts += _statement_parts(number, statement)
        for name, value in self.answers.items():
            parts += _answer_parts(name, value)
        parts += _answers_about_part(self.answers_about)
        parts += _about_others_part(content.about_others)
        parts += _restricted_part(content.restrictions)
        for name in ("language", "interpreter", "word_reason"):
            if value := getattr(content, name):
                parts.append(Text({"n": name}, clean_text(value)))
        if self.references:
            parts.append(
                Data(
                    {"n": "refs"},
                    [reference.to_json() for reference in self.references],
                )
            )
        if self.registers:
            parts.append(register_part((register.id, register.name) for register in self.registers))
        parts += _moves_part(self.moves)
        for number, file in enumerate(self.attachments, start=1):
            parts += file.parts(number)
        return tuple(parts)

    def withdraws(self, entry: ReadEntry) -> list[Withdrawal]:
        """Return which earlier entries this one strikes or misfiles, in each of its books."""
        return [
            Withdrawal(
                leaf=reference.index,
                entry_id=reference.entry_id,
                book=book,
                status=reference.relation.withdraws.value,
                reason=reason_in(self).words_in(book),
                by=entry,
            )
            for reference in self.references
            if reference.relation.withdraws is not None
            for book in entry.pages
        ]

    def words_in(self, book: BookId) -> str:
        """Return the statements that all staff read in a book, as one text."""
        statements = (s for s in self.content.statements if is_about(s, book) and not s.staff)
        return " ".join(statement.text for statement in statements if statement.text)

    @classmethod
    def read(cls, entry: ReadEntry) -> Self:
        """Read the entry back from its parts."""
        values = entry.values()
        happened, late, author = values["happened"], values["late"], values["author"]
        present = values["present"]
        answers = {
            name.removeprefix("a_"): value
            for name, value in values.items()
            if name.startswith("a_")
        }
        content = Content.from_json({
            **{
                name: values.get(name, "")
                for name in (
                    "where", "how_known", "originator", "originator_id", "language",
                    "interpreter", "late_reason",
                    "word_reason",
                )
            },
            "present_nobody": present == "nobody else",
            "present": present if isinstance(present, list) else [],
            "statements": _statements(entry),
            "about_others": values.get("about_others", []),
            "restrictions": values.get("restricted", []),
        })  # fmt: skip
        return cls(
            form=values["form"]["form"],
            form_version=values["form"]["v"],
            author=Author(id=WorkerId(author["id"]), name=author["name"], role=author["role"]),
            home_id=HomeId(values["home"]),
            happened_from=instant(happened["from"]),
            happened_to=instant(happened["to"]) if happened["to"] else None,
            content=content,
            answers=answers,
            late=_is_late(late, entry),
            late_seconds=max(0, late["seconds"] - int(entry.ran_ahead.total_seconds())),
            references=tuple(
                Reference(
                    relation_of(reference["relation"]),
                    EntryId(reference["entry"]),
                    reference["index"],
                    subject_from(reference.get("subject")),
                )
                for reference in values.get("refs", [])
            ),
            children=tuple(ChildId(child["id"]) for child in values.get("children", [])),
            registers=tuple(
                EntryRegister(BookId(register["id"]), register["name"])
                for register in values.get(PART, [])
            ),
            attachments=Attachment.read_all(values),
            answers_about={
                name: ChildId(child) for name, child in values.get("answers_about", {}).items()
            },
            moves=tuple(Move.from_json(move) for move in values.get("moves", [])),
        )


def reason_in(fact: Entry) -> Entry:
    """Return the entry that says why an earlier one is withdrawn: it, or what it agrees to."""
    if not any(reference.relation.agrees for reference in fact.references):
        return fact
    asked = (entry_of(r.entry_id) for r in fact.references if r.relation.follows)
    return next((Entry.read(entry) for entry in asked if entry and is_written(entry)), fact)


def is_written(entry: ReadEntry) -> bool:
    """Say whether somebody wrote the entry on a form. Only then can another entry refer to it.

    An entry that is damaged says nothing, and so not that either.
    """
    return kind_of(entry)[0] == Entry.kind


def is_about(statement: StatementContent, book: BookId) -> bool:
    """Say whether a statement is about this book's child. One that names no child is about all."""
    return not statement.about or ChildId(book) in statement.about


def _children_part(children: tuple[ChildId, ...]) -> list[Part]:
    return [Data({"n": "children"}, [{"id": child} for child in children])] if children else []


def _answers_about_part(about: Mapping[str, ChildId]) -> list[Part]:
    return [Data({"n": "answers_about"}, dict(about))] if about else []


def _about_others_part(about: tuple[AboutOther, ...]) -> list[Part]:
    others = [{**other.to_json(), "third_party": clean_text(other.third_party)} for other in about]
    return [Data({"n": "about_others"}, others)] if others else []


def _restricted_part(restrictions: tuple[Restricting, ...]) -> list[Part]:
    if not restrictions:
        return []
    return [Data({"n": "restricted"}, [said.to_json() for said in restrictions])]


def _moves_part(moves: tuple[Move, ...]) -> list[Part]:
    return [Data({"n": "moves"}, [move.to_json() for move in moves])] if moves else []


def _person(person: Person) -> Json:
    table: dict[str, Json] = {"name": clean_text(person.name), "role": clean_text(person.role)}
    return table | {"child": person.child} if person.child else table


def _known_parts(content: Content) -> Iterator[Part]:
    """Yield how the author knows, and who told them: in words, and by id if it is a colleague."""
    yield Data({"n": "how_known"}, content.how_known.value)
    if content.originator:
        yield Text({"n": "originator"}, clean_text(content.originator))
    if content.originator_id:
        yield Data({"n": "originator_id"}, content.originator_id)


def _answer_parts(name: str, value: Json) -> list[Part]:
    """Write an answer. A drawing is also written as a picture and in words, from its data (P06)."""
    label = {"n": f"a_{name}"}
    if isinstance(value, str):
        return [Text(label, clean_text(value))]
    drawing = drawn(value)
    if drawing is None:
        return [Data(label, value)]
    # A picture cannot lose single words, so it is a data part: disclosed or withheld as a whole.
    return [
        Data(label, value),
        Data({"n": f"svg_{name}"}, drawing.svg),
        Text({"n": f"words_{name}"}, clean_text(drawing.words)),
    ]


def _statement_parts(number: int, statement: StatementContent) -> list[Part]:
    labels = {"k": statement.kind.value, "n": f"s{number}"}
    labels["src"] = _SOURCE_LABEL[statement.source]
    parts: list[Part] = [Text(labels, clean_text(statement.text))]
    marks: dict[str, Json] = {
        name: clean_text(str(value)) for name in _MARKS if (value := getattr(statement, name))
    }
    if statement.sharing is not Sharing.SHARED:
        marks["sharing"] = statement.sharing.value
    if statement.sharing is Sharing.THIRD_PARTY:
        marks["permission"] = statement.permission.value
    if statement.third_party_ids:
        marks["third_party_ids"] = list(statement.third_party_ids)
    if statement.about:
        marks["about"] = list(statement.about)
    if statement.staff:
        marks["staff"] = statement.staff.to_json()
    if marks:
        parts.append(Data({"n": f"s{number}_marks"}, marks))
    return parts


_SOURCE_OF = {label: source.value for source, label in _SOURCE_LABEL.items()}


def _is_late(sealed: Mapping[str, Any], entry: ReadEntry) -> bool:
    """Say whether the entry is late, counted from the true time if its clock ran ahead."""
    if not entry.ran_ahead:
        return bool(sealed["late"])
    return (
        bool(sealed["late"]) and timedelta(seconds=sealed["seconds"]) - entry.ran_ahead > LATE_AFTER
    )


def _statements(entry: ReadEntry) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = []
    for part in entry.parts:
        if isinstance(part, Text) and "k" in part.m:
            read.append(
                {
                    "text": part.x,
                    "kind": part.m["k"],
                    "source": _SOURCE_OF[part.m["src"]],
                }
            )
        elif part.m["n"].endswith("_marks") and isinstance(part, Data) and isinstance(part.j, dict):
            read[-1].update(part.j)
    return read


KINDS = (Entry,)
