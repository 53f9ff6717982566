"""What a child is called where a short name stands, so that no two of a home are mixed up.

One function for every page: Shift, pickers, desk, headings, lists, search, registers. A date of
birth is never used: a short name stands where anybody who passes the screen can read it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebound.foundation.base.folding import fold


@dataclass(frozen=True, slots=True)
class ChildNames:
    """A child with the name they go by and the full name."""

    id: str
    called: str
    full_name: str

    @property
    def surname(self) -> str:
        """The last word of the full name; empty if there is one word."""
        first, _, rest = self.full_name.rpartition(" ")
        return rest if first else ""


def goes_by(called: str, full_name: str) -> str:
    """Return the name a child goes by: the first of the full name, unless another one is said."""
    return called or full_name.split(" ", maxsplit=1)[0]


def is_called_alike(called: str, other: str) -> bool:
    """Say whether two children would be mixed up: case, accents and hyphens do not tell apart."""
    return called_key(called) == called_key(other)


def called_key(called: str) -> str:
    """Return what two names have in common that people would mix up: `Zoë` and `zoe`."""
    return "".join(letter for letter in fold(called) if letter.isalnum())


def short_name(child: ChildNames, others: Iterable[ChildNames]) -> str:
    """Return the name a child goes by, and more of it if one of `others` is called alike.

    First as much of the surname as tells them apart (`Maisie T.`, `Maisie Tho.`), then the full
    name, then a number. Two children who are each told apart from the other never get one name.
    """
    alike = [other for other in others if is_called_alike(other.called, child.called)]
    if not alike:
        return child.called
    theirs = [fold(other.surname) for other in alike]
    if child.surname and fold(child.surname) not in theirs:
        return f"{child.called} {_beginning(child.surname, theirs)}"
    named_alike = [other for other in alike if _same_full_name(other, child)]
    if not named_alike:
        return _in_full(child)
    place = 1 + sum(other.id < child.id for other in named_alike)
    return f"{_in_full(child)} ({place})"


def told_apart(children: Sequence[ChildNames]) -> dict[str, str]:
    """Return a short name for each of these children."""
    return {
        child.id: short_name(child, [other for other in children if other.id != child.id])
        for child in children
    }


def _same_full_name(child: ChildNames, other: ChildNames) -> bool:
    return fold(child.full_name) == fold(other.full_name)


def _in_full(child: ChildNames) -> str:
    words = {fold(word) for word in child.full_name.split(" ")}
    if fold(child.called) in words:
        return child.full_name
    return f"{child.called} ({child.full_name})"


def _beginning(surname: str, others: Sequence[str]) -> str:
    """Return the shortest beginning of a surname that no other has, with a full stop if cut."""
    for beginning in _beginnings(surname):
        if not any(other.startswith(fold(beginning)) for other in others):
            return beginning if beginning == surname else f"{beginning}."
    return surname


def _beginnings(surname: str) -> Iterator[str]:
    """Yield the beginnings of a surname, each with the accents of its last letter."""
    for length in range(1, len(surname) + 1):
        cut = length < len(surname) and unicodedata.combining(surname[length])
        if not cut and surname[length - 1].isalnum():
            yield surname[:length]


def hidden_names(earlier: Iterable[ChildNames], now: ChildNames) -> dict[str, str]:
    """Return what to read in place of each earlier name of a child, the longest name first.

    A word that is in the name now as well, such as a surname that stays, hides nothing.
    """
    kept = {fold(word) for word in (*now.full_name.split(" "), *now.called.split(" "))}
    instead: dict[str, str] = {}
    for name in earlier:
        instead[name.full_name] = now.full_name
        instead[name.called] = now.called
        for word in name.full_name.split(" "):
            instead[word] = now.called
    return {
        old: instead[old]
        for old in sorted(instead, key=lambda old: (-len(old), old))
        if not {fold(word) for word in old.split(" ")} <= kept
    }
