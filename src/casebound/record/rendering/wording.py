"""An entry as data to be shown, in words: page, print and read-through take it from here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop, ngettext
from msgspec.structs import replace

from casebound.foundation.base.ids import BookId, ChildId
from casebound.foundation.base.times import LONDON, clock, day_in_words, in_words, instant
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.proof.canonical import Json
from casebound.people.restricted.holding import WHOLE
from casebound.record.book.attached import Attachment
from casebound.record.book.entries import Entry, Move
from casebound.record.book.separating import ANOTHER_CHILD
from casebound.record.rendering.audience import STAFF, Reader, audience_held, audience_of
from casebound.record.rendering.entry_view import (
    AnswerTable,
    AnswerValue,
    AnswerView,
    DrawingView,
    EntryView,
    FileView,
    HeldView,
    LinkView,
    MatterView,
    ReasonView,
    StatementView,
)
from casebound.record.rendering.held import (
    NOTHING_HELD,
    Held,
    held_by_author,
    scopes_of,
    with_marks,
)
from casebound.record.rendering.seen import FROM_CHILD
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.amounts import grouped, pounds
from casebound.rulebook.catalogue.content import (
    AboutOther,
    Content,
    HowKnown,
    Sharing,
    StatementContent,
    ThirdPartyPermission,
)
from casebound.rulebook.catalogue.limits import minutes_in_words, seconds_in_words
from casebound.rulebook.catalogue.registers import register_words
from casebound.rulebook.catalogue.several import ids_in
from casebound.rulebook.catalogue.shape import DRAWN, Choice, Field, FieldType
from casebound.rulebook.catalogue.wall_time import calendar_day

NO_NAMES: Final[Mapping[str, str]] = {}
NOTHING_TOLD: Final[Mapping[int, MatterView]] = {}
NO_NUMBERS: Final[Mapping[BookId, int]] = {}


def happened_words(start: datetime, end: datetime | None) -> str:
    """Write when an event was: `Monday 23 November 2026, 18:30 to 19:00`."""
    if end is None:
        return in_words(start)
    same_day = start.astimezone(LONDON).date() == end.astimezone(LONDON).date()
    return gettext("{start} to {value}").format(
        start=in_words(start), value=clock(end) if same_day else in_words(end)
    )


def signed_words(fact: Entry, signed_at: datetime) -> str:
    """Write when an entry was signed, and how long after the event that was (P03)."""
    if fact.late:
        return in_words(signed_at)  # what is late says so in its own words
    return ", ".join(filter(None, [in_words(signed_at), _gap(fact.late_seconds)]))


def noted_words(note: Entry, signed_at: datetime) -> str:
    """Write when a note was taken, and how long after the event (P03).

    A note of another day than its event says the day too.
    """
    end = note.happened_to or note.happened_from
    same_day = end.astimezone(LONDON).date() == signed_at.astimezone(LONDON).date()
    taken = clock(signed_at) if same_day else in_words(signed_at)
    noted = gettext("noted {moment}").format(moment=taken)
    return ", ".join(filter(None, [noted, _gap(note.late_seconds)]))


def _gap(seconds: int) -> str:
    """Write how long after the event something was: `14 minutes after`; nothing below a minute."""
    minutes = max(seconds, 0) // 60
    if minutes == 0:
        return ""
    if minutes < 60:  # noqa: PLR2004 (an hour)
        return ngettext("{count} minute after", "{count} minutes after", minutes).format(
            count=minutes
        )
    hours = minutes // 60
    return ngettext("{count} hour after", "{count} hours after", hours).format(count=hours)


def late_words(seconds: int) -> str:
    """Write how long after the event an entry was signed, in whole hours or days."""
    hours = seconds // 3600
    if hours < 48:  # noqa: PLR2004 (two days are still counted in hours)
        return gettext("signed {hours} hours after it happened").format(hours=hours)
    return gettext("signed {value} days after it happened").format(value=hours // 24)


def known_words(content: Content) -> str:
    """Write how the author knows; nothing if the entry does not ask."""
    if content.how_known is HowKnown.TOLD_BY:
        return gettext("was told by {originator}").format(originator=content.originator)
    if content.how_known is HowKnown.READ_IN:
        return gettext("read it in {originator}").format(originator=content.originator)
    return gettext("was there") if content.how_known is HowKnown.WAS_THERE else ""


def present_words(content: Content, *, unnamed_but: str | None = None) -> str:
    """Write who was there; with `unnamed_but`, no child is named but that one."""
    if content.present_nobody:
        return gettext("nobody else")
    return "; ".join(
        ANOTHER_CHILD
        if unnamed_but is not None and person.child and person.child != unnamed_but
        else f"{person.name}, {person.role}"
        if person.role
        else person.name
        for person in content.present
    )


def also_about(entry: Entry, book: BookId, names: Mapping[str, str] = NO_NAMES) -> str:
    """Write which other children an entry is about, for staff who read it in one's book."""
    return _and(
        [names.get(child, ANOTHER_CHILD) for child in entry.children if child != ChildId(book)]
    )


def moved_words(moves: Sequence[Move]) -> str:
    """Write when the draft came from another book; nothing if it was signed where it began."""
    if not moves or moves[0].from_book == moves[-1].to_book:
        return ""
    return in_words(moves[-1].at)


def numbered_in(entry: Entry, registers: Mapping[BookId, int]) -> list[str]:
    """Write its numbers in the registers: `no. 4 of the register of restraint`."""
    return [
        gettext("no. {value:,} of {name}").format(
            value=registers[register.id], name=register_words(register.name)
        )
        for register in entry.registers
        if register.id in registers
    ]


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def answers_in_words(
    entry: Entry, names: Mapping[str, str] = NO_NAMES, held: Held = NOTHING_HELD
) -> list[AnswerView]:
    """Return the form's answers, in the order of the form.

    `names` has the name each child of `children_named` goes by. To anybody but staff an answer
    that names children says how many, and no name.
    """
    form = catalogue.form(entry.form, entry.form_version)
    return [
        with_marks(answer, f"a_{field.name}", held)
        for field in form.fields
        if field.name in entry.answers or field.name in entry.answers_about
        for answer in _separated(field, entry, names)
    ]


def _separated(field: Field, entry: Entry, names: Mapping[str, str]) -> Iterator[AnswerView]:
    """Yield an answer with its mark if it is about somebody else (P39).

    Staff read all rows of one answer; the child reads the rows that are about nobody else.
    """
    answer = _answer(field, entry, names)
    marked = {about.part: about for about in entry.content.about_others}
    whole, value = marked.get(f"a_{field.name}"), entry.answers.get(field.name)
    rows = {
        int(part.rpartition("-")[2]): about
        for part, about in marked.items()
        if part.startswith(f"a_{field.name}-")
    }
    if whole is not None:
        yield replace(answer, **_about_other([whole]))
    elif rows and isinstance(value, list):
        yield replace(answer, **_about_other(list(rows.values())) | {"audience": STAFF})
        left = [
            row
            for place, row in enumerate(value, 1)
            if place not in rows or rows[place].permission is ThirdPartyPermission.GIVEN
        ]
        if left:
            shown = shown_answer(field, left, names)
            yield replace(answer, value=shown, audience=frozenset({Reader.CHILD}))
    else:
        yield answer


def _about_other(marks: Sequence[AboutOther]) -> dict[str, Any]:
    """Return who something is about, their permission, and who reads it."""
    answers = {mark.permission.value for mark in marks}
    permission = answers.pop() if len(answers) == 1 else ""
    return {
        "third_party": ", ".join(dict.fromkeys(mark.third_party for mark in marks)),
        "permission": permission,
        "audience": audience_of(Sharing.THIRD_PARTY.value, permission),
    }


def _answer(field: Field, entry: Entry, names: Mapping[str, str]) -> AnswerView:
    """Return one answer; one about another child keeps its place."""
    if field.name not in entry.answers:
        return AnswerView(field.label, "", left_out=True, audience=STAFF)
    value = entry.answers[field.name]
    child = entry.answers_about.get(field.name)
    return AnswerView(
        field.label,
        shown_answer(field, value, names),
        to_others=_unnamed(value) if field.type is FieldType.CHILDREN else "",
        about=names.get(child, ANOTHER_CHILD) if child else "",
    )


def _unnamed(value: Json) -> str:
    return "; ".join(gettext("a child") for _ in ids_in(value))


def shown_answer(field: Field, value: Json, names: Mapping[str, str] = NO_NAMES) -> AnswerValue:
    """Return one answer as it is shown: rows as a table, a drawing drawn, all else in words."""
    if field.type in DRAWN and (drawing := drawn(value)):
        return DrawingView(drawing.svg, drawing.heading, drawing.lines, drawing.description)
    if field.type is FieldType.ROWS and isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        columns = [column for column in field.columns if any(column.name in row for row in rows)]
        return AnswerTable(
            tuple(column.label for column in columns),
            tuple(
                tuple(
                    answer_words(column, row[column.name]) if column.name in row else ""
                    for column in columns
                )
                for row in rows
            ),
        )
    return answer_words(field, value, names)


def answer_words(field: Field, value: Json, names: Mapping[str, str] = NO_NAMES) -> str:
    """Write one answer: a choice by its label, yes or no, money in pounds, a child by name."""
    labels = {choice.value: _choice_words(choice) for choice in field.choices}
    if isinstance(value, bool):
        return gettext("Yes") if value else "No"
    if field.type is FieldType.CHILDREN:
        return "; ".join(names.get(child, "a child") for child in ids_in(value))
    if field.type in DRAWN:
        drawing = drawn(value)
        return drawing.words if drawing else ""
    if isinstance(value, list):
        return "; ".join(_person(part) or labels.get(str(part), str(part)) for part in value)
    write = _WRITE.get(field.type)
    return write(value) if write else labels.get(str(value), str(value))


def _choice_words(choice: Choice) -> str:
    """Write a choice, and the rule that never allows it: the entry itself says so."""
    if not choice.prohibited:
        return choice.label
    return gettext("{answer} (never allowed: {rule})").format(
        answer=choice.label, rule=choice.prohibited
    )


def _person(value: Json) -> str:
    if not isinstance(value, Mapping):
        return ""
    return ", ".join(str(value[name]) for name in ("name", "role") if value.get(name))


_WRITE: Mapping[FieldType, Callable[[Json], str]] = {
    FieldType.MINUTES: lambda value: minutes_in_words(int(str(value))),
    FieldType.SECONDS: lambda value: seconds_in_words(int(str(value))),
    FieldType.MONEY_PENCE: lambda value: pounds(int(str(value))),
    FieldType.NUMBER: lambda value: f"{int(str(value)):,}",
    FieldType.QUANTITY: lambda value: grouped(str(value)),
    FieldType.DATETIME: lambda value: in_words(instant(str(value))),
    FieldType.DATE: lambda value: day_in_words(calendar_day(str(value))),
}


def view_of(
    fact: Entry,
    *,
    number: int,
    signed_at: datetime,
    href: str = "",
    links: tuple[LinkView, ...] = (),
    standing: tuple[MatterView, ...] = (),
    state: str = "",
    state_reason: tuple[ReasonView, ...] = (),
    names: Mapping[str, str] = NO_NAMES,
    book: BookId | None = None,
    registers: Mapping[BookId, int] = NO_NUMBERS,
    files_at: str = "",
    told: Mapping[int, MatterView] = NOTHING_TOLD,
    held: Held | None = None,
) -> EntryView:
    """Return an entry as data to be shown as no. `number`, before or after it is sealed.

    `names` has the name each child of `children_named` goes by. `book` is whose page it is, of a
    fact that went through `separating.in_book`; `registers` its numbers there. `files_at` is where
    its files are, if not under `href`. `told` is the state of each statement that was told. `held`
    is what is restricted now; without it, what its author restricted.
    """
    content = fact.content
    if held is None:
        held = held_by_author(fact, book)
    return EntryView(
        number=number,
        form=catalogue.form(fact.form, fact.form_version).title,
        happened=happened_words(fact.happened_from, fact.happened_to),
        signed=signed_words(fact, signed_at),
        author=fact.author.name,
        role=fact.author.role,
        statements=tuple(
            statement_view(statement, fact, names, told.get(number), held=held, part=f"s{number}")
            for number, statement in enumerate(content.statements, 1)
        ),
        answers=tuple(answers_in_words(fact, names, held)),
        files=tuple(
            with_marks(
                replace(_file(number, file, files_at or href, names), **_about_file(fact, number)),
                f"f{number}",
                held,
            )
            for number, file in enumerate(fact.attachments, 1)
        ),
        standing=standing,
        links=links,
        href=href,
        where=content.where,
        how_known=known_words(content),
        present=present_words(content),
        present_to_others=present_words(content, unnamed_but=book or ""),
        also_about=also_about(fact, book, names) if book else "",
        late=late_words(fact.late_seconds) if fact.late else "",
        late_reason=content.late_reason,
        word_reason=content.word_reason,
        language=content.language,
        interpreter=content.interpreter,
        numbered=tuple(numbered_in(fact, registers)),
        moved=moved_words(fact.moves),
        state=state,
        state_reason=state_reason,
        held=held.get(WHOLE, ()),
    )


def reason_of(fact: Entry) -> tuple[ReasonView, ...]:
    """Return the statements of an entry as the reason why an earlier one is struck or barred."""
    return tuple(
        ReasonView(statement.text, audience_of(statement.sharing.value, statement.permission.value))
        for statement in fact.content.statements
        if statement.text
    )


def _about_file(fact: Entry, number: int) -> dict[str, Any]:
    marks = [about for about in fact.content.about_others if about.part == f"f{number}"]
    return _about_other(marks) if marks else {}


def _file(number: int, file: Attachment, at: str, names: Mapping[str, str]) -> FileView:
    """Return an attached file as it is shown; one about another child keeps its place."""
    original = file.original
    if not original.sha256:
        return FileView(gettext(FILE_KINDS["other"]), left_out=True)
    base = f"{at}files/{number}/"
    kilobytes = max(1, original.size // 1024)
    size = f"{kilobytes:,} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"  # noqa: PLR2004
    scale = (
        gettext("{scale_mm:,} mm wide in real life").format(scale_mm=file.scale_mm)
        if file.scale_mm
        else ""
    )
    return FileView(
        kind=gettext(FILE_KINDS.get(file.kind, FILE_KINDS["other"])),
        href=f"{base}original/",
        name=file.name,
        size=size,
        alt=file.alt,
        scale=scale,
        shown=f"{base}shown/" if file.shown else "",
        thumb=f"{base}thumb/" if file.thumb else "",
        note=file.notes,
        plays=file.plays,
        is_page=file.kind == "page",
        about=_and([names.get(child, ANOTHER_CHILD) for child in file.about]),
    )


FILE_KINDS: Final = {
    "page": gettext_noop("Page of a handwritten note"),
    "photograph": gettext_noop("Photograph"),
    "document": gettext_noop("Document"),
    "sound": gettext_noop("Sound"),
    "other": gettext_noop("File"),
}


def statement_view(
    statement: StatementContent,
    fact: Entry,
    children: Mapping[str, str],
    told: MatterView | None = None,
    *,
    held: Held = NOTHING_HELD,
    part: str = "",
) -> StatementView:
    """Return a statement as data to be shown, with its audience; `part` is what it is called."""
    why = held.get(part, ())
    about = [child for child in fact.children if child in statement.about]
    sharing, permission = _sharing(statement, why), statement.permission.value
    from_child = next((each for each in why if each.scope == FROM_CHILD), HeldView(FROM_CHILD))
    among_staff = tuple(each for each in why if each.scope != FROM_CHILD)
    return StatementView(
        statement.text,
        kind=statement.kind.value,
        source=statement.source.value,
        speaker=statement.speaker,
        told_by=statement.told_by,
        read_in=statement.read_in,
        whose=statement.whose,
        maker=statement.maker,
        basis=statement.basis,
        sharing=sharing,
        ground=from_child.ground,
        reason=_with_details(from_child),
        review_on=from_child.review_on,
        third_party=statement.third_party,
        permission=permission if statement.sharing is Sharing.THIRD_PARTY else "",
        about=_and([children.get(child, ANOTHER_CHILD) for child in about]),
        told=(told,) if told else (),
        part=part if among_staff else "",
        held=among_staff,
        audience=audience_held(audience_of(sharing, permission), scopes_of(why)),
    )


def _sharing(statement: StatementContent, held: Sequence[HeldView]) -> str:
    """Return how a statement is shared now: what was released is shared again."""
    if any(why.scope == FROM_CHILD for why in held):
        return Sharing.WITHHELD.value
    is_released = statement.sharing is Sharing.WITHHELD
    return Sharing.SHARED.value if is_released else statement.sharing.value


def _with_details(why: HeldView) -> str:
    return "; ".join(words for words in (why.reason, why.reference, why.officer) if words)
