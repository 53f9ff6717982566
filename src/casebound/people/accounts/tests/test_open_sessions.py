"""People see where they are signed in, and sign out there (P09; ASVS 5.0, 7.2.4, 7.5.2)."""

import pytest
from django.conf import settings
from django.test import Client

from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]
ELSEWHERE = "/security/sign-out-elsewhere/"


def another(person: build.Person) -> Client:
    """Sign in on another device, with a code that was not used yet."""
    browser = Browser()
    browser.post("/sign-in/", {"login": person.username, "password": person.password})
    browser.post("/sign-in/second-step/", {"code": build.recovery_codes(person)[0]})
    return browser


def test_a_person_sees_their_own_sessions_and_nobody_else_s() -> None:
    sam, ada = build.person(), build.person("ada.quill", "Ada Quill")
    here = build.signed_in(sam)
    another(sam)
    another(ada)
    here.get("/write/")

    page = here.get("/security/signed-in/").text

    assert page.count("This device") == 1
    assert page.count("Another device or window") == 1
    assert "Sign out everywhere else" in page


def test_signing_out_elsewhere_asks_for_proof_and_ends_every_other_session() -> None:
    sam, ada = build.person(), build.person("ada.quill", "Ada Quill")
    here, there, hers = build.signed_in(sam), another(sam), another(ada)

    unproved = here.post(ELSEWHERE)
    still = there.get("/write/")
    here.post("/prove/", {"password": sam.password})
    answer = here.post(ELSEWHERE)

    assert unproved.headers["Location"].startswith("/prove/")
    assert still.status_code == 200
    assert answer.headers["Location"] == "/security/signed-in/"
    assert there.get("/write/").status_code == 302
    assert here.get("/write/").status_code == hers.get("/write/").status_code == 200


def test_signing_in_takes_a_new_session_key() -> None:
    sam, browser = build.person(), Browser()
    browser.get("/sign-in/")
    browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value

    browser.post("/sign-in/second-step/", {"code": build.code()})

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
