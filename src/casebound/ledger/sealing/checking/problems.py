"""What a check can find, in plain words: ids and numbers only, never a word of a record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casebound.ledger.sealing.connection import StoreConnection


class ProblemKind(StrEnum):
    """What is wrong. `UNREAD` is no change: nobody could look, so nobody knows."""

    BYTES = "bytes"
    LINE = "line"
    TREE = "tree"
    ORDER = "order"
    HEAD = "head"
    CHECKPOINT = "checkpoint"
    SHORT = "short"
    MARK_MISSING = "mark missing"
    PAGE = "page"
    MARK = "mark"
    KEY = "key"
    WRAP = "wrap"
    CONTENT = "content"
    MISSING = "missing"
    STRAY = "stray"
    DAMAGE = "damage"
    SHOWN = "shown"
    WAITING = "waiting"
    ACCOUNT = "account"
    TRAIL = "trail"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not as it was sealed, or that could not be looked at.

    Attributes:
        kind: the kind of problem.
        words: one sentence that says where and what.
        line: the line of the log from 1, as people count, or 0.
        entry: the entry's id, or empty.
        book: the book's id, or empty; and its page there, or 0.
        what: the end of the sentence, where its beginning says no more than the place.
    """

    kind: ProblemKind
    words: str
    line: int = 0
    entry: str = ""
    book: str = ""
    page: int = 0
    what: str = ""

    @property
    def is_unread(self) -> bool:
        """Say whether it could not be looked at, which is no change."""
        return self.kind is ProblemKind.UNREAD


def unread(words: str) -> Problem:
    """Return the problem that something could not be looked at; `words` is one sentence."""
    return Problem(kind=ProblemKind.UNREAD, words=words)


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of one entry or line, before its book and page are looked up.

    Attributes:
        kind: the kind of problem.
        what: the end of the sentence; the place of the entry begins it.
        index: the leaf from 0, or None.
        entry: the entry's id, or None.
    """

    kind: ProblemKind
    what: str
    index: int | None = None
    entry: str | None = None


def located(store: StoreConnection, faults: Sequence[Fault]) -> list[Problem]:
    """Return each fault with its entry and book in words. 1 query a fault."""
    return [_located(store, fault) for fault in faults]


def place(fault: Fault) -> Problem:
    """Return a fault with its entry and book in words, for a room that looks at one. 1 query."""
    return _located(StoreConnection(), fault)


def _located(store: StoreConnection, fault: Fault) -> Problem:
    entry, index = fault.entry, fault.index
    if entry is None and index is not None:
        row = store.execute("SELECT entry_id FROM log_leaf WHERE idx = %s", [index]).fetchone()
        entry = row[0] if row else None
    if index is None and entry is not None:
        row = store.execute("SELECT idx FROM log_leaf WHERE entry_id = %s", [entry]).fetchone()
        index = row[0] if row else None
    places = (
        store.execute(
            "SELECT book_id, page FROM entry_key WHERE entry_id = %s ORDER BY book_id, page",
            [entry],
        ).fetchall()
        if entry
        else []
    )
    line = 0 if index is None else index + 1
    where = ", ".join(_where(places, entry, line))
    book, page = places[0] if places else ("", 0)
    return Problem(
        kind=fault.kind,
        words=f"{where}: {fault.what}.",
        line=line,
        entry=entry or "",
        book=book,
        page=page,
        what=fault.what if len(places) < 2 else "",  # noqa: PLR2004 (more than one place)
    )


def in_runs(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with one in place of many that follow each other and say the same.

    They follow each other by their pages in one book, or by their lines if they are in no book.
    """
    runs: list[list[Problem]] = []
    open_runs: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        key = (problem.kind.value, problem.book, problem.what)
        run = open_runs.get(key) if problem.what else None
        if run is not None and _follows(run[-1], problem):
            run.append(problem)
        else:
            runs.append([problem])
            open_runs[key] = runs[-1]
    return [_as_one(run) for run in runs]


def _follows(last: Problem, problem: Problem) -> bool:
    if problem.book:
        return problem.page == last.page + 1
    return bool(problem.line) and problem.line == last.line + 1


def _as_one(run: list[Problem]) -> Problem:
    first, last = run[0], run[-1]
    if first is last:
        return first
    where = f"Lines {first.line:,} to {last.line:,} of the log"
    if first.book:
        where = f"Book {first.book}, nos {first.page:,} to {last.page:,}"
    return replace(first, words=f"{where}: {first.what}.")


def _where(places: Iterable[tuple[str, int]], entry: str | None, line: int) -> list[str]:
    words = [f"Book {book}, no. {page}" for book, page in places]
    if not words and entry:
        words = [f"Entry {entry}"]
    if line:
        words.append(f"line {line:,} of the log" if words else f"Line {line:,} of the log")
    return words
