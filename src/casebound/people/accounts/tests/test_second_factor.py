import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from casebound.people.accounts import actions
from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]


def with_password_only(person: build.Person) -> Client:
    browser = Browser()
    browser.post("/sign-in/", {"login": person.username, "password": person.password})
    return browser


@pytest.mark.parametrize("method", ["get", "post"])
def test_with_a_password_alone_there_is_only_the_page_to_add_a_second_factor(method: str) -> None:
    browser = with_password_only(build.person(app=False))

    answer = getattr(browser, method)("/write/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/security/"
    assert "One more step before you start" in browser.get("/security/").text


def test_a_new_person_adds_an_app_writes_down_the_codes_and_is_in() -> None:
    sam = build.person(app=False)
    browser = with_password_only(sam)

    asked = browser.get("/security/app/")
    browser.post(asked.headers["Location"], {"password": sam.password})
    page = browser.get("/security/app/")
    secret = browser.session[SECRET_SESSION_KEY]
    square = browser.get("/security/app/square-code/")
    added = browser.post("/security/app/", {"code": build.code(secret=secret)})
    codes = browser.get("/security/codes/")

    assert asked.headers["Location"] == "/prove/?next=%2Fsecurity%2Fapp%2F"
    assert secret in page.text.replace(" ", "")
    assert square.headers["Content-Type"] == "image/svg+xml"
    assert " style=" not in square.text
    assert added.headers["Location"] == "/security/codes/"
    assert build.recovery_codes(sam)[0] in codes.text
    assert browser.get("/write/").status_code == 200


def test_recovery_codes_are_shown_once() -> None:
    sam = build.person()
    browser = build.signed_in(sam)
    browser.post("/prove/", {"password": sam.password})

    first, second = browser.get("/security/codes/").text, browser.get("/security/codes/").text

    assert build.recovery_codes(sam)[0] in first
    assert build.recovery_codes(sam)[0] not in second


def test_nobody_looks_at_codes_without_proving_again() -> None:
    browser = build.signed_in(build.person())

    assert browser.get("/security/codes/").headers["Location"].startswith("/prove/")


def test_the_last_second_factor_is_not_removed() -> None:
    sam = build.person()
    browser = build.signed_in(sam)
    browser.post("/prove/", {"password": sam.password})

    answer = browser.post("/security/app/remove/")

    assert answer.status_code == 422
    assert "It is the only one you have." in answer.text
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_a_lost_phone_is_taken_off_with_the_new_link_and_every_session_ends() -> None:
    sam = build.person()
    browser = build.signed_in(sam)

    actions.new_sign_in_link(account=sam.id, by=None, at=build.NOW, lost_second_factor=True)

    assert browser.get("/write/").headers["Location"] == "/sign-in/?next=/write/"
    assert not Authenticator.objects.exists()


def test_an_ordinary_request_asks_for_the_session_and_the_account_and_nothing_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = build.signed_in(build.person())
    browser.get("/write/")

    with django_assert_num_queries(2):
        browser.get("/write/")


def test_a_secret_that_cannot_be_opened_matches_no_code_and_breaks_nothing() -> None:
    sam = build.person()
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    kept.data["secret"] = kept.data["secret"][:-8] + "AAAAAAA="
    Authenticator.objects.filter(pk=kept.pk).update(data=kept.data)
    browser = with_password_only(sam)

    assert browser.post("/sign-in/second-step/", {"code": build.code()}).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/security/", "/security/password/", "/security/app/", "/security/passkeys/add/", "/prove/"],
)
def test_a_stranger_is_led_to_sign_in(path: str) -> None:
    assert Browser().get(path).headers["Location"] == f"/sign-in/?next={path}"


def test_every_page_about_security_can_be_drawn() -> None:
    sam = build.person()
    browser = build.signed_in(sam)
    browser.post("/prove/", {"password": sam.password})

    for path in ("", "password/", "passkeys/add/", "codes/new/", "app/remove/"):
        assert browser.get(f"/security/{path}").status_code == 200, path
    for path in ("/prove/", "/prove/code/", "/sign-in/closed/"):
        assert browser.get(path).status_code in {200, 403}, path


def test_a_changed_password_ends_the_other_sessions_only() -> None:
    sam = build.person()
    here, elsewhere = build.signed_in(sam), Browser()
    elsewhere.post("/sign-in/", {"login": sam.username, "password": sam.password})
    elsewhere.post("/sign-in/second-step/", {"code": build.recovery_codes(sam)[0]})
    assert elsewhere.get("/write/").status_code == 200

    here.post(
        "/security/password/",
        {
            "oldpassword": sam.password,
            "password1": "quiet-lantern-meadow-3",
            "password2": "quiet-lantern-meadow-3",
        },
    )

    assert here.get("/write/").status_code == 200
    assert elsewhere.get("/write/").status_code == 302
