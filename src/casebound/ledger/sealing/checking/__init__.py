"""Is every entry still exactly what was sealed? `quick` and `full` say (format, section 4)."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.db import DatabaseError

from casebound.foundation.proof.tree import CompactRange
from casebound.ledger.sealing.checking import contents, damage, heads, lines, pages, stored, work
from casebound.ledger.sealing.checking.heads import CheckedHead
from casebound.ledger.sealing.checking.problems import (
    Problem,
    ProblemKind,
    in_runs,
    located,
    unread,
)
from casebound.ledger.sealing.checking.stored import BLOCK, LEVEL, Hashed
from casebound.ledger.sealing.checking.work import Piece
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.stored_entry import is_unreadable

__all__ = [
    "Checked",
    "Outcome",
    "Problem",
    "ProblemKind",
    "full",
    "in_runs",
    "quick",
    "unread",
]

MOST_PROBLEMS = 1000  # are listed; further problems are only counted
# How much one worker does at a time.
_LINES = BLOCK  # small pieces, so that several workers end together
_ENTRIES = 500


class Outcome(IntEnum):
    """How a check ended; the number is the exit code of `casebound verify`."""

    WELL = 0
    CHANGED = 1  # and perhaps something else could not be looked at
    UNREAD = 2  # what could be looked at is well; the rest is named


@dataclass(slots=True)
class Checked:
    """The result of a check.

    Attributes:
        full: whether every entry was opened too.
        entries: how many sealed entries there are.
        size: how many lines the log has.
        root: the root of the tree of these lines.
        problems: what is wrong or could not be looked at, at most 1,000.
        more: how many problems are not listed.
        changed: whether anything is not as it was sealed, listed or not.
        seconds: how long it took.
    """

    full: bool
    entries: int = 0
    size: int = 0
    root: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    seconds: float = 0.0
    changed: bool = False

    @property
    def ok(self) -> bool:
        """Say whether everything was looked at and nothing is wrong."""
        return not self.problems

    @property
    def outcome(self) -> Outcome:
        """Say how the check ended. What could not be looked at counts as well as what is wrong."""
        if self.changed:
            return Outcome.CHANGED
        return Outcome.UNREAD if self.problems else Outcome.WELL

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems: list them while there is room, then count them."""
        new = [problem for problem in problems if problem not in self.problems]
        self.changed = self.changed or not all(problem.is_unread for problem in new)
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += new[:room]
        self.more += len(new[room:])


def quick(*, workers: int = 1) -> Checked:
    """Hash the stored bytes of every entry, and the whole log, again. No key is needed.

    With several workers it forks processes, so only commands may ask for them, not a server. Memory
    does not grow with the log.
    """
    return _check(full=False, workers=workers)


def full(*, workers: int = 1) -> Checked:
    """Do what `quick` does. Then open every entry and recompute everything that was signed."""
    return _check(full=True, workers=workers)


def _check(*, full: bool, workers: int) -> Checked:
    began = time.monotonic()
    checked = Checked(full)
    try:
        store = StoreConnection()
        with store.errors(), work.one_moment(store) as moment:
            head = heads.head_of(store)
            checked.size = head.size
            check = _Check(store, head, checked, workers, moment)
            check.quick()
            if full:
                check.full()
    except damage.UNREADABLE as unreadable:
        if isinstance(unreadable, DatabaseError) and not is_unreadable(unreadable):
            why = type(unreadable).__name__
            checked.add([unread(f"The check stopped: the store could not be used ({why}).")])
            return checked
        for problems in damage.find_damage(checked.size, why=unreadable):
            checked.add(problems)
    checked.seconds = time.monotonic() - began
    return checked


@dataclass(slots=True)
class _Check:
    """One check at work."""

    store: StoreConnection
    head: CheckedHead
    found: Checked
    workers: int
    moment: str
    starts: list[tuple[int, list[bytes]]] = field(default_factory=list)
    nodes: list[list[tuple[int, int, bytes]]] = field(default_factory=list)
    marks: int = 0
    looked: bool = False

    def quick(self) -> None:
        """Hash the lines and the stored bytes again, and compare them and the head."""
        hashed = Hashed()
        tree = self._hash_all(hashed)
        self.found.root, self.found.entries = tree.root(), hashed.entries
        hashed.meet(stored.waiting(self.store), [])
        problems = heads.check_head(self.store, self.head, tree)
        short = heads.check_highwater(self.store, self.head, tree)
        if problems or short or hashed.wrong_lines:
            self._find_wrong_lines()
        if not self.found.ok:  # the problems found explain a wrong head already
            tree = heads.own_tree(self.head) or tree
            problems = heads.check_head(self.store, self.head, tree)
            short = heads.check_highwater(self.store, self.head, tree)
        self.found.add([*problems, *short])
        self.found.add(stored.without_folder(self.store))
        if hashed.lines or hashed.bodies:
            for faults in stored.find_wrong_bytes(self.store, self.head.size):
                self.found.add(located(self.store, faults))

    def full(self) -> None:
        """Check every line, page and key, and open every entry."""
        if not self.looked:
            self._find_wrong_lines()
        self._check_pages()
        wrong_tags, problems = pages.check_tags(self.store)
        self.found.add(problems)
        wrong_keys, problems = pages.check_keys(self.store)
        self.found.add(problems)
        self.found.add(located(self.store, stored.find_stray_files(self.store)))
        on_contents: list[Piece] = [
            (contents.check_contents, (*piece, wrong_tags, wrong_keys))
            for piece in _pieces(self.head.size, _ENTRIES)
        ]
        for faults in self._answers(on_contents):
            self.found.add(located(self.store, faults))

    def _hash_all(self, hashed: Hashed) -> CompactRange:
        """Hash everything in pieces, and put the pieces together into the whole tree."""
        on_all = [
            (stored.hash_all, (*piece, *between))
            for piece, between in zip(_pieces(self.head.size, _LINES), self._places(), strict=True)
        ]
        blocks, rest = CompactRange(), []
        for part in self._answers(on_all):
            self.starts.append((blocks.size * BLOCK, list(blocks.peaks)))
            for root in part.roots:
                self.nodes.append(blocks.append(root))
            rest = part.rest
            hashed.entries += part.entries
            hashed.wrong_lines = hashed.wrong_lines or part.wrong_lines
            hashed.meet(list(part.lines.items()), list(part.bodies.items()))
        tree = CompactRange(blocks.size * BLOCK, blocks.peaks)
        for digest in rest:
            tree.append(digest)
        return tree

    def _places(self) -> list[tuple[int, int]]:
        """Return where the bytes of each piece of the log begin and end."""
        starts = [0] if self.head.size else []
        for first, _ in _pieces(self.head.size, _LINES)[1:]:
            starts.append(max(starts[-1], stored.place_of(self.store, first) or 0))
        ends = [*starts[1:], stored.places(self.store)]
        return list(zip(starts, ends, strict=False))

    def _find_wrong_lines(self) -> None:
        """Check every line and node by itself; if all are well, find the first wrong checkpoint."""
        self.looked = True
        before = len(self.found.problems)
        on_lines: list[Piece] = [
            (lines.check_lines, piece) for piece in _pieces(self.head.size, _LINES)
        ]
        for marks, faults in self._answers(on_lines):
            self.marks += marks
            self.found.add(located(self.store, faults))
        for level, index, node in (
            node_rows for completed in self.nodes for node_rows in completed
        ):
            if self._is_unexplained(before):  # every node above a wrong line is wrong too
                faults = lines.compare_nodes(self.store, LEVEL + level, index, [node])
                self.found.add(located(self.store, faults))
        if self._is_unexplained(before):
            for faults in self._answers(self._on_checkpoints()):
                self.found.add(located(self.store, faults))

    def _is_unexplained(self, before: int) -> bool:
        """Say whether nothing was found since that makes tree and checkpoints wrong too."""
        return all(problem.kind is ProblemKind.ORDER for problem in self.found.problems[before:])

    def _check_pages(self) -> None:
        keys, problems = pages.check_pages(self.store)
        self.found.add(problems)
        if keys != self.marks:
            for faults in pages.find_wrong_keys(self.store, self.head.size):
                self.found.add(located(self.store, faults))

    def _on_checkpoints(self) -> list[Piece]:
        ends = [first for first, _ in self.starts[1:]] + [self.head.size]
        return [
            (heads.check_checkpoints, (first, end, peaks))
            for (first, peaks), end in zip(self.starts, ends, strict=False)
        ]

    def _answers(self, pieces: Sequence[Piece]) -> Iterator[Any]:
        return work.answers(pieces, workers=self.workers, moment=self.moment)


def _pieces(end: int, step: int) -> list[tuple[int, int]]:
    return [(first, min(first + step, end)) for first in range(0, end, step)]
