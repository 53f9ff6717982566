"""Names of the other children of a home, found in the words of one child's book (P39, P40).

One function decides how another child is shown there: `OtherChildren.shown`. The sealed words stay
as they are; only what a page shows is another (decision 0131).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import ChildId
from casebound.people.homes.naming import ChildNames

ANOTHER_CHILD: Final = gettext_noop("another child")
A_CHILD: Final = gettext_noop("a child ({number})")  # in the book of a home, for who may not know
A_CHILD_ELSEWHERE: Final = gettext_noop("a child of another home")
_SHORTEST: Final = 2  # letters of a word that is looked for by itself
_SURE: Final = 3  # letters of a name that is found in small letters too
# Names that are ordinary words as well. They are found with a capital letter only.
ORDINARY: Final = frozenset(
    re.findall(
        r"[a-z]+",
        """
    angel april archer art ash august autumn baker banks bay bear bee bell best bill bird bishop
    black blue brook brooks brown carter case chance chase church clay cliff cook cooper dale dawn
    day dean den don drew duke earl eve faith fay field fisher fox frank gem gene glen grace gray
    green grey guy hall hazel heath heather hill holly hope house hunt hunter iris ivory ivy jade
    jay jet joy june king kit knight lamb lane lee lily little long love march mark mason mat max
    may miles mills moon moss nan noble north page park parker pat pearl peg penny poppy porter
    potter prince price queen rain ray reed rich river rob robin rock rod rose rowan ruby sage sandy
    scarlet sharp sky smart snow south spring star stone storm strong sue summer sunny swan taylor
    the turner van victor violet von wade walker ward warren well wells west white will winter wise
    wolf wood woods wren young
    """,
    )
)

Found = tuple[int, int, frozenset[ChildId]]


class Naming(StrEnum):
    """How another child is shown to a reader of a book."""

    NAME = "name"
    INITIAL = "initial"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class OtherChild:
    """A child who lives or lived where the child of a book does, and every name they had."""

    id: ChildId
    now: ChildNames
    short: tuple[str, ...] = ()  # what tells them apart: `Maisie T.`
    earlier: tuple[str, ...] = ()
    number: int = 0  # in the book of a home: the first child who came has 1; elsewhere, none

    @property
    def in_full(self) -> tuple[str, ...]:
        """Every name as it is said."""
        return (self.now.full_name, self.now.called, *self.short, *self.earlier)

    @property
    def names(self) -> Iterator[str]:
        """Every name as it is said, and word by word."""
        yield from self.in_full
        for name in (self.now.full_name, self.now.called, *self.earlier):
            yield from (word for word in name.split() if len(word) >= _SHORTEST)


@dataclass(frozen=True)
class OtherChildren:
    """The other children who live or lived where the child of a book does.

    `own` has the names of the child whose book it is: a name they share hides nobody. `of_home`
    says that it is no child's book but a home's: who is not named there has a number.
    """

    own: tuple[str, ...]
    others: tuple[OtherChild, ...]
    of_home: bool = False

    def find(self, text: str) -> Iterator[Found]:
        """Yield where another child is named, and which children the name can mean."""
        looked_for = self._looked_for
        spelt = looked_for.spelt_in(text)
        if not spelt:
            return
        for match in _pattern(spelt).finditer(text):
            written = match.group()
            key = _key(written)
            meant = looked_for.meant.get(key)
            if meant and (not written[:1].islower() or _is_sure(key)):
                yield match.start(), match.end(), meant

    def named_in(self, text: str) -> set[ChildId]:
        """Return which other children a text can name."""
        return {child for _, _, meant in self.find(text) for child in meant}

    def shown(
        self, text: str, naming: Callable[[ChildId], Naming], *, bracketed: bool = True
    ) -> str:
        """Return a text with each other child as this reader may know them.

        In somebody's own words what is put in stands in brackets; in a list it does not.
        """
        text = unicodedata.normalize("NFC", text)  # as sealed; a draft may be otherwise
        parts, end = [], 0
        for start, stop, meant in self.find(text):
            instead = self._instead(meant, naming, bracketed=bracketed)
            if instead is not None:
                parts += [text[end:start], instead]
                end = stop
        return "".join([*parts, text[end:]]) if end else text

    def named(self, child: ChildId, naming: Naming, *, name: str) -> str:
        """Return what stands for a child whose `name` is known, as in a list."""
        if naming is Naming.NAME:
            return name
        if naming is Naming.INITIAL and child in self.initials:
            return f"{gettext(ANOTHER_CHILD)} ({self.initials[child]})"
        return self._unnamed(frozenset({child}))

    def _instead(
        self, meant: frozenset[ChildId], naming: Callable[[ChildId], Naming], *, bracketed: bool
    ) -> str | None:
        """Return what stands for a name; None if the name itself does."""
        how = {naming(child) for child in meant}
        if how == {Naming.NAME}:
            return None
        initials = {self.initials[child] for child in meant}
        if Naming.UNNAMED in how or len(initials) > 1:
            words = self._unnamed(meant)
            return f"[{words}]" if bracketed else words
        initial = initials.pop()
        return f"[{initial}]" if bracketed else f"{gettext(ANOTHER_CHILD)} ({initial})"

    def _unnamed(self, meant: frozenset[ChildId]) -> str:
        """Return what stands for a name that the reader may not know, and all it can mean."""
        if not self.of_home:
            return gettext(ANOTHER_CHILD)
        numbers = {self._numbers.get(child, 0) for child in meant} - {0}
        if not numbers:
            return gettext(A_CHILD_ELSEWHERE)
        return gettext(A_CHILD).format(number=" / ".join(map(str, sorted(numbers))))

    @cached_property
    def _numbers(self) -> Mapping[ChildId, int]:
        return {child.id: child.number for child in self.others}

    @cached_property
    def initials(self) -> Mapping[ChildId, str]:
        """An initial for each child: of the surname too, where two would have the same."""
        short = {child.id: _initials(child.now.called) for child in self.others}
        long = {
            child.id: short[child.id] + _initials(child.now.surname or child.now.called)
            for child in self.others
        }
        once = _only_once(short.values())
        twice = _only_once(long.values())
        return {
            child.id: short[child.id]
            if short[child.id] in once
            else long[child.id]
            if long[child.id] in twice
            else f"{long[child.id]} {place}"
            for place, child in enumerate(sorted(self.others, key=lambda child: child.id), 1)
        }

    @property
    def _looked_for(self) -> "_LookedFor":
        return _looked_for(self.own, self.others)


NO_OTHERS: Final = OtherChildren((), ())


def _initials(name: str) -> str:
    return f"{unicodedata.normalize('NFC', name)[:1].upper()}."


def _only_once(initials: Iterable[str]) -> set[str]:
    return {initial for initial, times in Counter(initials).items() if times == 1}


def _is_sure(key: str) -> bool:
    return len(key) >= _SURE and key not in ORDINARY


def _key(name: str) -> str:
    return fold(" ".join(name.split())).replace("’", "'")


@dataclass(frozen=True, slots=True)
class _LookedFor:
    """The names of some children: who each can mean, and each by the longest word in it.

    A page is first taken apart into words, which takes a tenth of looking for every name in it.
    """

    meant: Mapping[str, frozenset[ChildId]]
    by_word: Mapping[str, Sequence[str]]

    def spelt_in(self, text: str) -> tuple[str, ...]:
        """Return the names that a text may hold, each as it may be spelt, the longest first."""
        words = _words(text).intersection(self.by_word) if self.by_word else set()
        spelt = {name for word in words for name in self.by_word[word]}
        return tuple(sorted(spelt, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=200)
def _looked_for(own: tuple[str, ...], others: tuple[OtherChild, ...]) -> _LookedFor:
    """Return how to find the names. A name the child has too means nobody else."""
    children: dict[str, set[ChildId]] = {}
    for child in others:
        for name in child.names:
            children.setdefault(_key(name), set()).add(child.id)
    own_keys = {_key(part) for name in own for part in (name, *name.split())}
    meant = {key: frozenset(ids) for key, ids in children.items() if key and key not in own_keys}
    written = (name for child in others for name in child.names if _key(name) in meant)
    by_word: dict[str, list[str]] = {}
    # Found as well, so that a surname in the child's own full name is left alone.
    in_full = [name for name in own if " " in name]
    spelt = {unicodedata.normalize("NFC", name) for name in (*written, *in_full)}
    for name in spelt | set(meant):
        longest = max(_WORD.findall(name.lower()), key=len, default="")
        by_word.setdefault(longest, []).append(name)
    return _LookedFor(meant, by_word)


@lru_cache(maxsize=2_000)
def _pattern(spelt: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelling, spelt))})(?!\w)", re.IGNORECASE)


def _spelling(name: str) -> str:
    words = (re.escape(word) for word in name.split())
    return re.sub("['’]", "['’]", r"\s+".join(words))


_WORD: Final = re.compile(r"\w+")
_APART: Final = bytes(
    code if code > ord("\x7f") or chr(code).isalnum() else ord(" ") for code in range(256)
)  # every sign of ASCII that is in no word becomes a space


def _words(text: str) -> set[str]:
    """Return the words of a text in small letters."""
    pieces = set(text.lower().encode("utf-8", "replace").translate(_APART).split())
    words: set[str] = set()
    for piece in pieces:
        word = piece.decode()
        words.update((word,) if piece.isascii() else _WORD.findall(word))
    return words
