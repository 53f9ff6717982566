"""Attached files: on the disk before the entry commits, and proved with it."""

import errno
import os
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.commitments import Data
from casebound.foundation.proof.errors import MismatchError
from casebound.ledger.sealing import blobs, checking, reads
from casebound.ledger.sealing.actions import Sealed, StaleBookError, StoreFullError, seal
from casebound.ledger.sealing.checking import Checked
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, value

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58", "P64")]

PART = build.FIRST_FILE
MEGABYTE = 1024 * 1024
CHECKS: tuple[Callable[[], Checked], ...] = (checking.quick, checking.full)


def attached(*files: bytes) -> tuple[BookId, Sealed]:
    """Seal an entry with files, between two that have none."""
    build.begin()
    book = build.book()
    build.sealed(book)
    sealed = build.with_files(book, *files)
    build.sealed(book)
    return book, sealed


def opened(book: BookId, sealed: Sealed, part: int = PART) -> bytes | None:
    given = reads.file_of(sealed.entry_id, part, book=book)
    return None if given is None else b"".join(given)


def test_a_file_comes_back_as_it_was_attached_and_lies_encrypted() -> None:
    book, sealed = attached(b"A drawing of a boat.", b"")

    assert opened(book, sealed) == b"A drawing of a boat."
    assert opened(book, sealed, PART + 1) == b""
    assert opened(book, sealed, PART + 2) is None
    assert opened(build.book(), sealed) is None
    for locator in reads.files_known():
        with blobs.read(locator) as file:
            assert b"boat" not in file.read()
            assert os.fstat(file.fileno()).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("check", CHECKS)
def test_an_entry_with_files_is_well(check: Callable[[], Checked]) -> None:
    attached(b"A drawing.", b"A letter.")

    found = check()

    assert (found.ok, found.entries) == (True, 3)


def _locators(sealed: Sealed) -> list[str]:
    query = "SELECT locator FROM entry_blob WHERE entry_id = %s AND part = %s"
    return [value(query, [sealed.entry_id, PART + n]) for n in (0, 1)]


def _change(sealed: Sealed) -> None:
    path = blobs._path(_locators(sealed)[0])
    kept = bytearray(path.read_bytes())
    kept[20] ^= 1
    path.write_bytes(kept)


def _shorten(sealed: Sealed) -> None:
    path = blobs._path(_locators(sealed)[0])
    path.write_bytes(path.read_bytes()[:-1])


def _remove(sealed: Sealed) -> None:
    blobs.remove(_locators(sealed)[0])


def _swap(sealed: Sealed) -> None:
    first, second = (blobs._path(locator) for locator in _locators(sealed))
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)


def _forget(sealed: Sealed) -> None:
    statement = "DELETE FROM entry_blob WHERE entry_id = %s AND part = %s"
    behind_its_back((statement, [sealed.entry_id, PART]))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("tamper", [_change, _shorten, _remove, _swap, _forget])
def test_a_file_changed_behind_its_back_is_found_and_its_page_named(
    check: Callable[[], Checked], tamper: Callable[[Sealed], None]
) -> None:
    book, sealed = attached(b"A drawing.", b"A letter.")
    assert check().ok

    tamper(sealed)

    found = check()
    assert {(problem.entry, problem.book, problem.page) for problem in found.problems} == {
        (sealed.entry_id, book, 2)
    }


def test_a_changed_file_is_not_given_out() -> None:
    book, sealed = attached(b"A drawing.", b"A letter.")
    _change(sealed)

    with pytest.raises(MismatchError):
        opened(book, sealed)


def test_a_large_file_is_never_held_in_memory() -> None:
    build.begin()
    book = build.book()
    piece, count = os.urandom(MEGABYTE), 96
    whole = sha256(piece * count).hexdigest()
    part = Data({"n": "file_1"}, {"sha256": whole, "size": count * MEGABYTE, "type": "audio/wav"})
    new = build.new(book)

    tracemalloc.start()
    sealed = seal(
        replace(new, parts=(*new.parts, part), files={PART: lambda: (piece for _ in range(count))})
    )
    digest = sha256()
    given: Iterator[bytes] | None = reads.file_of(sealed.entry_id, PART, book=book)
    for blob in given or ():
        digest.update(blob)
    well, (_, peak) = checking.full().ok, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (digest.hexdigest(), well) == (whole, True)
    assert peak < 8 * MEGABYTE


@pytest.mark.real_clock
def test_files_that_no_entry_has_are_taken_away_after_a_while() -> None:
    attached(b"A drawing.")
    stray = blobs.write([b"left by a crash"])
    now = datetime.now(UTC) + timedelta(seconds=5)

    kept = blobs.remove_strays(reads.files_known(), before=now - timedelta(days=1))
    gone = blobs.remove_strays(reads.files_known(), before=now)

    assert kept == 0
    assert gone >= 1  # what earlier tests left is gone as well
    assert blobs.digest_of(stray.locator) is None
    assert checking.full().ok


def on_disk() -> set[str]:
    return {path.name for path in blobs._all()}


def test_files_that_are_not_as_their_parts_say_are_not_sealed_and_nothing_is_kept() -> None:
    book, _ = attached(b"A drawing.")
    before, new = on_disk(), build.new(book)
    part = Data({"n": "file_1"}, {"sha256": "0" * 64, "size": 10, "type": "text/plain"})
    given = {PART: lambda: [b"A drawing."]}
    for wrong in (
        replace(new, parts=(*new.parts, part), files=given),
        replace(new, parts=(*new.parts, part)),
        replace(new, files=given),
    ):
        with pytest.raises(ValueError, match="file"):
            seal(wrong)
    assert on_disk() == before


def test_a_refused_seal_leaves_no_file() -> None:
    book, _ = attached(b"A drawing.")
    before = on_disk()
    with pytest.raises(StaleBookError):
        build.with_files(book, b"A letter.", expects={book: 0})
    assert on_disk() == before


def test_a_full_disk_is_said_in_words_and_nothing_is_kept() -> None:
    def full_disk() -> Iterator[bytes]:
        yield b"A dra"
        raise OSError(errno.ENOSPC, "No space left on device")

    book, _ = attached(b"A drawing.")
    before, new = on_disk(), build.new(book)
    part = Data({"n": "file_1"}, {"sha256": "0" * 64, "size": 10, "type": "text/plain"})
    with pytest.raises(StoreFullError, match="no room left"):
        seal(replace(new, parts=(*new.parts, part), files={PART: full_disk}))
    assert on_disk() == before
    assert checking.full().ok


def test_a_name_that_is_no_name_of_a_file_opens_nothing() -> None:
    for name in ("../ledger.sqlite3", "", "A" * 32, "0" * 31):
        with pytest.raises(FileNotFoundError):
            blobs.read(name)


def test_files_that_cannot_be_read_are_no_change() -> None:
    """A copy without the folder, and a file that the disk does not give back."""
    attached(b"A drawing of a boat.")
    folder = blobs.folder()
    folder.rename(folder.with_name("elsewhere"))
    found = checking.full()
    assert found.outcome is checking.Outcome.UNREAD
    (problem,) = found.problems
    assert "1 files of 1 entries were not looked at" in problem.words
    folder.with_name("elsewhere").rename(folder)
    (locator,) = reads.files_known()
    (file,) = folder.rglob(locator)
    file.unlink()
    file.mkdir()  # opening it fails, also for root
    assert checking.full().outcome is checking.Outcome.UNREAD
    file.rmdir()
    assert checking.full().outcome is checking.Outcome.CHANGED
