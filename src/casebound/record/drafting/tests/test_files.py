"""Photographs and files: from the browser to the book, and to those who may see it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as how_many
from hypothesis import strategies as st

from casebound.foundation.base.ids import DraftId
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.checking import full, quick
from casebound.ledger.sealing.reads import entry_at, files_known
from casebound.people.access.models import Reading
from casebound.record.attachments import reads as attached
from casebound.record.attachments import rules
from casebound.record.attachments.models import Upload
from casebound.record.attachments.reads import uploads_of
from casebound.record.attachments.rules import NotTakenError
from casebound.record.attachments.tests import build
from casebound.record.book.entries import Entry
from casebound.record.book.relations import MISFILED
from casebound.record.drafting.actions import (
    DraftChangedError,
    IncompleteError,
    begin_draft,
    discard_draft,
)
from casebound.record.drafting.reads import open_draft
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P04")]

PHOTO = build.with_a_place()


def upload(browser: Client, draft: DraftId, *files: tuple[str, bytes], **said: str) -> str:
    """Send files as a browser without scripts does; return the page that comes of it."""
    page = browser.post(
        reverse("drafting:files", args=[draft]),
        {"file": [SimpleUploadedFile(name, content) for name, content in files], **said},
        follow=True,
    )
    return str(page.content.decode())


def on_disk() -> set[Path]:
    return set((settings.INSTALLATION.data / "blobs").glob("*/*"))


def address(made_up: MadeUp, number: int, place: int = 1, which: str = "original") -> str:
    return reverse("attachments:file", args=[made_up.jay.book, number, place, which])


def sealed_with(made_up: MadeUp, content: bytes, name: str = "boat.jpg") -> int:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, content, name=name)
    return made_up.sign(draft).numbers[made_up.jay.book]


def given_out(made_up: MadeUp, url: str) -> bytes:
    answer = made_up.browser_of(made_up.sam).get(url)
    assert answer.status_code == 200
    return answer.getvalue()


def test_a_photograph_goes_from_the_browser_to_the_book_and_comes_back_as_it_was(
    made_up: MadeUp,
) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)

    page = upload(browser, draft, ("At the harbour.jpg", PHOTO))
    (uploaded,) = uploads_of(draft, made_up.jay.book)
    said = {
        f"kind-{uploaded.id}": "photograph",
        f"alt-{uploaded.id}": "A boat.",
        f"scale-{uploaded.id}": "150",
    }
    upload(browser, draft, **said)
    number = made_up.sign(draft).numbers[made_up.jay.book]

    assert "At the harbour.jpg" in page
    assert given_out(made_up, address(made_up, number)) == PHOTO
    read = browser.get(reverse("chronology:entry", args=[made_up.jay.book, number])).text
    assert 'alt="A boat."' in read
    assert "150 mm wide in real life" in read
    assert "Unchanged since it was sealed" in read
    assert full().ok
    assert not Upload.objects.exists()
    assert {path.name for path in on_disk()} >= files_known()


def test_nothing_plain_of_a_file_is_ever_on_the_disk(made_up: MadeUp) -> None:
    words = b"The heliotrope was in bloom. " * 4000
    draft = made_up.draft(made_up.jay)
    upload(made_up.browser_of(made_up.sam), draft, ("a.txt", words))
    made_up.sign(draft)
    for path in settings.INSTALLATION.data.rglob("*"):
        assert not path.is_file() or b"heliotrope" not in path.read_bytes()


def test_a_picture_must_be_described_before_the_entry_can_be_signed(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, PHOTO, alt="")
    with pytest.raises(IncompleteError, match="Describe photograph 1"):
        made_up.sign(draft)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("boat.png", b"<svg onload='alert(1)'></svg>", "SVG drawing"),
        ("boat.heic", b"PK\x03\x04" + bytes(100), "packed file"),
        ("boat.jpg", b"\xff\xd8\xff\xe0<html>" + bytes(500), "cannot be read as one"),
        ("boat.png", build.bomb(), "64 million points"),
        ("boat.jpg", PHOTO[:-2000], "cannot be read as one"),
        ("empty.txt", b"", "nothing in it"),
        ("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(300), "film"),
    ],
)
def test_what_is_not_taken_is_said_in_words_and_nothing_of_it_is_kept(
    name: str, content: bytes, words: str, made_up: MadeUp
) -> None:
    draft, before = made_up.draft(made_up.jay), on_disk()
    made_up.attach(draft, b"What was there before.", name="b.txt")
    kept = on_disk()

    page = upload(made_up.browser_of(made_up.sam), draft, (name, content))

    assert words in page
    assert name in page
    assert len(uploads_of(draft, made_up.jay.book)) == 1
    assert on_disk() == kept > before


def test_of_several_files_the_good_ones_are_taken(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    page = upload(
        made_up.browser_of(made_up.sam),
        draft,
        ("a.jpg", build.picture()),
        ("b.svg", b"<svg></svg>"),
        ("c.pdf", build.pdf()),
    )
    kinds = [upload.file.original.media_type for upload in uploads_of(draft, made_up.jay.book)]
    assert kinds == ["image/jpeg", "application/pdf"]
    assert page.count("data-refused") == 1


def test_the_page_says_how_a_file_was_read_and_what_the_original_keeps(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    page = upload(browser, draft, ("a.txt", "café, and no more".encode("cp1252")))
    assert page.count("data-note") == 1
    assert rules.NOTES["windows"] in page
    (uploaded,) = uploads_of(draft, made_up.jay.book)
    again = upload(browser, draft, **{f"kind-{uploaded.id}": "document", f"alt-{uploaded.id}": "x"})
    assert rules.NOTES["windows"] in again
    assert "not shown to anybody" not in page
    assert "can save the original" in " ".join(page.split())


def test_what_is_too_large_is_stopped_while_it_arrives(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.LARGEST, rules.Sort.TEXT, 300_000)
    draft, before = made_up.draft(made_up.jay), on_disk()
    page = upload(made_up.browser_of(made_up.sam), draft, ("a.txt", b"word " * 100_000))
    assert "larger than what is taken" in page
    assert on_disk() == before


def test_a_form_that_says_it_is_too_large_is_not_even_read(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    browser = made_up.browser_of(made_up.sam)
    answer = browser.generic(
        "POST",
        reverse("drafting:files", args=[draft]),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 413
    assert "too large together" in page.text


def test_a_thirteenth_file_is_not_taken(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    for number in range(12):
        made_up.attach(draft, f"Page {number}.".encode())
    with pytest.raises(NotTakenError, match="12 files already"):
        made_up.attach(draft, b"One more.")
    assert len(made_up.opened(draft).content.statements) == 1


def test_the_same_file_sent_again_on_a_bad_line_is_there_once(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    assert made_up.attach(draft, PHOTO) == made_up.attach(draft, PHOTO)
    assert len(uploads_of(draft, made_up.jay.book)) == 1


def test_a_form_without_its_secret_leaves_nothing(made_up: MadeUp) -> None:
    draft, before = made_up.draft(made_up.jay), on_disk()
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = made_up.browser_of(made_up.sam).cookies
    page = browser.post(
        reverse("drafting:files", args=[draft]), {"file": SimpleUploadedFile("a.txt", b"words")}
    )
    assert browser.get(page.headers["Location"]).status_code == 403
    assert on_disk() == before
    assert not Upload.objects.exists()


def test_files_are_ordered_and_taken_out_by_buttons(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    first, second, third = (made_up.attach(draft, f"Page {n}.".encode()) for n in (1, 2, 3))

    upload(browser, draft, do=f"up:{third}")
    upload(browser, draft, do=f"down:{first}")
    upload(browser, draft, do=f"remove:{second}")

    assert [upload.id for upload in uploads_of(draft, made_up.jay.book)] == [third, first]


def test_what_is_thrown_away_is_gone_with_its_files(made_up: MadeUp) -> None:
    before, draft = on_disk(), made_up.draft(made_up.jay)
    with_file = made_up.attach(draft, PHOTO)
    assert with_file
    assert on_disk() > before
    discard_draft(draft=made_up.opened(draft))
    assert not Upload.objects.exists()


def test_a_fresh_draft_with_a_file_is_not_replaced_by_the_next(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay)
    draft = begin_draft(book=book, form="daily_log", by=made_up.sam.id, at=made_up.now)
    upload(made_up.browser_of(made_up.sam), draft, ("a.txt", b"words"))
    begin_draft(book=book, form="daily_log", by=made_up.sam.id, at=made_up.now)
    assert open_draft(draft, author=made_up.sam.id) is not None


def test_what_was_added_after_reading_through_is_not_signed_unseen(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    sign = reverse("drafting:sign", args=[draft])
    seen = re.search(r'name="files" value="([0-9a-f]+)"', browser.get(sign).text)
    assert seen is not None
    made_up.attach(draft, PHOTO)
    answer = browser.post(sign, {"files": seen[1], "password": "x"})
    assert answer.status_code == 409
    assert DraftChangedError.why in answer.text


@pytest.mark.policy("P63")
def test_who_may_not_see_the_book_gets_404_and_every_look_is_on_the_trail(made_up: MadeUp) -> None:
    number = sealed_with(made_up, PHOTO)
    for which in ("original", "shown", "thumb"):
        url = address(made_up, number, which=which)
        for stranger in (made_up.lin, made_up.robin, made_up.alex):
            assert made_up.browser_of(stranger).get(url).status_code == 404
    assert not Reading.objects.filter(what__in=["file", "picture"]).exists()

    given_out(made_up, address(made_up, number))
    given_out(made_up, address(made_up, number, which="shown"))

    looks = Reading.objects.filter(what__in=["file", "picture"]).order_by("id")
    assert [(look.what, look.first, look.worker_id) for look in looks] == [
        ("file", number, made_up.sam.id),
        ("picture", number, made_up.sam.id),
    ]


def test_what_does_not_exist_answers_404(made_up: MadeUp) -> None:
    number = sealed_with(made_up, b"Words.", name="a.txt")
    browser = made_up.browser_of(made_up.sam)
    for url in (
        address(made_up, number, 2),
        address(made_up, number, 0),
        address(made_up, number, which="shown"),
        address(made_up, number, which="about"),
        address(made_up, number + 1),
        address(made_up, 1),
    ):
        assert browser.get(url).status_code == 404


def test_a_file_goes_out_so_that_no_browser_runs_it(made_up: MadeUp) -> None:
    number = sealed_with(made_up, build.pdf(with_script=True), name="Jay letter.pdf")
    answer = made_up.browser_of(made_up.sam).get(address(made_up, number))
    assert answer["Content-Disposition"] == f'attachment; filename="entry-{number}-file-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
    )
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/pdf"


def test_only_our_own_copy_of_a_picture_opens_in_place_and_it_tells_no_place(
    made_up: MadeUp,
) -> None:
    number = sealed_with(made_up, PHOTO)
    browser = made_up.browser_of(made_up.sam)
    shown = browser.get(address(made_up, number, which="shown"))
    original = browser.get(address(made_up, number))
    assert shown["Content-Disposition"].startswith("inline")
    assert original["Content-Disposition"].startswith("attachment")
    assert b"MadeUpCamera" not in shown.getvalue()


@pytest.mark.policy("P64")
def test_a_file_changed_on_the_disk_is_not_given_out_and_names_its_entry(made_up: MadeUp) -> None:
    number = sealed_with(made_up, PHOTO)
    for name in files_known():
        path = blobs._path(name)
        *before, last = path.read_bytes()
        path.write_bytes(bytes([*before, last ^ 1]))
    page = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert "cannot be proved" in made_up.browser_of(made_up.sam).get(page).text
    answer = made_up.browser_of(made_up.sam).get(address(made_up, number))
    assert answer.status_code == 500
    assert "cannot be shown" in answer.text
    assert {(problem.book, problem.page) for problem in quick().problems} == {
        (made_up.jay.book, number)
    }


def test_a_file_of_a_page_in_the_wrong_book_is_barred_with_it(made_up: MadeUp) -> None:
    number = sealed_with(made_up, PHOTO)
    made_up.put_right(made_up.jay, number, MISFILED, by=made_up.dana)
    assert made_up.browser_of(made_up.sam).get(address(made_up, number)).status_code == 404


@pytest.mark.policy("P40")
def test_a_file_about_another_child_is_left_out_of_this_one_s_book(made_up: MadeUp) -> None:
    from casebound.record.book.separating import in_book  # noqa: PLC0415

    number = sealed_with(made_up, PHOTO)
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    fact = Entry.read(entry)
    about_noor = replace(fact.attachments[0], about=(made_up.noor.id,))
    shown = in_book(replace(fact, attachments=(about_noor,)), made_up.jay.book)
    assert (shown.attachments[0].alt, shown.attachments[0].original.sha256) == ("", "")
    assert in_book(fact, made_up.jay.book).attachments == fact.attachments


def test_an_entry_without_files_has_no_part_for_them(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay).numbers[made_up.jay.book]
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    assert not [part for part in entry.parts if part.m["n"].startswith("file")]


@pytest.mark.policy("P07")
def test_pages_of_a_handwritten_note_stand_beside_the_typed_reading(made_up: MadeUp) -> None:
    draft = made_up.draft(
        made_up.jay, "Jay rang at nine.", form="note", answers={"taken_during": "call"}
    )
    for colour in ("white", "yellow"):
        made_up.attach(draft, build.picture("PNG", (80, 80 + len(colour))), kind="page")
    number = made_up.sign(draft).numbers[made_up.jay.book]
    page = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, number])
    )
    assert page.text.count("Page of a handwritten note, file") == 2
    assert page.text.index("Jay rang at nine.") < page.text.index("app-files--pages")


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    number = sealed_with(made_up, PHOTO)
    page = reverse("chronology:entry", args=[made_up.jay.book, number])

    def figure() -> str:
        text = made_up.browser_of(made_up.sam).get(page).text
        return text[text.index("<figure") : text.index("</figure>")]

    live = figure()
    rebuild()
    assert figure() == live


def test_strays_are_not_those_of_drafts(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, PHOTO)
    (uploaded,) = uploads_of(draft, made_up.jay.book)
    assert attached.files_known() == set(uploaded.locators.values())


@how_many(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.builds(
            lambda head, rest: head + rest,
            st.sampled_from([PHOTO, build.wav(), build.mp3(), build.pdf(), PHOTO[:50]]),
            st.binary(max_size=50),
        ),
    )
)
def test_any_bytes_are_refused_in_words_or_come_back_as_they_were(
    content: bytes, made_up: MadeUp
) -> None:
    draft = made_up.draft(made_up.jay)
    refused = ""
    try:
        made_up.attach(draft, content)
    except NotTakenError as wrong:
        refused = wrong.detail
    number = made_up.sign(draft).numbers[made_up.jay.book]
    if refused:
        assert made_up.browser_of(made_up.sam).get(address(made_up, number)).status_code == 404
    else:
        assert given_out(made_up, address(made_up, number)) == content
