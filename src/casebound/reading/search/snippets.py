"""What a hit shows of a statement: cut between words, safe, with what was found marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from casebound.reading.search.query import QueryTerm, fold

# Of the private use area: no text means anything by them.
START: Final = "\ue000"
STOP: Final = "\ue001"
LENGTH: Final = 260  # characters shown
BEFORE: Final = 90  # of them before the first word found

_MARK = '<mark class="app-found">'
_DELIMITERS = re.compile(f"[{START}{STOP}]")
_PLAIN_TOKEN = re.compile("[^\\W_]+")
# Where an accent is a character of its own, as in few texts; several times as slow.
_TOKEN = re.compile("(?:[^\\W_]+[\u0300-\u036f]*)+")
_ACCENT = re.compile("[\u0300-\u036f]")

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


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    words = _token(text).findall(text.lower())
    return words if text.isascii() else [fold(word) for word in words]


def near(words: Iterable[str], stems: Iterable[str]) -> set[str]:
    """Return those words that may have one of these stems, or begin with it.

    A stem is how its word begins but for its last letter: "happi" is that of "happy".
    """
    beginnings = tuple({stem[:-1] for stem in stems})
    return {word for word in words if word.startswith(beginnings)}


def mark(
    text: str, words: Sequence[str], terms: Sequence[QueryTerm], stems: Mapping[str, str]
) -> str:
    """Put delimiters round what a query found in a text of these `words_of`.

    `stems` holds the stem of every word of the terms, and of the words that are `near` to them.
    """
    matches = list(_token(text).finditer(text))
    parts, end = [], 0
    for first, last in _joined(_places(list(map(stems.get, words, words)), terms, stems)):
        start, stop = matches[first].start(), matches[last - 1].end()
        parts += [text[end:start], START, text[start:stop], STOP]
        end = stop
    return "".join([*parts, text[end:]])


def without_delimiters(text: str) -> str:
    """Return a text in which nothing is taken for a mark."""
    return _DELIMITERS.sub("", text)


def _token(text: str) -> re.Pattern[str]:
    return _TOKEN if not text.isascii() and _ACCENT.search(text.lower()) else _PLAIN_TOKEN


def _places(
    stem: Sequence[str], terms: Sequence[QueryTerm], stems: Mapping[str, str]
) -> list[Span]:
    """Return where each term stands, as words from and up to."""
    places: list[Span] = []
    for term in terms:
        *before, last = [stems.get(word, word) for word in term.words]
        ends = [
            at
            for at, word in enumerate(stem)
            if word == last or (term.begins and word.startswith(last))
        ]
        for at in ends:
            first = at - len(before)
            if first >= 0 and list(stem[first:at]) == before:
                places.append((first, at + 1))
    return sorted(places)


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
