"""On a full disk nothing typed is lost: each refusal says so in words, by script and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from casebound.foundation.stores.room_left import MB, Space, StoreDisk
from casebound.foundation.web.errors import our_fault
from casebound.record.drafting.tests.pages import form_of, url
from tests.made_up import MadeUp

LONG = "He told me about the match. " * 2000
HERE = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def full(store: str) -> Iterator[None]:
    """Let a store of this thread's connection not grow by a page."""
    with connections[store].cursor() as cursor:
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1000000")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.policy("P10", "P12")
def test_a_draft_that_finds_no_room_stays_on_its_page(made_up: MadeUp) -> None:
    sam, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, "Toast.")
    typed = form_of(made_up, draft, **{"statements-1-text": LONG})

    with full("default"):
        by_script = Client.post(sam, url("save", draft), typed, headers={"HX-Request": "true"})
        without = Client.post(sam, url("write", draft), typed, headers=HERE)
        read = sam.get(f"/books/{made_up.jay.book}/")

    assert (by_script.status_code, without.status_code, read.status_code) == (503, 503, 200)
    assert 'id="save-state"' in by_script.content.decode()
    for answer in (by_script, without):
        assert "no room left on the disk" in answer.content.decode()
        assert "Tell the person who looks after casebound" in answer.content.decode()
    assert LONG.strip() in without.content.decode()
    assert "Send it again" in without.content.decode()


class Disk:
    """A disk of a size, with a folder that has a reserve."""

    def __init__(self, folder: Path, total: int, free: int) -> None:
        self.total, self.free = total, free
        self.stores = StoreDisk(folder, lambda _: Space(self.free, self.total))


def test_words_are_refused_while_there_is_still_room_to_read(tmp_path: Path) -> None:
    disk = Disk(tmp_path, total=1000 * MB, free=500 * MB)
    disk.stores.tend()
    assert disk.stores.reserve.stat().st_blocks * 512 == 16 * MB
    assert not disk.stores.is_full()

    disk.free = 3 * MB
    disk.stores.tend()
    assert (disk.stores.is_full(), disk.stores.reserve.exists()) == (True, True)

    disk.free = 0  # other programs took the rest
    disk.stores.tend()
    assert disk.stores.reserve.stat().st_blocks * 512 == 14 * MB

    disk.free = 2 * MB  # what the reserve held is for reading and signing in
    disk.stores.tend()
    assert disk.stores.is_full()

    for _ in range(9):  # and they take that as well
        disk.free = 0
        disk.stores.tend()
    assert disk.stores.reserve.stat().st_size == 0

    disk.free = 100 * MB  # somebody made room
    disk.stores.tend()
    assert not disk.stores.is_full()
    assert disk.stores.reserve.stat().st_blocks * 512 == 16 * MB


def test_a_warning_comes_before_the_disk_is_full(tmp_path: Path) -> None:
    disk = Disk(tmp_path, total=100_000 * MB, free=2000 * MB)
    disk.stores.tend()
    assert not disk.stores.is_low()
    disk.free = 900 * MB
    assert (disk.stores.is_low(), disk.stores.is_full()) == (True, False)


@pytest.mark.django_db
@override_settings(ROOM_WARNED_BELOW=2**60)
def test_those_who_can_make_room_are_told_above_every_page(
    made_up: MadeUp,
) -> None:
    told = {
        worker.id: made_up.browser_of(worker).get("/", follow=True).content.decode()
        for worker in (made_up.alex, made_up.dana, made_up.sam)
    }
    assert "MB are left" in told[made_up.alex.id]
    assert "MB are left" in told[made_up.dana.id]
    assert "MB are left" not in told[made_up.sam.id]


def failed(request: HttpRequest) -> HttpResponse:
    """Answer as Django does when the machinery around a view finds no room."""
    try:
        raise OperationalError("database or disk is full")  # noqa: TRY301
    except OperationalError:
        return our_fault(request)


def test_a_store_that_fails_before_the_view_gives_the_words_back_too() -> None:
    posts = RequestFactory(headers=HERE)
    page = failed(posts.post("/drafts/1/", {"words": "typed", "password": "secret"}))
    part = failed(posts.post("/drafts/1/", {}, headers={"X-Form-Key": "0f" * 16}))
    data = failed(posts.post("/drafts/1/", {}, headers={"Accept": "application/json"}))

    assert {answer.status_code for answer in (page, part, data)} == {503}
    assert "typed" in page.content.decode()
    assert "Send it again" in page.content.decode()
    assert "secret" not in page.content.decode()
    assert 'id="save-state"' in part.content.decode()
    assert b"no room left" in data.content


def test_another_site_gets_no_button_to_send_its_form_again() -> None:
    page = failed(RequestFactory().post("/drafts/1/", {"words": "typed"}))
    assert "typed" in page.content.decode()
    assert "Send it again" not in page.content.decode()
