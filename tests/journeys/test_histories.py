"""Random histories of saving, replayed in a real browser: no character is lost (P12).

The model of `record/drafting/tests/test_histories.py` says what a page does; this is the page. One
browser and one draft: each history types, empties, loses requests and answers, goes off line, comes
back and loads again. The page's clock runs ten times as fast as in life.
"""

import random
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.installation import HISTORIES
from tests.journeys.conftest import Enter
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P12")]
IN_BROWSER = HISTORIES // 15
STEPS = 5
TEN_TIMES_AS_FAST = """(() => {
    const wait = window.setTimeout.bind(window);
    window.setTimeout = (then, pause, ...more) => wait(then, pause / 10, ...more);
})()"""
TYPE = """([name, words]) => {
    const box = document.querySelector(`[name="${name}"]`);
    box.value = words && box.value + words;
    box.dispatchEvent(new Event("input", {bubbles: true}));
    return box.value;
}"""
ONLINE = "window.dispatchEvent(new Event('online'))"
SAVED = re.compile(r"Saved \d\d:\d\d|Saves as you type")
BOXES = ("statements-1-text", "answers-health")


class Line:
    """What happens to the saves that a page sends."""

    def __init__(self) -> None:
        """Begin with a good line."""
        self.state = "there"
        self.is_lost = 0

    def handle(self, route: Route) -> None:
        """Let a save through, or lose it or its answer."""
        if self.state == "request lost":
            self.is_lost += 1
            route.abort()
        elif self.state == "answer lost":
            route.fetch()
            self.is_lost += 1
            route.abort()
        else:
            route.continue_()


def test_histories_in_a_browser_lose_no_character(made_up: MadeUp, enter: Enter) -> None:
    draft = made_up.draft(made_up.jay, "Toast.")
    page, line = enter(made_up.sam), Line()
    page.add_init_script(TEN_TIMES_AS_FAST)
    page.goto(page.url.rstrip("/") + f"/drafts/{draft}/")
    page.route("**/save/", line.handle)
    drawn = random.Random(100)  # noqa: S311 (not a secret)
    typed = dict.fromkeys(BOXES, "") | {BOXES[0]: "Toast."}
    for _ in range(IN_BROWSER):
        for _ in range(STEPS):
            _step(page, line, drawn, typed)
        _settled(page, line)
        content = made_up.opened(draft).content
        assert "".join(statement.text for statement in content.statements) == typed[BOXES[0]]
        assert content.answers.get("health", "") == typed[BOXES[1]]
    assert line.is_lost  # else the line was never bad


def _step(page: Page, line: Line, drawn: random.Random, typed: dict[str, str]) -> None:
    """Do one thing, and note what then stands in the boxes."""
    what = drawn.choice(("type", "type", "type", "empty", "line", "load"))
    if what == "line":
        line.state = drawn.choice(("there", "request lost", "answer lost"))
    elif what == "load":
        _settled(page, line)  # else a browser asks before it leaves the page
        page.reload(wait_until="domcontentloaded")
    else:
        box = drawn.choice(BOXES)
        typed[box] = page.evaluate(TYPE, [box, "" if what == "empty" else drawn.choice("abß’")])
        page.wait_for_timeout(drawn.choice((0, 0, 120)))


def _settled(page: Page, line: Line) -> None:
    """Wait until the page says that all is saved, on a good line."""
    line.state = "there"
    page.evaluate(ONLINE)
    expect(page.locator("#save-state")).to_have_text(SAVED)
