"""What counts as a full name, because entries are signed in full and not initialled (P48)."""

import unicodedata
from typing import Final

# Scripts that are written without a space between the parts of a name.
UNSPACED: Final = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "MYANMAR ", "TIBETAN ")
LONGEST_INITIALS: Final = 3


def is_full_name(name: str, *, only_one_name: bool = False) -> bool:
    """Say whether `name` is a name in full and not initials (P48: signed, not initialled).

    A full name has two words or more, at least one of them with two letters or more. A letter
    with a full stop ("J.") is an abbreviation and counts for nothing, but a single letter without
    one counts, because there are names of one letter (E Ming, Ng O). Letters are those of any
    script; in scripts that put no space inside a name, one word of two letters will do.

    Some people have one name and no other. They must not be made to invent one, so the person
    who opens the account says so with `only_one_name`. Then one word will do, unless it looks
    like initials: a cased script, all capitals, up to three letters.
    """
    words = [word for word in name.split() if _letters(word) and not _is_abbreviation(word)]
    if not any(len(_letters(word)) > 1 for word in words):
        return False
    if len(words) > 1:
        return True
    letters = _letters(words[0])
    return _is_unspaced(letters) or (only_one_name and not _looks_like_initials(letters))


def _letters(word: str) -> str:
    return "".join(letter for letter in word if unicodedata.category(letter).startswith("L"))


def _is_abbreviation(word: str) -> bool:
    """Say whether a word is single letters with full stops: "J.", "J.S.", "J.-P."."""
    groups = word.replace("-", "").split(".")
    return len(groups) > 1 and all(len(_letters(group)) <= 1 for group in groups)


def _looks_like_initials(letters: str) -> bool:
    return letters.isupper() and len(letters) <= LONGEST_INITIALS


def _is_unspaced(letters: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(UNSPACED) for letter in letters)
