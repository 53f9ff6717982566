"""Hints on what a draft says, for the writing page and the read-through (P45 to P47)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebound.rulebook.catalogue.content import Content, visible
from casebound.rulebook.glossary.reads import vocabulary
from casebound.rulebook.language.hints import Hint, hints, leaves_alone
from casebound.rulebook.language.vocabulary import Vocabulary

_ADVISES: Final = frozenset({"say", "describe", "leave", "name", "give", "we", "has"})


@dataclass(frozen=True, slots=True)
class HintShown:
    """A hint as the page shows it; `use` has the words that one tap can put in."""

    hint: Hint
    use: Sequence[str]
    advice: Sequence[str]


def hints_on(
    text: str, *, kind: str, dismissed: Sequence[str], words: Vocabulary
) -> list[HintShown]:
    """Return the hints on one statement. A quotation of somebody's own words gets none."""
    if leaves_alone(kind):
        return []
    in_small_letters = {word.casefold() for word in dismissed}
    return [_shown(hint) for hint in hints(text, vocabulary=words, dismissed=in_small_letters)]


def hints_of(content: Content) -> list[tuple[int, list[HintShown]]]:
    """Return the hints on a draft's statements, by the statement's number. 1 query."""
    words, dismissed = vocabulary(), content.dismissed_hints
    hinted = []
    for number, statement in enumerate(content.statements, 1):
        kind = statement.kind.value
        shown = (
            hints_on(statement.text, kind=kind, dismissed=dismissed, words=words)
            if visible(statement.text)
            else []
        )
        if shown:
            hinted.append((number, shown))
    return hinted


def _shown(hint: Hint) -> HintShown:
    # A tap cannot put in words with a gap to fill, or advice on what to do: those are for reading.
    return HintShown(
        hint,
        use=[words for words in hint.instead if not _is_advice(words)],
        advice=[words for words in hint.instead if _is_advice(words)],
    )


def _is_advice(words: str) -> bool:
    return "…" in words or words.split(maxsplit=1)[0] in _ADVISES
