"""The frame round every page: only ways that lead somewhere for this person."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from casebound.config.frame import FOOT, frame, nav, ways
from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.foundation.web.navigation import Menu
from casebound.people.access.reads import WorkerRights, main_role
from casebound.people.accounts.models import Account
from casebound.people.homes.reach import Source
from casebound.people.rights.rights import role_of
from tests.made_up import MadeUp, Worker

READS = ["Shift", "Search"]
WAYS = {
    "residential_worker": [*READS, "Note"],
    "key_worker": [*READS, "Note"],
    "senior": [*READS, "Note"],
    "deputy_manager": [*READS, "Desk", "Proof", "Note"],
    "registered_manager": [*READS, "Desk", "Proof", "Note"],
    "responsible_individual": [*READS, "Desk", "Proof"],
    "records_officer": [],
    "system_administrator": ["Proof", "People"],
}


def request_of(worker: Worker | None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = Account.objects.get(pk=worker.id) if worker else AnonymousUser()
    request.session = SessionStore()
    return request


def shown_to(*keys: str, menu: Menu = Menu.MAIN) -> list[str]:
    appointments = tuple(Source(key, role_of(key), HomeId("7" * 32)) for key in keys)
    rights = WorkerRights(WorkerId("5" * 32), appointments)
    return [way["label"] for way in ways(rights, menu)]


@pytest.mark.policy("P63")
@pytest.mark.parametrize("role", WAYS)
def test_each_role_has_its_ways(role: str) -> None:
    assert shown_to(role) == WAYS[role]


def test_who_has_two_roles_has_the_ways_of_both() -> None:
    both = shown_to("senior", "system_administrator")

    assert both == ["Shift", "Search", "Proof", "People", "Note"]


def test_the_account_menu_has_our_home_for_its_managers_and_words_for_readers() -> None:
    own = ["Sign-in and security", "Sign out"]

    managers = [
        "Our home",
        "People who work here",
        "Restricted section",
        "Who sees what",
        "Agree to access",
        "Words",
        "Recording policy",
        "Who looked",
        "Security events",
    ]

    assert shown_to("registered_manager", menu=Menu.ACCOUNT) == [*managers, *own]
    assert shown_to("senior", menu=Menu.ACCOUNT) == ["Words", "Recording policy", *own]
    assert shown_to("records_officer", menu=Menu.ACCOUNT) == own


def test_each_way_leads_to_an_address_and_no_two_open_with_one_key() -> None:
    keys = [item.key for item in nav() if item.key]

    assert len(keys) == len(set(keys))
    for item in nav():
        assert reverse(item.url_name, args=["7" * 32] if item.of_home else [])


@pytest.mark.policy("P63")
@pytest.mark.django_db
def test_every_way_in_the_frame_leads_to_a_page_for_that_person(made_up: MadeUp) -> None:
    for worker in (made_up.sam, made_up.kit, made_up.dana, made_up.alex):
        browser = made_up.browser_of(worker)
        shown = frame(request_of(worker))["frame"]
        for way in (*shown["nav"], *shown["account"]):
            assert browser.get(way["url"], follow=True).status_code == 200, way


@pytest.mark.policy("P63")
@pytest.mark.django_db
def test_pages_one_has_no_way_to_are_not_there(made_up: MadeUp) -> None:
    every = {way["url"] for way in frame(request_of(made_up.dana))["frame"]["nav"]}
    every |= {way["url"] for way in frame(request_of(made_up.alex))["frame"]["nav"]}
    for worker in (made_up.sam, made_up.alex):
        own = {way["url"] for way in frame(request_of(worker))["frame"]["nav"]}
        browser = made_up.browser_of(worker)
        for url in every - own - {"/"}:
            assert browser.get(url).status_code == 404, (worker.username, url)


@pytest.mark.django_db
def test_the_frame_says_who_is_signed_in_and_as_what(made_up: MadeUp) -> None:
    shown = frame(request_of(made_up.dana))["frame"]

    assert (shown["who"], shown["role"]) == ("Dana Whitlock", "registered manager")
    assert "demo" not in shown


def test_the_role_shown_is_the_one_that_reaches_furthest() -> None:
    assert main_role([]) == ""
    assert main_role([role_of("senior"), role_of("key_worker")]) == "senior on shift"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["Shift"]), ("/desk/", ["Desk"]), ("/search/?q=x", ["Search"]), ("/books/x/", [])],
)
def test_the_way_one_is_on_is_marked(made_up: MadeUp, path: str, current: list[str]) -> None:
    nav = frame(request_of(made_up.dana, path))["frame"]["nav"]

    assert [way["label"] for way in nav if way["current"]] == current


@pytest.mark.django_db
def test_the_frame_is_two_queries_once_a_request(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(made_up.sam)

    # The rights, and who is missing.
    with django_assert_num_queries(2, using="derived"):
        first, second = frame(request), frame(request)

    assert first == second


def test_a_stranger_s_frame_names_nobody_and_asks_nothing() -> None:
    for request in (request_of(None), RequestFactory().get("/")):
        shown = frame(request)["frame"]
        assert shown.pop("asked").notes == []
        assert shown == {"start": "/", "foot": FOOT}


def test_in_the_demo_every_frame_says_so_and_has_the_door(settings: Settings) -> None:
    settings.DEMO = True

    shown = frame(request_of(None))["frame"]

    assert shown["demo"]
    assert shown["door"] == "/demo/"


def test_a_child_who_is_missing_costs_three_queries_more(
    made_up: MadeUp, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made_up.write(made_up.jay, form="missing", answers={"back": "no"})

    with django_assert_max_num_queries(5, using="derived"):
        [notice] = frame(request_of(made_up.sam))["frame"]["notices"]

    assert notice["name"] == "Jay"
    assert frame(request_of(made_up.lin))["frame"]["notices"] == []
