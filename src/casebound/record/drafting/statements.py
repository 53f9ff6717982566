"""The statements of a draft: each has a box on the page, and is one paragraph once saved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from casebound.foundation.base.folding import fold
from casebound.record.drafting.fields.people import people_lines
from casebound.rulebook.catalogue.content import (
    OPINIONS,
    Content,
    HowKnown,
    Person,
    StatementContent,
    StatementKind,
    StatementSource,
    split_statements,
    visible,
)
from casebound.rulebook.catalogue.setting import Colleague
from casebound.rulebook.catalogue.shape import Form, Group

LEAST_BOXES: Final = 3  # an ordinary log needs no more boxes


def each_paragraph(content: Content) -> Content:
    """Return the content with a statement for each paragraph: a blank line begins a new one.

    A new statement has the marks of the box it was typed in.
    """
    statements: list[StatementContent] = []
    for statement in content.statements:
        texts = split_statements(statement.text)
        if len(texts) > 1:
            statements += [replace(statement, text=text) for text in texts]
        else:
            statements.append(statement)
    return replace(content, statements=tuple(statements))


def with_opinions_of(author: str, content: Content) -> Content:
    """Return the content where an opinion is the author's, unless it names somebody else (P53)."""
    statements = tuple(
        replace(statement, whose=author)
        if statement.kind in OPINIONS and not statement.whose
        else statement
        for statement in content.statements
    )
    return replace(content, statements=statements)


def names_a_teller(content: Content) -> bool:
    """Say whether a colleague is picked as having told the entry, or one of its statements."""
    return bool(content.originator_id) or any(
        statement.told_by_id for statement in content.statements
    )


def with_tellers_named(content: Content, workers: Mapping[str, Colleague]) -> Content:
    """Return the content where each colleague who was picked as having told it is named in words.

    The words stay if they name that colleague: they may say more. Words that name another colleague
    were of an earlier pick, and go.
    """
    lines = {key: people_lines([Person(who.name, who.role)]) for key, who in workers.items()}
    statements = tuple(
        replace(statement, told_by=_named(statement.told_by, statement.told_by_id, workers, lines))
        if statement.told_by_id in lines
        else statement
        for statement in content.statements
    )
    if content.originator_id in lines:
        words = _named(content.originator, content.originator_id, workers, lines)
        content = replace(content, originator=words)
    return replace(content, statements=statements)


def _named(words: str, key: str, workers: Mapping[str, Colleague], lines: Mapping[str, str]) -> str:
    if not visible(words) or words in lines.values():
        return lines[key]
    named = fold(workers[key].name) in fold(words)
    return words if named else f"{lines[key]}: {visible(words)}"


def with_one_more(content: Content) -> Content:
    """Return the content with an empty statement added, so that the page shows one more box."""
    return replace(content, statements=(*content.statements, StatementContent()))


def marked_as_known(content: Content) -> Content:
    """Return the content with all first-hand statements marked as told, or as read.

    It does so only when the author asks for it: the source of a statement is never guessed (P52).
    """
    marks: dict[str, Any]
    if content.how_known is HowKnown.TOLD_BY:
        marks = {
            "source": StatementSource.TOLD_BY,
            "told_by": content.originator,
            "told_by_id": content.originator_id,
        }
    elif content.how_known is HowKnown.READ_IN:
        marks = {"source": StatementSource.READ_IN, "read_in": content.originator}
    else:
        return content
    statements = tuple(
        replace(statement, **marks) if _is_first_hand(statement) else statement
        for statement in content.statements
    )
    return replace(content, statements=statements)


def _is_first_hand(statement: StatementContent) -> bool:
    return statement.source is StatementSource.FIRST_HAND and bool(visible(statement.text))


def statements_shown(form: Form, content: Content) -> list[Mapping[str, Any]]:
    """Return the statements as the page shows them, with empty boxes up to the usual number.

    A form about work with a child has one more box, marked for the child's own view.
    """
    statements = list(content.statements)
    statements += [StatementContent()] * (_least_boxes(form) - len(statements))
    kinds = {statement.kind for statement in statements}
    if form.child_facing and StatementKind.VIEW not in kinds:
        statements.append(StatementContent(kind=StatementKind.VIEW))
    return [
        {
            **statement.to_json(),
            "marks": marks_in_words(statement),
            "blank": statement.is_blank,
            "staff": statement.staff.to_json() if statement.staff else {},
        }
        for statement in statements
    ]


def _least_boxes(form: Form) -> int:
    tells_of_a_day = form.group is Group.EVERYDAY and not form.statements_optional
    return 1 if form.sealed_at_once or form.puts_right or not tells_of_a_day else LEAST_BOXES


def marks_in_words(statement: StatementContent) -> str:
    """Say the three marks in a line: `Opinion, first hand, withheld`."""
    first, *others = (statement.kind.label, statement.source.label, statement.sharing.label)
    words = [first, *(label[:1].lower() + label[1:] for label in others)]
    return ", ".join(label for label in words if label)
