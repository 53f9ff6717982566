"""Each subject that can be measured: runs it on a scratch installation, and sums it up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from tools.bench import serving
from tools.bench.figures import Figure, at_least, at_most
from tools.bench.scratch import Scratch, Store, scratch

SEARCH_P99 = {"sqlite": 10.0, "postgres": 25.0}
KINDS_OF_PAGE = ("first", "next", "last", "jump to a date")
KINDS_OF_LOOKS = (
    "the newest of a manager", "a child", "a person", "a day", "a page far back", "every book",
    "the last two weeks",
)  # fmt: skip
SHORT_TRAIL = 10_000
MOST_LOOKING = 100.0  # of a page that a manager opens
MOST_MEMORY = 64.0
MOST_HINTING = 50.0
MOST_RESTRICTED = 1.1  # times the same without restrictions
FLAT = 1.05  # of the workers' memory after they have warmed up


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured."""

    rounds: int
    seconds: float
    writes: int
    pages: int
    lines: int
    statements: int
    queries: int
    entries: int
    signs: int
    requests: int
    stored: int
    looks: int
    in_homes: int


FULL = Size(
    rounds=3, seconds=4.0, writes=4000, pages=60, lines=1_000_000, statements=1_000_000,
    queries=200, entries=20_000, signs=400, requests=100_000, stored=5000,
    looks=10_000_000, in_homes=2000,
)  # fmt: skip
QUICK = Size(
    rounds=3, seconds=0.7, writes=400, pages=15, lines=20_000, statements=20_000, queries=20,
    entries=1000, signs=40, requests=2000, stored=500,
    looks=50_000, in_homes=200,
)  # fmt: skip

Measure = Callable[[Scratch, Size], Iterator[Figure]]


def measured(subject: str, store: Store, size: Size) -> list[Figure]:
    """Measure one subject on a fresh scratch installation of its own."""
    with scratch(store) as made:
        made.call("start.begin")
        return list(SUBJECTS[subject](made, size))


def seal(made: Scratch, size: Size) -> Iterator[Figure]:
    """Signing and sealing beside the record built by hand and beside the bare disk."""
    got = made.call("seal.rates", rounds=size.rounds, seconds=size.seconds, most=size.writes)
    runs = got["runs"]

    def line(words: str, found: str, target: tuple[str, bool] | None = None) -> Figure:
        return _figure("seal", made, words, found, target)

    for writers in (1, 8, 32):
        for way, called in _WAYS.items():
            run = runs[f"{way} {writers}"]
            yield line(
                f"{called}, {writers} at once",
                f"{run['rate']:.0f}/s, p50 {run['p50']:.1f} ms, p99 {run['p99']:.1f} ms",
            )
    for way in ("signed", "sealed"):
        ratio = runs[f"{way} 1"]["rate"] / runs["by_hand 1"]["rate"]
        yield line(f"{_WAYS[way]} / by hand, 1 writer", f"{ratio:.2f}", at_least(ratio, 0.7))
        more = runs[f"{way} 32"]["rate"] / runs[f"{way} 1"]["rate"]
        wanted = at_least(more, 2.5) if made.store == "postgres" else None
        yield line(f"{_WAYS[way]}, 32 writers / 1 writer", f"{more:.2f}", wanted)
    for way in ("signed", "sealed", "by_hand"):
        tail = runs[f"{way} 8"]["p99"] / runs[f"{way} 8"]["p50"]
        wanted = None if way == "by_hand" else at_most(tail, 3)
        yield line(f"{_WAYS[way]}, p99 / p50 at 8 writers", f"{tail:.1f}", wanted)
    lost = got["lost"] + got["lines_lost"]
    whole = lost == 0 and got["verified"]
    found = f"{lost} of {got['sealed']:,}"
    yield line("entries lost, the log verified afterwards", found, ("0, whole", whole))
    yield line("by hand: lost, chain unbroken", f"{got['lost_by_hand']}, {got['unbroken_by_hand']}")


_WAYS = {
    "signed": "a draft signed",
    "sealed": "an entry sealed",
    "by_hand": "by hand",
    "raw": "one raw row committed",
}


def page(made: Scratch, size: Size) -> Iterator[Figure]:
    """The CPU of a book page beside the ordinary template and the empty view."""
    got = made.call("page.cpu", rounds=3 * size.rounds, each=size.pages)
    ms = got["ms"]
    for name, words in _PAGES.items():
        yield _figure("page", made, words, f"{ms[name]:.2f} ms CPU, {got['bytes'][name]:,} bytes")
    hand, empty, known = (ms["book"] / ms[name] for name in ("by_hand", "empty", "signed_in"))
    yield _figure("page", made, "book page / by hand", f"{hand:.2f}", at_most(hand, 0.25))
    yield _figure("page", made, "book page / empty view", f"{empty:.2f}", at_most(empty, 2))
    yield _figure("page", made, "book page / empty view that knows who asks", f"{known:.2f}")


_PAGES = {
    "book": "book page of 25 entries of 2 KB",
    "by_hand": "the same by hand, through a template",
    "shift": "Shift page of five children",
    "empty": "empty view",
    "signed_in": "empty view that knows who asks",
}


def pages(made: Scratch, size: Size) -> Iterator[Figure]:
    """Pages of a long book beside those of a book of a thousand entries."""
    ms = made.call("deep.pages", lines=size.lines, each=size.pages * size.rounds * 2)["ms"]
    for kind in KINDS_OF_PAGE:
        long, short = ms[f"{kind} long"], ms[f"{kind} short"]
        for cut in ("p50", "p99"):
            ratio = long[cut] / short[cut]
            yield _figure(
                "pages",
                made,
                f"{kind} page, {cut}: {size.lines:,} entries / 1,000",
                f"{long[cut]:.1f} ms / {short[cut]:.1f} ms = {ratio:.2f}",
                at_most(ratio, 1.15),
            )


def search(made: Scratch, size: Size) -> Iterator[Figure]:
    """Search: every class of query in every scope."""
    got = made.call("find.queries", rows=size.statements, each=size.queries)
    for line in got["lines"]:
        yield _figure(
            "search",
            made,
            f"{line['words']}, {line['scope']}, {size.statements:,} statements",
            f"p50 {line['p50']:.1f} ms, p99 {line['p99']:.1f} ms",
            at_most(line["p99"], SEARCH_P99[made.store]),
        )


def verify(made: Scratch, size: Size) -> Iterator[Figure]:
    """The two checks of the log: in what memory at two sizes, and how fast at the larger."""
    made.call("check.fill", entries=size.entries)
    yield from _memory(made, size, "verify", ("quick_in_memory", "full_in_memory"))
    got = made.call("check.speed", rounds=size.rounds)
    took, entries, cores = got["seconds"], got["entries"], got["cores"]
    rate = entries / took["full"]
    for name, words in (
        ("quick_on_every_core", f"quick, as the command runs it on {cores} cores"),
        ("quick", "quick on one core"),
    ):
        ratio = took["sha256"] / took[name]
        yield _figure(
            "verify", made, f"{words} / bare SHA-256, {got['bytes'] / 1e6:.0f} MB",
            f"{ratio:.2f} ({entries / took[name]:,.0f} entries/s)",
            at_least(ratio, 0.35) if name == "quick_on_every_core" else None,
        )  # fmt: skip
    yield _figure(
        "verify", made, f"full, {entries:,} entries", f"{rate:,.0f} entries/s and core",
        at_least(rate, 1500),
    )  # fmt: skip


def rebuild(made: Scratch, size: Size) -> Iterator[Figure]:
    """Remaking the derived store."""
    made.call("check.fill", entries=size.entries)
    yield from _memory(made, size, "rebuild", ("rebuilt",))


def _memory(
    made: Scratch, size: Size, subject: str, functions: tuple[str, ...]
) -> Iterator[Figure]:
    for more in (0, size.entries):
        if more:
            made.call("check.fill", entries=more)
        for function in functions:
            got = made.call(f"check.{function}")
            rate = got["entries"] / got["seconds"]
            yield _figure(
                subject, made, f"{function.split('_', 1)[0]}, {got['entries']:,} entries: memory",
                f"{got['mb']:.0f} MB beyond idle, {rate:,.0f} entries/s",
                at_most(got["mb"], MOST_MEMORY),
            )  # fmt: skip


def serve(made: Scratch, size: Size) -> Iterator[Figure]:
    """The Shift page and Sign against a real server, and what its two workers hold."""
    got = serving.measured(
        made, seconds=size.seconds, rounds=size.rounds, drafts=size.signs, requests=size.requests
    )
    for kind in ("shift", "sign"):
        for clients in serving.CLIENTS:
            runs = got[f"{kind} {clients}"]
            rate, p50, p99 = (median(run[name] for run in runs) for name in ("rate", "p50", "p99"))
            yield _figure(
                "serve", made, f"{_SERVED[kind]}, {clients} clients",
                f"{rate:.0f}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms",
            )  # fmt: skip
    yield _figure("serve", made, "re-authentication, apart", f"{got['proving']:.0f} ms CPU")
    warm, after = got["memory_warm"], got["memory_after"]
    yield _figure(
        "serve", made, f"memory of two workers, after {got['requests']:,} requests more",
        f"{got['memory_before']:.0f} MB, {warm:.0f} MB, {after:.0f} MB",
        (f"flat (within {FLAT - 1:.0%})", after <= warm * FLAT),
    )  # fmt: skip


_SERVED = {"shift": "Shift page", "sign": "Sign, re-authentication apart"}


def disk(made: Scratch, size: Size) -> Iterator[Figure]:
    """Bytes on disk for each entry, store by store."""
    got = made.call("disk.use", entries=size.stored)
    for store, bytes_each in got["stores"].items():
        yield _figure(
            "disk", made, f"{_STORES[store]}, for each entry of {got['text']:.0f} bytes of text",
            f"{bytes_each:,.0f} bytes = {bytes_each / got['text']:.1f} times",
        )  # fmt: skip


_STORES = {
    "default": "ledger",
    "keyring": "keyring",
    "derived": "derived",
    "by_hand": "by hand (all of it)",
}


def trail(made: Scratch, size: Size) -> Iterator[Figure]:
    """Who looked, asked of a trail of ten million looks."""
    got = made.call("trail.questions", rows=size.looks, each=size.queries)
    for kind in KINDS_OF_LOOKS:
        long, short = got["ms"][f"{kind} long"], got["ms"][f"{kind} short"]
        yield _figure(
            "trail",
            made,
            f"{kind}, of {got['rows']:,} looks",
            f"p50 {long['p50']:.1f} ms, p99 {long['p99']:.1f} ms"
            f" (of {SHORT_TRAIL:,}: p50 {short['p50']:.1f} ms)",
            (f"p99 at most {MOST_LOOKING:g} ms", long["p99"] <= MOST_LOOKING),
        )


def restricted(made: Scratch, size: Size) -> Iterator[Figure]:
    """Pages of a home with restrictions on 5 % of its statements beside those of one without."""
    got = made.call("restricted.pages", entries=size.in_homes, each=size.pages * size.rounds)
    yield _figure(
        "restricted", made, f"restricted, of {got['statements']:,} statements",
        f"{got['restricted']}: {got['from_the_child']} from the child; {got['released']} released",
    )  # fmt: skip
    for kind, ms in got["ms"].items():
        ratio = ms["with"]["p50"] / ms["without"]["p50"]
        yield _figure(
            "restricted",
            made,
            f"{kind}, p50: with restrictions / without",
            f"{ms['with']['p50']:.1f} ms / {ms['without']['p50']:.1f} ms = {ratio:.2f}",
            at_most(ratio, MOST_RESTRICTED),
        )


def hints(made: Scratch, size: Size) -> Iterator[Figure]:
    """Hints on 4 KB of text, the query for the provider's own words included."""
    got = made.call("hints.latency", each=size.pages * 8)
    yield _figure(
        "hints",
        made,
        f"hints on {got['bytes']:,} bytes of text ({got['hints']:.0f} found on average)",
        f"p50 {got['p50']:.1f} ms, p99 {got['p99']:.1f} ms",
        (f"p99 at most {MOST_HINTING:g} ms", got["p99"] <= MOST_HINTING),
    )


def profile(made: Scratch, size: Size) -> Iterator[Figure]:
    """The five dearest functions of signing and of the book page."""
    for name, words in (("seal", "signing a draft"), ("page", "a book page")):
        got: dict[str, Any] = made.call(f"profile.{name}", each=size.pages * 5)
        for place, call in enumerate(got["top"], start=1):
            yield _figure(
                "profile", made, f"{words}, {place}: `{call['where']}`",
                f"{call['ms'] / got['ms']:.0%} of the time, {call['calls']:.0f} calls",
            )  # fmt: skip


SUBJECTS: dict[str, Measure] = {
    "seal": seal,
    "page": page,
    "pages": pages,
    "search": search,
    "verify": verify,
    "rebuild": rebuild,
    "serve": serve,
    "disk": disk,
    "trail": trail,
    "restricted": restricted,
    "hints": hints,
    "profile": profile,
}


def _figure(
    subject: str, made: Scratch, words: str, found: str, target: tuple[str, bool] | None = None
) -> Figure:
    asked, met = target or ("", None)
    return Figure(
        subject=subject, store=made.store, words=words, found=found, target=asked, met=met
    )
