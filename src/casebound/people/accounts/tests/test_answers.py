"""The middlewares of `foundation.web`, seen from a room that has pages."""

import logging

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from casebound.foundation.web.errors import IdsOnlyFormatter
from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
]
TYPED = "Kofi told me a secret"


def answers() -> dict[int, HttpResponse]:
    inside, outside = build.signed_in(build.person()), Browser(raise_request_exception=False)
    checking = Client(enforce_csrf_checks=True)
    made = [
        inside.get("/write/"),
        outside.get("/write/"),
        outside.get("/sign-in/"),
        outside.post("/write/"),
        outside.get("/forbid/"),
        outside.get("/nothing/"),
        outside.get("/refuse/"),
        outside.post("/sign-in/", {"login": "x", "password": "y"}),
        outside.get("/fail/"),
        outside.get("/", headers={"Host": "elsewhere.example"}),
        checking.post("/write/"),
    ]
    return dict(enumerate(made))


@pytest.mark.policy("P12")
def test_every_answer_carries_every_header() -> None:
    seen = answers()

    assert {answer.status_code for answer in seen.values()} == {
        200, 302, 303, 401, 403, 404, 409, 422, 500, 400,
    }  # fmt: skip
    for answer in seen.values():
        headers = answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
        # The order of the directives differs from process to process.
        policy = set(headers["Content-Security-Policy"].split("; "))
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
        assert not any("unsafe" in directive for directive in policy)


@pytest.mark.policy("P09")
def test_cookies_are_strict_and_out_of_reach_of_scripts() -> None:
    browser = build.signed_in(build.person())
    browser.get("/sign-in/")

    assert set(browser.cookies) == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
    }
    for cookie in browser.cookies.values():
        assert cookie["samesite"] == "Strict"
        assert cookie["httponly"]
        assert cookie["secure"]
        # A number of the browser, which names nobody, stays; what signs somebody in goes with it.
        assert bool(cookie["max-age"]) is (cookie.key == settings.DEVICE_COOKIE_NAME)
        assert cookie.key.startswith("__Host-")


@pytest.mark.policy("P09")
def test_the_cookie_of_the_forms_is_sent_to_a_browser_without_it_and_after_signing_in() -> None:
    name, browser = settings.CSRF_COOKIE_NAME, Browser()
    first, second = browser.get("/sign-in/"), browser.get("/sign-in/")
    before = browser.cookies[name].value
    build.signed_in(build.person(), browser)
    after = browser.cookies[name].value
    stranger = Browser()
    stranger.cookies[name] = "not a cookie of ours"
    mended = stranger.get("/sign-in/")

    assert name in first.cookies
    assert second.cookies[name].value == first.cookies[name].value
    assert after != before
    assert name in mended.cookies


def test_a_refusal_says_what_why_and_what_to_do() -> None:
    page = Browser().get("/refuse/")
    part = Browser().get("/refuse/", headers={"HX-Request": "true"})
    data = Browser().get("/refuse/", headers={"Accept": "application/json"})

    assert page.status_code == part.status_code == data.status_code == 409
    for words in ("This is not sealed.", "Nobody was named.", "missing something", "Add it."):
        assert words in page.text
        assert words in part.text
        assert words in data.content.decode()
    assert "<html" not in part.text


def test_an_error_of_ours_tells_the_person_nothing_of_it() -> None:
    answer = Browser(raise_request_exception=False).post("/fail/", {"text": TYPED})

    assert answer.status_code == 500
    assert "It is our fault, not yours." in answer.text
    assert TYPED not in answer.text
    assert "ValueError" not in answer.text


@pytest.mark.policy("P12")
def test_no_word_that_was_typed_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(IdsOnlyFormatter("{levelname} {name} {message}", style="{"))
    sam = build.person()
    browser = build.signed_in(sam)
    browser.raise_request_exception = False

    browser.post("/fail/", {"text": TYPED})
    browser.post("/sign-in/", {"login": "sam.okafor", "password": "not-this-one"})
    browser.post("/sign/", {"password": "not-this-one"})
    browser.get("/nothing/")

    assert "builtins.ValueError" in caplog.text
    assert "tests/urls.py" in caplog.text
    for word in (TYPED, "Okafor", "okafor", "not-this-one", "already exists"):
        assert word not in caplog.text


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({}, False),
    ],
)
def test_a_form_that_is_too_old_comes_back_full_but_never_one_of_another_site(
    headers: dict[str, str],
    kept: bool,  # noqa: FBT001  (said by the table above)
) -> None:
    browser = Browser(enforce_csrf_checks=True)

    answer = browser.post("/write/", {"text": TYPED}, headers=headers)

    assert answer.status_code == 403
    assert (TYPED in answer.text) == kept
    assert ('name="csrfmiddlewaretoken"' in answer.text) == kept


def test_a_save_in_the_background_gets_a_fresh_token_and_works_with_it() -> None:
    browser = Client(enforce_csrf_checks=True)
    sam = build.person()
    browser.force_login(sam.account)
    browser.get("/security/")
    headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}

    old = browser.post("/write/", {"text": TYPED}, headers={**headers, "X-CSRFToken": "x" * 64})
    token = old.headers["X-Form-Token"]
    new = browser.post("/write/", {"text": TYPED}, headers={**headers, "X-CSRFToken": token})

    assert old.status_code == 403
    assert 'id="save-state"' in old.text
    assert new.status_code == 200
