"""A small run of the bench on SQLite, in a scratch installation as the command makes it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench import memory, words
from tools.bench.figures import Figure, at_least, at_most, short_table, table
from tools.bench.scratch import MeasureFailedError, Scratch, scratch
from tools.bench.subjects import FULL, QUICK, SUBJECTS
from tools.bench.writers import timed

TINY = replace(
    QUICK, rounds=1, seconds=0.2, writes=32, pages=2, lines=1100, statements=300, queries=2,
    entries=20, signs=4, requests=8, stored=20,
    in_homes=40,
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Iterator[Scratch]:
    with scratch("sqlite") as installation:
        installation.call("start.begin")
        yield installation


def test_a_scratch_installation_is_gone_afterwards() -> None:
    with scratch("sqlite") as installation:
        folder = installation.data.parent
        assert (installation.data / "installation.json").exists()

    assert not folder.exists()


def test_a_measure_that_fails_says_so(made: Scratch) -> None:
    with pytest.raises(MeasureFailedError):
        made.call("start.no_such_measure")


def test_nothing_is_lost_and_both_records_are_whole_after_several_writers(made: Scratch) -> None:
    got = made.call("seal.rates", writers=[2], rounds=1, seconds=0.3, most=40)

    assert got["sealed"] > 0
    assert (got["lost"], got["lines_lost"], got["lost_by_hand"]) == (0, 0, 0)
    assert got["verified"]
    assert got["unbroken_by_hand"]


def test_the_pages_compared_show_the_same_entries(made: Scratch) -> None:
    got = made.call("page.cpu", rounds=1, each=2)

    assert got["lines"] == 25
    assert not got["debug"]
    assert got["bytes"]["empty"] == 0
    assert 0.5 < got["bytes"]["by_hand"] / got["bytes"]["book"] < 2


@pytest.mark.parametrize("subject", ["verify", "disk", "hints", "profile", "serve"])
def test_a_subject_gives_figures(made: Scratch, subject: str) -> None:
    found = list(SUBJECTS[subject](made, TINY))

    assert found
    assert {figure.subject for figure in found} == {subject}


def test_search_and_the_pages_of_a_long_book_are_measured_too() -> None:
    with scratch("sqlite") as fresh:
        fresh.call("start.begin")
        found = [
            figure for subject in ("search", "pages") for figure in SUBJECTS[subject](fresh, TINY)
        ]

    assert {figure.subject for figure in found} == {"search", "pages"}


def test_a_table_says_what_is_met_and_what_falls_short() -> None:
    asked, met = at_least(0.8, 0.7)
    line = Figure(
        subject="seal", store="sqlite", words="ratio", found="0.80", target=asked, met=met
    )

    assert "| 0.80 | at least 0.7 | met |" in table([line])
    assert at_most(3.1, 3) == ("at most 3", False)


def test_the_short_table_shows_both_stores_in_a_row_and_leaves_out_what_has_no_target() -> None:
    asked, met = at_least(0.6, 0.7)
    short = Figure(
        subject="seal", store="sqlite", words="a ratio", found="0.60", target=asked, met=met
    )
    asked, met = at_least(0.9, 0.7)
    good = Figure(
        subject="seal", store="postgres", words="a ratio", found="0.90", target=asked, met=met
    )
    plain = Figure(subject="disk", store="sqlite", words="ledger", found="2,892 bytes")

    rows = short_table([short, good, plain]).splitlines()[2:]

    assert rows == ["| seal | a ratio | 0.60 **short** | 0.90 | at least 0.7 |"]


def test_times_are_summed_up_as_median_and_as_what_one_in_a_hundred_waits() -> None:
    found = timed([0.001] * 99 + [0.1], seconds=1)

    assert (found.done, found.rate) == (100, 100)
    assert found.p50 == pytest.approx(1)
    assert found.worst == pytest.approx(100)


def test_made_up_text_has_the_length_that_is_asked_for() -> None:
    paragraphs = words.statements(1, size=2048)

    assert sum(len(paragraph.encode()) for paragraph in paragraphs) == 2048
    assert sum(len(statement.split()) for statement in words.statements(1, words=180)) == 180
    assert words.statements(1, words=180) == words.statements(1, words=180)


def test_memory_is_what_linux_counts() -> None:
    assert Path("/proc/self/status").exists()
    memory.begin_peak()
    held = memory.now()
    kept = bytearray(32 * 1024 * 1024)

    assert memory.peak() - held > 30
    assert len(kept) == 32 * 1024 * 1024


def test_a_full_run_is_of_the_size_that_is_asked_for() -> None:
    assert (FULL.lines, FULL.statements, FULL.requests) == (1_000_000, 1_000_000, 100_000)
