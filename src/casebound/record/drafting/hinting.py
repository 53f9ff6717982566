"""Hints on what a draft says, for the writing page and the read-through (P45 to P47)."""

from collections.abc import Sequence
from dataclasses import dataclass

from casebound.rulebook.catalogue.content import Content, said
from casebound.rulebook.glossary.reads import vocabulary
from casebound.rulebook.language.hints import Hint, hints, leaves_alone
from casebound.rulebook.language.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class HintShown:
    """A hint as the page draws it; `use` is what can be put in as it is."""

    hint: Hint
    use: Sequence[str]
    advice: Sequence[str]


def hints_on(text: str, *, kind: str, hushed: Sequence[str], words: Vocabulary) -> list[HintShown]:
    """Return the hints on one statement of a kind; none on somebody's own words."""
    if leaves_alone(kind):
        return []
    waved_away = {one.casefold() for one in hushed}
    return [_shown(one) for one in hints(text, vocabulary=words, hushed=waved_away)]


def hints_of(content: Content) -> list[tuple[int, list[HintShown]]]:
    """Return the hints on every statement of a draft that has some, by its number. 1 query."""
    words = vocabulary()
    found = [
        (number, hints_on(one.text, kind=one.kind.value, hushed=content.hushed, words=words))
        for number, one in enumerate(content.statements, 1)
        if said(one.text)
    ]
    return [(number, shown) for number, shown in found if shown]


def _shown(hint: Hint) -> HintShown:
    # What has a gap to fill, or tells what to do, is for reading: a tap could not put it in.
    usable = [one for one in hint.instead if not _is_advice(one)]
    return HintShown(hint, usable, [one for one in hint.instead if _is_advice(one)])


def _is_advice(words: str) -> bool:
    return "…" in words or words.split(maxsplit=1)[0] in _ADVISES


_ADVISES = frozenset({"say", "describe", "leave", "name", "give", "we", "has"})
