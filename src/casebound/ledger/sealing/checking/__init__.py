"""`quick` and `full`: is every entry still exactly what was sealed? (format, section 4)"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casebound.foundation.proof.tree import CompactRange
from casebound.ledger.sealing.checking import contents, heads, lines, pages, stored, work
from casebound.ledger.sealing.checking.heads import Head
from casebound.ledger.sealing.checking.lines import BLOCK, LEVEL, Lines
from casebound.ledger.sealing.checking.problems import Kind, Problem, located
from casebound.ledger.sealing.checking.work import Piece
from casebound.ledger.sealing.plain import Plain

__all__ = ["Checked", "Kind", "Problem", "full", "quick"]

MOST_PROBLEMS = 1000  # listed; more are counted
# How much one worker does at a time.
_LINES = 16 * BLOCK
_ROWS = 10_000
_PAGES = 4_000
_ENTRIES = 500


@dataclass(slots=True)
class Checked:
    """What a check found.

    Attributes:
        full: whether every entry was opened too.
        entries: how many sealed entries there are.
        size: how many lines the log has.
        root: of the tree that the lines make.
        problems: what is wrong, at most 1,000.
        more: how many problems are not listed.
        seconds: how long it took.
    """

    full: bool
    entries: int = 0
    size: int = 0
    root: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.problems


def quick(*, workers: int = 1) -> Checked:
    """Hash the stored bytes of every entry, and the whole log, again. No key is needed.

    With several workers processes are forked: for commands, not for a server. Memory does not
    grow with the log.
    """
    return _check(full=False, workers=workers)


def full(*, workers: int = 1) -> Checked:
    """Do what `quick` does, and open every entry and recompute all that was signed."""
    return _check(full=True, workers=workers)


def _check(*, full: bool, workers: int) -> Checked:
    began = time.monotonic()
    plain = Plain()
    found = Checked(full)
    with plain.errors(), work.one_moment(plain) as moment:
        head = heads.head_of(plain)
        found.size = head.size
        check = _Check(plain, head, found, workers, moment)
        check.quick()
        if full:
            check.full()
    found.seconds = time.monotonic() - began
    return found


@dataclass(slots=True)
class _Check:
    """One check at work."""

    plain: Plain
    head: Head
    found: Checked
    workers: int
    moment: str
    starts: list[tuple[int, list[bytes]]] = field(default_factory=list)

    def quick(self) -> None:
        """Hash the lines and the stored bytes again, and compare them, the tree and the head."""
        salt = stored.fresh_salt()
        places = stored.places(self.plain)
        waiting, waiting_sum = stored.add_up_pending(self.plain, salt)
        on_lines: list[Piece] = [
            (lines.check_lines, (*piece, salt)) for piece in _pieces(self.head.size, _LINES)
        ]
        on_bytes: list[Piece] = [
            (stored.add_up_stored, (*piece, salt))
            for piece in _pieces(places, _PAGES if self.plain.is_postgres else _ROWS)
        ]
        results = self._answers([*on_lines, *on_bytes])
        logged = Lines(entries=waiting, sum=waiting_sum)
        tree = self._tree(logged, [next(results) for _ in on_lines])
        self._check_head(tree)
        bodies, held = [sum(column) for column in zip((0, 0), *results, strict=True)]
        if (bodies, held) != (logged.entries, logged.sum):
            self._add(located(self.plain, stored.find_wrong_bytes(self.plain, self.head.size)))
        keys, problems = pages.check_pages(self.plain)
        self._add(problems)
        if keys != logged.marks:
            self._add(located(self.plain, pages.find_wrong_keys(self.plain, self.head.size)))
        self.found.entries = logged.entries - waiting

    def full(self) -> None:
        """Open every book and every entry."""
        self._add(pages.check_keys(self.plain))
        on_contents: list[Piece] = [
            (contents.check_contents, piece) for piece in _pieces(self.head.size, _ENTRIES)
        ]
        for faults in self._answers([*on_contents, *self._on_checkpoints()]):
            self._add(located(self.plain, faults))

    def _tree(self, logged: Lines, parts: list[Lines]) -> CompactRange:
        """Put the blocks of lines together into the whole tree."""
        blocks = CompactRange()
        for part in parts:
            self.starts.append((blocks.size * BLOCK, list(blocks.peaks)))
            logged.entries += part.entries
            logged.marks += part.marks
            logged.sum += part.sum
            self._add(located(self.plain, part.faults))
            for root in part.roots:
                for level, index, node in blocks.append(root):
                    if self.found.ok:  # what is above a wrong line is wrong as well
                        faults = lines.compare_nodes(self.plain, LEVEL + level, index, [node])
                        self._add(located(self.plain, faults))
        tree = CompactRange(blocks.size * BLOCK, blocks.peaks)
        for digest in parts[-1].rest if parts else ():
            tree.append(digest)
        self.found.root = tree.root()
        return tree

    def _check_head(self, tree: CompactRange) -> None:
        problems = heads.check_head(self.plain, self.head, tree, sound=self.found.ok)
        if self.found.ok and any(one.kind is Kind.CHECKPOINT for one in problems):
            # Lines and tree agree with each other: an earlier checkpoint tells where they changed.
            for faults in self._answers(self._on_checkpoints()):
                self._add(located(self.plain, faults))
        self._add(problems)
        self._add(heads.check_highwater(self.plain, self.head, sound=self.found.ok))

    def _on_checkpoints(self) -> list[Piece]:
        ends = [first for first, _ in self.starts[1:]] + [self.head.size]
        return [
            (heads.check_checkpoints, (first, end, peaks))
            for (first, peaks), end in zip(self.starts, ends, strict=False)
        ]

    def _answers(self, pieces: list[Piece]) -> Iterator[Any]:
        return work.answers(pieces, workers=self.workers, moment=self.moment)

    def _add(self, problems: list[Problem]) -> None:
        room = MOST_PROBLEMS - len(self.found.problems)
        self.found.problems += problems[:room]
        self.found.more += len(problems[room:])


def _pieces(end: int, step: int) -> list[tuple[int, int]]:
    return [(first, min(first + step, end)) for first in range(0, end, step)]
