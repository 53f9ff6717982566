"""Long requests and files: refused before they are read, in words, and nothing on the disk."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casebound.foundation.web.lengths import OUTSIDE, files_at, longest_body
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]
MB = 1024 * 1024
BOUNDARY = "------------------------casebound"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let everything temporary be made in a folder of this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("it was read")


def posted(browser: Client, path: str, length: int) -> int:
    unread: dict[str, Any] = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    answer = browser.generic("POST", path, b"", content_type=kind, **unread)
    if "Location" in answer:
        answer = browser.get(answer["Location"])
    return answer.status_code


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/", "/search/"])
@pytest.mark.parametrize("who", ["a stranger", "a worker"])
def test_what_is_too_long_is_refused_before_it_is_read(
    made_up: MadeUp, path: str, who: str
) -> None:
    browser = made_up.browser_of(made_up.sam if who == "a worker" else None)

    assert posted(browser, path, longest_body(path) + 1) == 413
    assert posted(browser, path, 5000 * MB) == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "٣", "9" * 400])
def test_a_length_that_is_none_is_refused(made_up: MadeUp, length: str) -> None:
    browser = made_up.browser_of(None)
    answer = browser.generic("POST", "/sign-in/", b"", CONTENT_LENGTH=length)

    assert answer.status_code == 303
    assert browser.get(answer.headers["Location"]).status_code in {400, 413}


def test_each_address_has_its_own_limit(made_up: MadeUp) -> None:
    files = reverse("drafting:files", args=[made_up.draft(made_up.jay)])

    assert longest_body("/sign-in/") == longest_body("/nowhere/") == OUTSIDE
    assert longest_body("/search/") == MB
    assert longest_body(files) == files_at(files) > 200 * MB
    assert files_at("/search/") == files_at("/sign-in/") == 0


def addresses(made_up: MadeUp) -> Iterator[str]:
    yield from ("/sign-in/", "/search/", "/", reverse("access:people"))
    draft = made_up.draft(made_up.jay)
    for name in ("write", "save", "sign", "discard"):
        yield reverse(f"drafting:{name}", args=[draft])


@pytest.mark.parametrize("size", [10, 3 * MB])  # Django would keep the larger one on the disk
def test_a_file_is_taken_nowhere_but_where_it_is_encrypted(
    made_up: MadeUp, temporary: Path, size: int
) -> None:
    for who in (made_up.sam, None):
        browser = made_up.browser_of(who)
        for path in addresses(made_up):
            file = SimpleUploadedFile("notes.txt", b"x" * size, content_type="text/plain")
            answer = browser.post(path, {"q": "x", "file": file})
            assert answer.status_code in {401, 403, 404, 405, 413, 415}, path
            assert list(temporary.iterdir()) == []


def test_the_refusal_of_a_file_says_where_files_go(made_up: MadeUp) -> None:
    file = SimpleUploadedFile("notes.txt", b"x", content_type="text/plain")

    answer = made_up.browser_of(made_up.sam).post("/search/", {"q": "x", "file": file})

    assert "This page takes no files." in answer.text
    assert "Add files" in answer.text
