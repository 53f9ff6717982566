"""How long the server takes to answer for what is there and for what is not, pair by pair.

    .venv/bin/python -m tools.trials.answer_times [--pairs 200]

A colleague asks, in turns and in no fixed order, for an entry that is kept from them and for a
number that the book does not have, for a book they may not read and for an id of no book, for a
kept word and for a word that nobody wrote. The medians of both are printed, with the share of pairs
in which what is there took longer: about a half if nobody can tell.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.test import Client

PAIRS: Final = 200
WARM: Final = 20  # pairs that are not counted
TELLS: Final = (0.35, 0.65)  # a share outside is told: by chance, one in 40,000 of 200 pairs


@dataclass(frozen=True, slots=True)
class Paired:
    """How long both took, in milliseconds, and how often what is there took longer."""

    what: str
    there: float
    not_there: float
    longer: float

    @property
    def tells(self) -> bool:
        """Whether the times tell what is there."""
        return not TELLS[0] <= self.longer <= TELLS[1]

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.what}: {self.there:.2f} ms where it is there, {self.not_there:.2f} ms where"
            f" not; longer in {self.longer:.0%} of the pairs{': TELLS' if self.tells else ''}"
        )


def paired(
    what: str, there: Callable[[], object], not_there: Callable[[], object], *, pairs: int
) -> Paired:
    """Ask for both, in turns and in no fixed order."""
    chance = random.Random(pairs)  # noqa: S311 (not for keys)
    took: list[tuple[float, float]] = []
    for number in range(pairs + WARM):
        first = chance.random() < 0.5  # noqa: PLR2004 (a coin)
        times = [_timed(ask) for ask in ((there, not_there) if first else (not_there, there))]
        if number >= WARM:
            took.append((times[0], times[1]) if first else (times[1], times[0]))
    return Paired(
        what,
        statistics.median(there for there, _ in took) * 1000,
        statistics.median(other for _, other in took) * 1000,
        sum(there > other for there, other in took) / len(took),
    )


def _timed(ask: Callable[[], object]) -> float:
    before = time.perf_counter()
    ask()
    return time.perf_counter() - before


def tried(*, pairs: int) -> Iterator[Paired]:
    """Try each kind of pair, in an installation of its own."""
    from django.urls import reverse  # noqa: PLC0415 (Django is set up by then)

    from tools.trials.oracle import stages  # noqa: PLC0415

    for stage in stages("sqlite"):
        made_up = stage.made_up
        kept = made_up.write(
            made_up.jay, "Jay told of marzipan.", form="allegation",
            answers={"about_whom": [{"id": made_up.kit.id}]},
        )  # fmt: skip
        book, number = made_up.jay.book, kept.numbers[made_up.jay.book]
        browser = made_up.browser_of(made_up.kit)
        entry, books = "chronology:entry", "chronology:book"
        yield paired(
            "an entry that is kept from them",
            _get(browser, reverse(entry, args=[book, number])),
            _get(browser, reverse(entry, args=[book, number + 500])),
            pairs=pairs,
        )
        yield paired(
            "a book of another home",
            _get(browser, reverse(books, args=[made_up.noor.book])),
            _get(browser, reverse(books, args=["0" * 32])),
            pairs=pairs,
        )
        yield paired(
            "a word of a kept entry",
            _search(browser, "marzipan"),
            _search(browser, "marzibus"),
            pairs=pairs,
        )


def _get(browser: "Client", path: str) -> Callable[[], object]:
    return lambda: browser.get(path)


def _search(browser: "Client", words: str) -> Callable[[], object]:
    from django.urls import reverse  # noqa: PLC0415 (as above)

    return lambda: browser.post(reverse("search:search"), {"q": words})


def main(words: Sequence[str] | None = None) -> int:
    """Try and print."""
    parser = argparse.ArgumentParser(description="Times of what is there and of what is not.")
    parser.add_argument("--pairs", type=int, default=PAIRS)
    asked = parser.parse_args(words)
    done = list(tried(pairs=asked.pairs))
    print("\n".join(str(pairs) for pairs in done))
    return 1 if any(pairs.tells for pairs in done) else 0


if __name__ == "__main__":
    sys.exit(main())
