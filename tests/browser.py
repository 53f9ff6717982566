"""A real Chromium for tests marked `browser`.

    @pytest.mark.browser
    def test_…(live_server: LiveServer, new_page: NewPage) -> None:
        page = new_page(width=360, scripts=False)
        page.goto(live_server.url)

Whatever a page complains of (an error in a script, something its security policy refused, a style
sheet that is not there, an answer of 500) fails the test at its end. A refusal (403, 404, 422) of
the page itself does not: that may be just what the test is about.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    sync_playwright,
)

PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font"}


class NewPage(Protocol):
    """Opens a page in a fresh browser context: nobody is signed in, nothing is remembered."""

    def __call__(self, *, width: int = 1280, height: int = 900, scripts: bool = True) -> Page:
        """Open it at a size, with scripts on or off."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise FileNotFoundError("Chromium is needed: sudo apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; the tests here are not asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        # Chromium's own sandbox refuses root, which is who runs tests in a container.
        rootless = [] if os.geteuid() else ["--no-sandbox"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=rootless)
            yield browser
            browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Open pages; at the end close them, and fail if one of them complained."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, width: int = 1280, height: int = 900, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        _listen(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _listen(page: Page, complaints: list[str]) -> None:
    def hear(line: ConsoleMessage) -> None:
        # What did not load is judged by its answer, below.
        if line.type == "error" and not line.text.startswith("Failed to load resource"):
            complaints.append(line.text)

    def judge(response: Response) -> None:
        bound = 400 if response.request.resource_type in PARTS_OF_A_PAGE else 500
        if response.status >= bound:
            complaints.append(f"{response.status} {response.url}")

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", hear)
    page.on("response", judge)
