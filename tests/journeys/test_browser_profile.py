"""What a browser leaves on the disk of a shared tablet: no word that was typed, searched or read.

The whole of it, four ways round, is `tools/trials/browser_profile.py`.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import let_in
from tests.made_up import MadeUp
from tools.trials.browser_profile import Visit, found, kill, profiled, sign_out, work, written

pytestmark = [pytest.mark.browser, pytest.mark.policy("P12")]


@pytest.mark.parametrize("how", [(True, "signing out"), (False, "a kill")])
def test_nothing_of_a_book_is_in_the_files_of_the_browser(
    made_up: MadeUp,
    live_server: LiveServer,
    chromium: Browser,
    tmp_path: Path,
    how: tuple[bool, str],
) -> None:
    scripts, end = how
    draft = made_up.draft(made_up.jay)
    book = made_up.book_url(made_up.jay)
    visit = Visit(live_server.url, f"/drafts/{draft}/", book, made_up.jay.full_name.split()[1])

    with profiled(chromium.browser_type, tmp_path, scripts=scripts) as context:
        page = context.pages[0]
        let_in(page, made_up, made_up.sam, live_server.url)
        work(page, visit)
        assert written(tmp_path, visit)  # or this looks in the wrong place
        if end == "a kill":
            kill(tmp_path)
        else:
            sign_out(page, visit)

    assert found(tmp_path, visit.words()) == []
