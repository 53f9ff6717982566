"""The names and groups of medicines by which an allergy is noticed (`allergens.toml`)."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import Final

from casebound.foundation.base.data_files import MaybeText, Strict, Text, as_shape, read_toml
from casebound.foundation.base.folding import fold

FILE: Final = resources.files("casebound.record.medicines") / "allergens.toml"
LONG_ENOUGH: Final = 7  # letters of a word that may be spelt a little wrong
CLOSE: Final = 0.87


class AllergenGroupFile(Strict):
    """A row of the table."""

    name: Text
    group: tuple[Text, ...]
    members: tuple[tuple[Text, ...], ...]
    source: Text
    caution: tuple[MaybeText, ...] = ()


class AllergenFile(Strict):
    """The table."""

    groups: tuple[AllergenGroupFile, ...]


@dataclass(frozen=True, slots=True)
class AllergenGroup:
    """A group of medicines: what it is called, its members with all their names, and its source."""

    name: str
    called: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    caution: tuple[str, ...]
    source: str


@cache
def groups() -> dict[str, AllergenGroup]:
    """Return the groups by name.

    Raises:
        ValueError: a group names one that is not there.
    """
    table = as_shape(AllergenFile, read_toml(FILE), where=FILE.name)
    found = {
        row.name: AllergenGroup(row.name, row.group, row.members, row.caution, row.source)
        for row in table.groups
    }
    unknown = {name for group in found.values() for name in group.caution} - found.keys()
    if unknown:
        raise ValueError(f"{FILE.name}: there is no group {', '.join(sorted(unknown))}")
    return found


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; a hyphen holds a word together."""
    plain = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in fold(text))
    return tuple(word.strip("-") for word in plain.split() if word.strip("-"))


def names(text: str, term: str) -> bool:
    """Say whether a text has a term in it, also where a long word is spelt a little wrong."""
    words, wanted = words_of(text), words_of(term)
    return any(
        all(_same(word, want) for word, want in zip(words[place:], wanted, strict=False))
        for place in range(len(words) - len(wanted) + 1)
    ) and bool(wanted)


@cache
def _same(word: str, wanted: str) -> bool:
    if word == wanted or word.replace("-", "") == wanted.replace("-", ""):
        return True
    if min(len(word), len(wanted)) < LONG_ENOUGH or word[0] != wanted[0]:
        return False
    return SequenceMatcher(None, word, wanted).ratio() >= CLOSE
