"""One folding of letters, for the search index, its questions, and the order of lists.

The product folds and no database does, so that SQLite and PostgreSQL agree in every locale. Letters
lose their case and their accents, in every script. A letter that Unicode does not take apart, such
as "ł", becomes the letter that its name begins with ("L WITH STROKE").
"""

# ruff: noqa: RUF001 (letters that look alike are its subject)
import unicodedata
from functools import lru_cache
from typing import Final

_MOST_REMEMBERED: Final = 50_000  # words; a few megabytes
_NUKTA: Final = 7  # the combining class of the dot that Indian scripts often leave out
_VOICED: Final = 8  # that of the marks which make another syllable of a Japanese one
# Letters whose names do not say which letter they are written for.
_LETTERS: Final = {
    "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ı": "i", "ȷ": "j", "ĸ": "k", "ŋ": "n",
    "ə": "e", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɩ": "i", "ʋ": "v", "ʊ": "u", "ɣ": "g", "ƿ": "w",
    "ȝ": "y", "ʃ": "s", "ʒ": "z",
    # Cyrillic letters of Central Asia.
    "ө": "о", "ә": "а", "ү": "у", "һ": "х",
    # Arabic, Persian, Urdu: forms of one letter, the lengthening stroke, the hamza by itself.
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ۃ": "ه", "ـ": "", "ء": "",
    # Hebrew: letters at the end of a word.
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
}  # fmt: skip
_SCRIPTS_WITHOUT_MARKS: Final = ("COMBINING", "CYRILLIC", "HEBREW", "ARABIC", "SYRIAC")
_SCRIPTS_OF_NAMES: Final = ("LATIN", "CYRILLIC")


class _Folding(dict[int, str]):
    """What each character of a decomposed text becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if _is_dropped(character):
            folded = ""
        elif character.isdecimal():
            folded = str(unicodedata.decimal(character))
        else:
            folded = "".join(map(_letter, character.casefold()))
        self[code] = folded
        return folded


_folding = _Folding()


@lru_cache(maxsize=_MOST_REMEMBERED)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, the same wherever it is asked."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).translate(_folding)
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=_MOST_REMEMBERED)
def sort_key(name: str) -> tuple[str, str, str]:
    """Return what puts names in the order in which an English reader looks for them.

    Case, accents, hyphens and apostrophes count only between names that are alike without them.
    """
    folded = fold(name)
    letters = "".join(letter for letter in folded if letter.isalnum() or letter == " ")
    return letters, folded, name


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":  # a soft hyphen, a direction, a joiner
        return True
    if category not in {"Mn", "Me"}:
        return False
    kind = unicodedata.combining(character)
    if kind == _NUKTA:
        return True
    return kind != _VOICED and unicodedata.name(character, "").startswith(_SCRIPTS_WITHOUT_MARKS)


def _letter(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    base, has_more, _ = unicodedata.name(character, "").partition(" WITH ")
    if has_more and base.startswith(_SCRIPTS_OF_NAMES):
        try:
            return fold(unicodedata.lookup(base))
        except KeyError:  # no letter has this name
            return character
    return character
