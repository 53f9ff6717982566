from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casebound.people.accounts.signed_in import enter_at_the_door
from casebound.people.accounts.tests import build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
    pytest.mark.every_clock,
]
IDLE = timedelta(seconds=settings.SESSION_IDLE_AFTER)
SHIFT = timedelta(seconds=settings.SESSION_COOKIE_AGE)


@pytest.fixture
def browser() -> Client:
    started = build.signed_in(build.person())
    started.get("/write/")
    return started


@pytest.mark.parametrize(("after", "status"), [(IDLE * 0.9, 200), (IDLE * 1.1, 302)])
def test_a_session_left_alone_for_half_an_hour_is_over(
    browser: Client, after: timedelta, status: int
) -> None:
    with time_machine.travel(timezone.now() + after):
        assert browser.get("/write/").status_code == status


@pytest.mark.parametrize(("after", "status"), [(SHIFT * 0.9, 200), (SHIFT * 1.01, 302)])
def test_a_session_in_use_ends_after_a_whole_shift(
    browser: Client, after: timedelta, status: int
) -> None:
    start = timezone.now()
    steps = int(after / (IDLE / 2))
    for step in range(1, steps + 1):
        with time_machine.travel(start + step * (IDLE / 2)):
            browser.get("/write/")
    with time_machine.travel(start + after):
        assert browser.get("/write/").status_code == status


def test_being_there_is_noted_once_a_minute_at_most(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start = timezone.now()
    with time_machine.travel(start + timedelta(seconds=50)), django_assert_num_queries(2):
        browser.get("/write/")
    with time_machine.travel(start + timedelta(seconds=90)), django_assert_num_queries(3):
        browser.get("/write/")


def test_the_page_to_sign_in_says_that_the_session_ended(browser: Client) -> None:
    with time_machine.travel(timezone.now() + IDLE * 1.1):
        page = browser.get("/write/", follow=True).text

    assert "You were signed out" in page
    assert "You were signed out" not in Client().get("/sign-in/").text


@pytest.mark.policy("P12")
def test_a_save_in_the_background_after_the_end_gets_words_in_the_place_of_saved(
    browser: Client,
) -> None:
    with time_machine.travel(timezone.now() + IDLE * 1.1):
        answer = browser.post("/write/", {"text": "…"}, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert 'id="save-state"' in answer.text
    assert "Nothing you typed is lost" in answer.text
    assert 'href="/sign-in/"' in answer.text
    assert "<html" not in answer.text


def test_a_program_gets_the_words_as_json(browser: Client) -> None:
    with time_machine.travel(timezone.now() + IDLE * 1.1):
        answer = browser.post("/write/", headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/sign-in/"


def test_a_form_sent_after_the_end_comes_back_full_and_can_be_sent_again(browser: Client) -> None:
    with time_machine.travel(timezone.now() + IDLE * 1.1):
        answer = browser.post(
            "/write/?book=1",
            {"text": "We talked & <laughed>.\nThen tea.", "password": "never-shown"},
        )

    assert answer.status_code == 401
    assert 'action="/write/?book=1"' in answer.text
    assert 'name="text" value="We talked &amp; &lt;laughed&gt;.\nThen tea."' in answer.text
    assert "never-shown" not in answer.text


def test_the_door_is_shut_outside_the_demo() -> None:
    with pytest.raises(RuntimeError):
        enter_at_the_door(HttpRequest(), build.person().id)


CLEARED = '"cache", "storage"'


def test_every_way_of_signing_out_tells_the_browser_to_clear_what_it_keeps(browser: Client) -> None:
    assert "Clear-Site-Data" not in browser.get("/write/").headers
    with time_machine.travel(timezone.now() + IDLE * 1.1):
        over = [
            clone_of(browser).get("/write/"),
            clone_of(browser).post("/write/", {"text": "…"}),
            clone_of(browser).post("/write/", {"text": "…"}, headers={"HX-Request": "true"}),
        ]
    over.append(browser.post("/sign-out/"))

    assert [answer.headers.get("Clear-Site-Data") for answer in over] == [CLEARED] * 4
    assert "Clear-Site-Data" not in Client().get("/sign-in/").headers


def clone_of(browser: Client) -> Client:
    clone = Client()
    clone.cookies.update(browser.cookies)
    return clone
