"""The administrator renames an account, sets its end, opens it again, takes a link back (P09)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from casebound.foundation.base.sign_on import SignOn
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.tests import build
from casebound.people.accounts import reads
from casebound.people.accounts.reads import AccountSeen
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import last_event, notices_of
from casebound.people.homes.reads import book_of
from casebound.people.staff.actions import close_account
from casebound.people.staff.checks import check_accounts
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09")]
SIGNED = {"password": PASSWORD}


def seen(worker: Worker) -> AccountSeen:
    account = reads.account(worker.id)
    assert account is not None
    return account


@pytest.mark.policy("P48")
def test_a_name_is_changed_on_a_page_signed_and_the_person_is_told(made_up: MadeUp) -> None:
    alex, page = made_up.browser_of(made_up.alex), f"/people/{made_up.sam.id}/name/"
    before = book_pages(book_of(None))  # type: ignore[arg-type]  # there is an office
    assert 'value="Sam Okafor"' in alex.get(page).text

    refused = alex.post(page, {"full_name": "S. O.", **SIGNED})
    unsigned = alex.post(page, {"full_name": "Sam Reed"})
    done = alex.post(page, {"full_name": "Sam Reed", **SIGNED})

    assert "not with initials" in refused.text
    assert "Type your password to sign" in unsigned.text
    assert done.headers["Location"] == f"/people/{made_up.sam.id}/?done=renamed"
    assert "The name is changed" in alex.get(done.headers["Location"]).text
    assert seen(made_up.sam).full_name == "Sam Reed"
    assert book_pages(book_of(None)) == before + 1  # type: ignore[arg-type]  # as above
    assert [told.kind for told in notices_of(made_up.sam.id)] == [EventKind.ACCOUNT_RENAMED]


def test_a_closed_account_is_opened_again_without_its_appointments(made_up: MadeUp) -> None:
    alex, sam = made_up.browser_of(made_up.alex), made_up.sam
    alex.post(f"/people/{sam.id}/close/")
    assert f"/people/{sam.id}/open-again/" in alex.get(f"/people/{sam.id}/").text

    done = alex.post(f"/people/{sam.id}/open-again/", SIGNED)
    again = alex.post(f"/people/{sam.id}/open-again/", SIGNED)

    assert done.headers["Location"] == f"/people/{sam.id}/?done=reopened"
    assert "The account is not closed" in again.text
    assert seen(sam).closed_at is None
    assert not seen(sam).can_sign_in
    assert "Needs a set-up link" in alex.get(f"/people/{sam.id}/").text
    assert "To " in alex.get(f"/people/{sam.id}/").text  # the appointment has ended, and stays so


def test_an_agency_workers_account_is_opened_with_its_end(made_up: MadeUp) -> None:
    alex = made_up.browser_of(made_up.alex)
    end = timezone.localtime() + timedelta(days=3)
    page = {"full_name": "Bo Li", "username": "bo.li"}

    past = alex.post("/people/new/", page | build.moment("ends_at", "2020-01-05T09:30"))
    half = alex.post("/people/new/", page | {"ends_at_time": "09:30"})
    made = alex.post("/people/new/", page | build.moment("ends_at", f"{end:%Y-%m-%dT12:30}"))

    assert "on a day that is still to come" in past.text
    assert half.status_code == 422
    assert "/sign-in/new-password/" in made.text
    bo = reads.account_named("bo.li")
    assert bo is not None
    assert bo.ends_at is not None
    assert timezone.localtime(bo.ends_at).strftime("%H:%M") == "12:30"
    assert list(check_accounts(quickly=False)) == []


def test_the_end_of_an_account_is_set_changed_and_taken_away(made_up: MadeUp) -> None:
    alex, page = made_up.browser_of(made_up.alex), f"/people/{made_up.sam.id}/ends/"
    end = timezone.localtime() + timedelta(days=3)
    later = build.moment("ends_at", f"{end:%Y-%m-%dT12:30}")

    empty = alex.post(page, {"ends": "on", **SIGNED})
    past = alex.post(page, {"ends": "on", **build.moment("ends_at", "2020-01-05T09:30"), **SIGNED})
    assert "Give the day and the time" in empty.text
    assert "on a day that is still to come" in past.text
    assert alex.post(page, {"ends": "on", **later, **SIGNED}).status_code == 302
    assert seen(made_up.sam).ends_at is not None
    assert "12:30" in alex.get(f"/people/{made_up.sam.id}/").text
    assert alex.post(page, {"ends": "never", **SIGNED}).status_code == 302
    assert seen(made_up.sam).ends_at is None
    assert (
        alex.post(f"/people/{made_up.alex.id}/ends/", {"ends": "on", **later, **SIGNED}).status_code
        == 422
    )


def test_a_set_up_link_ends_is_made_again_and_taken_back(made_up: MadeUp) -> None:
    alex = made_up.browser_of(made_up.alex)
    made = alex.post("/people/new/", {"full_name": "Bo Li", "username": "bo.li"})
    bo = reads.account_named("bo.li")
    assert bo is not None
    first = made.context["link"].removeprefix("http://testserver")
    page = alex.get(f"/people/{bo.id}/").text
    assert "It works until" in page
    assert "Take back the set-up link" in page

    second = alex.post(f"/people/{bo.id}/link/", SIGNED).context["link"]
    second = second.removeprefix("http://testserver")
    stranger = made_up.browser_of(None)
    assert stranger.get(first).status_code == 409  # a newer link takes its place
    assert stranger.get(second).status_code == 200

    back = alex.post(f"/people/{bo.id}/take-back-link/")

    assert back.headers["Location"] == f"/people/{bo.id}/?done=link_back"
    assert stranger.get(second).status_code == 409
    assert "Needs a set-up link" in alex.get(f"/people/{bo.id}/").text
    assert alex.post(f"/people/{bo.id}/take-back-link/").status_code == 409
    assert last_event(bo.id, [EventKind.LINK_TAKEN_BACK]) is not None


def test_a_closed_account_keeps_its_name_and_takes_no_end(made_up: MadeUp) -> None:
    close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)
    alex = made_up.browser_of(made_up.alex)

    assert (
        alex.post(
            f"/people/{made_up.sam.id}/name/", {"full_name": "Sam Reed", **SIGNED}
        ).status_code
        == 422
    )
    assert (
        alex.post(f"/people/{made_up.sam.id}/ends/", {"ends": "never", **SIGNED}).status_code == 422
    )
    assert seen(made_up.sam).full_name == "Sam Okafor"


@pytest.fixture
def council(settings: Settings) -> SignOn:
    """Return a service of single sign-on, as the settings name it."""
    settings.SIGN_ON = SignOn("https://login.example", "oak", "made up", "Meadow Council")
    found: SignOn = settings.SIGN_ON
    return found


@pytest.mark.usefixtures("council")
def test_who_somebody_is_at_the_single_sign_on_is_written_down_signed_and_told(
    made_up: MadeUp,
) -> None:
    alex, page = made_up.browser_of(made_up.alex), f"/people/{made_up.sam.id}/sign-on/"
    before = book_pages(book_of(None))  # type: ignore[arg-type]  # there is an office
    assert page in alex.get(f"/people/{made_up.sam.id}/").text
    assert "Who are they at Meadow Council?" in alex.get(page).text

    unsigned = alex.post(page, {"known_as": "m-4711"})
    no_name = alex.post(page, {"known_as": "sam okafor", **SIGNED})
    done = alex.post(page, {"known_as": "Sam@meadow.example", **SIGNED})

    assert "Type your password to sign" in unsigned.text
    assert no_name.status_code == 422
    assert done.headers["Location"] == f"/people/{made_up.sam.id}/?done=sign_on"
    assert "The single sign-on is changed" in alex.get(done.headers["Location"]).text
    assert seen(made_up.sam).sign_on_as.casefold() == "sam@meadow.example"
    assert book_pages(book_of(None)) == before + 1  # type: ignore[arg-type]  # as above
    assert [told.kind for told in notices_of(made_up.sam.id)] == [EventKind.SIGN_ON_SET]

    taken = alex.post(
        f"/people/{made_up.kit.id}/sign-on/", {"known_as": "sam@MEADOW.example", **SIGNED}
    )
    assert taken.status_code == 422
    assert seen(made_up.kit).sign_on_as == ""

    alex.post(page, {"known_as": "", **SIGNED})
    assert seen(made_up.sam).sign_on_as == ""


@pytest.mark.usefixtures("council")
def test_nobody_but_an_administrator_writes_down_who_somebody_is_there(made_up: MadeUp) -> None:
    page = f"/people/{made_up.sam.id}/sign-on/"

    for worker in (made_up.sam, made_up.dana):
        answer = made_up.browser_of(worker).post(page, {"known_as": "m-1", **SIGNED})
        assert answer.status_code == 404
    own = made_up.browser_of(made_up.alex).post(
        f"/people/{made_up.alex.id}/sign-on/", {"known_as": "m-1", **SIGNED}
    )
    assert own.status_code == 422
    assert seen(made_up.sam).sign_on_as == seen(made_up.alex).sign_on_as == ""


def test_where_there_is_no_single_sign_on_there_is_no_page_for_it(made_up: MadeUp) -> None:
    alex, page = made_up.browser_of(made_up.alex), f"/people/{made_up.sam.id}/sign-on/"

    assert alex.get(page).status_code == 404
    assert "sign-on/" not in alex.get(f"/people/{made_up.sam.id}/").text
