"""A sealed file goes out whole, to a worker who may read its entry, and no browser runs it."""

import pytest
from django.conf import settings
from django.urls import reverse

from casebound.ledger.sealing.reads import files_known
from casebound.people.access.models import Reading
from casebound.record.attachments.tests import build
from tests.made_up import Child, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P04")]
KINDS = {
    "image/png": ("png", build.picture("PNG", size=(64, 48))),
    "application/pdf": ("pdf", build.pdf(with_script=True)),
    "audio/wav": ("wav", build.wav()),
    "audio/mpeg": ("mp3", build.mp3()),
    "audio/ogg": ("ogg", build.ogg()),
    "audio/mp4": ("m4a", build.m4a()),
    "text/plain": ("txt", b"Jay wrote this."),
}


def sealed(made_up: MadeUp, content: bytes, name: str = "harbour.bin") -> int:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, content, name=name)
    return made_up.sign(draft).numbers[made_up.jay.book]


def address(child: Child, number: int, place: int = 1, which: str = "original") -> str:
    return reverse("attachments:file", args=[child.book, number, place, which])


@pytest.mark.parametrize("media_type", KINDS)
def test_each_kind_comes_back_as_it_was_with_headers_that_let_nothing_run(
    made_up: MadeUp, media_type: str
) -> None:
    ending, content = KINDS[media_type]
    number = sealed(made_up, content)

    answer = made_up.browser_of(made_up.sam).get(address(made_up.jay, number))

    assert answer.getvalue() == content
    assert dict(answer.items()) | {
        "Content-Type": media_type,
        "Content-Length": str(len(content)),
        "Content-Disposition": f'attachment; filename="entry-{number}-file-1.{ending}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    } == dict(answer.items())
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "harbour" not in str(answer.headers)


def test_a_part_is_given_of_sound_alone(made_up: MadeUp) -> None:
    number = sealed(made_up, b"Jay wrote this.")

    answer = made_up.browser_of(made_up.sam).get(
        address(made_up.jay, number), headers={"Range": "bytes=0-2"}
    )

    assert (answer.status_code, answer.getvalue()) == (200, b"Jay wrote this.")
    assert not {"Content-Range", "Accept-Ranges", "ETag"} & set(answer.headers)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-", 0, None), ("bytes=0-1", 0, 2), ("bytes=100-299", 100, 300),
     ("bytes=8000-", 8000, None), ("bytes=-44", -44, None), ("bytes=7990-99999999", 7990, None)],
)  # fmt: skip
def test_a_player_gets_the_part_of_sound_that_it_asks_for(
    made_up: MadeUp, asked: str, start: int, stop: int | None
) -> None:
    """An iPhone plays nothing that it cannot have piece by piece."""
    content = KINDS["audio/wav"][1]
    url = address(made_up.jay, sealed(made_up, content))

    answer = made_up.browser_of(made_up.sam).get(url, headers={"Range": asked})

    part = content[start:stop]
    first = start % len(content)
    assert (answer.status_code, answer.getvalue()) == (206, part)
    assert answer["Content-Length"] == str(len(part))
    assert answer["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(content)}"


def test_a_part_beyond_the_end_is_refused_and_a_strange_one_gives_all(made_up: MadeUp) -> None:
    content = KINDS["audio/wav"][1]
    url = address(made_up.jay, sealed(made_up, content))
    browser = made_up.browser_of(made_up.sam)

    beyond = browser.get(url, headers={"Range": "bytes=99999999-"})
    strange = browser.get(url, headers={"Range": "bytes=0-1,4-5"})

    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert (strange.status_code, strange.getvalue()) == (200, content)


@pytest.mark.policy("P63")
def test_each_part_that_is_asked_for_is_on_the_trail(made_up: MadeUp) -> None:
    url = address(made_up.jay, sealed(made_up, KINDS["audio/wav"][1]))
    looks = Reading.objects.filter(what="file")

    for count, asked in enumerate(("bytes=100-", "bytes=0-"), start=1):
        made_up.browser_of(made_up.sam).get(url, headers={"Range": asked})
        assert looks.count() == count


def test_a_stranger_is_led_to_sign_in_and_another_home_is_told_nothing(made_up: MadeUp) -> None:
    url = address(made_up.jay, sealed(made_up, b"Jay wrote this."))
    looks = Reading.objects.count()

    assert made_up.browser_of(None).get(url).status_code == 302
    for worker in (made_up.lin, made_up.robin, made_up.alex):
        assert made_up.browser_of(worker).get(url).status_code == 404

    assert Reading.objects.count() == looks
    assert made_up.browser_of(made_up.sam).get(url).status_code == 200
    assert Reading.objects.count() == looks + 1


def test_another_child_s_book_has_no_such_file(made_up: MadeUp) -> None:
    number = sealed(made_up, b"Jay wrote this.")
    made_up.write(made_up.noor, by=made_up.lin)

    assert made_up.browser_of(made_up.lin).get(address(made_up.noor, number)).status_code == 404
    assert made_up.browser_of(made_up.sam).get(address(made_up.noor, number)).status_code == 404


@pytest.mark.parametrize(
    ("by", "place", "which"),
    [(0, 0, "original"), (0, 2, "original"), (0, 1, "body"), (0, 1, "shown"), (-1, 1, "original"),
     (7, 1, "original"), (2**31, 1, "original")],
)  # fmt: skip
def test_what_is_not_there_is_404(made_up: MadeUp, by: int, place: int, which: str) -> None:
    number = sealed(made_up, b"Jay wrote this.") + by

    answer = made_up.browser_of(made_up.sam).get(address(made_up.jay, number, place, which))

    assert answer.status_code == 404


def test_a_file_is_read_and_never_written_to(made_up: MadeUp) -> None:
    url = address(made_up.jay, sealed(made_up, b"Jay wrote this."))
    sam = made_up.browser_of(made_up.sam)

    assert [sam.post(url).status_code, sam.put(url).status_code, sam.delete(url).status_code] == [
        405, 405, 405,
    ]  # fmt: skip


def test_a_draft_s_files_are_its_author_s_alone(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, b"Jay wrote this.")
    url = reverse("drafting:files", args=[draft])

    assert made_up.browser_of(made_up.sam).get(url).status_code == 200
    assert made_up.browser_of(None).get(url).status_code == 302
    for worker in (made_up.kit, made_up.dana, made_up.lin, made_up.alex):
        assert made_up.browser_of(worker).get(url).status_code == 404
        assert made_up.browser_of(worker).post(url).status_code == 404


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_is_not_what_was_sealed_is_said_to_be_broken(
    made_up: MadeUp, harm: str
) -> None:
    before = files_known()
    number = sealed(made_up, b"Jay wrote this.")
    (locator,) = files_known() - before
    path = settings.INSTALLATION.data / "blobs" / locator[:2] / locator
    if harm == "changed":
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    else:
        path.unlink()

    answer = made_up.browser_of(made_up.sam).get(address(made_up.jay, number))

    assert answer.status_code == 500
    assert "This file cannot be shown." in answer.text
