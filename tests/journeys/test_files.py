"""A photograph goes into an entry, with scripts and without, and is seen in the book."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casebound.record.attachments.tests import build
from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, look, read_and_sign
from tests.made_up import PASSWORD, MadeUp

LOOKED_AT = 30_000  # ms: a process of its own decodes each file, also on a busy machine
pytestmark = [pytest.mark.browser, pytest.mark.policy("P04", "P07")]


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """A photograph, and a drawing with a program in it."""
    made = [tmp_path / "boat.jpg", tmp_path / "drawing.svg"]
    made[0].write_bytes(build.with_a_place())
    made[1].write_text("<svg onload='alert(1)'></svg>")
    return made


def choose(page: Page, *files: Path, scripts: bool) -> None:
    page.get_by_label("Add pictures or files").set_input_files(list(files))
    if not scripts:
        page.get_by_role("button", name="Add", exact=True).click()


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_a_photograph_is_added_described_read_through_and_signed(
    made_up: MadeUp,
    enter: Enter,
    pictures: list[Path],
    width: int,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page = enter(made_up.sam, width=width, scripts=scripts)
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page, "Jay built a boat.")
    page.get_by_role("button", name="Add a photograph or a file").click()
    expect(page.get_by_text("At most 12 files", exact=False).first).to_be_visible()

    choose(page, pictures[0], scripts=scripts)
    box = page.get_by_label("Describe it for someone who cannot see it")
    expect(box).to_be_visible(timeout=LOOKED_AT)
    look(page, scripts=scripts)
    choose(page, pictures[1], scripts=scripts)
    expect(page.get_by_text("SVG drawing", exact=False)).to_be_visible(timeout=LOOKED_AT)
    look(page, scripts=scripts)
    box.fill("A brown boat on blue water, with a red flag.")
    page.get_by_role("button", name="Save and go back to writing").click()

    expect(page.get_by_label("Your words").first).to_have_value("Jay built a boat.")
    read_and_sign(page, PASSWORD)
    picture = page.get_by_role("img", name="A brown boat on blue water, with a red flag.")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
    look(page, scripts=scripts)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_taken_beside_what_was_refused_is_listed_at_once(
    made_up: MadeUp,
    enter: Enter,
    pictures: list[Path],
    tmp_path: Path,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    draft = made_up.draft(made_up.jay)
    film, letter, same = tmp_path / "party.mov", tmp_path / "letter.pdf", tmp_path / "again.jpg"
    film.write_bytes(build.in_boxes(b"qt  ", build.track(b"vide", b"hvc1")))
    letter.write_bytes(build.pdf())
    same.write_bytes(pictures[0].read_bytes())
    page = enter(made_up.sam, width=360, scripts=scripts, path=f"/drafts/{draft}/files/")
    choose(page, pictures[0], scripts=scripts)
    box = page.get_by_label("Describe it for someone who cannot see it")
    expect(box).to_be_visible(timeout=LOOKED_AT)
    box.fill("A brown boat, and so")

    choose(page, pictures[1], letter, film, same, scripts=scripts)

    told = page.get_by_role("alert")
    expect(told).to_contain_text("Added: letter.pdf", timeout=LOOKED_AT)
    for words in ("drawing.svg", "SVG drawing", "party.mov", "It is a film", "again.jpg"):
        expect(told).to_contain_text(words)
    expect(told).to_contain_text("file 1 below")
    expect(told).to_contain_text("On an iPhone: Pause the film")
    expect(told).to_contain_text("On an Android phone: Pause the film")
    expect(page.get_by_role("heading", name="2. Document letter.pdf")).to_be_visible()
    expect(box).to_have_value("A brown boat, and so")
    look(page, scripts=scripts)


def test_a_file_is_sent_again_when_the_connection_was_lost(
    made_up: MadeUp, enter: Enter, pictures: list[Path]
) -> None:
    page = enter(made_up.sam)
    page.get_by_role("button", name="Write daily log for Jay").click()
    page.get_by_role("button", name="Add a photograph or a file").click()
    lost: list[object] = []

    def lose_once(route: object) -> None:
        if not lost:
            lost.append(route)
            route.abort("connectionreset")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/files/", lose_once)
    choose(page, pictures[0], scripts=True)
    expect(page.get_by_label("Describe it for someone who cannot see it")).to_be_visible(
        timeout=LOOKED_AT
    )
    assert lost
