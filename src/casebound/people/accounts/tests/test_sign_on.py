"""Single sign-on against a real service, and against one that lies (P09; ASVS 5.0, 10.5)."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from casebound.foundation.base.sign_on import SignOn
from casebound.people.accounts import actions
from casebound.people.accounts.models import Account
from casebound.people.accounts.tests import build, services
from casebound.people.accounts.tests.services import CLIENT, KEY, OTHER_KEY, Liar
from casebound.people.events.kinds import EventKind
from casebound.people.events.models import SecurityEvent
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
    pytest.mark.real_clock,  # the service's clock is its own
]
SAM = {"sub": "m-4711", "email": "Sam.Okafor@meadow.example", "email_verified": True}
UNVERIFIED = {"sub": "m-4712", "email": "sam.okafor@meadow.example", "email_verified": False}
NEWCOMER = {"sub": "m-4713", "email": "sam.okafor@meadow.example", "email_verified": True}
STRANGER = {"sub": "m-9999", "email": "nobody@meadow.example", "email_verified": True}


@pytest.fixture(scope="module")
def running() -> Iterator[SignOn]:
    with services.council(SAM, UNVERIFIED, NEWCOMER, STRANGER) as service:
        yield service


@pytest.fixture
def council(running: SignOn, settings: Settings) -> SignOn:
    settings.SIGN_ON = running
    return running


@pytest.fixture
def lies(settings: Settings) -> Iterator[Liar]:
    with services.liar() as said:
        settings.SIGN_ON = SignOn(said.issuer, CLIENT, "a made-up secret", "Meadow Council")
        yield said


def linked(known_as: str = "sam.okafor@meadow.example", *, app: bool = True) -> build.Person:
    sam = build.person(app=app)
    actions.set_sign_on(account=sam.id, known_as=known_as, by=None, at=build.NOW)
    return sam


def asked(browser: Client, onwards: str = "") -> dict[str, str]:
    sent = browser.get(f"/sign-in/elsewhere/{onwards}")
    parts = urlsplit(sent.headers["Location"])
    return {name: value[0] for name, value in parse_qs(parts.query).items()} | {
        "address": sent.headers["Location"]
    }


def came_back(browser: Client, sub: str, onwards: str = "", *, action: str = "") -> Any:
    there = asked(browser, onwards)["address"]
    return browser.get(services.answer_there(there, sub, action=action))


def is_in(browser: Client) -> bool:
    return browser.get("/write/").status_code == 200


@pytest.mark.usefixtures("council")
def test_the_council_stands_in_for_the_password_and_the_second_step_is_asked() -> None:
    sam, browser = linked(), Browser()
    assert "Sign in with Meadow Council" in browser.get("/sign-in/").text

    first = came_back(browser, "m-4711", "?next=/write/")
    assert first.headers["Location"] == "/sign-in/second-step/"
    assert not is_in(browser)
    wrong = browser.post("/sign-in/second-step/", {"code": "000000"})
    assert wrong.status_code == 422
    assert not is_in(browser)
    browser.post("/sign-in/second-step/", {"code": build.code()})

    assert is_in(browser)
    row = sam.account
    assert row.sign_on_subject == "m-4711"
    [event] = SecurityEvent.objects.filter(kind=EventKind.SIGNED_IN.value)
    assert event.what == "sign_on+totp"


@pytest.mark.usefixtures("council")
def test_what_is_sent_there_is_for_this_sign_on_alone() -> None:
    one, two = asked(Browser()), asked(Browser())

    assert one["code_challenge_method"] == "S256"
    assert one["prompt"] == "login"
    assert one["response_type"] == "code"
    assert one["client_id"] == CLIENT
    assert one["redirect_uri"] == "http://testserver/sign-in/elsewhere/back/"
    assert "secret" not in one["address"]
    for part in ("state", "nonce", "code_challenge"):
        assert len(one[part]) >= 16
        assert one[part] != two[part]


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("known_as", ["m-4711", "SAM.okafor@meadow.example"])
def test_a_person_is_known_by_the_services_name_or_by_an_address(known_as: str) -> None:
    linked(known_as)

    assert came_back(Browser(), "m-4711").headers["Location"] == "/sign-in/second-step/"


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("sub", ["m-9999", "m-4712"])
def test_a_stranger_and_an_address_that_is_not_verified_get_nothing(sub: str) -> None:
    linked()
    before, browser = Account.objects.count(), Browser()

    answer = came_back(browser, sub)

    assert answer.status_code == 403
    assert "Nobody here is written down" in answer.text
    assert "example" not in answer.text
    assert Account.objects.count() == before
    assert not is_in(browser)
    assert SecurityEvent.objects.filter(kind=EventKind.SIGN_ON_REFUSED.value).count() == 1


@pytest.mark.usefixtures("council")
def test_an_address_that_was_given_to_somebody_else_opens_nothing() -> None:
    linked()
    came_back(Browser(), "m-4711")

    newcomer = came_back(Browser(), "m-4713")

    assert newcomer.status_code == 403
    assert came_back(Browser(), "m-4711").headers["Location"] == "/sign-in/second-step/"


@pytest.mark.usefixtures("council")
def test_without_a_second_factor_nobody_gets_in() -> None:
    linked(app=False)
    browser = Browser()

    answer = came_back(browser, "m-4711")

    assert answer.status_code == 403
    assert "You have no passkey and no app here yet." in answer.text
    assert not is_in(browser)
    assert browser.get("/security/").status_code == 302


@pytest.mark.usefixtures("council")
def test_a_closed_account_stays_closed() -> None:
    sam = linked()
    actions.close_account(account=sam.id, by=None, at=build.NOW)

    answer = came_back(Browser(), "m-4711")

    assert answer.headers["Location"] == "/sign-in/closed/"


@pytest.mark.usefixtures("council")
def test_who_stops_there_is_told_so() -> None:
    linked()

    answer = came_back(Browser(), "m-4711", action="deny")

    assert answer.status_code == 403
    assert "You stopped signing in at Meadow Council" in answer.text


@pytest.mark.usefixtures("council")
def test_an_answer_works_once_and_only_in_the_browser_that_asked() -> None:
    linked()
    browser, other = Browser(), Browser()
    back = services.answer_there(asked(browser)["address"], "m-4711")

    elsewhere = other.get(back)  # shows no cookie the first time, as a strict cookie does
    again = other.get(f"{back}&_redir=1")
    assert 'http-equiv="refresh"' in elsewhere.text
    assert "It took too long, or it began in another window." in again.text
    assert browser.get(back).headers["Location"] == "/sign-in/second-step/"
    assert browser.get(f"{back}&_redir=1").status_code == 403


@pytest.mark.usefixtures("council")
def test_a_session_that_was_put_into_the_browser_is_not_the_one_that_is_signed_in() -> None:
    linked()
    browser, name = Browser(), django_settings.SESSION_COOKIE_NAME
    came_back(browser, "m-4711")
    planted = browser.cookies[name].value

    browser.post("/sign-in/second-step/", {"code": build.code()})

    assert is_in(browser)
    assert browser.cookies[name].value != planted
    attacker = Browser()
    attacker.cookies[name] = planted
    assert not is_in(attacker)


@pytest.mark.usefixtures("council")
def test_an_entry_is_signed_with_the_password_or_the_code_and_never_without() -> None:
    sam, browser = linked(), Browser()
    came_back(browser, "m-4711")
    browser.post("/sign-in/second-step/", {"code": build.recovery_codes(sam)[0]})

    nothing = browser.post("/sign/", {})
    wrong = browser.post("/sign/", {"password": "000000"})
    by_code = browser.post("/sign/", {"password": build.code()})
    by_password = browser.post("/sign/", {"password": sam.password})

    assert nothing.status_code == wrong.status_code == 422
    assert by_code.text == "totp, session sign_on+recovery_codes"
    assert by_password.text == "password, session sign_on+recovery_codes"


def test_a_code_signs_nothing_where_the_session_began_with_a_password() -> None:
    sam = build.person()
    browser = Browser()
    browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
    browser.post("/sign-in/second-step/", {"code": build.recovery_codes(sam)[0]})

    assert browser.post("/sign/", {"password": build.code()}).status_code == 422


def test_who_signs_out_is_told_that_the_council_may_still_know_them(council: SignOn) -> None:
    linked()
    browser = Browser()
    came_back(browser, "m-4711")
    browser.post("/sign-in/second-step/", {"code": build.code()})

    out = browser.post("/sign-out/")

    assert out.headers["Location"] == "/sign-in/?done=signed_out"
    assert (
        "You can still be signed in at Meadow Council"
        in browser.get("/sign-in/?done=signed_out").text
    )
    there = browser.get("/sign-in/elsewhere/out/").headers["Location"]
    assert there.startswith(f"{council.issuer}/")
    assert "client_id=casebound-at-oak" in there
    assert not is_in(browser)


@pytest.mark.usefixtures("council")
def test_a_link_written_by_hand_in_the_database_lets_nobody_in() -> None:
    sam = build.person()
    Account.objects.filter(pk=sam.id).update(sign_on_as="m-9999")

    assert came_back(Browser(), "m-9999").status_code == 403


@pytest.mark.usefixtures("council")
def test_two_people_are_not_one_person_there() -> None:
    linked()
    ada = build.person("ada.quill", "Ada Quill")

    with pytest.raises(actions.SignOnTakenError):
        actions.set_sign_on(
            account=ada.id, known_as="Sam.Okafor@Meadow.example", by=None, at=build.NOW
        )


@pytest.mark.parametrize("known_as", ["sam okafor", "x" * 256])
def test_what_is_no_name_is_refused(known_as: str) -> None:
    sam = build.person()

    with pytest.raises(actions.SignOnNameError):
        actions.set_sign_on(account=sam.id, known_as=known_as, by=None, at=build.NOW)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example/", "/write/"])
def test_nobody_is_led_elsewhere_after_it(onwards: str) -> None:
    linked()
    browser = Browser()
    came_back(browser, "m-4711", f"?next={onwards}")

    answer = browser.post("/sign-in/second-step/", {"code": build.code()})

    assert answer.headers["Location"] in {"/", "/write/"}


def test_where_nobody_set_it_up_there_is_no_such_page() -> None:
    browser = Browser()

    for path in ("", "back/?state=x&code=y", "out/"):
        assert browser.get(f"/sign-in/elsewhere/{path}").status_code == 404
    assert "elsewhere" not in browser.get("/sign-in/").text


def test_a_service_that_is_away_is_said_to_be_away(settings: Settings) -> None:
    settings.SIGN_ON = SignOn("http://127.0.0.1:9", CLIENT, "secret", "Meadow Council")

    answer = Browser().get("/sign-in/elsewhere/")

    assert answer.status_code == 403
    assert "Meadow Council does not answer." in answer.text


# What follows is answered by the one that lies.

NOW = int(time.time())  # as the tests begin: minutes or an hour before one of them
WRONG_TOKENS: dict[str, dict[str, Any]] = {
    "for another sign-on": {"claims": {"nonce": "another"}},
    "for another client": {"claims": {"aud": "another"}},
    "of another issuer": {"claims": {"iss": "https://evil.example"}},
    "over already": {"claims": {"exp": NOW - 3600}},
    "signed in long ago": {"claims": {"auth_time": NOW - 86400}},
    "handed on": {"claims": {"azp": "another"}},
    "of nobody": {"claims": {"sub": ""}},
    "signed by another": {"signed_by": OTHER_KEY},
    "not signed": {"algorithm": "none"},
    "no token": {"raw": b'{"access_token": "x"}'},
    "a list": {"raw": b"[]"},
    "no JSON": {"raw": b"<html>"},
    "nothing": {"raw": b""},
    "an error": {"raw": b'{"error": "invalid_client"}', "status": 401},
    "broken": {"raw": b"oops", "status": 500},
}


def answered(lies: Liar, browser: Client, **changes: Any) -> Any:
    there = asked(browser)
    lies.challenge = there["code_challenge"]
    claims = {"nonce": there["nonce"]} | changes.pop("claims", {})
    lies.claims = {name: value for name, value in claims.items() if value is not None}
    for name, value in changes.items():
        setattr(lies, name, value)
    return browser.get(f"/sign-in/elsewhere/back/?code=x&state={there['state']}")


def test_an_honest_answer_of_it_is_taken_and_proves_who_asked(lies: Liar) -> None:
    linked("sub-1")

    answer = answered(lies, Browser(), claims={"auth_time": int(time.time())})

    assert answer.headers["Location"] == "/sign-in/second-step/"
    assert lies.verified == [True]  # PKCE: the verifier fits the challenge


def test_a_key_that_the_service_changed_is_taken_and_the_old_one_no_more(lies: Liar) -> None:
    linked("sub-1")
    assert answered(lies, Browser()).headers["Location"] == "/sign-in/second-step/"
    both = [("one", KEY), ("two", OTHER_KEY)]

    new = answered(lies, Browser(), publishes=both, signed_by=OTHER_KEY, key_id="two")
    old = answered(lies, Browser(), signed_by=KEY, key_id="one")
    assert new.headers["Location"] == old.headers["Location"] == "/sign-in/second-step/"

    gone = answered(lies, Browser(), publishes=both[1:])
    mixed = answered(lies, Browser(), publishes=both, signed_by=KEY, key_id="two")
    unknown = answered(lies, Browser(), signed_by=OTHER_KEY, key_id="three")
    assert gone.status_code == mixed.status_code == unknown.status_code == 403


@pytest.mark.parametrize("wrong", WRONG_TOKENS)
def test_an_answer_that_is_not_right_is_not_taken(lies: Liar, wrong: str) -> None:
    linked("sub-1")
    browser = Browser()

    answer = answered(lies, browser, **WRONG_TOKENS[wrong])

    assert answer.status_code == 403, wrong
    assert "You are not signed in" in answer.text
    assert "Traceback" not in answer.text
    assert not is_in(browser)
    assert browser.get("/sign-in/second-step/").status_code == 302


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_service_that_is_not_the_one_of_the_settings_is_not_asked(
    lies: Liar, about: dict[str, Any]
) -> None:
    lies.about = about

    answer = Browser().get("/sign-in/elsewhere/")

    assert answer.status_code == 403
    assert "did not answer as it should" in answer.text
