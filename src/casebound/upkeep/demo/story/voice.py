"""Turning authored sentences into what was written on a day: decks, slots and names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from casebound.upkeep.demo.story.lives import life_of
from casebound.upkeep.demo.story.people import PRONOUNS, PlannedChild
from casebound.upkeep.demo.story.seasons import Day

TAGS: Final = re.compile(r"(?:@[\w-]+ ?)+")
WEEKS: Final = re.compile(r"w(\d+)-(\d+)")
SLOT: Final = re.compile(r"\{([a-z_A-Z]+)(?: ([^}]*))?\}")
SENTENCE: Final = re.compile(r'(^"?|[.!?]"? )([a-z])')
ARTICLE: Final = re.compile(r"(?:^|\W)[Aa]$")
# A morning that speaks of these is a morning of school, college or work.
SCHOOLDAY: Final = re.compile(
    r"\b(bus|school|college|gate|bag|planner|tie|lunch|alarms?|go in|going in|calls?|she left)\b"
)
TEACHES: Final = re.compile(r"teach|tutor|[Ss]chool|head of|librarian|escort")
FIRST_PERSON: Final = re.compile(r"\b(I|me|my|we|us|our|We|My)\b")
QUOTED: Final = re.compile(r'"[^"]*"')
ALL_WEEKS: Final = (-9999, 9999)
HOUR: Final = 60  # minutes
DAY: Final = 24 * HOUR
NO_LIMIT: Final = 1_000_000
DAYS_APART: Final = 90  # what stands alone as a statement is not said again sooner, twice over
ALONE: Final = frozenset({"said", "view", "told", "read", "think"})
FRESH: Final = 3  # of the sentences longest unused, one of these is taken

Slots = Mapping[str, str | tuple[str, ...]]  # what a slot is filled with, or one of several


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A sentence of a pool, and when it fits."""

    text: str
    tags: frozenset[str]
    weeks: tuple[int, int] = ALL_WEEKS
    by_author: bool = False  # it speaks of "I", "me", "us"

    def fits(self, day: Day) -> bool:
        """Say whether the sentence is true of such a day."""
        return self.tags <= day.tags and self.weeks[0] <= day.week <= self.weeks[1]


@cache
def line_of(told: str, pool: str = "") -> SpokenLine:
    """Read a sentence with its tags in front."""
    match = TAGS.match(told)
    text = told[match.end() :] if match else told
    tags = set(match[0].replace("@", "").split()) if match else set()
    weeks = ALL_WEEKS
    for tag in sorted(tags):
        if span := WEEKS.fullmatch(tag):
            weeks = (int(span[1]), int(span[2]))
            tags.discard(tag)
    who, _, words = text.rpartition("| ")
    if (pool == "up" and SCHOOLDAY.search(text)) or (pool == "told" and TEACHES.search(who)):
        tags.add("school")
    by_author = FIRST_PERSON.search(QUOTED.sub("", words)) is not None
    return SpokenLine(text, frozenset(tags), weeks, by_author)


class Deck:
    """Sentences that are dealt so that none comes back before most others have been used."""

    __slots__ = ("_left", "_lines")

    def __init__(self, lines: list[SpokenLine], chance: Random, most: int) -> None:
        """Shuffle. A sentence is dealt `most` times at the most, or twice that if it has slots."""
        self._lines = lines
        self._left = {line.text: most * (1 + ("{" in line.text)) for line in lines}
        chance.shuffle(self._lines)

    def deal(self, day: Day, chance: Random, *, others_words: bool = False) -> SpokenLine | None:
        """Return a sentence that fits the day, one of the longest unused; None if none fits.

        With `others_words` the author writes for somebody else: no sentence that says "I".
        """
        fitting: list[int] = []
        for place, line in enumerate(self._lines):
            if line.fits(day) and not (others_words and line.by_author):
                fitting.append(place)
                if len(fitting) == FRESH:
                    break
        if not fitting:
            return None
        line = self._lines.pop(chance.choice(fitting))
        self._left[line.text] -= 1
        if self._left[line.text] > 0:
            self._lines.append(line)
        return line


class Voice:
    """The sentences of one child, mixed with those of the house."""

    __slots__ = ("_decks", "child", "slots")

    def __init__(self, child: PlannedChild, chance: Random, days: int) -> None:
        """Shuffle the decks for so many days."""
        life, house = life_of(child.key), life_of("house")
        self.child = child
        words = PRONOUNS[child.pronouns]
        caps = {"They": words["they"].capitalize(), "their_cap": words["their"].capitalize()}
        self.slots: Slots = {**house.slots, **life.slots, **words, **caps, "name": child.called}
        often = 1 + days // DAYS_APART
        self._decks = {
            pool: Deck(
                [line_of(line, pool) for line in lines],
                chance,
                often if pool in ALONE else NO_LIMIT,
            )
            for pool, lines in {**house.pools, **life.pools}.items()
        }

    def next(
        self, pool: str, day: Day, chance: Random, *, others_words: bool = False, **fixed: str
    ) -> str:
        """Return the next fitting sentence of a pool, filled in; empty if there is none."""
        line = self._decks[pool].deal(day, chance, others_words=others_words)
        return "" if line is None else self.fill(line.text, chance, fixed)

    def fill(self, text: str, chance: Random, more: Slots | None = None) -> str:
        """Return a text with its slots filled. `more` has slots of this text alone."""
        return fill(text, chance, {**self.slots, **(more or {})})


def fill(text: str, chance: Random, slots: Slots) -> str:
    """Return a text with its slots filled, and a capital where a sentence begins."""
    filled = fill_in(text, chance, slots)
    return SENTENCE.sub(lambda match: match[1] + match[2].upper(), filled)


def fill_in(text: str, chance: Random, slots: Slots) -> str:
    """Return a text with its slots filled, and those that come in with them."""

    def value(match: re.Match[str]) -> str:
        name, span = match[1], match[2]
        if span:
            return _SPANS[name](span, chance)
        words = slots[name]
        return words if isinstance(words, str) else chance.choice(words)

    while "{" in text:
        text = _with_articles(text, value)
    return text


def _with_articles(text: str, value: Callable[[re.Match[str]], str]) -> str:
    """Fill each slot once; "a" becomes "an" before a vowel."""
    parts: list[str] = []
    end = 0
    for match in SLOT.finditer(text):
        before, words = text[end : match.start()], value(match)
        if ARTICLE.search(before.rstrip(" ")) and before.endswith(" ") and words[0] in "aeiou":
            before = f"{before.rstrip(' ')}n "
        parts += [before, words]
        end = match.end()
    return "".join([*parts, text[end:]])


def _time(span: str, chance: Random) -> str:
    first, last = (_minute(clock) for clock in span.split("-"))
    if last < first:  # it goes past midnight
        last += DAY
    hour, minute = divmod(chance.randint(first, last) % DAY, HOUR)
    return f"{hour:02}:{minute:02}"


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * HOUR + int(minute)


def _number(span: str, chance: Random) -> str:
    first, last = span.split("-")
    return str(chance.randint(int(first), int(last)))


_SPANS: Final[Mapping[str, Callable[[str, Random], str]]] = {"t": _time, "n": _number}
