"""How a name sounds, roughly: names that are easily taken for each other have the same letters."""

# ruff: noqa: RUF001 (Cyrillic letters)
from collections.abc import Iterator, Set
from typing import Final

_ALIKE: Final = (("ph", "f"), ("ck", "k"), ("cz", "s"), ("sz", "s"), ("sch", "s"), ("x", "ks"))
_SAME: Final = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "w": "f", "g": "j"})
_SILENT: Final = frozenset("aeiouyhаеиоуыэюяьъ")
_ALPHABETS: Final = (frozenset("bdfjklmnprst"), frozenset("бвгджзклмнпрстфхцчшщ"))
SHORTEST: Final = 3  # letters of a name that may be misspelt
_PREFIX: Final = "n"


def sound_of(word: str) -> str:
    """Return a word of the index for how a folded word sounds; nothing for a short one.

    The consonants in the order of the alphabet, so that "Jhon" is "John".
    """
    if not _has_sound(word):
        return ""
    letters = _consonants(word)
    return _sound(letters) if letters else _PREFIX + word[:1]


def sounds_near(word: str) -> list[str]:
    """Return the sounds of a word with one consonant fewer, one more, or another for one."""
    if not _has_sound(word):
        return []
    letters = _consonants(word)
    return sorted({_sound(near) for near in _near(letters) if near} - {sound_of(word)})


def letters_apart(first: str, second: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped with the next."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for line, letter in enumerate(first, 1):
        last, before, row = before, row, [line]
        for place, other in enumerate(second, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other))
            if line > 1 and place > 1 and letter == second[place - 2] and first[line - 2] == other:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]


def _has_sound(word: str) -> bool:
    return len(word) >= SHORTEST and not any(letter.isdigit() for letter in word)


def _consonants(word: str) -> frozenset[str]:
    heard = word
    for written, sound in _ALIKE:
        heard = heard.replace(written, sound)
    return frozenset(heard.translate(_SAME)) - _SILENT


def _near(letters: frozenset[str]) -> Iterator[Set[str]]:
    more = frozenset[str]().union(*(all_ for all_ in _ALPHABETS if letters & all_)) - letters
    for letter in letters:
        yield letters - {letter}
        yield from (letters - {letter} | {other} for other in more)
    yield from (letters | {other} for other in more)


def _sound(letters: Set[str]) -> str:
    return _PREFIX + "".join(sorted(letters))
