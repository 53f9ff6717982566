"""The files of a draft: added once, described, ordered, taken out; each refusal leaves nothing."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoCaptureOnCommitCallbacks

from casebound.foundation.base.ids import DraftId
from casebound.foundation.proof.errors import ProofError
from casebound.record.attachments import actions
from casebound.record.attachments.models import Upload
from casebound.record.attachments.not_taken import NotTakenError
from casebound.record.attachments.reads import (
    DamagedFileError,
    UploadSeen,
    files_known,
    fingerprint,
    gaps,
    uploads_of,
)
from casebound.record.attachments.rules import LARGEST_SCALE, LONGEST_ALT, FileKind
from casebound.record.attachments.tests import build
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P04")]
PHOTO = build.picture(size=(64, 48))


@pytest.fixture
def draft(made_up: MadeUp) -> DraftId:
    return made_up.draft(made_up.jay)


def files(made_up: MadeUp, draft: DraftId) -> list[UploadSeen]:
    return uploads_of(draft, made_up.jay.book)


def on_disk() -> set[Path]:
    return set((settings.INSTALLATION.data / "blobs").glob("*/*"))


def text(number: int) -> bytes:
    return f"Page {number} of what Jay wrote.".encode()


def test_a_picture_has_two_copies_and_other_files_none(made_up: MadeUp, draft: DraftId) -> None:
    made_up.attach(draft, PHOTO)
    made_up.attach(draft, build.pdf(), name="letter.pdf")

    picture, letter = files(made_up, draft)
    assert set(picture.locators) == {"original", "shown", "thumb"}
    assert b"".join(picture.pieces()) == PHOTO
    assert set(letter.locators) == {"original"}
    assert (picture.file.kind, letter.file.kind) == (FileKind.PHOTOGRAPH, FileKind.DOCUMENT)
    assert files_known() >= {*picture.locators.values(), *letter.locators.values()}


def test_the_same_file_once_more_is_the_one_that_is_there(made_up: MadeUp, draft: DraftId) -> None:
    first = made_up.attach(draft, PHOTO)
    before = on_disk()

    assert made_up.attach(draft, PHOTO, name="again.jpg") == first
    assert (len(files(made_up, draft)), on_disk()) == (1, before)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_one_moment_is_there_once(
    made_up: MadeUp, draft: DraftId
) -> None:
    before, ready = on_disk(), Barrier(2)

    def send(_: int) -> str:
        try:
            ready.wait(timeout=20)
            return made_up.attach(draft, PHOTO)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as two:
        first, second = two.map(send, range(2))

    [there] = files(made_up, draft)
    assert first == second == there.id
    assert b"".join(there.pieces()) == PHOTO
    assert len(on_disk() - before) == len(there.locators)


def test_the_same_file_in_another_draft_is_a_file_of_its_own(
    made_up: MadeUp, draft: DraftId
) -> None:
    other = made_up.draft(made_up.jay)

    assert made_up.attach(draft, text(1)) != made_up.attach(other, text(1))


def test_a_damaged_picture_is_refused_by_its_name_and_leaves_nothing(
    made_up: MadeUp, draft: DraftId
) -> None:
    before = on_disk()

    with pytest.raises(NotTakenError, match=r"“harbour\.jpg”") as refused:
        made_up.attach(draft, PHOTO[:200], name="harbour.jpg")

    assert refused.value.reason == "picture"
    assert (files(made_up, draft), on_disk()) == ([], before)


def test_too_many_and_too_much_are_refused_and_leave_nothing(
    made_up: MadeUp, draft: DraftId, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        made_up.attach(draft, text(number))
    before = on_disk()

    for limit, reason in (("MOST_FILES", "many"), ("LARGEST_TOGETHER", "together")):
        with monkeypatch.context() as patch:
            patch.setattr(actions, limit, 3)
            with pytest.raises(NotTakenError) as refused:
                made_up.attach(draft, text(99))
        assert refused.value.reason == reason

    assert (len(files(made_up, draft)), on_disk()) == (3, before)


def test_a_disk_that_fills_up_while_copies_are_made_leaves_nothing(
    made_up: MadeUp, draft: DraftId, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, really, times = on_disk(), os.fsync, []

    def filling(file: int) -> None:
        times.append(file)
        if len(times) > 4:  # the original has its three, and the first copy one of its own
            raise OSError(errno.ENOSPC, "No space left on device")
        really(file)

    monkeypatch.setattr(os, "fsync", filling)
    with pytest.raises(OSError, match="No space left"):
        made_up.attach(draft, PHOTO)

    assert (files(made_up, draft), on_disk()) == ([], before)


@pytest.mark.parametrize(
    ("typed", "scale"),
    [("40", 40), (str(LARGEST_SCALE), LARGEST_SCALE), (str(LARGEST_SCALE + 1), None),
     ("0", None), ("-4", None), ("4.5", None), ("999999", None), ("", None)],
)  # fmt: skip
def test_a_scale_is_whole_millimetres_up_to_ten_metres(
    made_up: MadeUp, draft: DraftId, typed: str, scale: int | None
) -> None:
    made_up.attach(draft, PHOTO, scale=typed)

    assert files(made_up, draft)[0].file.scale_mm == scale


def test_only_a_picture_has_a_scale(made_up: MadeUp, draft: DraftId) -> None:
    made_up.attach(draft, build.pdf(), scale="40")

    assert files(made_up, draft)[0].file.scale_mm is None


def test_a_kind_that_is_none_is_left_as_it_was_and_words_are_kept_without_hidden_signs(
    made_up: MadeUp, draft: DraftId
) -> None:
    made_up.attach(draft, PHOTO, alt="A brown boat.", kind="page")
    (upload,) = files(made_up, draft)

    actions.describe(upload=upload, kind="film", alt="half \ud800 a\u202e sign", scale="")

    (upload,) = files(made_up, draft)
    assert (upload.file.kind, upload.file.alt) == ("page", "half \ufffd a sign")


def test_a_description_ends_at_its_longest(made_up: MadeUp, draft: DraftId) -> None:
    made_up.attach(draft, PHOTO, alt="a" * (LONGEST_ALT + 5))

    assert len(files(made_up, draft)[0].file.alt) == LONGEST_ALT


def test_a_picture_without_words_is_named_as_missing_and_other_files_are_not(
    made_up: MadeUp, draft: DraftId
) -> None:
    made_up.attach(draft, build.pdf(), alt="")
    made_up.attach(draft, PHOTO, alt=" ", kind="page")

    (gap,) = gaps(files(made_up, draft))
    assert (gap.rule, gap.words) == (
        "P08", "Describe page of a handwritten note 2 for someone who cannot see it.",
    )  # fmt: skip


def test_files_move_up_and_down_within_their_list(made_up: MadeUp, draft: DraftId) -> None:
    first, second, third = (made_up.attach(draft, text(number)) for number in range(3))

    def after(upload: str, steps: int) -> list[str]:
        actions.move(uploads=files(made_up, draft), upload=upload, steps=steps)
        return [seen.id for seen in files(made_up, draft)]

    assert after(third, -1) == [first, third, second]
    assert after(first, -1) == [first, third, second]  # it is the first already
    assert after(second, 1) == [first, third, second]  # it is the last already
    assert after("0" * 32, 1) == [first, third, second]  # it is not of this draft


def test_whatever_is_said_or_done_of_files_changes_their_fingerprint(
    made_up: MadeUp, draft: DraftId
) -> None:
    prints = [fingerprint(files(made_up, draft))]
    for number in range(2):
        made_up.attach(draft, text(number))
        prints.append(fingerprint(files(made_up, draft)))
    first, second = files(made_up, draft)
    actions.move(uploads=[first, second], upload=second.id, steps=-1)
    prints.append(fingerprint(files(made_up, draft)))
    actions.describe(upload=first, kind="other", alt="", scale="")
    prints.append(fingerprint(files(made_up, draft)))
    actions.remove(upload=first)
    prints.append(fingerprint(files(made_up, draft)))

    assert len(set(prints)) == len(prints)


def test_a_file_taken_out_is_gone_from_the_disk_when_that_is_certain(
    made_up: MadeUp,
    draft: DraftId,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = on_disk()
    made_up.attach(draft, PHOTO)
    made_up.attach(draft, text(1))

    with django_capture_on_commit_callbacks(using="default", execute=False) as callbacks:
        actions.remove_all(draft=draft, book=made_up.jay.book)
    assert len(on_disk() - before) == 4  # not yet: it may still be undone
    for callback in callbacks:
        callback()

    assert (files(made_up, draft), on_disk()) == ([], before)


def test_the_rows_hold_no_word_in_plain_text_and_open_with_their_own_book_s_key_alone(
    made_up: MadeUp, draft: DraftId
) -> None:
    made_up.attach(draft, PHOTO, name="harbour.jpg", alt="A brown boat.")

    (row,) = Upload.objects.filter(draft_id=draft)
    assert b"harbour" not in bytes(row.body)
    assert b"boat" not in bytes(row.body)
    with pytest.raises(DamagedFileError):
        uploads_of(draft, made_up.noor.book)


def test_bytes_changed_on_the_disk_are_not_given_out(made_up: MadeUp, draft: DraftId) -> None:
    made_up.attach(draft, text(1))
    (upload,) = files(made_up, draft)
    locator = upload.locators["original"]
    path = settings.INSTALLATION.data / "blobs" / locator[:2] / locator
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(ProofError):
        b"".join(upload.pieces())

    path.unlink()
    with pytest.raises(FileNotFoundError):
        b"".join(upload.pieces())
