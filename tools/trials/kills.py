"""Rounds of `kill -9` on several signers at once: no acknowledged entry may be lost.

    .venv/bin/python -m tools.trials.kills            6 rounds, 4 signers, on SQLite
    .venv/bin/python -m tools.trials.kills --whole    60 rounds, 8 signers, SQLite and PostgreSQL

In each round, signers seal entries one after the other, and say of each that it is sealed, as a
page says it to its author. After a while of no fixed length all are killed at once. Then the log
is gone on with: every entry that was said to be sealed must be in it, no number may be missing or
given twice, and nothing may be left waiting.
"""

import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.trials.apart import in_a_process, install

SHORTEST, LONGEST = 0.1, 1.2  # seconds until the kill
FULL_EVERY: Final = 10  # rounds
ID: Final = 32


@dataclass
class Kills:
    """What the rounds counted, and what was not as it should be."""

    where: str
    rounds: int = 0
    killed: int = 0
    said: int = 0
    sealed: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Write one line."""
        return (
            f"{self.where}: {self.rounds} rounds, {self.killed} signers killed, {self.said} entries"
            f" said to be sealed, {self.sealed} sealed, {len(self.wrong)} wrong"
            f" {'; '.join(self.wrong)}"
        )


def rounds(count: int, *, signers: int, where: str, seed: int = 1) -> Kills:
    """Let signers work and be killed, on the stores of this process; a ledger has begun there."""
    chance, kills = random.Random(seed), Kills(where)  # noqa: S311 (a trial's own chance)
    for number in range(count):
        books = in_a_process(_open_books)
        said = _round(books.decode().split(), signers, chance.uniform(SHORTEST, LONGEST))
        kills.rounds += 1
        kills.killed += signers
        kills.said += len(said)
        fully = number % FULL_EVERY == 0 or number == count - 1
        answer = in_a_process(lambda: _check(said, fully=fully))  # noqa: B023 (run at once)
        sealed, _, wrong = answer.decode().partition("\n")
        kills.sealed = int(sealed)
        if wrong:
            kills.wrong.append(f"round {number + 1}: {wrong}")
    return kills


def _round(books: list[str], signers: int, seconds: float) -> list[str]:
    """Start signers, kill them after a while, and return what they said to be sealed."""
    reading, writing = os.pipe()
    started = []
    for _ in range(signers):
        process = os.fork()
        if not process:
            os.close(reading)
            _sign(books, writing)
        started.append(process)
    os.close(writing)
    until, said = time.monotonic() + seconds, b""
    while (left := until - time.monotonic()) > 0 or not said:
        if select.select([reading], [], [], max(left, 0.01))[0]:
            said += os.read(reading, 1 << 16)
    for process in started:
        os.kill(process, signal.SIGKILL)
    for process in started:
        os.waitpid(process, 0)
    while more := os.read(reading, 1 << 16):
        said += more
    os.close(reading)
    return [said[at : at + ID].decode() for at in range(0, len(said) // ID * ID, ID)]


def _sign(books: list[str], writing: int) -> None:
    """Seal entries until killed, and say of each that it is sealed; never return."""
    from casebound.foundation.base.ids import BookId  # noqa: PLC0415 (Django is set up by now)
    from casebound.ledger.sealing.actions import seal  # noqa: PLC0415
    from casebound.ledger.sealing.tests import build  # noqa: PLC0415

    try:
        while True:
            chosen = BookId(random.SystemRandom().choice(books))
            sealed = seal(build.new(chosen, text="He was calm. " * 20))
            os.write(writing, sealed.entry_id.encode())
    finally:
        os._exit(1)


def _open_books() -> bytes:
    from casebound.ledger.sealing.actions import open_book  # noqa: PLC0415

    return " ".join(open_book() for _ in range(2)).encode()


def _check(said: list[str], *, fully: bool) -> bytes:
    """Go on with the log as a start does; return how many entries it has, and what is wrong."""
    from django.db import connections  # noqa: PLC0415

    from casebound.ledger.sealing.actions import sequence_all  # noqa: PLC0415
    from casebound.ledger.sealing.checking import full, quick  # noqa: PLC0415

    sequence_all()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT entry_id FROM log_leaf WHERE entry_id IS NOT NULL")
        there = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM log_pending")
        waiting = cursor.fetchone()[0]
    wrong = [f"{entry} was said to be sealed and is gone" for entry in said if entry not in there]
    if len(set(said)) != len(said):
        wrong.append("an entry was said to be sealed twice")
    if waiting:
        wrong.append(f"{waiting} entries wait")
    checked = full() if fully else quick()
    wrong += [problem.words for problem in checked.problems]
    return f"{len(there)}\n{'; '.join(wrong)}".encode()


def _on(store: str, count: int, signers: int) -> Kills:
    """Run the rounds on an installation of their own, in a process of its own."""
    import pickle  # noqa: PLC0415 (between this process and its own child)

    def work() -> bytes:
        with ExitStack() as open_now:
            folder = Path(tempfile.mkdtemp(prefix="casebound-kills-"))
            open_now.callback(shutil.rmtree, folder, ignore_errors=True)
            install(store, folder, open_now)
            return pickle.dumps(rounds(count, signers=signers, where=store))

    answer: Kills = pickle.loads(in_a_process(work))  # noqa: S301 (written a moment ago)
    return answer


def main(words: list[str]) -> int:
    """Run it, print a line for each store, and return how many were not as they should be."""
    whole = "--whole" in words
    wrong = 0
    for store in ("SQLite", "PostgreSQL") if whole else ("SQLite",):
        kills = _on(store, 60 if whole else 6, 8 if whole else 4)
        print(kills, flush=True)
        wrong += bool(kills.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
