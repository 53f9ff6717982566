"""What a hit shows of a statement: cut between words, safe, with what was found marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from casebound.reading.search.query import QueryTerm, WordMatch
from casebound.reading.search.stems import stem_of
from casebound.reading.search.words import TextWords

# Of the private use area: no text means anything by them.
START: Final = "\ue000"
STOP: Final = "\ue001"
LENGTH: Final = 260  # characters shown
BEFORE: Final = 90  # of them before the first word found

_MARK = '<mark class="app-found">'
_DELIMITERS = re.compile(f"[{START}{STOP}]")

Span = tuple[int, int]


def snippet(marked: str) -> str:
    """Return safe HTML of the prose round the first mark; what was found is in `<mark>`.

    `marked` is text with `START` and `STOP` in it. Everything else is escaped; a delimiter
    without its partner marks nothing.
    """
    text, spans = _apart(marked)
    first, last = _window(text, spans)
    parts = ["… " if first else ""]
    at = first
    for start, stop in spans:
        if start < first or stop > last:
            continue
        parts += [escape(text[at:start]), _MARK, escape(text[start:stop]), "</mark>"]
        at = stop
    parts += [escape(text[at:last]), " …" if last < len(text) else ""]
    return "".join(parts)


def near(words: Iterable[str], stems: Iterable[str]) -> set[str]:
    """Return those words that may have one of these stems, or begin with it.

    A stem is how its word begins but for its last letter: "happi" is that of "happy".
    """
    beginnings = tuple({stem[:-1] for stem in stems})
    return {word for word in words if word.startswith(beginnings)}


def mark(text: str, words: TextWords, terms: Sequence[QueryTerm], stems: Mapping[str, str]) -> str:
    """Put delimiters round what a query found in a text of these words.

    `stems` holds the stem of every word of the terms, and of the words that are `near` to them.
    """
    parts, end = [], 0
    for start, stop in _joined(_places(words, terms, stems)):
        parts += [text[end:start], START, text[start:stop], STOP]
        end = stop
    return "".join([*parts, text[end:]])


def holds(words: TextWords, terms: Sequence[QueryTerm], stems: Mapping[str, str]) -> bool:
    """Say whether a text of these words holds every term."""
    return all(_places(words, [term], stems) for term in terms)


def without_delimiters(text: str) -> str:
    """Return a text in which nothing is taken for a mark."""
    return _DELIMITERS.sub("", text)


def _places(words: TextWords, terms: Sequence[QueryTerm], stems: Mapping[str, str]) -> list[Span]:
    """Return where each term stands in the text."""
    columns = {
        "words": [word.word for word in words.words],
        "stems": [stems.get(word.word, word.word) for word in words.words],
    }
    places: list[Span] = []
    for way in (way for term in terms for way in term.ways()):
        column = columns[way.column]
        count = len(way.words)
        for at, word in enumerate(column):
            first = at - count + 1
            if first >= 0 and _is_last(word, way) and _is_before(column[first:at], way):
                places.append((words.words[first].start, words.words[at].stop))
        if count == 1:
            places += [
                (name.start, name.stop)
                for name in words.joined
                if _is_last(name.word if way.column == "words" else stem_of(name.word), way)
            ]
    return sorted(places)


def _is_last(word: str, way: WordMatch) -> bool:
    return word == way.words[-1] or (way.begins and word.startswith(way.words[-1]))


def _is_before(words: Sequence[str], way: WordMatch) -> bool:
    return tuple(words) == way.words[:-1]


def _joined(places: Sequence[Span]) -> list[Span]:
    """Join what overlaps."""
    joined: list[Span] = []
    for first, last in places:
        if joined and first < joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _apart(marked: str) -> tuple[str, list[Span]]:
    text: list[str] = []
    spans: list[Span] = []
    length, start, end = 0, -1, 0
    for match in _DELIMITERS.finditer(marked):
        text.append(marked[end : match.start()])
        length += match.start() - end
        end = match.end()
        if match.group() == START:
            start = length
        elif start >= 0:
            spans.append((start, length))
            start = -1
    text.append(marked[end:])
    return "".join(text), [(start, other) for start, other in spans if start < other]


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Return where to cut: between words, unless a word alone is longer than the snippet."""
    start, stop = spans[0] if spans else (0, 0)
    first = max(0, start - BEFORE)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else start
    last = min(len(text), max(first + LENGTH, stop))
    if last < len(text):
        space = text.rfind(" ", stop, last)
        last = space if space > stop else last
    return first, last
