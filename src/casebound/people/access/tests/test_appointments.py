"""Appointing people: what they see follows from it, and from nothing else."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from casebound.foundation.base.ids import new_id
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.access.reads import seen_book
from casebound.people.access.tests import build
from casebound.people.access.tests.build import NO_ADMINISTRATORS, moment, somebody
from casebound.people.homes.appointments import appointments_listed, appointments_of
from casebound.people.homes.reads import book_of
from casebound.people.second_person.reads import waiting
from casebound.people.staff.actions import close_account
from tests.made_up import PASSWORD, MadeUp, Worker

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P13")]


def appoint(made_up: MadeUp, who: Worker, by: Client, **said: str) -> "Answer":
    role = {"role": "residential_worker", "home": made_up.oak, "password": PASSWORD}
    return by.post(f"/people/{who.id}/appoint/", {**role, **moment("from_at"), **said})


def agree(by: Client) -> "Answer":
    """Agree to what waits, as the second person, and return the page with the code."""
    [waits] = waiting(at=timezone.now())
    return by.post(f"/agree/{waits.id}/", {"answer": "yes", "password": PASSWORD})


@pytest.fixture
def bo(made_up: MadeUp) -> Worker:
    return build.account(made_up, "bo.li", "Bo Li")


@pytest.fixture
def alex(made_up: MadeUp) -> Client:
    """The system administrator's browser."""
    return made_up.browser_of(made_up.alex)


@pytest.mark.policy("P63")
def test_who_is_appointed_sees_the_home_and_its_children_at_once(
    made_up: MadeUp, bo: Worker, alex: Client
) -> None:
    before = seen_book(bo.id, made_up.jay.book, at=timezone.now())

    answer = appoint(made_up, bo, alex)
    asked = seen_book(bo.id, made_up.jay.book, at=timezone.now())
    agree(made_up.browser_of(made_up.dana))

    assert answer.headers["Location"] == f"/people/{bo.id}/?done=asked"
    assert before is None
    assert asked is None
    assert seen_book(bo.id, made_up.jay.book, at=timezone.now()) is not None
    assert seen_book(bo.id, made_up.noor.book, at=timezone.now()) is None
    page = alex.get(answer.headers["Location"]).text
    assert "Residential worker" in page
    assert "Oak House" in page


@pytest.mark.policy("P09")
def test_an_appointment_is_one_entry_that_says_who_signed_and_how(
    made_up: MadeUp, bo: Worker, alex: Client
) -> None:
    book = book_of(made_up.oak)
    assert book is not None
    pages = book_pages(book)

    appoint(made_up, bo, alex)
    assert book_pages(book) == pages
    agree(made_up.browser_of(made_up.dana))

    assert book_pages(book) == pages + 1
    entry = entry_at(book, pages + 1)
    assert entry is not None
    assert entry.signed_by == made_up.dana.id
    assert entry.values()["worker_id"] == bo.id


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"password": "wrong"}, "The password is not right."),
        ({"password": ""}, "Type your password to sign."),
        ({"role": ""}, "Choose a role."),
        ({"role": "key_worker"}, "Select a valid choice."),
        ({"home": "everywhere"}, "People see what they need"),
        ({"role": "system_administrator"}, "People see what they need"),
        ({"home": "0" * 32}, "Select a valid choice."),
        ({"from_at_date": "2999-01-01"}, "too far ahead"),
        ({"from_at_date": "1666-01-01"}, "The year 1666 cannot be right. Check it."),
        ({"from_at_date": "0001-01-01"}, "The year 1 cannot be right. Check it."),
        ({"from_at_date": "tomorrow"}, "Give a date, such as"),
        ({"from_at_date": "2026-03-29", "from_at_time": "01:30"}, "this hour did not exist"),
        ({"from_at_date": "", "from_at_time": ""}, "Give the day and the time."),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_the_form_comes_back_full(
    made_up: MadeUp, bo: Worker, alex: Client, said: dict[str, str], words: str
) -> None:
    answer = appoint(made_up, bo, alex, **{"role": "senior", **said})

    assert answer.status_code == 422
    assert words in answer.text
    assert PASSWORD not in answer.text
    assert f'value="{said.get("role", "senior")}" selected' in answer.text or "role" in said
    assert appointments_listed(bo.id) == []


def test_the_same_role_at_the_same_home_twice_is_refused(
    made_up: MadeUp, bo: Worker, alex: Client
) -> None:
    appoint(made_up, bo, alex)
    agree(made_up.browser_of(made_up.dana))

    answer = appoint(made_up, bo, alex)

    assert answer.status_code == 422
    assert "has the role there already" in answer.text
    assert len(appointments_listed(bo.id)) == 1


def test_nobody_lets_themselves_into_a_book(made_up: MadeUp, alex: Client) -> None:
    answer = appoint(made_up, made_up.alex, alex)

    assert answer.status_code == 403
    assert "You cannot appoint yourself" in answer.text
    assert len(appointments_listed(made_up.alex.id)) == 1
    assert "Appoint</button>" not in alex.get(f"/people/{made_up.alex.id}/").text


def test_whose_account_is_closed_is_not_appointed(
    made_up: MadeUp, bo: Worker, alex: Client
) -> None:
    close_account(account=bo.id, by=made_up.alex.id, at=made_up.now)

    assert appoint(made_up, bo, alex).status_code == 409
    assert appointments_listed(bo.id) == []


@pytest.mark.policy("P63")
def test_an_ended_appointment_opens_nothing_any_more(made_up: MadeUp, alex: Client) -> None:
    [own] = appointments_listed(made_up.sam.id)
    path = f"/people/{made_up.sam.id}/appointments/{own.id}/end/"
    asked = alex.get(path)

    answer = alex.post(path, {**moment("to_at"), "password": PASSWORD})

    assert "End this appointment?" in asked.text
    assert answer.headers["Location"] == f"/people/{made_up.sam.id}/?done=ended"
    assert appointments_of(made_up.sam.id, at=timezone.now()) == ()
    assert seen_book(made_up.sam.id, made_up.jay.book, at=timezone.now()) is None
    again = alex.post(path, {**moment("to_at"), "password": PASSWORD})
    assert again.status_code == 422
    assert "It has ended already" in again.text


def test_an_end_before_the_beginning_is_refused(made_up: MadeUp, alex: Client) -> None:
    [own] = appointments_listed(made_up.sam.id)
    before = f"{own.from_at - timedelta(days=2):%Y-%m-%dT%H:%M}"

    answer = alex.post(
        f"/people/{made_up.sam.id}/appointments/{own.id}/end/",
        {**moment("to_at", before), "password": PASSWORD},
    )

    assert answer.status_code == 422
    assert "The end is before the beginning." in answer.text
    year, month, day = before[:10].split("-")
    for box in (day, month, year):
        assert f'value="{int(box)}"' in answer.text


def test_an_administrator_does_not_end_their_own(made_up: MadeUp, alex: Client) -> None:
    [own] = appointments_listed(made_up.alex.id)

    answer = alex.post(
        f"/people/{made_up.alex.id}/appointments/{own.id}/end/",
        {**moment("to_at"), "password": PASSWORD},
    )

    assert answer.status_code == 422
    assert "you could not sign in again" in answer.text
    assert appointments_of(made_up.alex.id, at=timezone.now()) != ()


def test_an_administrator_does_not_see_whose_key_worker_somebody_is(
    made_up: MadeUp, alex: Client
) -> None:
    [own] = appointments_listed(made_up.kit.id)

    for path in (f"/people/{made_up.kit.id}/", "/people/",
                 f"/people/{made_up.kit.id}/appointments/{own.id}/end/"):  # fmt: skip
        page = alex.get(path)
        assert page.status_code == 200
        assert made_up.jay.called not in page.text
        assert made_up.jay.id not in page.text
    assert "Key worker of one child" in alex.get(f"/people/{made_up.kit.id}/").text


@pytest.mark.policy("P63")
@pytest.mark.parametrize("role", NO_ADMINISTRATORS)
def test_for_everybody_else_there_is_no_such_page(made_up: MadeUp, bo: Worker, role: str) -> None:
    browser = made_up.browser_of(somebody(made_up, role))
    [sams] = appointments_listed(made_up.sam.id)
    end = f"/people/{made_up.sam.id}/appointments/{sams.id}/end/"

    assert appoint(made_up, bo, browser).status_code == 404
    assert browser.get(end).status_code == 404
    assert browser.post(end, {**moment("to_at"), "password": PASSWORD}).status_code == 404
    assert appointments_listed(bo.id) == []
    assert appointments_listed(made_up.sam.id) == [sams]


def test_an_appointment_of_somebody_else_or_of_nobody_is_not_found(
    made_up: MadeUp, alex: Client
) -> None:
    [sams] = appointments_listed(made_up.sam.id)

    for which in (sams.id, new_id(), "none"):
        path = f"/people/{made_up.lin.id}/appointments/{which}/end/"
        assert alex.get(path).status_code == 404
