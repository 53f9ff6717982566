"""An entry in words: what the page, the print and the read-through show, from one place."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import BookId, ChildId
from casebound.foundation.base.times import LONDON, clock, day_in_words, in_words, instant
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.proof.canonical import Json
from casebound.foundation.web import marked
from casebound.record.book.attached import Attachment
from casebound.record.book.entries import Entry, How
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, HowKnown, StatementContent
from casebound.rulebook.catalogue.limits import seconds_in_words
from casebound.rulebook.catalogue.marks import Ground
from casebound.rulebook.catalogue.registers import register_words
from casebound.rulebook.catalogue.several import ids_in
from casebound.rulebook.catalogue.shape import DRAWN, Field, FieldType
from casebound.rulebook.catalogue.wall_time import calendar_day

NO_NAMES: Final[Mapping[str, str]] = {}
NO_NUMBERS: Final[Mapping[BookId, int]] = {}

# How an entry leads to those it is about, and how they lead back to it (P02, P07).
ONWARD = {
    How.DREW_ON.value: "Written from note",
    How.HANDS_OVER.value: "Hands over",
    How.ADDENDUM.value: "Adds to",
    How.CORRECTION.value: "Corrects",
    How.STRIKE.value: "Strikes through",
    How.MISFILED.value: "Says what is in the wrong book:",
    How.FOLLOWS.value: "Follows",
    How.CONFIRMS.value: "Confirms",
}
BACK = {
    How.DREW_ON.value: "Used in",
    How.HANDS_OVER.value: "Handed over in",
    How.ADDENDUM.value: "Something was added in",
    How.CORRECTION.value: "Corrected by",
    How.STRIKE.value: "Struck through by",
    How.MISFILED.value: "Said to be in the wrong book by",
    How.FOLLOWS.value: "Followed by",
    How.CONFIRMS.value: "Confirmed by",
}


def happened_words(start: datetime, end: datetime | None) -> str:
    """Write when an event was: `Monday 23 November 2026, 18:30 to 19:00`."""
    if end is None:
        return in_words(start)
    same_day = start.astimezone(LONDON).date() == end.astimezone(LONDON).date()
    return f"{in_words(start)} to {clock(end) if same_day else in_words(end)}"


def late_words(seconds: int) -> str:
    """Write how long after the event an entry was signed, in whole hours or days."""
    hours = seconds // 3600
    if hours < 48:  # noqa: PLR2004 (two days are still counted in hours)
        return f"signed {hours} hours after it happened"
    return f"signed {hours // 24} days after it happened"


def known_words(content: Content) -> str:
    """Write how the author knows."""
    if content.how_known is HowKnown.TOLD_BY:
        return f"was told by {content.originator}"
    if content.how_known is HowKnown.READ_IN:
        return f"read it in {content.originator}"
    return "was there"


def present_words(content: Content) -> str:
    """Write who was there."""
    if content.present_nobody:
        return "nobody else"
    return "; ".join(
        f"{person.name}, {person.role}" if person.role else person.name
        for person in content.present
    )


def children_named(entry: Entry) -> list[str]:
    """Return the ids of the children that it names by id, whose names are looked up to show.

    Those its answers name, and those it is about.
    """
    form = catalogue.form(entry.form, entry.form_version)
    return [
        *entry.children,
        *(
            child
            for field in form.fields
            if field.type is FieldType.CHILDREN
            for child in ids_in(entry.answers.get(field.name))
        ),
    ]


def also_about(entry: Entry, book: BookId, names: Mapping[str, str] = NO_NAMES) -> str:
    """Write which other children an entry is about, for staff who read it in one's book."""
    return _and([names.get(one, "another child") for one in entry.children if one != ChildId(book)])


def numbered_in(entry: Entry, registers: Mapping[BookId, int]) -> list[str]:
    """Write its numbers in the registers: `no. 4 of the register of restraint`."""
    return [
        f"no. {registers[one.id]:,} of {register_words(one.name)}"
        for one in entry.registers
        if one.id in registers
    ]


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def answers_in_words(
    entry: Entry, names: Mapping[str, str] = NO_NAMES
) -> list[tuple[str, marked.Shown]]:
    """Return the form's answers as label and words (or rows), in the order of the form.

    `names` has the name each child of `children_named` goes by.
    """
    form = catalogue.form(entry.form, entry.form_version)
    return [
        (field.label, shown_answer(field, entry.answers[field.name], names))
        for field in form.fields
        if field.name in entry.answers
    ]


def shown_answer(field: Field, value: Json, names: Mapping[str, str] = NO_NAMES) -> marked.Shown:
    """Return one answer as it is shown: rows as a table, a drawing drawn, all else in words."""
    if field.type in DRAWN and (drawing := drawn(value)):
        return drawing
    if field.type is FieldType.ROWS and isinstance(value, list):
        rows = [one for one in value if isinstance(one, Mapping)]
        columns = [one for one in field.columns if any(one.name in row for row in rows)]
        return marked.Table(
            [one.label for one in columns],
            [
                [answer_words(one, row[one.name]) if one.name in row else "" for one in columns]
                for row in rows
            ],
        )
    return answer_words(field, value, names)


def answer_words(field: Field, value: Json, names: Mapping[str, str] = NO_NAMES) -> str:
    """Write one answer: a choice by its label, yes or no, money in pounds, a child by name."""
    labels = {choice.value: choice.label for choice in field.choices}
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.type is FieldType.CHILDREN:
        return "; ".join(names.get(child, "a child") for child in ids_in(value))
    if field.type in DRAWN:
        drawing = drawn(value)
        return drawing.words if drawing else ""
    if isinstance(value, list):
        return "; ".join(_person(one) or labels.get(str(one), str(one)) for one in value)
    write = _WRITE.get(field.type)
    return write(value) if write else labels.get(str(value), str(value))


def _person(one: Json) -> str:
    if not isinstance(one, Mapping):
        return ""
    return ", ".join(str(one[name]) for name in ("name", "role") if one.get(name))


_WRITE: Mapping[FieldType, Callable[[Json], str]] = {
    FieldType.MINUTES: lambda value: f"{value} minutes",
    FieldType.SECONDS: lambda value: seconds_in_words(int(str(value))),
    FieldType.MONEY_PENCE: lambda value: f"£{int(str(value)) // 100}.{int(str(value)) % 100:02d}",
    FieldType.DATETIME: lambda value: in_words(instant(str(value))),
    FieldType.DATE: lambda value: day_in_words(calendar_day(str(value))),
}


def shown(
    fact: Entry,
    *,
    number: int,
    signed_at: datetime,
    href: str = "",
    notes: tuple[marked.Note, ...] = (),
    standing: tuple[marked.Standing, ...] = (),
    state: str = "",
    state_reason: str = "",
    names: Mapping[str, str] = NO_NAMES,
    book: BookId | None = None,
    registers: Mapping[BookId, int] = NO_NUMBERS,
    files_at: str = "",
) -> marked.Entry:
    """Return what a fact would look like as no. `number`, before or after it is sealed.

    `names` has the name each child of `children_named` goes by. `book` is whose page it is, of a
    fact that went through `separating.in_book`; `registers` its numbers there. `files_at` is where
    its files are, if not under `href`.
    """
    content = fact.content
    return marked.Entry(
        number=number,
        form=catalogue.form(fact.form, fact.form_version).title,
        happened=happened_words(fact.happened_from, fact.happened_to),
        signed=in_words(signed_at),
        author=fact.author.name,
        role=fact.author.role,
        statements=[_statement(one, fact, names) for one in content.statements],
        also_about=also_about(fact, book, names) if book else "",
        numbered=numbered_in(fact, registers),
        href=href,
        where=content.where,
        how_known=known_words(content),
        present=present_words(content),
        late=late_words(fact.late_seconds) if fact.late else "",
        late_reason=content.late_reason,
        word_reason=content.word_reason,
        answers=answers_in_words(fact, names),
        notes=notes,
        standing=standing,
        language=content.language,
        interpreter=content.interpreter,
        state=state,
        state_reason=state_reason,
        files=[
            _file(number, one, files_at or href) for number, one in enumerate(fact.attachments, 1)
        ],
    )


def _file(number: int, file: Attachment, at: str) -> marked.File:
    """Return an attached file as it is shown; one about another child keeps its place."""
    original = file.original
    if not original.sha256:
        return marked.File(FILE_KINDS["other"], "")
    base = f"{at}files/{number}/"
    kilobytes = max(1, original.size // 1024)
    size = f"{kilobytes:,} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"  # noqa: PLR2004
    scale = f"{file.scale_mm:,} mm wide in life" if file.scale_mm else ""
    return marked.File(
        kind=FILE_KINDS.get(file.kind, FILE_KINDS["other"]),
        href=f"{base}original/",
        name=file.name,
        size=size,
        alt=file.alt,
        scale=scale,
        shown=f"{base}shown/" if file.shown else "",
        thumb=f"{base}thumb/" if file.thumb else "",
        is_page=file.kind == "page",
    )


FILE_KINDS: Final = {
    "page": "Page of a handwritten note",
    "photograph": "Photograph",
    "document": "Document",
    "sound": "Sound",
    "other": "File",
}


def _statement(
    statement: StatementContent, fact: Entry, children: Mapping[str, str]
) -> marked.Statement:
    names = marked.Statement.__dataclass_fields__
    values = {name: getattr(statement, name) for name in names}
    if isinstance(values["ground"], Ground):
        values["ground"] = values["ground"].label if values["ground"].value else ""
    about = [one for one in fact.children if one in statement.about]
    values["about"] = _and([children.get(one, "another child") for one in about])
    return marked.Statement(**{name: str(value) for name, value in values.items()})
