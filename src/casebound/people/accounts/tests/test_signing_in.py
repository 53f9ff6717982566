from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from casebound.people.accounts import actions
from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]


def test_password_and_code_lead_to_the_start_page() -> None:
    sam = build.person()
    browser = Browser()

    first = browser.post("/sign-in/", {"login": " Sam.Okafor ", "password": sam.password})
    before_the_code = browser.get("/")
    second = browser.post("/sign-in/second-step/", {"code": build.code()})

    assert first.headers["Location"] == "/sign-in/second-step/"
    assert before_the_code.headers["Location"] == "/sign-in/?next=/"
    assert second.headers["Location"] == "/"
    assert sam.id in browser.get("/").text


def test_one_comes_back_to_the_page_one_asked_for() -> None:
    sam = build.person()
    browser = Browser()

    page = browser.get("/sign-in/?next=/write/")
    browser.post("/sign-in/", {"login": sam.username, "password": sam.password, "next": "/write/"})
    second = browser.post("/sign-in/second-step/", {"code": build.code()})

    assert '<input type="hidden" name="next" value="/write/">' in page.text
    assert second.headers["Location"] == "/write/"


def test_nobody_is_led_away_to_another_site() -> None:
    sam = build.person()
    browser = Browser()

    browser.post(
        "/sign-in/",
        {"login": sam.username, "password": sam.password, "next": "https://elsewhere.example/"},
    )
    second = browser.post("/sign-in/second-step/", {"code": build.code()})

    assert second.headers["Location"] == "/"


@pytest.mark.parametrize("login", ["sam.okafor", "nobody.here"])
def test_a_wrong_password_and_a_wrong_name_answer_alike_and_keep_the_name(login: str) -> None:
    build.person()

    answer = Browser().post("/sign-in/", {"login": login, "password": "not-this-one"})

    assert answer.status_code == 422
    assert "The user name or the password is not right." in answer.text
    assert f'value="{login}"' in answer.text
    assert "not-this-one" not in answer.text


def test_after_five_wrong_passwords_the_right_one_has_to_wait() -> None:
    sam = build.person()
    browser = Browser()
    for _ in range(5):
        browser.post("/sign-in/", {"login": sam.username, "password": "not-this-one"})

    answer = browser.post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert answer.status_code == 422
    assert "Wait five minutes" in answer.text


def test_a_closed_account_does_not_get_in_and_is_out_at_once() -> None:
    sam = build.person()
    inside = build.signed_in(sam)

    actions.close_account(account=sam.id, by=None, at=build.NOW)
    outside = Browser().post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert inside.get("/").headers["Location"] == "/sign-in/?next=/"
    assert outside.status_code == 422


def test_a_wrong_code_is_refused() -> None:
    sam = build.person()
    browser = Browser()
    browser.post("/sign-in/", {"login": sam.username, "password": sam.password})

    answer = browser.post("/sign-in/second-step/", {"code": build.code(periods_ago=20)})

    assert answer.status_code == 422
    assert "The code is not right, or it was used already." in answer.text


@pytest.mark.parametrize("periods_ago", [0, 1])
def test_a_code_is_taken_once_however_long_it_would_be_good(periods_ago: int) -> None:
    sam = build.person()
    code = build.code(periods_ago=periods_ago)
    answers = []
    for browser in (Browser(), Browser()):
        browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
        answers.append(browser.post("/sign-in/second-step/", {"code": code}).status_code)

    assert answers == [302, 422]


def test_a_used_code_stays_used_after_its_half_minute() -> None:
    sam = build.person()
    code = build.code()
    build.signed_in(sam)
    browser = Browser()
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
        answer = browser.post("/sign-in/second-step/", {"code": code})

    assert answer.status_code == 422


def test_a_recovery_code_works_once() -> None:
    sam = build.person()
    code = build.recovery_codes(sam)[0]
    answers = []
    for browser in (Browser(), Browser()):
        browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
        answers.append(browser.post("/sign-in/second-step/", {"code": code}).status_code)

    assert answers == [302, 422]


def test_the_secret_of_an_app_is_not_kept_in_the_clear() -> None:
    build.person()

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)

    assert build.SECRET not in str(kept.data)


def test_an_answer_that_is_no_passkeys_leads_back_with_words() -> None:
    browser = Browser()

    answer = browser.post("/sign-in/passkey/", {"credential": '{"id": "x"}'}, follow=True)

    assert "Your passkey did not answer as it should." in answer.text


def test_a_challenge_for_signing_in_names_nobody() -> None:
    build.person()

    answer = Browser().get("/sign-in/passkey/", headers={"Accept": "application/json"})

    assert not answer.json()["request_options"]["publicKey"].get("allowCredentials")
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nobody_signs_up_and_nothing_goes_by_email(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/sign-up/", "/signup/", "/accounts/signup/"])
def test_there_is_no_page_to_sign_up(path: str) -> None:
    assert Browser().get(path).status_code == 404


def test_signing_out_asks_first_and_then_ends_the_session() -> None:
    browser = build.signed_in(build.person())

    asked = browser.get("/sign-out/")
    still_in = browser.get("/")
    browser.post("/sign-out/")

    assert "Sign out" in asked.text
    assert still_in.status_code == 200
    assert browser.get("/").status_code == 302


def test_pages_before_signing_in_have_no_script_or_style_of_their_own() -> None:
    page = Browser().get("/sign-in/").text

    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page
    for script in page.split("<script")[1:]:
        assert script.lstrip().startswith("src="), script[:60]
