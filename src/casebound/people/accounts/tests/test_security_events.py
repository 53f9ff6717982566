from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from casebound.people.accounts import actions
from casebound.people.accounts.limits import take_password_try
from casebound.people.accounts.tests import build
from casebound.people.events.actions import forget_old_events, note_event, note_seen
from casebound.people.events.kinds import EventKind
from casebound.people.events.models import SecurityEvent
from casebound.people.events.reads import (
    alarms_since,
    devices_of,
    events_of,
    notices_of,
    own_events,
)
from casebound.people.events.rules import AT_MOST, KEPT, browser_words
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
SAM = "5" * 32
WRONG = "not-this-one"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


def kinds_about(worker: str) -> list[EventKind]:
    return [event.kind for event in reversed(events_of([worker]))]


def wrong_tries(username: str, *, browser: Client | None = None, times: int = 5) -> None:
    for _ in range(times):
        (browser or Browser()).post("/sign-in/", {"login": username, "password": WRONG})


def sign_in(person: build.Person, browser: Client) -> int:
    """Sign in with a code of its own, and return what the second step answered."""
    browser.post("/sign-in/", {"login": person.username, "password": person.password})
    code = build.recovery_codes(person)[0]
    return int(browser.post("/sign-in/second-step/", {"code": code}).status_code)


def test_signing_in_and_what_was_wrong_on_the_way_are_kept() -> None:
    sam = build.person()
    browser = Browser(headers={"user-agent": CHROME})
    browser.post("/sign-in/", {"login": sam.username, "password": WRONG})
    browser.post("/sign-in/", {"login": sam.username, "password": sam.password})
    browser.post("/sign-in/second-step/", {"code": "000000"})
    browser.post("/sign-in/second-step/", {"code": build.code()})

    (last, *_), kinds = events_of([sam.id]), kinds_about(sam.id)

    assert kinds == [EventKind.WRONG_PASSWORD, EventKind.WRONG_CODE, EventKind.SIGNED_IN]
    assert (last.what, last.browser, last.is_known) == ("password+totp", "Chrome, Windows", False)


def test_a_wrong_password_for_a_name_that_nobody_has_is_counted_without_the_name() -> None:
    Browser().post("/sign-in/", {"login": "nobody.here", "password": WRONG})

    (event,) = events_of(None)

    assert (event.worker, event.what, event.about_id) == ("", "", "")


def test_a_locked_name_is_kept_once_and_its_person_is_told_until_they_saw_it() -> None:
    sam = build.person()
    wrong_tries(sam.username, times=9)
    browser = Browser()

    assert kinds_about(sam.id).count(EventKind.LOCKED_OUT) == 1
    assert [notice.kind for notice in notices_of(sam.id)] == [EventKind.LOCKED_OUT]

    browser.force_login(sam.account)
    page = browser.get("/security/told/")
    browser.post("/security/told/")

    assert "Too many wrong tries for your name" in page.text
    assert notices_of(sam.id) == []


def test_strangers_cannot_lock_a_person_out_of_a_device_they_signed_in_on() -> None:
    sam = build.person()
    theirs = build.signed_in(sam, Browser())
    theirs.post("/sign-out/")
    wrong_tries(sam.username)

    new = Browser().post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert "Wait five minutes" in new.text
    assert sign_in(sam, theirs) == 302
    assert "about signing in that you should know" in theirs.get("/security/").text


def test_a_flood_from_the_same_address_does_not_stop_a_known_device() -> None:
    sam = build.person()
    theirs = build.signed_in(sam, Browser())
    theirs.post("/sign-out/")
    for number in range(60):
        assert take_password_try(RequestFactory().post("/sign-in/"), f"name{number}")

    new = Browser().post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert "Wait five minutes" in new.text
    assert sign_in(sam, theirs) == 302


def test_guessing_on_a_known_device_waits_too_and_for_that_person_alone() -> None:
    sam, kit = build.person(), build.person("kit.adeyemi", "Kit Adeyemi")
    shared = build.signed_in(sam, Browser())
    shared.post("/sign-out/")
    assert sign_in(kit, shared) == 302
    shared.post("/sign-out/")
    wrong_tries(sam.username, browser=shared)

    locked = shared.post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert "Wait five minutes" in locked.text
    assert sign_in(kit, shared) == 302


def test_a_number_that_is_not_ours_makes_no_device_known() -> None:
    sam = build.person()
    theirs = build.signed_in(sam, Browser())
    forged = Browser()
    cookie = theirs.cookies["__Host-casebound-device"]
    forged.cookies["__Host-casebound-device"] = f"{cookie.value[:-1]}x"
    wrong_tries(sam.username)

    answer = forged.post("/sign-in/", {"login": sam.username, "password": sam.password})

    assert "Wait five minutes" in answer.text


def test_a_wrong_code_on_another_device_does_not_stop_a_known_one() -> None:
    sam = build.person()
    theirs = build.signed_in(sam, Browser())
    theirs.post("/sign-out/")
    thief = Browser()
    thief.post("/sign-in/", {"login": sam.username, "password": sam.password})
    for _ in range(5):
        thief.post("/sign-in/second-step/", {"code": "000000"})

    waits = thief.post("/sign-in/second-step/", {"code": build.recovery_codes(sam)[0]})

    assert "Wait five minutes" in waits.text
    assert sign_in(sam, theirs) == 302


def test_a_link_forgets_the_devices_of_its_person() -> None:
    sam = build.person()
    build.signed_in(sam, Browser())
    assert devices_of(sam.id)

    actions.new_sign_in_link(account=sam.id, by=None, at=build.NOW)

    assert devices_of(sam.id) == []


def test_using_a_link_and_changing_how_one_signs_in_are_kept() -> None:
    sam = build.person()
    link = actions.new_sign_in_link(account=sam.id, by=None, at=build.NOW)
    new = {"password1": build.PASSWORD, "password2": build.PASSWORD}
    Browser().post(link.path, new)
    browser = build.signed_in(sam, Browser())
    browser.post("/prove/", {"password": sam.password})
    browser.post("/security/codes/new/")

    assert kinds_about(sam.id) == [
        EventKind.LINK_USED,
        EventKind.SIGNED_IN,
        EventKind.CODES_MADE,
    ]


def test_a_wrong_password_at_signing_is_kept_and_waiting_is_told() -> None:
    sam = build.person()
    browser = build.signed_in(sam, Client())
    for _ in range(6):
        browser.post("/sign/", {"password": WRONG})

    kinds = kinds_about(sam.id)

    assert kinds.count(EventKind.WRONG_PASSWORD) == 5
    assert kinds.count(EventKind.LOCKED_OUT) == 1


def test_a_person_sees_where_they_signed_in_and_not_what_they_were_refused() -> None:
    sam = build.person()
    browser = build.signed_in(sam, Browser(headers={"user-agent": CHROME}))
    note_event(kind=EventKind.REFUSED_LOOK, about=sam.id, by=sam.id, at=timezone.now())

    page = browser.get("/security/signed-in/")

    assert "You signed in: with a password and a code" in page.text
    assert "Chrome, Windows" in page.text
    assert "not theirs" not in page.text
    assert EventKind.REFUSED_LOOK not in [event.kind for event in own_events(sam.id)]


def test_a_guesser_cannot_fill_the_disk() -> None:
    for minute in range(AT_MOST + 5):
        at = NOW + timedelta(minutes=minute)
        note_event(kind=EventKind.WRONG_PASSWORD, about=SAM, by="", at=at)

    assert SecurityEvent.objects.count() == AT_MOST
    assert alarms_since([SAM], since=NOW) == {EventKind.WRONG_PASSWORD: AT_MOST - 1}


def test_events_are_kept_for_their_time_and_then_go_with_their_notices() -> None:
    note_event(kind=EventKind.LOCKED_OUT, about=SAM, by="", at=NOW, tell=[SAM, SAM, ""])

    assert forget_old_events(by="", at=NOW + KEPT) == 0
    assert len(notices_of(SAM)) == 1
    assert forget_old_events(by="", at=NOW + KEPT + timedelta(seconds=1)) == 1
    assert notices_of(SAM) == []


def test_an_event_is_never_changed() -> None:
    note_event(kind=EventKind.LOCKED_OUT, about=SAM, by="", at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic(using="default"):
        SecurityEvent.objects.update(kind="signed_in")


def test_what_was_seen_is_not_told_again() -> None:
    note_event(kind=EventKind.LOCKED_OUT, about=SAM, by="", at=NOW, tell=[SAM])
    note_seen(by=SAM, at=NOW)
    note_event(kind=EventKind.LINK_GIVEN, about=SAM, by="", at=NOW, tell=[SAM])

    assert [notice.kind for notice in notices_of(SAM)] == [EventKind.LINK_GIVEN]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_browser_is_one_of_a_list_and_never_what_it_says_of_itself(
    agent: str, words: str
) -> None:
    assert browser_words(agent) == words
