"""The demo's door: there in the demo, on this machine, and nowhere else."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from casebound.foundation.base.ids import new_id
from casebound.people.accounts.actions import give_password
from casebound.people.accounts.signed_in import enter_at_the_door
from casebound.people.staff.actions import close_account, open_account
from casebound.upkeep.demo.building import PASSWORD
from casebound.upkeep.demo.story import people
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]


@pytest.fixture
def visitor(made_up: MadeUp) -> Worker:
    """Open the account of one of the demo's people."""
    one = people.WORKERS[0]
    made = open_account(username=one.username, full_name=one.full_name, by=None, at=made_up.began)
    give_password(account=made, password=PASSWORD, by=None)
    return Worker(made, one.username, one.full_name)


def paths(worker: Worker) -> tuple[str, str]:
    return reverse("demo:door"), reverse("demo:step_in", args=[worker.id])


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def answered(browser: Client, way: str, path: str) -> int:
    """Return how a request ends: a refused POST leads to the page that says so."""
    answer = browser.generic(way, path)
    if way == "POST" and answer.status_code == 303:
        answer = browser.get(answer.headers["Location"])
    return answer.status_code


def test_in_the_demo_one_tap_signs_a_visitor_in(visitor: Worker, settings: Settings) -> None:
    settings.DEMO = True
    browser = Client()
    door, step_in = paths(visitor)

    page = browser.get(door)
    answer = browser.post(step_in)

    assert visitor.full_name in page.text
    assert step_in in page.text
    assert answer.headers["Location"] == reverse("desk:shift")
    assert browser.session["_auth_user_id"] == visitor.id


@pytest.mark.parametrize("way", ["GET", "POST", "HEAD", "PUT", "OPTIONS"])
def test_outside_the_demo_there_is_no_door(visitor: Worker, way: str) -> None:
    browser = Client()

    for path in paths(visitor):
        assert answered(browser, way, path) in {404, 405}
    assert not is_signed_in(browser)


@pytest.mark.parametrize("way", ["GET", "POST"])
@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.1", "127.0.0.2", "", "::2", "0.0.0.0"])  # noqa: S104
def test_to_another_machine_there_is_no_door_in_the_demo_either(
    visitor: Worker, settings: Settings, address: str, way: str
) -> None:
    settings.DEMO = True
    browser = Client(REMOTE_ADDR=address)

    for path in paths(visitor):
        assert answered(browser, way, path) == 404
    assert not is_signed_in(browser)


def test_what_a_header_claims_opens_no_door(visitor: Worker, settings: Settings) -> None:
    settings.DEMO = True
    browser = Client(
        REMOTE_ADDR="192.168.1.20", headers={"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "::1"}
    )

    assert {answered(browser, "POST", path) for path in paths(visitor)} == {404}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_has_two_addresses(visitor: Worker, settings: Settings, address: str) -> None:
    settings.DEMO = True

    assert Client(REMOTE_ADDR=address).get(paths(visitor)[0]).status_code == 200


def test_only_the_demos_people_are_behind_the_door(
    made_up: MadeUp, visitor: Worker, settings: Settings
) -> None:
    settings.DEMO = True
    browser = Client()
    close_account(account=visitor.id, by=None, at=made_up.now)

    for worker in (made_up.sam.id, new_id(), "sam", "%00", visitor.id):
        assert answered(browser, "POST", f"/demo/{worker}/") == 404
    assert not is_signed_in(browser)
    assert visitor.full_name not in browser.get("/demo/").text


def test_looking_at_a_name_signs_nobody_in(visitor: Worker, settings: Settings) -> None:
    settings.DEMO = True
    browser = Client()

    assert browser.get(paths(visitor)[1]).status_code == 405
    assert not is_signed_in(browser)


def test_stepping_in_as_another_leaves_the_first_session(
    made_up: MadeUp, visitor: Worker, settings: Settings
) -> None:
    settings.DEMO = True
    browser = made_up.browser_of(made_up.sam)
    before = browser.session.session_key

    browser.post(paths(visitor)[1])

    assert browser.session["_auth_user_id"] == visitor.id
    assert browser.session.session_key != before


def test_nobody_steps_in_outside_the_demo_even_past_the_door(visitor: Worker) -> None:
    with pytest.raises(RuntimeError, match="in the demo only"):
        enter_at_the_door(RequestFactory().post("/"), visitor.id)


@pytest.mark.parametrize("demo", [True, False])
def test_every_page_of_the_demo_says_that_it_is_one(
    made_up: MadeUp,
    settings: Settings,
    demo: bool,  # noqa: FBT001
) -> None:
    settings.DEMO = demo
    sam = made_up.browser_of(made_up.sam)

    for path in ("/", made_up.book_url(made_up.jay), "/search/", "/nothing/"):
        assert ("/demo/" in sam.get(path).text) is demo, path


@pytest.mark.parametrize(
    ("asked_for", "answer"),
    [
        ("/search/?words=train", "/search/?words=train"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_visitor_goes_on_to_the_page_they_asked_for(
    visitor: Worker, settings: Settings, asked_for: str, answer: str
) -> None:
    settings.DEMO = True
    browser = Client()
    door, step_in = paths(visitor)

    page = browser.get(door, {"next": asked_for})
    stepped_in = browser.post(step_in, {"next": asked_for})

    assert ("elsewhere" in page.text, "javascript:" in page.text) == (False, False)
    assert stepped_in.headers["Location"] == answer
