"""No life on a disk that loses power loses what was answered; and each planted mistake is found.

A life needs Django on another disk than the tests have, so each test starts a process. The lives
are dealt out, so that each worker of a run has some.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
LIVES = 10_000
SHARES = 10


def power(*words: str) -> str:
    """Run the trial, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.trials.power", "--workers", "1", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.policy("P58")
@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_that_was_answered_is_lost_when_the_power_is_cut(share: int) -> None:
    count = LIVES // SHARES
    printed = power("--first", str(share * count), "--lives", str(count))
    assert f"{count:,} lives: " in printed
    assert "\n0 lives lost something" in printed


@pytest.mark.policy("P58")
def test_each_planted_mistake_is_found_within_a_thousand_lives() -> None:
    printed = power("--planted", "--most", "1000")
    assert "not found" not in printed
    assert len([line for line in printed.splitlines() if ": life " in line]) >= 10


def test_a_life_is_the_same_again_by_its_number() -> None:
    once, again = (power("--life", "7").rsplit("\n", 2)[0] for _ in range(2))
    assert once == again
    assert "sync /simulated-disk/ledger.sqlite3-wal" in once
