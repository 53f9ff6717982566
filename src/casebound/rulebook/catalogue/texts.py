"""Every text a person typed into an entry, with its limit, and what stops one being sealed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.errors import UnsealableTextError
from casebound.rulebook.catalogue.content import Content, Person, Restricting, StatementContent

MAX_STATEMENTS: Final = 60
MAX_PEOPLE: Final = 60
MAX_TEXT_BYTES: Final = 65_536  # of one part, in UTF-8 (ledger 1.4)
SHORT: Final = 500
REASON: Final = 4_000

# Characters of each, after cleaning. A statement's own text is measured in bytes, as the ledger
# does; 4,000 characters are at most 16,000 bytes, so the others cannot pass the ledger's limit.
LIMITS: Final = {
    "where": SHORT,
    "originator": SHORT,
    "name": SHORT,
    "role": SHORT,
    "speaker": SHORT,
    "told_by": SHORT,
    "read_in": SHORT,
    "whose": SHORT,
    "maker": SHORT,
    "basis": REASON,
    "reason": REASON,
    "reference": SHORT,
    "officer": SHORT,
    "third_party": SHORT,
    "language": SHORT,
    "interpreter": SHORT,
    "late_reason": REASON,
    "word_reason": REASON,
}

STATEMENT_LABELS: Final = {
    "speaker": gettext_noop("who said it"),
    "told_by": gettext_noop("who told you"),
    "read_in": gettext_noop("what you read it in"),
    "whose": gettext_noop("whose opinion it is"),
    "maker": gettext_noop("who decided"),
    "basis": gettext_noop("what it rests on"),
    "reason": gettext_noop("the reason for not sharing"),
    "reference": gettext_noop("the reference"),
    "officer": gettext_noop("the officer"),
    "third_party": gettext_noop("who it is about"),
}
_OF_RESTRICTIONS: Final = ("reason", "reference", "officer")
ENTRY_LABELS: Final = {
    "where": gettext_noop("Where it happened"),
    "originator": gettext_noop("Who told you, or what you read"),
    "language": gettext_noop("The language"),
    "interpreter": gettext_noop("The interpreter"),
    "late_reason": gettext_noop("Why it is late"),
    "word_reason": gettext_noop("Reason for the word"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed text: the control it stands in, what people call it, and how long it may be.

    `limit` counts characters, or bytes of UTF-8 where `limit_in_bytes`.
    """

    field: str
    label: str
    text: str
    limit: int
    limit_in_bytes: bool = False


@dataclass(frozen=True, slots=True)
class TooLong:
    """Something that is longer, or more, than an entry can hold."""

    field: str
    words: str


def entry_texts(
    content: Content, statements: Sequence[StatementContent] | None = None
) -> Iterator[Typed]:
    """Give the texts of the entry that will be sealed, apart from the form's own answers.

    `statements` are its own, stripped, if the caller has done that.

    Texts that no mark asks for any more are left out: they are not on the screen. So are empty
    ones, about which there is nothing to say.
    """
    seen = replace(content, present=(), statements=()).stripped()
    for name, label in ENTRY_LABELS.items():
        if text := getattr(seen, name):
            yield Typed(name, gettext(label), text, LIMITS[name])
    for number, person in enumerate(content.present, 1):
        yield from person_texts("present", number, person)
    if statements is None:
        statements = [statement.stripped() for statement in content.statements]
    for number, statement in enumerate(statements, 1):
        yield from _statement_texts(number, statement)
        if statement.staff:
            yield from _restriction_texts(f"statements-{number}-staff_", number, statement.staff)
    for number, said in enumerate(content.restrictions, 1):
        yield from _restriction_texts(f"restrict-{number}-", number, said)


def _restriction_texts(begins: str, number: int, said: Restricting) -> Iterator[Typed]:
    for name in _OF_RESTRICTIONS:
        if text := getattr(said, name):
            label = gettext("Restriction {number}").format(number=number)
            what = gettext(STATEMENT_LABELS[name])
            yield Typed(f"{begins}{name}", f"{label}, {what}", text, LIMITS[name])


def person_texts(field: str, number: int, person: Person) -> Iterator[Typed]:
    """Give the texts of one person of a list."""
    yield Typed(
        f"{field}-{number}-name",
        gettext("The name of person {number}").format(number=number),
        person.name,
        LIMITS["name"],
    )
    yield Typed(
        f"{field}-{number}-role",
        gettext("The role of person {number}").format(number=number),
        person.role,
        LIMITS["role"],
    )


def _statement_texts(number: int, statement: StatementContent) -> Iterator[Typed]:
    control = f"statements-{number}"
    label = gettext("Statement {number}").format(number=number)
    yield Typed(f"{control}-text", label, statement.text, MAX_TEXT_BYTES, limit_in_bytes=True)
    for name, what in STATEMENT_LABELS.items():
        if text := getattr(statement, name):
            yield Typed(f"{control}-{name}", f"{label}, {gettext(what)}", text, LIMITS[name])


def too_long(content: Content, texts: Iterable[Typed] | None = None) -> list[TooLong]:
    """Name everything that is over its limit, in the order of the screen.

    `texts` are those of `entry_texts`, if they were asked for already. The form's own answers have
    limits of their own: see `answers`.
    """
    problems = [
        TooLong(typed.field, words)
        for typed in (entry_texts(content) if texts is None else texts)
        if (words := too_long_words(typed))
    ]
    if len(content.present) > MAX_PEOPLE:
        problems.append(
            TooLong(
                "present",
                gettext("You can name up to {max_people} people.").format(max_people=MAX_PEOPLE),
            )
        )
    if len(content.statements) > MAX_STATEMENTS:
        words = gettext(
            "An entry holds up to {max_statements} statements. Put the rest in a second entry."
        ).format(max_statements=MAX_STATEMENTS)
        problems.append(TooLong("statements", words))
    return problems


def too_long_words(typed: Typed) -> str:
    """Say that a text is too long and what to do; nothing if it is not."""
    try:
        text = clean_text(typed.text)
    except UnsealableTextError:
        text = typed.text  # that is named on its own
    size = len(text.encode("utf-8", "surrogatepass")) if typed.limit_in_bytes else len(text)
    if size <= typed.limit:
        return ""
    if typed.limit_in_bytes:
        return gettext(
            "{label} is too long to be sealed in one piece. Split it into two statements."
        ).format(label=typed.label)
    over = size - typed.limit
    return gettext(
        "{label} is too long by {over:,} character{value}. Keep it to {limit:,}."
    ).format(label=typed.label, over=over, value="s" if over > 1 else "", limit=typed.limit)


def unsealable_characters(text: str) -> str:
    """Say where the first character stands that cannot be sealed; nothing if all can be.

    The ledger's own cleaning decides (ledger 1.2), so that nothing passes here and fails there.
    Line and character count from 1. No word of the text is repeated: a refusal may be logged.
    """
    try:
        clean_text(text)
    except UnsealableTextError as error:
        before = text[: error.position].replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n") + 1
        character = len(before) - before.rfind("\n")
        return gettext("line {line}, character {character}").format(line=line, character=character)
    return ""


def unsealable_words(typed: Typed) -> str:
    """Say that a text has a character that cannot be sealed and what to do; nothing if not."""
    place = unsealable_characters(typed.text)
    if not place:
        return ""
    return gettext(
        "{label} has a sign that nobody can see and that turns letters round, in {place}. "
        "Remove it with the button, and check how the words read."
    ).format(label=typed.label, place=place)
