"""Killed signers, a full disk and wrong clocks, small; whole by their commands."""

from pathlib import Path

import pytest

from casebound.foundation.stores.room_left import MB, StoreDisk
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.tests import build
from casebound.upkeep.running.actions import leave_stores
from tools.trials.kills import rounds
from tools.trials.small_disk import CannotMountError, fill, make_room, small_disk


@pytest.mark.django_db(transaction=True)
@pytest.mark.policy("P58")
def test_no_entry_that_was_said_to_be_sealed_is_lost_to_kill_9() -> None:
    build.begin()
    leave_stores()
    kills = rounds(2, signers=3, where="small")
    highwater._known.clear()  # other processes sealed
    assert kills.wrong == []
    assert kills.sealed >= kills.said > 0
    assert kills.killed == 6


def test_a_real_disk_that_is_full_gives_its_reserve_back_in_parts(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", megabytes=8) as folder:
            disk = StoreDisk(folder)
            disk.tend()
            assert disk.reserve.stat().st_blocks * 512 == MB // 2

            fill(folder)
            with pytest.raises(OSError, match="No space"):
                (folder / "words").write_bytes(b"x" * 5000)
            disk.tend()
            (folder / "look").write_bytes(b"x" * 5000)
            assert disk.is_full()

            make_room(folder)
            disk.tend()
            assert disk.reserve.stat().st_blocks * 512 == MB // 2
            assert not disk.is_full()
    except CannotMountError as cannot:
        pytest.skip(f"this user may not mount a disk: {cannot}")
