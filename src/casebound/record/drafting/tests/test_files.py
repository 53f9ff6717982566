"""Photographs and files: from the browser to the book, and to those who may see it."""

import html
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
from casebound.record.attachments.not_taken import NotTakenError
from casebound.record.attachments.reads import uploads_of
from casebound.record.attachments.tests import build
from casebound.record.book.attached import NOTES
from casebound.record.book.entries import Entry
from casebound.record.book.relations import MISFILED
from casebound.record.drafting.actions import (
    DraftChangedError,
    IncompleteError,
    begin_draft,
    discard_draft,
)
from casebound.record.drafting.reads import drafts_of, open_draft
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
        ("boat.jpg", b"\xff\xd8\xff\xe0<html>" + bytes(500), "cannot be read"),
        ("boat.png", build.bomb(), "64 million pixels"),
        ("boat.jpg", PHOTO[:-2000], "cannot be read"),
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
    told = " ".join(page.split())
    assert "<bdi data-added-names>a.jpg, c.pdf</bdi>" in told
    assert told.index("<bdi>b.svg</bdi>") < told.index('<bdi class="app-quiet">a.jpg</bdi>')
    for phone in ("On an iPhone:", "On an Android phone:"):
        assert phone in told


def test_what_was_typed_about_files_is_kept_when_the_next_is_refused(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = made_up.draft(made_up.jay)
    here = made_up.attach(draft, PHOTO, alt="")
    monkeypatch.setattr("casebound.record.attachments.uploads.LARGEST_TOGETHER", 50_000)

    page = upload(
        made_up.browser_of(made_up.sam),
        draft,
        ("b.txt", b"word " * 20_000),
        **{f"kind-{here}": "page", f"alt-{here}": "The first page."},
    )

    assert "larger than 200 MB together" in page
    (only,) = uploads_of(draft, made_up.jay.book)
    assert (only.file.kind, only.file.alt) == ("page", "The first page.")


def test_the_same_photograph_added_twice_is_said_and_not_dropped_in_silence(
    made_up: MadeUp,
) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    made_up.attach(draft, b"What was there before.", name="b.txt")
    first = upload(browser, draft, ("boat.jpg", PHOTO))

    again = upload(browser, draft, ("the same boat.jpg", PHOTO), ("c.txt", b"And this."))
    both = upload(browser, draft, ("d.txt", b"Two in one."), ("e.txt", b"Two in one."))

    assert "data-twice" not in first
    told = " ".join(again.split())
    assert "<bdi>the same boat.jpg</bdi>" in told
    assert "This file is here already, as file 2 below." in told
    assert "<bdi data-added-names>c.txt</bdi>" in told
    assert "<bdi>e.txt</bdi>" in both
    assert "as file 4 below." in " ".join(both.split())
    assert len(uploads_of(draft, made_up.jay.book)) == 4


def test_the_limits_are_said_before_anybody_chooses_a_file(made_up: MadeUp) -> None:
    page = made_up.browser_of(made_up.sam).get(
        reverse("drafting:files", args=[made_up.draft(made_up.jay)])
    )

    words = page.text.split('type="file"')[0]
    for limit in rules.LIMITS:
        assert limit in words


def test_a_picture_without_a_word_is_kept_and_its_word_is_asked_for(made_up: MadeUp) -> None:
    """A draft of one picture and nothing typed is no empty draft (P08)."""
    browser = made_up.browser_of(made_up.sam)
    book = made_up.book(made_up.jay)
    draft = begin_draft(book=book, form="daily_log", by=made_up.sam.id, at=made_up.now)

    upload(browser, draft, ("boat.jpg", PHOTO))
    written = browser.get(reverse("drafting:write", args=[draft])).text
    read = browser.get(reverse("drafting:sign", args=[draft]), follow=True).text
    listed = [line.id for line in drafts_of(made_up.sam.id)]

    assert "not described yet" in written
    assert "Describe photograph 1 for someone who cannot see it." in read
    assert draft in listed


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.txt", "café, and no more".encode("cp1252"), "windows"),
        ("a.txt", "Jay wrote this.".encode("utf-16-le"), "utf-16"),
        ("a.gif", build.several("GIF", 3), "first"),
        ("a.amr", build.amr(), "unplayed"),
    ],
)
def test_a_sealed_entry_says_how_its_file_was_read(
    made_up: MadeUp, name: str, content: bytes, note: str
) -> None:
    number = sealed_with(made_up, content, name=name)

    page = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, number])
    )

    assert NOTES[note] in html.unescape(page.text)
    assert ("<audio" in page.text) is False
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    assert Entry.read(entry).attachments[0].note == note


def test_sound_that_browsers_play_is_played_in_its_place(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    made_up.attach(draft, build.wav(), name="a.wav")
    browser = made_up.browser_of(made_up.sam)
    written = browser.get(reverse("drafting:files", args=[draft])).text
    number = made_up.sign(draft).numbers[made_up.jay.book]
    read = browser.get(reverse("chronology:entry", args=[made_up.jay.book, number]))

    assert f'src="{reverse("drafting:file", args=[draft, 1, "original"])}"' in written
    assert f'src="{address(made_up, number)}"' in read.text
    assert 'preload="none"' in read.text
    assert "media-src 'self'" in read["Content-Security-Policy"]


def test_pictures_are_printed_from_their_large_copies_and_shown_from_the_small(
    made_up: MadeUp,
) -> None:
    number = sealed_with(made_up, PHOTO)
    browser = made_up.browser_of(made_up.sam)
    small, large = (
        f'src="{address(made_up, number, which=which)}"' for which in ("thumb", "shown")
    )

    read = browser.get(reverse("chronology:entry", args=[made_up.jay.book, number])).text
    paper = browser.get(reverse("chronology:print", args=[made_up.jay.book])).text

    assert (small in read, large in read) == (True, False)
    assert (small in paper, large in paper) == (False, True)


def test_an_entry_says_what_the_original_of_a_picture_may_hold(made_up: MadeUp) -> None:
    picture, paper = sealed_with(made_up, PHOTO), sealed_with(made_up, build.pdf(), "a.pdf")
    browser = made_up.browser_of(made_up.sam)

    told = [
        browser.get(reverse("chronology:entry", args=[made_up.jay.book, number])).text
        for number in (picture, paper)
    ]

    may_hold = "Download the original (it may hold place, time and camera)"
    assert [may_hold in page for page in told] == [True, False]


def test_the_page_says_how_a_file_was_read_and_what_the_original_keeps(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay)
    page = upload(browser, draft, ("a.txt", "café, and no more".encode("cp1252")))
    assert page.count("data-note") == 1
    assert NOTES["windows"] in page
    (uploaded,) = uploads_of(draft, made_up.jay.book)
    again = upload(browser, draft, **{f"kind-{uploaded.id}": "document", f"alt-{uploaded.id}": "x"})
    assert NOTES["windows"] in again
    assert "not shown to anybody" not in page
    assert "can download the original" in " ".join(page.split())


def test_what_is_too_large_is_stopped_while_it_arrives(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.LARGEST, rules.Sort.TEXT, 300_000)
    draft, before = made_up.draft(made_up.jay), on_disk()
    page = upload(made_up.browser_of(made_up.sam), draft, ("a.txt", b"word " * 100_000))
    assert "larger than a file of its type may be" in page
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
    assert "larger than 200 MB together" in page.text


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
