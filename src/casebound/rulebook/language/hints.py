# ruff: noqa: RUF001 (quotation marks of every kind are what this is about)
"""Hints on a text: what to look at again, where, and what to write instead. Suggestions only.

What stands between quotation marks is somebody's own words and is left alone; so are statements
that are an account or the child's view, which `leaves_alone` says.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.rulebook.language.never_allowed import signs
from casebound.rulebook.language.readability import ReadingEase, reading
from casebound.rulebook.language.vocabulary import TermKind, Vocabulary, shipped

LONGEST_SENTENCE: Final = 25  # words
MOST: Final = 40  # hints on one text: nobody reads more
CAPITALS: Final = re.compile(r"(?<![\w&])(?:[A-Z]{2,6}|[A-Z]&[A-Z]|[A-Z][a-z]?[A-Z]{1,3})(?![\w&])")
# Everybody knows them, or they are no acronym.
KNOWN: Final = frozenset(
    [
        "OK",
        "TV",
        "UK",
        "USA",
        "EU",
        "PE",
        "PC",
        "DVD",
        "CD",
        "GCSE",
        "BBC",
        "AM",
        "PM",
        "VE",
        "ID",
        "XBOX",
        "PS",
        "DIY",
        "FC",
        "MP",
        "NHS",
        "A&E",
        "BBQ",
        "RE",
        "IT",
        "ICT",
        "QR",
        "SIM",
        "USB",
        "WIFI",
        "ATM",
        "MOT",
        "BMX",
    ]
)
# A mark that opens stops at the next one that opens, so that no text takes long. Curly double marks
# quote over lines; between straight single ones an apostrophe inside a word ends nothing.
QUOTED: Final = re.compile(
    r"“[^“”]*”|\"[^\"\n]*\"|(?<!\w)‘[^‘\n]*?’(?!\w)|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)"
)
OWN_WORDS: Final = frozenset({"account", "view"})  # kinds of statement that are somebody's words


class HintKind(StrEnum):
    """What a hint is about."""

    CARE = "care"
    PLAIN = "plain"
    OPINION = "opinion"
    GROUP = "group"
    OFFENSIVE = "offensive"
    NEVER = "never"
    ACRONYM = "acronym"
    LONG = "long"
    HARD = "hard"


WORDS: Final = {
    HintKind.CARE: gettext_noop("This can hurt or label."),
    HintKind.PLAIN: gettext_noop("There is a plainer word."),
    HintKind.OPINION: gettext_noop(
        "This is an opinion told as fact. Say what you saw, or mark it as opinion."
    ),
    HintKind.GROUP: gettext_noop("This can offend a group of people."),
    HintKind.OFFENSIVE: gettext_noop(
        "This offends. If somebody said it, put it in quotation marks."
    ),
    HintKind.NEVER: gettext_noop(
        "Was it to punish, or to make the child do something? {about}: that is never allowed "
        "({rule}). If it was so, record it as a measure and say so there. If not, say why it was."
    ),
    HintKind.LONG: gettext_noop("This sentence is long. Two are easier to read."),
    HintKind.HARD: gettext_noop("This is hard to read. Shorter words and sentences help."),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        what: what it is about.
        start: where it begins in the text, in characters; with `end`, what it is about.
        found: the words it is about.
        words: a sentence.
        instead: what to write instead, the best first; what holds `…` is for reading only.
        holds: whether signing waits for a reason (P45).
    """

    what: HintKind
    start: int
    end: int
    found: str
    words: str
    instead: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether signing waits for a reason (P45)."""
        return self.what is HintKind.OFFENSIVE


def leaves_alone(kind: str) -> bool:
    """Say whether a statement of this kind is somebody's own words, on which there are no hints."""
    return kind in OWN_WORDS


def hints(
    text: str, *, vocabulary: Vocabulary | None = None, dismissed: Collection[str] = ()
) -> tuple[Hint, ...]:
    """Return what to look at again in a text, in its order, at most 40.

    `dismissed` are the words the writer waved away, in small letters; what holds up signing is not
    among them. Linear in the text: a few ms for 4 KB.
    """
    words = vocabulary or shipped()
    plain = without_quotations(text)
    found = [
        *_terms(plain, text, words),
        *_never_allowed(plain, text),
        *_acronyms(plain, words),
        *_sentences(plain, text),
    ]
    shown = [hint for hint in found if hint.holds or hint.found.casefold() not in dismissed]
    return tuple(sorted(shown, key=lambda hint: (hint.start, hint.end))[:MOST])


def held_up(text: str) -> tuple[str, ...]:
    """Return the offensive words of a text outside quotations, each once, in its order (P45).

    Every signature asks, and looking for every term with the pattern takes 0.6 us a letter.
    """
    terms = shipped()
    if not terms.may_offend(text):
        return ()
    plain = without_quotations(text)
    found = [
        match[0]
        for match in terms.pattern.finditer(plain)
        if terms.term(match[0]).sort is TermKind.OFFENSIVE
    ]
    once: dict[str, str] = {}
    for words in found:
        once.setdefault(words.casefold(), words)
    return tuple(once.values())


def without_quotations(text: str) -> str:
    """Return the text with blanks where somebody is quoted, every other word where it was."""
    return QUOTED.sub(lambda match: " " * len(match[0]), text)


def _terms(plain: str, text: str, words: Vocabulary) -> Iterator[Hint]:
    for match in words.pattern.finditer(plain):
        term = words.term(match[0])
        if term.term.isupper() and not match[0].isupper():
            continue  # "lac" is no LAC
        what = HintKind(term.sort.value)
        written = text[match.start() : match.end()]
        yield Hint(what, match.start(), match.end(), written, gettext(WORDS[what]), term.instead)


def _never_allowed(plain: str, text: str) -> Iterator[Hint]:
    for sign in signs(plain):
        say = gettext(WORDS[HintKind.NEVER]).format(about=gettext(sign.about), rule=sign.rule)
        yield Hint(HintKind.NEVER, sign.start, sign.end, text[sign.start : sign.end], say)


def _acronyms(plain: str, words: Vocabulary) -> Iterator[Hint]:
    seen: set[str] = set()
    for match in CAPITALS.finditer(plain):
        short = match[0]
        if short in seen or short in KNOWN or short.casefold() in words.terms:
            continue
        seen.add(short)
        if long := words.acronyms.get(short):
            if long.casefold() not in plain.casefold():  # written out is explained
                say = gettext("Not everybody knows {short}. Write it out the first time.").format(
                    short=short
                )
                yield Hint(
                    HintKind.ACRONYM, match.start(), match.end(), short, say, (f"{long} ({short})",)
                )
        else:
            say = gettext(
                "Will the child know what {short} means? Write it out the first time."
            ).format(short=short)
            yield Hint(HintKind.ACRONYM, match.start(), match.end(), short, say)


def _sentences(plain: str, text: str) -> Iterator[Hint]:
    read: ReadingEase = reading(plain)
    for start, end, count in read.sentences:
        if count > LONGEST_SENTENCE:
            opening = " ".join(text[start:end].split()[:4]) + " …"
            say = gettext("{hint} It has {count} words.").format(
                hint=gettext(WORDS[HintKind.LONG]), count=count
            )
            yield Hint(HintKind.LONG, start, end, opening, say)
    if read.is_hard:
        yield Hint(
            HintKind.HARD,
            len(text),
            len(text),
            gettext("The whole statement"),
            gettext(WORDS[HintKind.HARD]),
        )
