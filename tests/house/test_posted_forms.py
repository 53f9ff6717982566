"""No form that a person posts is answered with a page: each answer has an address of its own.

Else the browser asks "confirm resubmission" on the way back, and what was typed is gone.
"""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from casebound.foundation.web.actions import MOST
from casebound.foundation.web.models import PostedForm
from tests.house.addresses import WELCOME, WORDS, Address, Scene, addresses
from tests.house.source import nothing
from tests.made_up import PASSWORD, MadeUp, Worker
from tests.pages import as_shown

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
# What may answer a POST with a page or a part of one, and why nobody goes back to it.
PARTS = {
    "drafting:save": "a line of the writing page, put in by its script",
    "drafting:names": "JSON for the script of the writing page",
    "drafting:hints": "a part of the writing page, put in by its script",
    "accounts:challenge": "JSON for a script",
}
TYPED = {"q": WORDS, "full_name": WORDS, "term": WORDS, "name": WORDS, "login": WORDS}


@pytest.fixture
def scene(made_up: MadeUp) -> Scene:
    """Return the provider with something to post."""
    return Scene(made_up)


def plain(scene: Scene, visitor: str) -> Client:
    """Return a client that follows nothing by itself."""
    return plain_of(scene.made_up, scene.visitors()[visitor])


def plain_of(made_up: MadeUp, worker: Worker | None) -> Client:
    browser = Client()
    browser.cookies = made_up.browser_of(worker).cookies
    return browser


@pytest.mark.django_db
@pytest.mark.parametrize(
    "visitor", ["its worker", "the manager", "the system administrator", "a stranger"]
)
def test_no_post_is_answered_with_a_page(visitor: str, scene: Scene) -> None:
    told = []
    for address in addresses(scene):
        if address.name in PARTS or (
            visitor not in WELCOME[address.example.whose] and visitor != "a stranger"
        ):
            continue
        browser = plain(scene, visitor)
        for typed in ({}, TYPED, dict(address.example.post), {"password": "wrong", **TYPED}):
            answer = browser.post(address.path, typed, headers=BROWSER)
            told += _wrong(browser, address, answer)

    nothing(told)


@pytest.mark.django_db
def test_a_stranger_who_signs_in_wrongly_gets_a_page_to_come_back_to(made_up: MadeUp) -> None:
    browser = Client()
    answer = browser.post("/sign-in/", {"login": "sam.okafor", "password": "wrong"})

    page, again = (browser.get(answer.headers["Location"]) for _ in range(2))

    assert answer.status_code == 303
    assert "sam.okafor" not in answer.headers["Location"]
    assert page.status_code == again.status_code == 422
    assert 'value="sam.okafor"' in page.text
    assert made_up.sam.username == "sam.okafor"


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_what_was_posted_is_shown_to_its_person_in_their_session_alone(scene: Scene) -> None:
    browser = plain(scene, "its worker")
    where = browser.post("/search/", {"q": WORDS}).headers["Location"]

    assert WORDS in browser.get(where).text
    assert WORDS not in plain(scene, "its worker").get(where).text
    assert WORDS not in plain(scene, "a colleague").get(where).text
    browser.post("/sign-out/")
    assert not PostedForm.objects.exists()


@pytest.mark.django_db
def test_a_session_keeps_the_newest_forms_only(scene: Scene) -> None:
    browser = plain(scene, "its worker")
    first = browser.post("/search/", {"q": WORDS}).headers["Location"]
    for _ in range(MOST):
        last = browser.post("/search/", {"q": WORDS}).headers["Location"]

    assert PostedForm.objects.count() == MOST
    assert WORDS not in browser.get(first).text
    assert WORDS in browser.get(last).text


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_page_that_is_no_longer_theirs_is_not_shown_again(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, "A kite.")
    path = f"/drafts/{draft}/sign/"
    answer = Client.post(browser, path, {"password": "wrong"})
    refused = browser.get(answer.headers["Location"])
    browser.post(path, {"password": PASSWORD})

    again = browser.get(answer.headers["Location"])

    assert refused.status_code == 422
    assert "The password is not right" in refused.text
    assert "You signed this" in again.text


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_what_was_typed_after_signing_is_given_back_under_its_labels(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, "A kite.")
    browser.post(f"/drafts/{draft}/sign/", {"password": PASSWORD})
    typed = {"statements-1-text": "A second kite.", "answers-health": "Well.", "version": "1"}

    page = browser.post(f"/drafts/{draft}/", typed)

    shown = as_shown(page)
    assert page.status_code == 410
    assert "Statement 1</dt>" in shown
    assert "A second kite." in shown
    assert "answers-health" not in shown
    assert ">version<" not in shown


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_the_words_typed_on_a_draft_that_is_gone_are_given_back(made_up: MadeUp) -> None:
    browser, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, "A kite.")
    browser.post(f"/drafts/{draft}/discard/", {"sure": "1"})

    page = browser.post(f"/drafts/{draft}/", {"statements-1-text": "A second kite."})

    assert page.status_code == 404
    assert "A second kite." in page.text


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_a_page_sent_after_the_session_ended_lists_words_and_no_names_of_fields(
    made_up: MadeUp,
) -> None:
    draft = made_up.draft(made_up.jay, "A kite.")

    page = made_up.browser_of(None).post(
        f"/drafts/{draft}/",
        {
            "statements-1-text": "A second kite.",
            "answers-health": "Well.",
            "how_known": "was_there",
        },
    )

    listed = as_shown(page).partition("What you typed")[2]
    assert page.status_code == 401
    assert "Statement 1</dt>" in listed
    assert "A second kite." in listed
    assert "answers-" not in listed
    assert "was_there" not in listed


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_the_words_of_one_worker_are_not_kept_for_another(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "A kite.")
    typed = {"writer": made_up.sam.id, "statements-1-text": "A second kite."}

    browser = plain_of(made_up, made_up.kit)
    where = browser.post(f"/drafts/{draft}/", typed).headers["Location"]
    page = browser.get(where)

    assert page.status_code == 403
    assert "A second kite." in page.text
    assert not PostedForm.objects.exists()
    assert "A second kite." not in browser.get(where).text


def _wrong(browser: Client, address: Address, answer: HttpResponseBase) -> list[str]:
    if answer.status_code in {200, 400, 401, 403, 404, 409, 413, 415, 422, 429}:
        return [f"{address.name} {address.path}: {answer.status_code} answers a POST"]
    where = answer.headers.get("Location", "")
    if "again=" not in where:
        return []
    if WORDS in where:
        return [f"{address.name}: words in its address"]
    pages = [browser.get(where) for _ in range(2)]
    if any(page.status_code in {302, 405, 500} for page in pages):
        return [f"{address.name}: {pages[0].status_code} when it is shown again"]
    return []
