"""What the simulated disk does not have: attached files, whose syncs are watched on a real one."""

import os
import stat

import pytest

from casebound.ledger.sealing import blobs


@pytest.mark.django_db
@pytest.mark.policy("P58")
def test_the_bytes_of_an_attached_file_are_synced_and_then_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[str] = []
    system = os.fsync

    def watched(number: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        system(number)

    monkeypatch.setattr(os, "fsync", watched)
    stored = blobs.write([b"encrypted"])
    blobs.remove(stored.locator)
    assert synced == ["file", "folder", "folder"]
