"""Every form of the house waits for the line: none lets the browser leave by itself (P12)."""

import re

import pytest
from playwright.sync_api import Page, Route
from pytest_django.live_server_helper import LiveServer

from tests.browser import NewPage
from tests.house.addresses import Scene
from tests.house.source import BUILT, nothing, texts
from tests.house.test_markup import pages
from tests.journeys.conftest import let_in
from tests.made_up import MadeUp

POSTED = re.compile(r'<form[^>]*method="post"')
SOON = 100  # tenths of a second
MOST_OF_THE_FORMS = 25  # pages: fewer, and the forms are no longer looked at
# Scripts that send something themselves, and what they do when the line is lost.
SEND_THEMSELVES = {
    "hints.js": "asks for suggestions; without an answer it asks again later",
    "files.js": "sends one file at a time, waits for the line and tries again",
    "live.js": "asks for what others wrote; without an answer it asks again later",
    "passkey.js": "asks what to sign; the form itself is sent as any other",
}
SAYS_SO = re.compile(r"No connection|Saves as you type|Saved on the server|Not saved")
SEND_EACH = """() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const posted = [...document.querySelectorAll('form[method="post"]')];
    const submit = () => new SubmitEvent("submit", {bubbles: true, cancelable: true});
    return posted.filter(form => form.dispatchEvent(submit())).map(form => form.action);
}"""
# A form says it after its own button, or after the row of buttons that it stands in.
SAID = """() => [...document.querySelectorAll('form[method="post"]')].map(form => [
    form, form.nextElementSibling, form.closest(".app-buttons")?.nextElementSibling
].map(place => place?.innerText ?? "").join(" "))"""


def test_only_one_script_sends_forms() -> None:
    told = []
    for script in texts(".js"):
        if BUILT in script.parents or script.name == "sending.js":
            continue
        words = script.read_text()
        if ".submit()" in words:
            told.append(f"{script.name}: sends a form past the script that waits for the line")
        if re.search(r"\bfetch\(|XMLHttpRequest", words) and script.name not in SEND_THEMSELVES:
            told.append(f"{script.name}: sends something itself")
    nothing(told)


@pytest.mark.browser
@pytest.mark.policy("P12")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_without_a_line_every_form_stays_and_says_so(
    made_up: MadeUp, live_server: LiveServer, new_page: NewPage
) -> None:
    scene, opened, told, seen = Scene(made_up), dict[str, Page](), list[str](), 0
    for visitor, address, answer in pages(scene):
        if not POSTED.search(answer.text):
            continue
        if visitor not in opened:
            opened[visitor] = _without_line(new_page())
            if worker := scene.visitors()[visitor]:
                let_in(opened[visitor], made_up, worker, live_server.url)
        seen += 1
        wrong = _sent(opened[visitor], f"{live_server.url}{address.path}")
        told += [f"{address.name}: {words}" for words in wrong]
    nothing(told)
    assert seen > MOST_OF_THE_FORMS


def _without_line(page: Page) -> Page:
    """Lose whatever the page sends; what it only asks for comes."""
    page.route(re.compile(r"^http://[^/]+/(?!static/)"), _lose)
    return page


def _lose(route: Route) -> None:
    if route.request.method == "POST" or route.request.url.endswith("/line/"):
        route.abort()
    else:
        route.continue_()


def _sent(page: Page, address: str) -> list[str]:
    page.goto(address)
    wrong = [f"leaves by itself: {action}" for action in page.evaluate(SEND_EACH)]
    silent = _silent(page)
    for _ in range(SOON):  # each form hears by itself that nothing left
        if not silent:
            break
        page.wait_for_timeout(100)
        silent = _silent(page)
    return wrong + [f"says nothing: {form[:60]}" for form in silent]


def _silent(page: Page) -> list[str]:
    return [form for form in page.evaluate(SAID) if not SAYS_SO.search(form)]
