"""Turning authored sentences into what was written on a day: decks, slots and names."""

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from casebound.upkeep.demo.story.lives import Life, Line
from casebound.upkeep.demo.story.people import Child
from casebound.upkeep.demo.story.seasons import Day

SLOT: Final = re.compile(r"\{([a-z_A-Z]+)(?: ([^}]*))?\}")
SENTENCE: Final = re.compile(r'(^"?|[.!?]"? )([a-z])')
ARTICLE: Final = re.compile(r"(?:^|\W)[Aa]$")
HOUR: Final = 60  # minutes
DAY: Final = 24 * HOUR
NO_LIMIT: Final = 1_000_000
DAYS_APART: Final = 90  # what stands alone as a statement is not said again sooner, twice over
ALONE: Final = frozenset({"said", "view", "told", "read", "think"})
FRESH: Final = 3  # of the sentences longest unused, one of these is taken


class Deck:
    """Sentences that are dealt so that none comes back before most others have been used."""

    __slots__ = ("_left", "_lines")

    def __init__(self, lines: tuple[Line, ...], chance: Random, most: int) -> None:
        """Shuffle. A sentence is dealt `most` times at the most, or twice that if it has slots."""
        self._lines = list(lines)
        chance.shuffle(self._lines)
        self._left = {line.text: most * (1 + ("{" in line.text)) for line in lines}

    def deal(self, day: Day, chance: Random, *, others_words: bool = False) -> Line | None:
        """Return a sentence that fits the day, one of the longest unused; None if none fits.

        With `others_words` the author writes for somebody else: no sentence that says "I".
        """
        found: list[int] = []
        for place, line in enumerate(self._lines):
            if others_words and line.by_author:
                continue
            if line.fits(day.tags, day.week):
                found.append(place)
                if len(found) == FRESH:
                    break
        if not found:
            return None
        line = self._lines.pop(chance.choice(found))
        self._left[line.text] -= 1
        if self._left[line.text] > 0:
            self._lines.append(line)
        return line


class Voice:
    """The sentences of one child, mixed with those of the house."""

    __slots__ = ("_decks", "_slots", "child")

    def __init__(self, child: Child, life: Life, house: Life, chance: Random, days: int) -> None:
        """Shuffle the decks for so many days."""
        self.child = child
        self._slots: dict[str, tuple[str, ...]] = {**house.slots, **life.slots}
        often = 1 + days // DAYS_APART
        self._decks = {
            name: Deck(lines, chance, often if name in ALONE else NO_LIMIT)
            for name, lines in {**house.pools, **life.pools}.items()
        }

    def one(
        self,
        pool: str,
        day: Day,
        chance: Random,
        *,
        others_words: bool = False,
        **fixed: str,
    ) -> str:
        """Return the next fitting sentence of a pool, filled in; empty if there is none."""
        line = self._decks[pool].deal(day, chance, others_words=others_words)
        return "" if line is None else self.fill(line.text, chance, **fixed)

    def fill(
        self,
        text: str,
        chance: Random,
        more: Mapping[str, tuple[str, ...]] | None = None,
        /,
        **fixed: str,
    ) -> str:
        """Return a text with its slots filled. `fixed` are values already decided."""

        def value(found: re.Match[str]) -> str:
            name, span = found[1], found[2]
            if span:
                return _SPANS[name](span, chance)
            if name in fixed:
                return fixed[name]
            given = self._name(name)
            if given is None:
                given = chance.choice((more or {}).get(name) or self._slots[name])
            return given

        while "{" in text:
            text = _with_articles(text, value)
        return SENTENCE.sub(lambda found: found[1] + found[2].upper(), text)

    def _name(self, name: str) -> str | None:
        pronouns = self.child.pronouns
        return {
            "name": self.child.called,
            "they": pronouns.they,
            "They": pronouns.they.capitalize(),
            "them": pronouns.them,
            "their": pronouns.their,
            "their_cap": pronouns.their.capitalize(),
            "theirs": pronouns.theirs,
            "their_self": pronouns.themself,
        }.get(name)


def _with_articles(text: str, value: Callable[[re.Match[str]], str]) -> str:
    """Fill each slot once; "a" becomes "an" before a vowel."""
    parts: list[str] = []
    end = 0
    for found in SLOT.finditer(text):
        before, given = text[end : found.start()], value(found)
        if ARTICLE.search(before.rstrip(" ")) and before.endswith(" ") and given[0] in "aeiou":
            before = f"{before.rstrip(' ')}n "
        parts += [before, given]
        end = found.end()
    return "".join([*parts, text[end:]])


def _time(span: str, chance: Random) -> str:
    first, last = (_minute(one) for one in span.split("-"))
    if last < first:  # it goes past midnight
        last += DAY
    hour, minute = divmod(chance.randint(first, last) % DAY, HOUR)
    return f"{hour:02}:{minute:02}"


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * HOUR + int(minute)


def _number(span: str, chance: Random) -> str:
    first, last = (int(one) for one in span.split("-"))
    return str(chance.randint(first, last))


_SPANS: Final[Mapping[str, Callable[[str, Random], str]]] = {"t": _time, "n": _number}
