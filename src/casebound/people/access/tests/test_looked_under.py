"""Each look says under which right, from where, and why the person was asked."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from casebound.people.access.actions import (
    grant_access,
    note_reading,
    note_readings,
    say_why,
)
from casebound.people.access.models import Reading
from casebound.people.access.reads import seen_book
from casebound.people.events.rules import Network, device_id, network_of
from casebound.people.events.whence import new_device_token
from casebound.people.events.whys import Why
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]


def last_look() -> Reading:
    return Reading.objects.latest("id")


def knows(browser: Client) -> str:
    """Give a browser its number, as signing in does; return it."""
    token = new_device_token()
    browser.cookies[django_settings.DEVICE_COOKIE_NAME] = Signer(salt="casebound device 1").sign(
        token
    )
    return token


def test_a_look_says_which_appointment_let_the_worker_in(made_up: MadeUp) -> None:
    made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay))

    assert last_look().under == made_up.sams_appointment


def test_a_look_says_which_grant_let_a_person_in(made_up: MadeUp) -> None:
    dana, now = made_up.dana, timezone.now()
    grant = grant_access(
        book=made_up.book(made_up.jay, by=dana), worker=made_up.lin.id, reason="Covers a shift.",
        from_at=now, to_at=now + timedelta(days=1), by=dana.id, at=now, auth="password",
    )  # fmt: skip

    made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay))

    assert (last_look().worker_id, last_look().under) == (made_up.lin.id, grant)


def test_a_look_under_a_grant_of_a_part_names_that_grant(made_up: MadeUp) -> None:
    dana, now = made_up.dana, timezone.now()
    grant = grant_access(
        book=made_up.book(made_up.jay, by=dana), worker=made_up.lin.id, reason="Looks into it.",
        from_at=now, to_at=now + timedelta(days=1), form="note", by=dana.id, at=now,
        auth="password",
    )  # fmt: skip
    part = seen_book(made_up.lin.id, made_up.jay.book, at=now, in_part=True)
    assert part is not None

    note_reading(part, what="entry", first=1, last=1, at=now)

    assert last_look().under == grant


def test_a_look_says_on_which_known_browser_and_in_which_network(made_up: MadeUp) -> None:
    browser, sam = made_up.browser_of(made_up.sam), made_up.sam
    browser.get(made_up.book_url(made_up.jay))
    assert (last_look().device, last_look().network) == ("", Network.OWN)

    token = knows(browser)
    browser.get(made_up.book_url(made_up.jay), REMOTE_ADDR="81.2.69.160")

    assert (last_look().device, last_look().network) == (device_id(token, sam.id), Network.OUTSIDE)


def test_a_number_that_is_not_ours_is_no_known_browser(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    browser.cookies[django_settings.DEVICE_COOKIE_NAME] = "made:up"

    browser.get(made_up.book_url(made_up.jay))

    assert last_look().device == ""


def test_a_look_outside_a_request_comes_from_nowhere(made_up: MadeUp) -> None:
    made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay))
    note_reading(made_up.book(made_up.jay), what="book", first=1, last=1, at=made_up.now)

    assert (last_look().device, last_look().network) == ("", "")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.7", Network.OWN),
        ("192.168.1.20", Network.OWN),
        ("127.0.0.1", Network.OWN),
        ("fd00::1", Network.OWN),
        ("81.2.69.160", Network.OUTSIDE),
        ("2a00:1450:4009::1", Network.OUTSIDE),
        ("", Network.UNKNOWN),
        ("not an address", Network.UNKNOWN),
    ],
)
def test_an_address_is_of_a_network_of_one_s_own_or_outside(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.policy("P13")
def test_looks_that_opened_after_an_answer_carry_the_reason(
    made_up: MadeUp, settings: Settings
) -> None:
    settings.READ_MUCH = 5
    book, now = made_up.book(made_up.jay), timezone.now()
    note_reading(book, what="print", first=1, last=5, at=now)
    assert last_look().why == ""
    say_why(why=Why.INSPECTION, by=made_up.sam.id, at=now)

    note_reading(book, what="print", first=6, last=30, at=now + timedelta(seconds=1))
    note_reading(book, what="print", first=6, last=8, at=now + timedelta(days=2))

    first, second = Reading.objects.order_by("id")[1:3]
    assert (first.why, second.why) == (Why.INSPECTION.value, "")


def test_a_very_long_print_is_one_statement(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.READ_MUCH = 10_000
    book = made_up.book(made_up.jay)

    with django_assert_num_queries(1):
        note_readings([(book, n, n) for n in range(1, 8000, 2)], what="print", at=made_up.now)

    assert Reading.objects.count() == 4000
