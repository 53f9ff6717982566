"""Two versions of one draft, part by part: what differs, and what a person takes of each.

Statements are matched in their order; where they differ, the block of each version is one part.
Every other part is a question. What only joins (words, lists, people) can be kept of both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from django.utils.translation import gettext, gettext_noop, ngettext

from casebound.record.drafting.fields.people import people_lines
from casebound.record.drafting.fields.words import answer_in_words
from casebound.rulebook.catalogue.content import Answer, Content, StatementContent, visible
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import Field, FieldType, Form

Value = TypeVar("Value")
Statements = tuple[StatementContent, ...]
_JOINED_BY_LINE: Final = frozenset({FieldType.TEXT})
# The questions about the event, with the attributes of a content that answer each.
_EVENT: Final = {
    "happened_from": (gettext_noop("When it began"), ("happened_from",)),
    "happened_to": (gettext_noop("When it ended"), ("happened_to",)),
    "how_known": (gettext_noop("How you know"), ("how_known", "originator", "originator_id")),
    "present": (gettext_noop("Who was there"), ("present", "present_nobody")),
    "where": (gettext_noop("Where"), ("where",)),
    "also_about": (gettext_noop("Other children it is about"), ("also_about",)),
    "drew_on": (gettext_noop("Notes it is written from"), ("drew_on",)),
    "hands_over": (gettext_noop("Entries it hands over"), ("hands_over",)),
    "language": (gettext_noop("Language"), ("language",)),
    "interpreter": (gettext_noop("Interpreter"), ("interpreter",)),
    "late_reason": (gettext_noop("Why it is late"), ("late_reason",)),
    "word_reason": (gettext_noop("Why a word stands here"), ("word_reason",)),
}
_LISTS: Final = frozenset({"also_about", "drew_on", "hands_over", "present"})


class Taken(StrEnum):
    """What is taken of a part: the saved version, the one of this page, or both."""

    SAVED = "saved"
    HERE = "here"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Part:
    """A part in which two versions differ, in words, and what is offered to be taken.

    Attributes:
        name: the name of its choice in the form.
        label: the question, or "Statement 2".
        saved: the words of the saved version, a paragraph each; of `here`, those of the page.
        can_both: both can be kept.
        usual: what is chosen until a person chooses.
    """

    name: str
    label: str
    saved: tuple[str, ...]
    here: tuple[str, ...]
    can_both: bool
    usual: Taken


def differing(saved: Content, here: Content, form: Form, setting: Setting) -> list[Part]:
    """Return the parts in which two versions differ, in the order of the page."""
    parts = [
        _of_statements(number, kept, typed, at=first + 1)
        for number, (kept, typed, first) in enumerate(_blocks(saved, here), start=1)
        if kept != typed
    ]
    for name, (label, attributes) in _EVENT.items():
        one, other = (_event_words(name, content, setting) for content in (saved, here))
        if [getattr(saved, each) for each in attributes] != [
            getattr(here, each) for each in attributes
        ]:
            parts.append(_of_question(name, gettext(label), one, other, joins=name in _LISTS))
    for field in form.fields:
        answers = [content.answers.get(field.name, "") for content in (saved, here)]
        if _plain(answers[0]) != _plain(answers[1]):
            words = [answer_in_words(field, answer, setting) for answer in answers]
            name = f"answers-{field.name}"
            parts.append(
                _of_question(name, str(field.label), *words, joins=_joins(field, *answers))
            )
    return parts


def taken(saved: Content, here: Content, form: Form, choices: Mapping[str, str]) -> Content:
    """Return the content a person has put together. A part without a choice keeps both, or `here`.

    What can be seen in neither version (hints that were waved away) is kept of both.
    """
    content = replace(
        here,
        statements=tuple(_chosen_statements(saved, here, choices)),
        dismissed_hints=_both(saved.dismissed_hints, here.dismissed_hints),
        about_others=_both(saved.about_others, here.about_others),
    )
    for name, (_, attributes) in _EVENT.items():
        choice = _choice(choices, name, joins=name in _LISTS)
        changed: dict[str, Any] = {  # Any: each attribute of a content has its own type
            attribute: _value(choice, getattr(saved, attribute), getattr(here, attribute))
            for attribute in attributes
        }
        content = replace(content, **changed)
    answers = dict(here.answers)
    for field in form.fields:
        one, other = (version.answers.get(field.name, "") for version in (saved, here))
        if _plain(one) == _plain(other):
            continue
        choice = _choice(choices, f"answers-{field.name}", joins=_joins(field, one, other))
        answers[field.name] = _value(choice, one, other)
    return replace(content, answers=answers)


def _choice(choices: Mapping[str, str], name: str, *, joins: bool) -> str:
    """Return what is taken of a question; both only where both can be kept."""
    choice = choices.get(name, Taken.BOTH)
    return Taken.HERE if choice == Taken.BOTH and not joins else choice


def _blocks(saved: Content, here: Content) -> Iterator[tuple[Statements, Statements, int]]:
    """Yield the statements of both versions, block by block, and where each block begins."""
    one, other = (
        tuple(statement for statement in content.statements if not statement.is_blank)
        for content in (saved, here)
    )
    keys = [[repr(statement.stripped()) for statement in version] for version in (one, other)]
    matcher = SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
    for what, begin, end, first, last in matcher.get_opcodes():
        same = one[begin:end]
        yield same, same if what == "equal" else other[first:last], first


def _chosen_statements(
    saved: Content, here: Content, choices: Mapping[str, str]
) -> Iterator[StatementContent]:
    for number, (kept, typed, _) in enumerate(_blocks(saved, here), start=1):
        if kept == typed:
            yield from kept
        else:
            usual = _of_statements(number, kept, typed, at=0).usual
            yield from _value(choices.get(f"statements-{number}", usual), kept, typed)


def _of_statements(number: int, saved: Statements, here: Statements, *, at: int) -> Part:
    one, other = (tuple(statement.text for statement in version) for version in (saved, here))
    label = gettext("Statement {number}").format(number=at)
    return Part(f"statements-{number}", label, one, other, can_both=True, usual=_usual(one, other))


def _usual(saved: tuple[str, ...], here: tuple[str, ...]) -> Taken:
    """Return both, but the longer one where it only goes on from the other."""
    one, other = "\n\n".join(saved).strip(), "\n\n".join(here).strip()
    if other.startswith(one):
        return Taken.HERE
    return Taken.SAVED if one.startswith(other) else Taken.BOTH


def _of_question(name: str, label: str, saved: str, here: str, *, joins: bool) -> Part:
    usual = Taken.BOTH if joins else Taken.HERE
    if not here.strip():
        usual = Taken.SAVED
    one, other = ((words,) if words.strip() else () for words in (saved, here))
    return Part(name, label, one, other, can_both=joins, usual=usual)


def _value(choice: str, saved: Value, here: Value) -> Value:
    if choice == Taken.SAVED:
        return saved
    return _both(saved, here) if choice == Taken.BOTH else here


def _both(saved: Value, here: Value) -> Value:
    joined: object = here or saved
    if isinstance(saved, tuple) and isinstance(here, tuple):
        joined = (*saved, *(item for item in here if item not in saved))
    elif isinstance(saved, str) and isinstance(here, str):
        joined = "\n".join(text for text in (saved, here) if visible(text))
    return cast("Value", joined)  # of the type of both


def _joins(field: Field, saved: Answer, here: Answer) -> bool:
    if isinstance(saved, tuple) or isinstance(here, tuple):
        return isinstance(saved, tuple) and isinstance(here, tuple)
    return field.type in _JOINED_BY_LINE


def _plain(answer: Answer) -> Answer:
    """Return an answer for comparing: nothing typed and an empty list are the same."""
    return "" if answer in ("", ()) else answer


def _event_words(name: str, content: Content, setting: Setting) -> str:
    if name in {"happened_from", "happened_to"}:
        return str(getattr(content, name)).replace("T", " ")
    if name == "how_known":
        how = content.how_known.label if content.how_known.value else ""
        return ": ".join(words for words in (how, content.originator) if words)
    if name == "present":
        nobody = gettext("Nobody else was there") if content.present_nobody else ""
        return "\n".join(words for words in (people_lines(content.present), nobody) if words)
    if name == "also_about":
        return ", ".join(setting.children.get(child, child) for child in content.also_about)
    if name in _LISTS:
        count = len(getattr(content, name))
        return (
            ngettext("{count} entry", "{count} entries", count).format(count=count) if count else ""
        )
    return str(getattr(content, name))
