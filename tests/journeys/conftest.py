"""What every journey stands on: the made-up provider, really committed, and a way in."""

from typing import Protocol

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import NewPage
from tests.made_up import MadeUp, Worker

PATIENCE = 10_000  # milliseconds: what takes longer is broken


class Enter(Protocol):
    """Opens a page as somebody who has signed in, on the page they land on."""

    def __call__(
        self, worker: Worker, *, width: int = 1280, scripts: bool = True, path: str = "/"
    ) -> Page:
        """Open it at a size, with scripts on or off."""


@pytest.fixture
def enter(made_up: MadeUp, live_server: LiveServer, new_page: NewPage) -> Enter:
    """Open pages as somebody who has signed in already; `test_signing_in.py` does it in earnest."""

    def open_page(
        worker: Worker, *, width: int = 1280, scripts: bool = True, path: str = "/"
    ) -> Page:
        page = new_page(width=width, scripts=scripts)
        page.set_default_timeout(PATIENCE)
        let_in(page, made_up, worker, live_server.url)
        page.goto(f"{live_server.url}{path}")
        return page

    return open_page


def let_in(page: Page, made_up: MadeUp, worker: Worker, url: str) -> None:
    """Give the page's browser a session of the worker's."""
    session = made_up.browser_of(worker).cookies
    # The cookie asks for TLS, which a browser does not ask of its own machine; to set it, it does.
    url = url.replace("http://", "https://")
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": url, "secure": True, "sameSite": "Strict"}
            for name, cookie in session.items()
        ]
    )
