"""How a name sounds, roughly: names that are easily taken for each other have the same letters."""

from typing import Final

_ALIKE: Final = (("ph", "f"), ("ck", "k"), ("cz", "s"), ("sz", "s"), ("sch", "s"), ("x", "ks"))
_SAME: Final = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "w": "f", "g": "j"})
_SILENT: Final = frozenset("aeiouyhаеиоуыэюяьъ")  # noqa: RUF001 (Cyrillic vowels)
SHORTEST: Final = 3  # letters of a name that may be misspelt
_PREFIX: Final = "n"


def sound_of(word: str) -> str:
    """Return a word of the index for how a folded word sounds; nothing for a short one.

    The consonants in the order of the alphabet, so that "Jhon" is "John".
    """
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return ""
    heard = word
    for written, sound in _ALIKE:
        heard = heard.replace(written, sound)
    letters = {letter for letter in heard.translate(_SAME) if letter not in _SILENT}
    return _PREFIX + "".join(sorted(letters or heard[:1]))


def far(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for place, same in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != same))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == same:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]
