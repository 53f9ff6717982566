"""What a person types on the writing page, read from the posted form and put back into it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from casebound.record.drafting.controls import (
    moment,
    people,
    people_lines,
    posted_answers,
    typed_in_words,
    with_one_more_row,
)
from casebound.rulebook.catalogue.content import (
    Content,
    HowKnown,
    Person,
    Source,
    StatementContent,
    StatementKind,
    said,
    split_statements,
)
from casebound.rulebook.catalogue.setting import Colleague, Setting
from casebound.rulebook.catalogue.shape import DRAWN, Form, Group

_STATEMENT = re.compile(r"statements-([1-9][0-9]{0,2})-([a-z_]+)")
ENTRY_FIELDS = (
    "where", "how_known", "originator", "originator_id", "language", "interpreter", "late_reason",
    "word_reason",
)  # fmt: skip
TO_FILES = "files"  # where the button of the files leads
LONGEST_VERSION = 10  # digits
LEAST_STATEMENTS = 3  # boxes on the screen, so that an ordinary log needs none added


def content_of(form: Form, posted: QueryDict) -> Content:
    """Read a posted form. Never refuses: whatever was typed is kept."""
    statements: dict[int, dict[str, str | list[str]]] = {}
    for name in posted:
        if found := _STATEMENT.fullmatch(name):
            statements.setdefault(int(found[1]), {})[found[2]] = (
                posted.getlist(name) if found[2] == "about" else str(posted[name])
            )
    return Content.from_json(
        {
            **{name: posted.get(name, "") for name in ENTRY_FIELDS},
            "happened_from": moment(posted, "happened_from"),
            "happened_to": moment(posted, "happened_to"),
            "present_nobody": "present_nobody" in posted,
            # Those picked from the people of the home, then those typed.
            "present": people("\n".join([*posted.getlist("pick"), posted.get("present", "")])),
            "statements": [statements[number] for number in sorted(statements)],
            "answers": posted_answers(form, posted),
            "drew_on": posted.getlist("drew_on"),
            "hands_over": posted.getlist("hands_over"),
            "hushed": posted.getlist("hushed"),
            "also_about": posted.getlist("also_about"),
        }
    )


def version_of(posted: QueryDict) -> int:
    """Return the version of the draft that the page held; 0 if it names none."""
    text = posted.get("version", "")
    return int(text) if text.isdecimal() and len(text) < LONGEST_VERSION else 0


def as_asked(form: Form, content: Content, posted: QueryDict) -> tuple[Content, str]:
    """Return the content as the pressed button wants it, and where on the page to come back."""
    asked = posted.get("save", "")
    if asked == "more":
        content = with_one_more(content)
        return content, f"#statements-{len(content.statements)}-text"
    if asked == "marks":
        return marked_as_known(content), "?check=1"
    if asked == "files":
        return content, TO_FILES
    for field in form.fields:
        if field.type in DRAWN and asked == f"draw:{field.name}":
            return content, f"#answers-{field.name}"
        if field.columns and asked == f"row:{field.name}":
            return with_one_more_row(content, field.name), f"#answers-{field.name}"
    return content, "?saved=1"


def each_paragraph(content: Content) -> Content:
    """Return the content with a statement for each paragraph: a blank line begins a new one.

    The new ones have the marks of the box they were typed in.
    """
    made: list[StatementContent] = []
    for one in content.statements:
        texts = split_statements(one.text)
        made += [replace(one, text=text) for text in texts] if len(texts) > 1 else [one]
    return replace(content, statements=tuple(made))


def with_one_more(content: Content) -> Content:
    """Return the content with an empty statement at its end, for one more box on the page."""
    return replace(content, statements=(*content.statements, StatementContent()))


def marked_as_known(content: Content) -> Content:
    """Return the content with its first-hand statements marked as told, or read, as a whole.

    Only when the author asks for it: where a statement comes from is never guessed (P52).
    """
    marks: dict[str, Any]
    if content.how_known is HowKnown.TOLD_BY:
        marks = {"source": Source.TOLD_BY, "told_by": content.originator}
    elif content.how_known is HowKnown.READ_IN:
        marks = {"source": Source.READ_IN, "read_in": content.originator}
    else:
        return content
    return replace(
        content,
        statements=tuple(
            replace(one, **marks) if one.source is Source.FIRST_HAND and said(one.text) else one
            for one in content.statements
        ),
    )


def with_originator(content: Content, workers: Mapping[str, Colleague]) -> Content:
    """Return the content with the name and role of the colleague who was picked as its originator.

    What was typed there stays: it may say more than a name.
    """
    found = workers.get(content.originator_id)
    if found is None or said(content.originator):
        return content
    return replace(content, originator=f"{found.name}, {found.role}" if found.role else found.name)


def picks(
    around: Iterable[Person], present: Collection[Person]
) -> tuple[list[tuple[str, str]], list[str], str]:
    """Return the people of the home to pick from, those picked, and the lines of all others."""
    known = {one: people_lines([one]) for one in around}
    return (
        [(line, one.name) for one, line in known.items()],
        [line for one, line in known.items() if one in present],
        people_lines(one for one in present if one not in known),
    )


def statements_shown(form: Form, content: Content) -> list[Mapping[str, Any]]:
    """Return the statements as the page shows them, with empty boxes up to the usual number.

    On a form that faces a child, one more waits for the child's own view, and is marked so.
    """
    statements = list(content.statements)
    several = form.group is Group.EVERYDAY and not (form.sealed_at_once or form.puts_right)
    least = LEAST_STATEMENTS if several and not form.statements_optional else 1
    statements += [StatementContent()] * (least - len(statements))
    if form.child_facing and not any(one.kind is StatementKind.VIEW for one in statements):
        statements.append(StatementContent(kind=StatementKind.VIEW))
    return [
        {**one.to_json(), "marks": marks_in_words(one), "blank": one.is_blank} for one in statements
    ]


def marks_in_words(statement: StatementContent) -> str:
    """Say the three marks in a line: `Opinion, first hand, withheld`."""
    words = (statement.kind.label, statement.source.label, statement.sharing.label)
    return ", ".join(one if place == 0 else one[:1].lower() + one[1:] for place, one in
                     enumerate(words) if one)  # fmt: skip


def words_of(form: Form, content: Content, setting: Setting) -> list[tuple[str, str]]:
    """Return the rest of a draft in words, to read beside another version of it."""
    when = [one.replace("T", " ") for one in (content.happened_from, content.happened_to) if one]
    rows = [
        ("When", " to ".join(when)),
        ("How you know", content.how_known.label if content.how_known.value else ""),
        ("Told by, or read in", content.originator),
        ("Who was there", people_lines(content.present)),
        ("Where", content.where),
    ]
    rows += [
        (one.label, typed_in_words(one, content.answers.get(one.name, ""), setting))
        for one in form.fields
    ]
    rows.append(("Why it is late", content.late_reason))
    return [(label, words) for label, words in rows if words.strip()]
