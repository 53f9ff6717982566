"""Checking the head of the log, its checkpoints, and the high-water mark."""

from dataclasses import dataclass

from casebound.foundation.proof.errors import MismatchError, ProofError
from casebound.foundation.proof.notes import Checkpoint, check_checkpoint
from casebound.foundation.proof.tree import CompactRange
from casebound.ledger.sealing import highwater, sequencing
from casebound.ledger.sealing.checking import lines
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind
from casebound.ledger.sealing.clock_corrections import AT
from casebound.ledger.sealing.connection import StoreConnection

_AT_A_TIME = 1000
_NO_NOTE = "the signed checkpoint over it is missing"
_WRONG_NOTE = "the signed checkpoint over it is not the one of this log"


@dataclass(frozen=True, slots=True)
class CheckedHead:
    """The log according to its head, and how far its rows reach, all at one moment.

    Attributes:
        size: the number of lines, according to the head.
        peaks: the compact range, according to the head.
        last: the last line, and the size of the last checkpoint; -1 if there is none.
        last_at: the time from which the next line goes on, according to the head.
    """

    size: int
    peaks: bytes
    last: int
    last_checkpoint: int
    last_at: str


def head_of(store: StoreConnection) -> CheckedHead:
    """Read the head. 1 query."""
    row = store.execute(
        "SELECT size, peaks, (SELECT coalesce(max(idx), -1) FROM log_leaf),"
        " (SELECT coalesce(max(size), -1) FROM log_checkpoint), last_at"
        " FROM log_head WHERE id = 1"
    ).fetchone()
    if row is None:
        last = store.execute("SELECT coalesce(max(idx), -1) FROM log_leaf").fetchone()[0]
        return CheckedHead(0, b"", last, -1, "")
    return CheckedHead(row[0], bytes(row[1]), row[2], row[3], row[4])


def check_head(store: StoreConnection, head: CheckedHead, tree: CompactRange) -> list[Problem]:
    """Compare the head with the tree its lines make, and check its signature. 2 queries."""
    problems = []
    if head.last + 1 != head.size:
        words = (
            f"The log has {head.last + 1:,} lines, and its head says {head.size:,}:"
            " it was rolled back, or lines were added or removed at its end."
        )
        problems.append(Problem(kind=ProblemKind.HEAD, words=words))
    if b"".join(tree.peaks) != head.peaks:
        words = "The head of the log does not belong to its lines."
        problems.append(Problem(kind=ProblemKind.HEAD, words=words))
    line = store.execute("SELECT data FROM log_leaf WHERE idx = %s", [head.size - 1]).fetchone()
    goes_on_from = lines.floor_of(bytes(line[0])) if line else ""
    if goes_on_from and goes_on_from != head.last_at:
        words = (
            f"The head of the log says that its last line is of {head.last_at}, and the line says"
            f" {goes_on_from}: what is sealed next may get a wrong time."
        )
        problems.append(Problem(kind=ProblemKind.HEAD, words=words))
    row = store.execute("SELECT note FROM log_checkpoint WHERE size = %s", [head.size]).fetchone()
    expected = Checkpoint(sequencing.signer().key.name, tree.size, tree.root())
    if row is None or head.last_checkpoint > head.size:
        words = f"The newest signed checkpoint is not of {head.size:,} lines, as the head says."
        problems.append(Problem(kind=ProblemKind.CHECKPOINT, words=words))
    elif not is_signed(bytes(row[0]), expected):
        words = (
            f"The checkpoint of {head.size:,} lines is not signed by this log's key,"
            " or is not about these lines."
        )
        problems.append(Problem(kind=ProblemKind.CHECKPOINT, words=words))
    return problems


def is_signed(note: bytes, expected: Checkpoint) -> bool:
    """Say whether a note is this log's signature over this checkpoint."""
    try:
        return check_checkpoint(note, sequencing.signer().key).checkpoint == expected
    except ProofError:
        return False


def check_checkpoints(
    store: StoreConnection, first: int, end: int, peaks: list[bytes]
) -> list[Fault]:
    """Check every checkpoint of `first` + 1 to `end` lines; `peaks` are those of `first` lines.

    Signing is deterministic, so with the key at hand a checkpoint is signed again and compared,
    which costs a third of checking it.

    A batch has one checkpoint, after its last line, and its lines have one time. So a line ends its
    batch if the next has another time. Of batches within one second nobody can tell.
    """
    signer = sequencing.signer()
    tree = CompactRange(first, list(peaks))
    faults = []
    good = True
    for start in range(first, end, _AT_A_TIME):
        stop = min(start + _AT_A_TIME, end)
        notes = dict(
            store.execute(
                "SELECT size, note FROM log_checkpoint WHERE size > %s AND size <= %s",
                [start, stop],
            ).fetchall()
        )
        rows = store.execute(
            "SELECT hash, substr(data, %s, 20) FROM log_leaf WHERE idx >= %s AND idx <= %s"
            " ORDER BY idx",
            [AT.start + 1, start, stop],
        ).fetchall()
        times = [time for _, time in rows]
        for (digest, _), time, following in zip(
            rows[: stop - start], times, [*times[1:], *times[-1:]], strict=False
        ):
            tree.append(bytes(digest))
            note = notes.get(tree.size)
            if note is None:
                if time != following:
                    faults.append(Fault(ProblemKind.CHECKPOINT, _NO_NOTE, tree.size - 1))
                continue
            expected = Checkpoint(signer.key.name, tree.size, tree.root())
            was_good, good = (
                good,
                (bytes(note) == signer.sign(expected).data or is_signed(bytes(note), expected)),
            )
            if was_good and not good:  # once a line is wrong, every later checkpoint is
                faults.append(Fault(ProblemKind.CHECKPOINT, _WRONG_NOTE, tree.size - 1))
    return faults


def own_tree(head: CheckedHead) -> CompactRange | None:
    """Return the tree that the head describes, or None if it describes none."""
    try:
        peaks = [head.peaks[i : i + 32] for i in range(0, len(head.peaks), 32)]
        return CompactRange(head.size, peaks)
    except MismatchError:
        return None


def check_highwater(store: StoreConnection, head: CheckedHead, tree: CompactRange) -> list[Problem]:
    """Compare the log with the high-water mark. At most about 40 queries."""
    try:
        mark = highwater.read()
    except ValueError:
        words = "The high-water mark beside the database cannot be read."
        return [Problem(kind=ProblemKind.MARK_MISSING, words=words)]
    if mark is None and head.size > 1:
        words = (
            "The high-water mark beside the database is missing, so nobody can tell whether this is"
            " an older copy. `casebound restore-mark` says what to compare it with."
        )
        return [Problem(kind=ProblemKind.MARK_MISSING, words=words)]
    if mark is None:
        return []
    if mark.size > head.size:
        words = (
            f"The log has {head.size:,} lines and had {mark.size:,}: its end was cut off, or an"
            f" older copy was put back. Lines {head.size + 1:,} to {mark.size:,} are missing."
        )
        return [Problem(kind=ProblemKind.SHORT, words=words, line=head.size + 1)]
    root = tree.root() if mark.size == tree.size else root_at(store, mark.size)
    if root != mark.root:
        words = f"The first {mark.size:,} lines of the log are not those it once had."
        return [Problem(kind=ProblemKind.SHORT, words=words)]
    return []


def check_root_of_mark() -> None:
    """Make sure that the log had the root that the mark says. At most about 40 queries.

    Raises:
        AnotherLogError: it had another.
    """
    highwater.check_root(lambda size: root_at(StoreConnection(), size))


def root_at(store: StoreConnection, size: int) -> bytes | None:
    """Return the root of the first `size` lines, from stored hashes; None if one is missing."""
    peaks, first = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if not size >> level & 1:
            continue
        row = (
            store.execute("SELECT hash FROM log_leaf WHERE idx = %s", [first])
            if level == 0
            else store.execute(
                "SELECT hash FROM log_node WHERE level = %s AND idx = %s", [level, first >> level]
            )
        ).fetchone()
        if row is None:
            return None
        peaks.append(bytes(row[0]))
        first += 1 << level
    return CompactRange(size, peaks).root()
