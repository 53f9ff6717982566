"""The gallery in a real browser: every component, wide and narrow, light and dark."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import NewPage

AXE = Path(__file__).parents[5] / "frontend/node_modules/axe-core/axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.urls("casebound.upkeep.gallery.tests.addresses"),
]
SAVED = '<p class="app-saved app-saved--saved" id="save-state"><span>Saved 22:41</span></p>'
CHANGED = '<p class="app-saved app-saved--stopped" id="save-state"><span>Changed by Ben</span></p>'
KEPT = "No connection: kept on this page, trying again"
SAYS = f'data-say-offline="{KEPT}"'


def violations(page: Page) -> list[Any]:
    # Read here and run there: the page's security policy lets no script in by its address.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_gallery_is_accessible_and_fits(
    live_server: LiveServer, new_page: NewPage, width: int, scheme: Any
) -> None:
    page = new_page(width=width)
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + reverse("gallery:gallery"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_gallery_is_whole_without_scripts(live_server: LiveServer, new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto(live_server.url + reverse("gallery:gallery"))
    page.get_by_text("About these words").first.click()
    expect(page.get_by_label("Who decided?").first).to_be_visible()


def writing(live_server: LiveServer, new_page: NewPage) -> Page:
    """Open the gallery with a form that saves itself to an address the test answers."""

    def with_saving(route: Route) -> None:
        answer = route.fetch()
        plain = '<form autocomplete="off" method="post" action="#">'
        saving = f'{plain[:-1]} data-module="app-autosave" data-save-url="/saved/" {SAYS}>'
        route.fulfill(response=answer, body=answer.text().replace(plain, saving, 1))

    page = new_page()
    page.route("**" + reverse("gallery:gallery"), with_saving)
    page.goto(live_server.url + reverse("gallery:gallery"))
    return page


def test_typing_is_saved_and_the_page_says_when(live_server: LiveServer, new_page: NewPage) -> None:
    page = writing(live_server, new_page)
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(body=SAVED, content_type="text/html")

    page.route("**/saved/", answer)
    page.get_by_label("What happened").first.fill("Bridge built")
    expect(page.locator("#save-state")).to_have_text("Saved 22:41")
    assert "statements-1-text=Bridge+built" in sent[-1]


@pytest.mark.policy("P12")
def test_a_lost_connection_keeps_the_words_says_so_and_tries_again(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = writing(live_server, new_page)
    page.route("**/saved/", lambda route: route.abort())
    box = page.get_by_label("What happened").first
    box.fill("Bridge built")
    expect(page.locator("#save-state")).to_have_text(KEPT)
    expect(box).to_have_value("Bridge built")
    page.route("**/saved/", lambda route: route.fulfill(body=SAVED, content_type="text/html"))
    expect(page.locator("#save-state")).to_have_text("Saved 22:41")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_after_signing_in_in_another_tab_saving_goes_on_with_the_fresh_token(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = writing(live_server, new_page)
    page.locator("form").filter(has=page.get_by_label("What happened")).first.evaluate(
        "form => form.insertAdjacentHTML('beforeend',"
        " '<input type=hidden name=csrfmiddlewaretoken value=old>')"
    )

    def answer(route: Route) -> None:
        if "csrfmiddlewaretoken=fresh" in (route.request.post_data or ""):
            route.fulfill(body=SAVED, content_type="text/html")
        else:
            route.fulfill(status=403, headers={"X-Form-Token": "fresh"}, body="")

    page.route("**/saved/", answer)
    page.get_by_label("What happened").first.fill("Bridge built")
    expect(page.locator("#save-state")).to_have_text("Saved 22:41")


def test_what_somebody_else_changed_is_shown_and_not_written_over(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = writing(live_server, new_page)
    asked: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route)
        route.fulfill(status=409, body=CHANGED, content_type="text/html")

    page.route("**/saved/", answer)
    box = page.get_by_label("What happened").first
    box.fill("Bridge built")
    expect(page.locator("#save-state")).to_have_text("Changed by Ben")
    box.press_sequentially(" again")
    page.wait_for_timeout(1500)
    assert len(asked) == 1


def test_marks_show_their_own_questions_and_say_what_is_chosen(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = new_page(width=360)
    page.goto(live_server.url + reverse("gallery:gallery"))
    statement = page.locator("#statements-1")
    statement.get_by_text("About these words").click()
    statement.get_by_text("Decision", exact=True).click()
    expect(statement.get_by_label("Who decided?")).to_be_visible()
    expect(statement.get_by_label("Whose is it, if not yours?")).to_be_hidden()
    expect(statement.get_by_text("Decision, I saw it, Shared")).to_be_visible()
