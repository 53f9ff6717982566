"""Text as it comes out of other programs, made harmless where that cannot change what it says.

Word, Excel and messengers put signs between words that nobody sees: breaks of their own, ends of
cells, marks of direction. A reader could not see them for 75 years either, and the ledger refuses
most of them (1.2). What joins letters (U+200C, U+200D: Persian, Indic scripts, emoji) stays.
"""

import re
from typing import Final

_UNUSUAL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]"
)
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
_READ_LEFTWARDS: Final = re.compile(f"[{_RIGHT_TO_LEFT}]")
# Scripts without spaces, in which U+200B says where a word may end.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_NO_WIDTH: Final = re.compile(f"(?<![{_UNSPACED}])\u200b|\u200b(?![{_UNSPACED}])")
_EMBEDDED: Final = re.compile("([\u202a\u202b\u202d])([^\u202a-\u202e\n]*)\u202c")
_CELL: Final = re.compile("[\r\n]?\x07")  # Word ends each cell of a table so
_TURNS: Final = re.compile("[\u202a-\u202e]")
_HALF: Final = re.compile("[\ud800-\udfff]")
AROUND: Final = 30  # letters that are shown on each side of a sign
_ISOLATES: Final = {"\u202a": "\u2066", "\u202b": "\u2067"}
_POP: Final = "\u2069"

# Word's own breaks, hyphens and spaces; and quotation marks of Windows, read as another alphabet.
_MEANT: Final = {
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
    0x1E: "-",
}
_SEEN_BY_NOBODY: Final = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x2060, 0xFEFF]
)


def _of_windows(code: int) -> str | None:
    """Return the sign of Windows-1252 for a control character of its place."""
    return bytes([code]).decode("cp1252", "ignore") or None


_HARMLESS: Final = {
    **_SEEN_BY_NOBODY,
    **{code: _of_windows(code) for code in range(0x80, 0xA0)},
    **_MEANT,
}


def tidied(text: str) -> str:
    """Return a text as it reads, without what nobody can see in it.

    What turns the order of letters on the screen (U+202E, and others without their end) stays, to
    be asked about: it changes what is read. Tidying twice changes nothing more.
    """
    if _UNUSUAL.search(text) is None:
        return text
    text = _CELL.sub("\t", text).translate(_HARMLESS)
    text = _EMBEDDED.sub(_isolated, _NO_WIDTH.sub("", text))
    if _READ_LEFTWARDS.search(text) is None:  # these marks do nothing then
        text = re.sub("[\u200e\u200f\u202a\u202d]", "", text)
    if re.search("[\u202a\u202b\u202d\u202e]", text) is None:  # an end without a beginning
        text = text.replace("\u202c", "")
    return text


def without_turns(text: str) -> str:
    """Return a text without any sign that turns letters round, and without halves of a letter.

    For names, captions and other short words: they are shown at once as they then read.
    """
    return _HALF.sub("\ufffd", _TURNS.sub("", tidied(text)))


def turns_in(text: str) -> list[tuple[str, str]]:
    """Return what stands before and after each sign that turns letters round, a few words each."""
    return [
        (
            _TURNS.sub("", text[max(0, sign.start() - AROUND) : sign.start()]),
            _TURNS.sub("", text[sign.end() : sign.end() + AROUND]),
        )
        for sign in _TURNS.finditer(text)
    ]


def _isolated(found: re.Match[str]) -> str:
    """Return words that were embedded in a direction as they read: alone where it is the text's."""
    mark, words = found[1], found[2]
    if mark in "\u202a\u202d" and _READ_LEFTWARDS.search(words) is None:
        return words
    if mark in _ISOLATES:
        return f"{_ISOLATES[mark]}{words}{_POP}"
    return found[0]  # an override turns letters round: it is asked about
