"""The pictures of the guide, taken from the demo's ninety days when they are asked for.

    CASEBOUND_PICTURES=1 ./run test tests/journeys/test_pictures.py

They lie in `docs/guide/pictures/` and are looked at before they are kept.
"""

import re
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import NewPage
from tests.installation import PICTURES
from tests.journeys.demo import Demo
from tests.journeys.page import saved
from tests.journeys.test_body_map import LEFT_FOREARM, RIGHT_KNEE, at, front

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PICTURES, reason="takes pictures only when CASEBOUND_PICTURES=1"),
]
FOLDER = Path(__file__).parents[2] / "docs/guide/pictures"
LARGEST = 200_000  # bytes
SIZES = {1280: 860, 360: 740}
LOG = (
    "Maisie came in from school at quarter to four and asked whether there was any soup left.",
    "She rang her gran after tea. They spoke for twenty minutes and she laughed most of the way.",
)
VIEW = "“Can the landing light stay on?” It stayed on, and she was asleep by nine."


def test_the_pictures_of_the_guide(tmp_path: Path, new_page: NewPage) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Demo(tmp_path, days=90) as demo:
        for width, height in SIZES.items():
            page = new_page(width=width, height=height)
            walk(page, demo.url, partial(keep, page, width))
    sizes = {file.name: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert {name for name, size in sizes.items() if size > LARGEST} == set()


def walk(page: Page, start: str, shoot: Callable[[str], None]) -> None:
    """Walk through the demo as one of its people and shoot what the guide shows."""
    page.goto(f"{start}/demo/")
    shoot("door")
    page.get_by_role("button", name="Bethan Colley").click()
    page.get_by_role("heading", name="Shift").wait_for()
    shoot("shift")
    page.get_by_role("link", name="Maisie", exact=True).click()
    shoot("book")
    page.goto(f"{page.url}?form=key_session")
    page.locator(".app-entry__number").first.click()
    shoot("entry")
    page.goto(f"{start}/search/")
    page.get_by_label("Words to look for").fill("train")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**again=**")
    shoot("search")
    page.goto(start)
    page.get_by_role("button", name="Write daily log for Maisie").click()
    page.get_by_label("Your words").first.fill("\n\n".join(LOG))
    page.get_by_label("own words or view").fill(VIEW)
    page.get_by_label("I was there").check()
    page.get_by_label("Maisie", exact=True).check()
    saved(page)
    page.evaluate("scrollTo(0, 0)")
    shoot("write")
    page.get_by_role("button", name="Read through").click()
    page.wait_for_url("**/sign/**")
    shoot("sign")
    forms(page, start, shoot)
    page.goto(f"{start}/demo/")
    page.get_by_role("button", name="Marguerite Osei-Tandy").click()
    page.get_by_role("heading", name="Shift").wait_for()
    house(page, start, shoot)
    page.goto(f"{start}/desk/")
    shoot("desk")
    page.goto(f"{start}/proof/")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Nothing was changed")).to_be_visible(timeout=60_000)
    shoot("proof")


def forms(page: Page, start: str, shoot: Callable[[str], None]) -> None:
    """Shoot the list of forms, a part of one, and a body map, and throw the drafts away."""
    page.goto(start)
    page.get_by_role("link", name="Write something else for Maisie").click()
    shoot("forms")
    page.get_by_role("button", name="Restraint Somebody held").click()
    to_the_top(page.get_by_role("heading", name="What this record must say"))
    shoot("restraint")
    page.get_by_role("button", name="Delete draft").click()
    page.wait_for_url("**/discard/**")
    page.goto(start)
    page.get_by_role("link", name="Write something else for Maisie").click()
    page.get_by_role("button", name=re.compile("^Accident")).click()
    page.locator("[name$=kind][value=accident]").check(force=True)
    page.get_by_text("More you can say").click()
    for place, kind, words in (
        (RIGHT_KNEE, "Graze", "From the gravel"),
        (LEFT_FOREARM, "Bruise", "As big as a penny"),
    ):
        front(page).click(position=at(front(page), place))
        page.get_by_label("What it is", exact=True).select_option(kind)
        page.get_by_label("In words").fill(words)
        page.get_by_role("button", name="Done").click()
    to_the_top(page.locator(".app-map"))
    shoot("body-map")
    page.get_by_role("button", name="Delete draft").click()
    page.wait_for_url("**/discard/**")


def house(page: Page, start: str, shoot: Callable[[str], None]) -> None:
    """Shoot what waits for a manager, the handover, a register, and what comes after an entry."""
    page.goto(start)
    to_the_top(page.get_by_role("heading", name="Waiting for you"))
    shoot("due")
    page.get_by_role("link", name="Handover").first.click()
    shoot("handover")
    page.goto(start)
    page.get_by_role("link", name="Registers").first.click()
    page.get_by_role("link", name="Restraint").click()
    shoot("register")
    page.get_by_role("rowheader").first.locator("xpath=..").get_by_role("link").first.click()
    to_the_top(page.get_by_role("heading", name="What comes next"))
    shoot("next")


def to_the_top(what: Locator) -> None:
    """Scroll so far that what is meant stands a little below the upper edge."""
    what.evaluate("box => scrollTo(0, box.getBoundingClientRect().top + scrollY - 72)")


def keep(page: Page, width: int, name: str) -> None:
    """Take the picture, packed as tightly as its format allows."""
    picture = page.screenshot(animations="disabled")
    (FOLDER / f"{name}-{width}.png").write_bytes(packed(picture))


def packed(picture: bytes) -> bytes:
    """Return a PNG with its pixels packed again at the highest level."""
    parts, at, pixels = [picture[:8]], 8, b""
    while at < len(picture):
        size, kind = int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        body = picture[at + 8 : at + 8 + size]
        if kind == b"IDAT":
            pixels += body
        else:
            if kind == b"IEND":
                parts.append(_part(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)))
            parts.append(_part(kind, body))
        at += 12 + size
    return b"".join(parts)


def _part(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + check.to_bytes(4, "big")
