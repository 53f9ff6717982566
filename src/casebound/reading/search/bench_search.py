"""How fast search is over a large store: made-up statements in bulk, and every class of query.

`fill` puts statements straight into the derived store, which no product code does; use it on a
throw-away installation only. The vocabulary is made up and follows Zipf's law, as English does.
"""

import random
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import md5
from itertools import accumulate, islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.db import connections, transaction

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.people.access.allowed import Basis
from casebound.people.access.reads import SeenBook
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Situation
from casebound.reading.search import reads
from casebound.reading.search.actions import tidy_index
from casebound.reading.search.indexed import indexed
from casebound.reading.search.indexing import MAKE_GIN
from casebound.reading.search.keys import EPOCH, LEAF, key, place_of
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import Query, read_query

HOMES = 40
CHILDREN = 5  # in each home
WORDS = 20_000
COMMON = 200  # the most frequent words of the vocabulary
AT_A_TIME = 3 << EPOCH  # statements of one epoch
WORKER = WorkerId("0" * 32)
_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl qu r s sh st t th tr v w y"
_VOWELS = "a e i o u ai ea ee oa ou"
_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: milliseconds in process, from words to what the page shows."""

    words: str
    scope: str
    queries: int
    p50: float
    p99: float
    worst: float
    cpu99: float  # of this thread and its PostgreSQL backend, whatever else the machine does
    found: float  # rows on a page, on average


@cache
def vocabulary() -> tuple[str, ...]:
    """Return made-up words, most frequent first; frequent ones are short, and some inflected."""
    chance = random.Random(7)  # noqa: S311 (made-up words)
    onsets = _ONSETS.split()
    vowels = _VOWELS.split()
    codas = ["", "", "b", "ck", "d", "ft", "ll", "m", "n", "nd", "nt", "p", "r", "rk", "s", "st"]
    endings = ["", "", "", "s", "ed", "ing", "ly", "er"]
    drawn_words: dict[str, None] = {}
    while len(drawn_words) < WORDS:
        syllables = 1 if len(drawn_words) < COMMON else chance.choice((1, 2, 2, 3))
        stem = "".join(
            chance.choice(onsets) + chance.choice(vowels) + chance.choice(codas)
            for _ in range(syllables)
        )
        drawn_words.setdefault(stem + (chance.choice(endings) if len(drawn_words) > COMMON else ""))
    return tuple(drawn_words)


@cache
def _weights() -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(WORDS)))


@cache
def books() -> tuple[SeenBook, ...]:
    """Return made-up books: of each home, and of its children. They are in no room's tables."""
    made_up_books = []
    for number in range(HOMES):
        home = HomeId(_made_id(f"home {number}"))
        for child in range(CHILDREN + 1):
            book = _made_id(f"book {number} {child}")
            made_up_books.append(
                SeenBook(
                    BookId(book),
                    ChildId(book) if child else None,
                    home,
                    f"Home {number}",
                    vocabulary()[-number * 10 - child - 1].title(),
                    WORKER,
                    bases=(Basis(role_of("residential_worker"), Situation.LIVES_HERE),),
                )
            )
    return tuple(made_up_books)


def fill(rows: int, *, seed: int = 1) -> None:
    """Put `rows` made-up statements into an empty derived store, three to an entry."""
    connection = connections["derived"]
    columns = [str(field.column) for field in IndexedStatement._meta.concrete_fields]
    generated = _rows(rows, random.Random(seed))  # noqa: S311 (made-up words)
    insert = (
        f"INSERT INTO {IndexedStatement._meta.db_table} ({', '.join(columns)}) "  # noqa: S608 (our own names)
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    if connection.vendor == "postgresql":
        _run("DROP INDEX search_indexedstatement_vector")
    while batch := list(islice(generated, AT_A_TIME)):
        if connection.vendor == "sqlite":
            batch.sort()  # FTS5 begins a new segment whenever a key is lower than the one before
        with transaction.atomic(using="derived"), connection.cursor() as cursor:
            cursor.executemany(insert, batch)
    if connection.vendor == "postgresql":
        _run(MAKE_GIN)  # at once is ten times as quick as row by row
        _run(f"VACUUM ANALYZE {IndexedStatement._meta.db_table}")
    tidy_index()


def _run(statement: str) -> None:
    with connections["derived"].cursor() as cursor:
        cursor.execute(statement)


def _rows(count: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    written = books()
    busy = [chance.uniform(0.2, 3) for _ in written]
    pages = dict.fromkeys((book.id for book in written), 0)
    adapt = connections["derived"].ops.adapt_datetimefield_value
    entries = -(-count // 3)
    for leaf in range(entries):
        [book] = chance.choices(written, busy)
        pages[book.id] += 1
        at = adapt(_BEGAN + timedelta(minutes=leaf * 3))
        for anchor in (1, 2, 3):
            said = _said(book, chance)
            index = indexed(said)
            yield (
                key(leaf=leaf, home=book.home, book=book.id, ordinal=0, text=anchor),
                book.id, book.home, pages[book.id], anchor, "daily_log", 1,
                at, "fact", "shared", False, "", "", said, index.stems, index.words, index.names,
            )  # fmt: skip


def _said(book: SeenBook, chance: random.Random) -> str:
    count = min(int(chance.lognormvariate(3.6, 0.6)) + 3, 400)
    words = chance.choices(vocabulary(), cum_weights=_weights(), k=count)
    if chance.random() < 0.4:  # noqa: PLR2004 (a name in some statements)
        words[0] = book.title
    for place in range(11, count, 12):
        words[place] += "."
    return " ".join(words)


def measure(*, each: int = 200, seed: int = 2) -> list[Measured]:
    """Ask `each` queries of every class in every scope; return the table."""
    chance = random.Random(seed)  # noqa: S311 (made-up words)
    sample = _sample(chance, 2000)
    lines = []
    for words, make in _classes(_size()).items():
        for scope in ("child", "home", "provider"):
            asked = [(make(chance, sample), _scope(scope, chance)) for _ in range(each)]
            lines.append(_timed(words, scope, asked))
    return lines


def table(lines: list[Measured]) -> str:
    """Write the lines as a Markdown table."""
    return "\n".join(
        [
            "| words | scope | queries | p50 ms | p99 ms | worst ms | p99 CPU ms | rows |",
            "|---|---|--:|--:|--:|--:|--:|--:|",
            *(
                f"| {line.words} | {line.scope} | {line.queries} | {line.p50:.2f} | {line.p99:.2f} "
                f"| {line.worst:.2f} | {line.cpu99:.2f} | {line.found:.1f} |"
                for line in lines
            ),
        ]
    )


def _timed(
    words: str, scope: str, asked: list[tuple[Query, list[SeenBook] | reads.Everything]]
) -> Measured:
    clock = _clock()
    times, used, found = [], [], 0
    for query, within in asked:
        ran, began = clock(), time.perf_counter()
        page = reads.search(query, books=within)
        times.append((time.perf_counter() - began) * 1000)
        used.append((clock() - ran) * 1000)
        found += len(page.found)
    cuts = quantiles(times, n=100, method="inclusive")
    [*_, cpu99] = quantiles(used, n=100, method="inclusive")
    return Measured(
        words, scope, len(asked), cuts[49], cuts[98], max(times), cpu99, found / len(asked)
    )


def _clock() -> Callable[[], float]:
    """Return what tells the seconds of processor time used so far."""
    connection = connections["derived"]
    if connection.vendor == "sqlite":
        return time.thread_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    ticks = Path(f"/proc/{backend}/schedstat")
    if not ticks.exists():  # not Linux, or another machine
        return time.thread_time
    return lambda: time.thread_time() + int(ticks.read_text().split()[0]) / 1e9


Make = Callable[[random.Random, list[list[str]]], Query]


def _classes(rows: int) -> dict[str, Make]:
    # The rank from which a word of the vocabulary stands in fewer than fifty statements.
    rare = min(
        bisect_left(range(WORDS - 1), True, key=lambda r: _expected(r, rows) < 50),  # noqa: PLR2004, FBT003
        WORDS - 500,
    )

    def of(text: str) -> Query:
        return read_query(text)

    def long_words(said: list[str]) -> list[str]:
        return [word for word in said if len(word) > 3] or ["have"]  # noqa: PLR2004

    def pair(chance: random.Random, sample: list[list[str]]) -> list[str]:
        statement = chance.choice(sample)
        at = chance.randrange(len(statement) - 1)
        return statement[at : at + 2]

    return {
        "rare": lambda c, _: of(c.choice(vocabulary()[rare:])),
        "common": lambda c, _: of(c.choice(vocabulary()[:COMMON])),
        "two words": lambda c, s: of(" ".join(c.sample(c.choice(s), 2))),
        "phrase": lambda c, s: of(f'"{" ".join(pair(c, s))}"'),
        "prefix of four": lambda c, s: of(c.choice(long_words(c.choice(s)))[:4] + "*"),
        "name": lambda c, _: of(c.choice(books()).title),
    }


def _expected(rank: int, rows: int) -> float:
    weights = _weights()
    share = (weights[rank] - weights[rank - 1] if rank else weights[0]) / weights[-1]
    return share * 45 * rows


def _scope(scope: str, chance: random.Random) -> list[SeenBook] | reads.Everything:
    if scope == "provider":
        return reads.Everything(worker=WORKER, at=_BEGAN, books=books(), answers=True)
    book = chance.choice(books())
    if scope == "child":
        return [book]
    return [other for other in books() if other.home == book.home]


def _size() -> int:
    with connections["derived"].cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {IndexedStatement._meta.db_table}")  # noqa: S608
        (last,) = cursor.fetchone()
    return ((place_of(last) >> LEAF) + 1) * 3 if last is not None else 0


def _sample(chance: random.Random, count: int) -> list[list[str]]:
    with connections["derived"].cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM search_indexedstatement")
        (last,) = cursor.fetchone()
        texts = []
        for _ in range(count):
            cursor.execute(
                "SELECT text FROM search_indexedstatement WHERE id >= %s ORDER BY id LIMIT 1",
                [chance.randrange(last)],
            )
            texts += [text for (text,) in cursor.fetchall()]
    return [words for text in texts if len(words := text.replace(".", "").split()) > 1]


def _made_id(name: str) -> str:
    return md5(name.encode(), usedforsecurity=False).hexdigest()
