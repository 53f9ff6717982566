"""Made-up text of a chosen length: the same for every store, every run and every comparator."""

import random
from functools import cache

from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.content import Content, HowKnown, Person, StatementContent

WORDS = 180  # of an ordinary entry, as the measures of sealing and checking have it
PAGE_BYTES = 2048  # of an entry on a measured page
FIRST_NAMES = ("Ada", "Ben", "Cleo", "Dev", "Esi", "Finn", "Gita", "Hal")
_PLAIN = (  # noqa: SIM905 (a list of them would be a page long)
    "the and to of a in was he she they that it with for on as at had but we all not were "
    "what said then so one would about out up when came back after before home school bus "
    "garden kitchen table tea toast beans rice soup apple juice football film game music "
    "guitar drawing paint letter phone call friend teacher worker sister brother morning "
    "evening night quiet calm tired happy worried laughed talked walked asked helped cooked "
    "cleaned played watched listened finished began wanted liked chose shared carried waited "
    "slept woke early late slowly gladly together again room bed shoes coat bag book story "
    "homework maths reading swimming park town shop money pocket birthday card cake plan "
    "weekend visit train rain sun wind cold warm door window light cupboard plate cup "
).split()


@cache
def _weights() -> tuple[float, ...]:
    return tuple(1 / (place + 3) for place in range(len(_PLAIN)))


def statements(seed: int, *, words: int = 0, size: int = 0) -> tuple[str, str, str]:
    """Return three paragraphs with `words` words together, or `size` bytes together."""
    chance = random.Random(seed)  # noqa: S311 (made-up words)
    taken = chance.choices(_PLAIN, _weights(), k=words or size // 3)
    if size:
        # Joined in three paragraphs, the blanks at the two cuts fall away.
        text = " ".join(taken)[: size + 2]
        cut = [text.index(" ", size // 3), text.index(" ", 2 * size // 3)]
        return text[: cut[0]], text[cut[0] + 1 : cut[1]], text[cut[1] + 1 :]
    third = words // 3
    parts = taken[:third], taken[third : 2 * third], taken[2 * third :]
    return " ".join(parts[0]), " ".join(parts[1]), " ".join(parts[2])


def content(seed: int, *, happened_from: str, words: int = 0, size: int = 0) -> Content:
    """Return a daily log that lacks nothing, of three statements."""
    return Content(
        happened_from=happened_from,
        how_known=HowKnown.WAS_THERE,
        present=(Person("Sam Okafor", "residential worker"),),
        statements=tuple(
            StatementContent(text=text) for text in statements(seed, words=words, size=size)
        ),
        answers={"shift": "late", "mood": ("calm",), "view_missing": "not_asked"},
    )


def by_hand(content: Content) -> dict[str, Json]:
    """Return the same content as a record built by hand would keep it: what is said alone."""
    return {name: _said(value) for name, value in content.to_json().items() if value}


def _said(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _said(part) for name, part in value.items() if part}
    if isinstance(value, list):
        return [_said(part) for part in value]
    return value
