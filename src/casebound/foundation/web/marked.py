"""Entries and statements as HTML, written once when they are projected and never again.

Plain functions over plain values: every text a person typed goes through `html.escape` here, and
nothing else in this module comes from outside. The class names are those of the components
`entry` and `statement`; the gallery shows both. About 25 microseconds an entry of three statements.

The marks are words, each with a drawing before it, so that kind (P51, P53), source (P52) and
sharing can be told apart at a glance, in print and without colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from casebound.foundation.drawing.drawings import Drawn

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

PERMISSIONS = {
    "not_asked": "permission not asked yet",
    "asked": "permission asked, no answer yet",
    "given": "permission given",
    "refused": "permission refused",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is shown, with the fields of an entry's content; empty means unsaid."""

    text: str
    kind: str = "fact"
    source: str = "first_hand"
    speaker: str = ""
    told_by: str = ""
    read_in: str = ""
    whose: str = ""
    maker: str = ""
    basis: str = ""
    sharing: str = "shared"
    ground: str = ""
    reason: str = ""
    review_on: str = ""
    third_party: str = ""
    permission: str = ""
    about: str = ""  # which of the entry's children, by name; empty: all of them


@dataclass(frozen=True, slots=True)
class Note:
    """A line under an entry that leads to another: `Corrected by no. 14`."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer: the heads of the columns, and the cells of each row in words."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class File:
    """A file that belongs to an entry; without an address it is another child's (P40).

    Of a picture `shown` and `thumb` are where its copies are.
    """

    kind: str  # "Photograph"
    href: str
    name: str = ""
    size: str = ""  # "1.2 MB"
    alt: str = ""
    scale: str = ""  # "150 mm wide in life"
    shown: str = ""
    thumb: str = ""
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stands in one matter: `1 of 2 users spoken to`; and where that was settled.

    `settled` is None where nothing waits and nothing can be done.
    """

    words: str
    settled: bool | None
    href: str = ""


Shown: TypeAlias = str | Table | Drawn  # an answer: words, rows, or a drawing with its words


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is shown. Times are written out already, in London's clock."""

    number: int  # 0: it has none yet (read through before signing)
    form: str
    happened: str  # "Monday 23 November 2026, 18:30 to 19:00"
    signed: str  # "Monday 23 November 2026, 22:41"; empty: not signed yet
    author: str
    role: str
    statements: Sequence[Statement] = ()
    href: str = ""  # the entry's own page
    where: str = ""
    how_known: str = (
        ""  # "was there", "was told by Ruth Abara, teacher", "read it in the school report"
    )
    present: str = ""  # "nobody else", or names with their roles
    late: str = ""  # by how much: "signed 31 hours after it happened"; empty: not late
    late_reason: str = ""
    word_reason: str = ""  # why a word that may offend stands
    answers: Sequence[tuple[str, Shown]] = ()  # label, and words, rows or a drawing
    standing: Sequence[Standing] = ()
    notes: Sequence[Note] = ()
    language: str = ""
    interpreter: str = ""
    also_about: str = ""  # the other children an entry is about, by name
    numbered: Sequence[str] = ()  # "no. 4 of the register of restraint"
    state: str = ""  # "", "struck" or "misfiled"
    state_reason: str = ""
    files: Sequence[File] = ()
    anchor: str = ""  # in place of no-<number>, where a page shows an entry twice


def statement_html(statement: Statement, anchor: str = "") -> str:
    """Return one statement: its prose and, as words, its kind, source and sharing.

    One without words is about another child: it is left out here, and keeps its place (P40).
    """
    if not statement.text:
        return _left_out(anchor)
    kind, sharing = statement.kind, statement.sharing
    write_kind = _KINDS.get(kind, _other_kind)
    at = f' id="{escape(anchor)}"' if anchor else ""
    modifiers = "" if kind == "fact" else f" app-statement--{escape(kind)}"
    if sharing == "shared":
        shared = ""
    elif sharing == "withheld":
        modifiers += " app-statement--withheld"
        shared = _withheld(statement)
    else:
        shared = _third_party(statement)
    return (
        f'<div class="app-statement{modifiers}"{at}>'
        f'<p class="app-statement__text" dir="auto">{_prose(statement.text)}</p>'
        f'<p class="app-statement__marks">{write_kind(statement)} {_source(statement)}{shared}'
        f"{_about(statement)}</p>"
        "</div>"
    )


def _left_out(anchor: str) -> str:
    at = f' id="{escape(anchor)}"' if anchor else ""
    return (
        f'<div class="app-statement app-statement--left-out"{at}><p class="app-statement__text">'
        f"{mark_html('left-out', 'A part about another child is left out here')}</p></div>"
    )


def _about(statement: Statement) -> str:
    about = statement.about
    return f" {mark_html('about', f'About {_name(about)} only')}" if about else ""


def entry_html(entry: Entry) -> str:
    """Return one entry as an article with the anchor `no-<number>`.

    A struck entry is struck through with its reason first and stays readable. Of a misfiled one
    nothing is shown but that it is barred here and why: its text is where it belongs.
    """
    number = entry.number
    at = escape(entry.anchor) or f"no-{number}"
    state = f" app-entry--{entry.state}" if entry.state in _STATES else ""
    head = (
        f'<article class="app-entry{state}" id="{at}" aria-labelledby="{at}-heading">'
        f'<p class="app-entry__margin">{_number(entry)}</p>'
        f'<div class="app-entry__inside"><h2 class="app-entry__heading" id="{at}-heading">'
        f'{escape(entry.form)} <span class="app-entry__when">{escape(entry.happened)}</span></h2>'
    )
    if entry.state == "misfiled":
        return (
            f"{head}{_state(entry)}{_notes(entry.notes)}"
            f'<div class="app-entry__lines">{_signature(entry)}</div></div></article>'
        )
    body = "".join(
        [statement_html(one, f"{at}-{part}") for part, one in enumerate(entry.statements, 1)]
    )
    return (
        f"{head}{_state(entry)}{_late(entry)}"
        f'<div class="app-entry__struck">{_with_pages(body, entry.files)}'
        f"{_answers(entry.answers)}{_files(entry.files)}</div>"
        f'<div class="app-entry__lines">{_circumstances(entry)}{_signature(entry)}</div>'
        f"{_standing(entry.standing)}{_notes(entry.notes)}</div></article>"
    )


def mark_html(name: str, words: str, more: str = "") -> str:
    """Return one mark: a drawing (by class) and its words; `more` follows in ordinary weight.

    `words` and `more` are HTML already: the callers below escape what people typed.
    """
    rest = f' <span class="app-mark__more">{more}</span>' if more else ""
    return f'<span class="app-mark app-mark--{name}">{words}{rest}</span>'


def _number(entry: Entry) -> str:
    if not entry.number:
        return '<span class="app-entry__number">No number yet</span>'
    href = escape(entry.href) or f"#no-{entry.number}"
    return f'<a class="app-entry__number" href="{href}">No.&nbsp;{entry.number}</a>'


def _prose(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _name(text: str) -> str:
    # Isolated, so that a name written from right to left does not turn the words round it.
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def _fact(_: Statement) -> str:
    return '<span class="app-mark app-mark--fact">Fact</span>'


def _account(statement: Statement) -> str:
    return (
        mark_html("account", "Account", f"in the words of {_name(statement.speaker)}")
        if (statement.speaker)
        else mark_html("account", "Account")
    )


def _view(statement: Statement) -> str:
    return mark_html("view", "Child's view", _name(statement.speaker or statement.whose))


def _decision(statement: Statement) -> str:
    return mark_html("decision", "Decision", _by(statement.maker, statement.basis))


def _thought(kind: str, word: str) -> Callable[[Statement], str]:
    def write(statement: Statement) -> str:
        return mark_html(kind, word, _by(statement.whose, statement.basis))

    return write


def _by(who: str, basis: str) -> str:
    said = f"of {_name(who)}" if who else ""
    if basis:
        said += f"{', ' if said else ''}resting on: {_name(basis)}"
    return said


def _other_kind(statement: Statement) -> str:
    # A kind of a later form version: shown by its own name rather than lost.
    return mark_html("fact", escape(statement.kind))


_KINDS: dict[str, Callable[[Statement], str]] = {
    "fact": _fact,
    "account": _account,
    "view": _view,
    "opinion": _thought("opinion", "Opinion"),
    "assessment": _thought("assessment", "Assessment"),
    "judgement": _thought("judgement", "Judgement"),
    "decision": _decision,
}


def _source(statement: Statement) -> str:
    source = statement.source
    if source == "first_hand":
        return '<span class="app-mark app-mark--seen">First hand</span>'
    if source == "told_by":
        return mark_html("told", f"Told by {_name(statement.told_by) or 'another person'}")
    return mark_html("read", f"Read in {_name(statement.read_in) or 'a document'}")


def _withheld(statement: Statement) -> str:
    more = [escape(text) for text in (statement.ground, statement.reason) if text]
    if statement.review_on:
        more.append(f"look again on {_day(statement.review_on)}")
    return " " + mark_html("withheld", "Withheld from the child", "; ".join(more))


def _third_party(statement: Statement) -> str:
    permission = PERMISSIONS.get(statement.permission, "")
    who = _name(statement.third_party)
    more = f"{who}{', ' if who and permission else ''}{permission}"
    return " " + mark_html("third", "About a third party", more)


def _day(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if (
        year.isdecimal()
        and month.isdecimal()
        and day.isdecimal()
        and 1 <= int(month) <= len(_MONTHS)
    ):
        return f"{int(day)} {_MONTHS[int(month) - 1]} {int(year)}"
    return escape(text)


def _state(entry: Entry) -> str:
    if entry.state not in _STATES:
        return ""
    tag, words = _STATES[entry.state]
    return _tagged(entry.state, tag, f"{words} {_name(entry.state_reason)}")


_STATES = {
    "struck": ("Struck through", "It can still be read. Reason:"),
    "misfiled": (
        "Misfiled",
        "This entry was written into the wrong book and is barred here. Reason:",
    ),
}


def _with_pages(body: str, files: Sequence[File]) -> str:
    """Put photographed pages of a note beside the typed reading of them (P04)."""
    pages = "".join([_file(number, one) for number, one in enumerate(files, 1) if one.is_page])
    if not pages:
        return body
    return (
        f'<div class="app-files-beside"><div class="app-files-beside__typed">{body}</div>'
        f'<div class="app-files app-files--pages">{pages}</div></div>'
    )


def _files(files: Sequence[File]) -> str:
    others = "".join([_file(number, one) for number, one in enumerate(files, 1) if not one.is_page])
    return f'<div class="app-files">{others}</div>' if others else ""


def _file(number: int, file: File) -> str:
    """Return a file with what its author says of it; a picture as a small one that opens."""
    if not file.href:
        return (
            '<p class="app-files__one">'
            f"{mark_html('left-out', 'A file about another child is left out here')}</p>"
        )
    what = f"{escape(file.kind)}, file {number}"
    picture = ""
    if file.thumb:
        # The description is visible below it, for everybody; the picture itself says the same.
        picture = (
            f'<a class="app-files__open" href="{escape(file.shown)}">'
            f'<img class="app-files__picture" src="{escape(file.thumb)}" alt="{escape(file.alt)}">'
            "</a>"
        )
    more = "; ".join([one for one in (_name(file.name), escape(file.size)) if one])
    scale = f" {escape(file.scale)}." if file.scale else ""
    hidden = ' aria-hidden="true"' if picture else ""
    words = f'<span class="app-files__words"{hidden}>{_prose(file.alt)}</span>' if file.alt else ""
    return (
        f'<figure class="app-files__one">{picture}<figcaption class="app-files__caption">'
        f'<span class="app-files__kind">{what}.{scale}</span> {words} '
        f'<a class="app-files__original" href="{escape(file.href)}" download>'
        f"Download the original</a> ({more})</figcaption></figure>"
    )


_TAGS = {
    True: '<span class="app-entry__tag app-tag app-tag--done">Done</span> ',
    False: '<span class="app-entry__tag app-tag app-tag--waiting">Waiting</span> ',
    None: "",
}


def _standing(standing: Sequence[Standing]) -> str:
    """Return how the entry stands, each matter with its tag."""
    if not standing:
        return ""
    said = []
    for one in standing:
        words = _name(one.words)
        if one.href:
            words = f'<a class="app-entry__note-link" href="{escape(one.href)}">{words}</a>'
        said.append(f'<li class="app-entry__stands">{_TAGS[one.settled]}{words}</li>')
    return f'<ul class="app-entry__standing">{"".join(said)}</ul>'


def _late(entry: Entry) -> str:
    if not entry.late:
        return ""
    reason = f" Reason: {_name(entry.late_reason)}" if entry.late_reason else ""
    how_late = escape(entry.late[:1].upper() + entry.late[1:])
    return _tagged("late", "Late Entry", f"{how_late}.{reason}")


def _tagged(name: str, tag: str, words: str) -> str:
    return (
        '<p class="app-entry__reason">'
        f'<span class="app-entry__tag app-tag app-tag--{name}">{tag}</span> {words}</p>'
    )


def _answers(answers: Sequence[tuple[str, Shown]]) -> str:
    if not answers:
        return ""
    rows = "".join([_answer(label, value) for label, value in answers])
    return f'<dl class="app-entry__answers">{rows}</dl>'


def _answer(label: str, value: Shown) -> str:
    wide = "" if isinstance(value, str) else " app-entry__answer--wide"
    return (
        f'<div class="app-entry__answer{wide}"><dt class="app-entry__label">{escape(label)}</dt>'
        f'<dd class="app-entry__value" dir="auto">{answer_html(label, value)}</dd></div>'
    )


def answer_html(label: str, value: Shown) -> str:
    """Return one answer: words, a drawing, or rows as a table that `label` names."""
    if isinstance(value, Drawn):
        return _drawing(value)
    return _table(label, value) if isinstance(value, Table) else _prose(value)


def _drawing(drawing: Drawn) -> str:
    """Return a drawing and, beside it, the same in words; the list counts as the picture does."""
    said = f'<p class="app-drawing__said">{_prose(drawing.description)}</p>'
    lines = "".join([f"<li>{_prose(line)}</li>" for line in drawing.lines])
    listed = f'<ol class="app-drawing__list">{lines}</ol>'
    return (
        f'<figure class="app-drawing"><div class="app-drawing__picture">{drawing.svg}</div>'
        f'<figcaption class="app-drawing__words">{said if drawing.description else ""}'
        f'<p class="app-drawing__heading">{_prose(drawing.heading)}</p>'
        f"{listed if lines else ''}</figcaption></figure>"
    )


def _table(label: str, table: Table) -> str:
    """Return rows as a table; where it is narrow, each cell says its head (by `data-head`)."""
    heads = "".join(
        [f'<th scope="col" class="app-rows__head">{escape(head)}</th>' for head in table.heads]
    )
    rows = "".join([_row(table.heads, row) for row in table.rows])
    return (
        f'<table class="app-rows" aria-label="{escape(label)}"><thead class="app-rows__heads">'
        f'<tr>{heads}</tr></thead><tbody class="app-rows__body">{rows}</tbody></table>'
    )


def _row(heads: Sequence[str], row: Sequence[str]) -> str:
    cells = [
        f'<td class="app-rows__cell" data-head="{escape(head)}" dir="auto">{_prose(cell)}</td>'
        for head, cell in zip(heads, row, strict=True)
    ]
    return f'<tr class="app-rows__row">{"".join(cells)}</tr>'


def _circumstances(entry: Entry) -> str:
    said = []
    if entry.where:
        said.append(f"Where: {_name(entry.where)}")
    if entry.present:
        said.append(f"Present: {_name(entry.present)}")
    if entry.also_about:
        said.append(f"Also about: {_name(entry.also_about)}")
    if entry.language:
        said.append(f"Language: {_name(entry.language)}")
    if entry.interpreter:
        said.append(f"Interpreter: {_name(entry.interpreter)}")
    lines = f'<p class="app-entry__line">{". ".join(said)}.</p>' if said else ""
    if entry.word_reason:
        why = _name(entry.word_reason)
        lines += f'<p class="app-entry__line">Why a word that may offend stands here: {why}</p>'
    if entry.numbered:
        numbers = escape(", and ".join(entry.numbered))
        lines += f'<p class="app-entry__line">Also {numbers}.</p>'
    return lines


def _signature(entry: Entry) -> str:
    role = f", {escape(entry.role)}" if entry.role else ""
    known = f", who {_name(entry.how_known)}" if entry.how_known else ""
    signed, when = (
        ("Signed by", f" {escape(entry.signed)}.") if entry.signed else ("To be signed by", "")
    )
    return (
        f'<p class="app-entry__line">{signed} <bdi class="app-entry__author">'
        f"{escape(entry.author)}</bdi>{role}{known}.{when}</p>"
    )


def _notes(notes: Sequence[Note]) -> str:
    return "".join([f'<p class="app-entry__note">{_note(note)}</p>' for note in notes])


def _note(note: Note) -> str:
    words = escape(note.words)
    if not note.href:
        return words
    return f'<a class="app-entry__note-link" href="{escape(note.href)}">{words}</a>'
