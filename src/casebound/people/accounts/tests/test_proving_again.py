import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone

from casebound.people.accounts.tests import build
from casebound.people.accounts.tries import PLACES, take_try
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P48"),
]


@pytest.fixture
def sam() -> build.Person:
    return build.person()


@pytest.fixture
def browser(sam: build.Person) -> Client:
    return build.signed_in(sam)


def test_the_password_proves_it_and_the_entry_says_how(sam: build.Person, browser: Client) -> None:
    answer = browser.post("/sign/", {"password": sam.password})

    assert answer.text == "password, session password+totp"


def test_a_code_beside_it_is_checked_too(sam: build.Person, browser: Client) -> None:
    code = build.recovery_codes(sam)[0]

    answer = browser.post("/sign/", {"password": sam.password, "code": code})

    assert answer.text == "password+recovery_codes, session password+totp"


def test_the_code_one_signed_in_with_is_refused(sam: build.Person) -> None:
    code = build.code()
    browser = build.signed_in(sam)

    answer = browser.post("/sign/", {"password": sam.password, "code": code})

    assert answer.status_code == 422
    assert "used already" in answer.text


@pytest.mark.parametrize("password", ["not-this-one", ""])
def test_a_wrong_password_is_refused_with_words(browser: Client, password: str) -> None:
    answer = browser.post("/sign/", {"password": password})

    assert answer.status_code == 422
    assert "The password is not right." in answer.text


def test_after_five_wrong_passwords_signing_waits_and_a_right_one_before_costs_nothing(
    sam: build.Person, browser: Client
) -> None:
    for _ in range(2 * PLACES):
        assert browser.post("/sign/", {"password": sam.password}).status_code == 200
    for _ in range(PLACES):
        browser.post("/sign/", {"password": "not-this-one"})

    answer = browser.post("/sign/", {"password": sam.password})

    assert answer.status_code == 429
    assert "Wait five minutes" in answer.text


def test_after_five_minutes_one_may_sign_again(sam: build.Person, browser: Client) -> None:
    for _ in range(PLACES):
        browser.post("/sign/", {"password": "not-this-one"})

    with time_machine.travel(timezone.now() + timedelta(seconds=301)):
        assert browser.post("/sign/", {"password": sam.password}).status_code == 200


@pytest.mark.parametrize("answer", ["{", "[]", "{}", '{"id": "x", "response": {}}'])
def test_an_answer_that_is_no_passkeys_is_refused(browser: Client, answer: str) -> None:
    refused = browser.post("/sign/", {"passkey": answer})

    assert refused.status_code == 422
    assert "Your passkey did not answer as it should." in refused.text


def test_without_a_passkey_there_is_no_challenge(browser: Client) -> None:
    assert browser.post("/prove/challenge/").status_code == 404


def test_a_stranger_gets_no_challenge() -> None:
    answer = Browser().post("/prove/challenge/", headers={"Accept": "application/json"})

    assert answer.status_code == 401


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_no_more_than_five() -> None:
    won = []

    def guess() -> None:
        won.append(take_try("someone").allowed)
        connections.close_all()

    guesses = [threading.Thread(target=guess) for _ in range(4 * PLACES)]
    for thread in guesses:
        thread.start()
    for thread in guesses:
        thread.join()

    assert sum(won) == PLACES
    cache.clear()
