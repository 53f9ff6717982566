"""The words of a text as the index has them and as a question asks for them: plain rules.

A word is letters, digits and their marks, folded. Names are written in many ways, so:

- "O'Hara" with any apostrophe, "OHara": the parts "o" and "hara", and "ohara" joined.
- "Anne-Marie", "AnneMarie", "Anne Marie": likewise; so two words with capitals are joined.
- Scripts that put no spaces between words: each character is a word, and a name is some in a row.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from casebound.foundation.base.folding import fold

LONGEST: Final = 64  # characters of a word that count
_MOST_REMEMBERED: Final = 50_000
# Apostrophes and hyphens as people and keyboards write them.
_APOSTROPHES: Final = "'’‘ʼʻʾʿʹ′`´＇‛"  # noqa: RUF001 (that is what they are)
_JOINERS: Final = _APOSTROPHES + "-‐‑‒–−﹣－·"  # noqa: RUF001 (that is what they are)
# What statements most often begin with: "The" is in nearly all, and nobody means it by a name.
_NO_NAMES: Final = frozenset(
    """after also and are asked at before both but came did during each for from had has have he her
    his how if in into it its no not on one our said saw she so some spoke staff talked that the
    their then there these they this to today told took was we went were what when where while who
    with yesterday you""".split()  # noqa: SIM905 (a list of words is read as one)
)
_ONE_BY_ONE: Final = (
    "\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)


def _ranges() -> str:
    """Return all marks and unseen characters that stand inside words, for a class of characters."""
    codes = [
        code
        for code in range(0xAD, 0x20000)
        if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf"}
    ]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_PLAIN_TOKEN = re.compile(r"[^\W_]+")
_TOKEN = re.compile(f"(?:[^\\W_{_APOSTROPHES}]|[{_ranges()}])+")
_CHARACTER = re.compile(f"[{_ONE_BY_ONE}]")
_PIECE = re.compile(f"[{_ONE_BY_ONE}]|[^{_ONE_BY_ONE}]+")
_SEAM_PLAIN = re.compile("(?<=[a-z])(?=[A-Z])|(?<=^[A-Z])(?=[A-Z][a-z]{2})")


class FoldedWord(NamedTuple):
    """A folded word, and where it stands in the text. A tuple: a seal makes hundreds of them."""

    word: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text in order, and those that are joined from several of them.

    `is_one_name`: all of the text is written as one word, such as "Anne-Marie".
    """

    words: list[FoldedWord]
    joined: list[FoldedWord]
    is_one_name: bool = False


def words_of(text: str) -> TextWords:
    """Return the words of a text."""
    chains = list(_chains(text))
    words = [word for chain in chains for word in chain]
    joined = [whole for chain in chains if len(chain) > 1 and (whole := _whole(text, chain))]
    named = [chain for chain in chains if len(chain) == 1 and text[chain[0].start].isupper()]
    for [name], [surname] in pairwise(named):
        if name.stop + 1 == surname.start and _are_names(text, name, surname):
            full_name = (name.word + surname.word)[:LONGEST]
            joined.append(FoldedWord(full_name, name.start, surname.stop))
    return TextWords(words, joined, is_one_name=len(chains) == 1)


class Piece(NamedTuple):
    """What stands between two spaces of a text: its words, and the name at either end of it."""

    words: TextWords
    opening: str
    closing: str


def piece_of(text: str) -> Piece:
    """Return the words of a text without spaces.

    `opening` and `closing` are the folded name that it begins or ends with, so that it is joined
    with the piece before or behind; each is empty if there is none.
    """
    words = words_of(text)
    chains = list(_chains(text))
    first, last = (chains[0], chains[-1]) if chains else ([], [])
    return Piece(
        words,
        opening=_name(text, first) if first and first[0].start == 0 else "",
        closing=_name(text, last) if last and last[-1].stop == len(text) else "",
    )


def _name(text: str, chain: list[FoldedWord]) -> str:
    is_name = len(chain) == 1 and _is_capitalised(text[chain[0].start : chain[0].stop])
    return chain[0].word if is_name else ""


def is_one_by_one(word: str) -> bool:
    """Say whether a word is one character of a script without spaces."""
    return bool(_CHARACTER.fullmatch(word))


def _chains(text: str) -> Iterator[list[FoldedWord]]:
    """Give the words that are written as one, as "Anne-Marie" is."""
    chain: list[FoldedWord] = []
    end = 0
    token = _PLAIN_TOKEN if text.isascii() else _TOKEN
    for found in token.finditer(text):
        parts = _parts(found.group())
        if not parts:
            continue
        start = found.start()
        if chain and not (start - end == 1 and text[end] in _JOINERS):
            yield chain
            chain = []
        for word, first, last in parts:
            chain.append(FoldedWord(word, start + first, start + last))
        end = found.end()
    if chain:
        yield chain


@lru_cache(maxsize=_MOST_REMEMBERED)
def _parts(token: str) -> tuple[tuple[str, int, int], ...]:
    """Return the folded words of what is written without a space, and where each stands in it."""
    parts: list[tuple[str, int, int]] = []
    for start, stop in _pieces(token):
        for match in _TOKEN.finditer(fold(token[start:stop])):
            parts += [(piece[:LONGEST], start, stop) for piece in _PIECE.findall(match.group())]
    return tuple(parts)


def _pieces(token: str) -> Iterator[tuple[int, int]]:
    if not token.isascii() and _CHARACTER.search(token):
        if unicodedata.is_normalized("NFC", token):
            yield from (piece.span() for piece in _PIECE.finditer(token))
        else:
            yield 0, len(token)
        return
    seams = [0, *_seams(token), len(token)]
    yield from pairwise(seams)


def _seams(token: str) -> list[int]:
    """Return where a capital begins another part of a name: "AnneMarie", "OHara"."""
    if token.isascii():
        return [found.start() for found in _SEAM_PLAIN.finditer(token)]
    return [
        at
        for at in range(1, len(token))
        if token[at].isupper()
        and (
            token[at - 1].islower()
            or (at == 1 and token[0].isupper() and len(token) > 3 and token[2:4].islower())  # noqa: PLR2004
        )
    ]


def _whole(text: str, chain: list[FoldedWord]) -> FoldedWord | None:
    """Return the parts of a name as one word, without a last "'s"; None if they are not letters."""
    parts = chain
    if len(parts) > 1 and parts[-1].word == "s" and text[parts[-1].start - 1] in _APOSTROPHES:
        parts = parts[:-1]
    if not all(_is_of_letters(part.word) for part in parts):
        return None
    whole = "".join(part.word for part in parts)[:LONGEST]
    return FoldedWord(whole, parts[0].start, parts[-1].stop)


def _is_of_letters(word: str) -> bool:
    return not is_one_by_one(word) and not any(letter.isdigit() for letter in word)


def _are_names(text: str, first: FoldedWord, second: FoldedWord) -> bool:
    return (
        text[first.stop] == " "
        and _is_capitalised(text[first.start : first.stop])
        and _is_capitalised(text[second.start : second.stop])
    )


def is_name(text: str, word: FoldedWord) -> bool:
    """Say whether a word is written as a name is: with a capital, and not in capitals alone.

    Any word of a script without capitals may be one; the commonest first words of a sentence are
    none.
    """
    if len(word.word) < 2 or word.word in _NO_NAMES or is_one_by_one(word.word):  # noqa: PLR2004
        return False
    written = text[word.start : word.stop]
    return _is_capitalised(written) or unicodedata.category(written[0]) == "Lo"


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())
