"""Who leaves is out the same day; a manager does it for the people of their home (P09, P13)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from casebound.foundation.base.ids import HomeId
from casebound.people.access.actions import close_for_leaver
from casebound.people.access.tests import build
from casebound.people.accounts import reads
from casebound.people.accounts.models import Account
from casebound.people.events.kinds import EventKind
from casebound.people.events.models import SecurityEvent
from casebound.people.events.reads import last_event, notices_of
from casebound.people.homes import actions as homes
from casebound.people.homes.appointments import appointments_of
from casebound.people.staff.actions import set_end
from casebound.people.staff.checks import check_accounts
from tests.clients import Browser
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09")]
OUT = "/sign-in/?next=/"


def sessions_page(made_up: MadeUp, worker: Worker, by: Worker) -> tuple[Client, str]:
    return made_up.browser_of(by), f"/people/{worker.id}/signed-in/"


def appoint(made_up: MadeUp, worker: Worker, role: str, home: HomeId) -> None:
    homes.appoint(
        worker=worker.id, full_name=worker.full_name, role=role, home=home,
        from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip


def is_out(browser: Client) -> bool:
    return browser.get("/").headers.get("Location") == OUT


def test_a_manager_closes_the_account_of_who_leaves_and_hands_the_drafts_on(
    made_up: MadeUp,
) -> None:
    made_up.draft(made_up.jay, "Jay made toast.")
    sam, dana = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.dana)
    people = dana.get(f"/homes/{made_up.oak}/people/").text
    page = dana.get(f"/people/{made_up.sam.id}/signed-in/").text
    asked = dana.get(f"/people/{made_up.sam.id}/close/").text
    assert f"/people/{made_up.sam.id}/signed-in/" in people
    assert "has not finished" in page
    assert "Close this account" in asked

    closed = dana.post(f"/people/{made_up.sam.id}/close/")

    assert closed.headers["Location"] == f"/drafts/left-by/{made_up.sam.id}/"
    assert is_out(sam)
    assert appointments_of(made_up.sam.id, at=timezone.now()) == ()
    assert "Daily log, Jay" in dana.get(closed.headers["Location"]).text
    assert "toast" not in dana.get(closed.headers["Location"]).text
    assert list(check_accounts(quickly=False)) == []


def test_a_manager_ends_no_account_of_another_home_or_of_another_manager(made_up: MadeUp) -> None:
    both = build.account(made_up, "bo.li", "Bo Li")
    appoint(made_up, both, "residential_worker", made_up.oak)
    appoint(made_up, both, "residential_worker", made_up.elm)
    dana, sam = made_up.browser_of(made_up.dana), made_up.browser_of(made_up.sam)
    deputy = build.account(made_up, "di.oke", "Di Oke")
    appoint(made_up, deputy, "deputy_manager", made_up.oak)
    di = made_up.browser_of(deputy)

    for who in (made_up.lin, made_up.robin, made_up.alex, made_up.dana, both):
        for path in ("signed-in", "close"):
            assert dana.get(f"/people/{who.id}/{path}/").status_code == 404
        assert dana.post(f"/people/{who.id}/close/").status_code == 404
        assert dana.post(f"/people/{who.id}/sign-out/").status_code == 404
    assert di.post(f"/people/{made_up.dana.id}/close/").status_code == 404
    assert sam.post(f"/people/{made_up.kit.id}/close/").status_code == 404
    assert dana.get(f"/homes/{made_up.elm}/people/").status_code == 404
    assert not any(seen.closed_at for seen in reads.every_account())


def test_a_session_is_ended_alone_and_all_of_them_at_once_and_the_person_is_told(
    made_up: MadeUp,
) -> None:
    one, two = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.sam)
    for browser in (one, two):
        browser.get("/")
    dana, page = sessions_page(made_up, made_up.sam, made_up.dana)
    sessions = dana.get(page).context["sessions"]
    assert len(sessions) == 2

    dana.post(f"/people/{made_up.sam.id}/sign-out/", {"which": sessions[0].id})
    assert [is_out(one), is_out(two)].count(True) == 1
    dana.post(f"/people/{made_up.sam.id}/sign-out/")

    assert is_out(one)
    assert is_out(two)
    assert [notice.what for notice in notices_of(made_up.sam.id)] == [
        "one_session", "all_sessions",
    ]  # fmt: skip
    assert "not signed in anywhere" in dana.get(page).text
    assert last_event(made_up.sam.id, [EventKind.SESSION_ENDED]).by == made_up.dana.id  # type: ignore[union-attr]  # it is there


def test_a_session_of_another_person_does_not_end_by_its_id(made_up: MadeUp) -> None:
    kit = made_up.browser_of(made_up.kit)
    kit.get("/")
    dana, page = sessions_page(made_up, made_up.kit, made_up.dana)
    [of_kit] = dana.get(page).context["sessions"]

    dana.post(f"/people/{made_up.sam.id}/sign-out/", {"which": of_kit.id})

    assert not is_out(kit)


@pytest.mark.policy("P13")
def test_an_agency_account_ends_by_itself_and_the_managers_are_told_of_its_drafts(
    made_up: MadeUp,
) -> None:
    made_up.draft(made_up.jay, "Jay made toast.")
    inside = made_up.browser_of(made_up.sam)
    end = timezone.now() + timedelta(minutes=20)
    set_end(account=made_up.sam.id, ends_at=end, by=made_up.alex.id, at=timezone.now())

    with time_machine.travel(end - timedelta(seconds=30)):
        assert inside.get("/").status_code == 200
    with time_machine.travel(end + timedelta(seconds=1)):
        assert is_out(inside)
        answer = Browser().post(
            "/sign-in/", {"login": made_up.sam.username, "password": PASSWORD}, follow=True
        )
        assert "This account is closed" in answer.text
        assert "to hand to a colleague" in made_up.browser_of(made_up.dana).get("/desk/").text
        assert notices_of(made_up.dana.id) == []

        call_command("work")

        seen = reads.account(made_up.sam.id)
        assert seen is not None
        assert seen.closed_at is not None
        assert appointments_of(made_up.sam.id, at=timezone.now()) == ()
        [told] = notices_of(made_up.dana.id)
        assert (told.kind, told.what) == (EventKind.ACCOUNT_CLOSED, "drafts")
        assert list(check_accounts(quickly=False)) == []


def test_an_end_that_somebody_moved_in_the_database_lets_nobody_in(made_up: MadeUp) -> None:
    end = timezone.now() + timedelta(minutes=20)
    set_end(account=made_up.sam.id, ends_at=end, by=made_up.alex.id, at=timezone.now())
    inside = made_up.browser_of(made_up.sam)
    assert inside.get("/").status_code == 200

    Account.objects.filter(pk=made_up.sam.id).update(ends_at=None)

    assert is_out(inside)
    problems = [problem.words for problem in check_accounts(quickly=False)]
    assert any("does not end when the log says" in words for words in problems)


def test_a_second_tap_closes_an_account_once_and_is_not_refused(made_up: MadeUp) -> None:
    before = SecurityEvent.objects.count()

    for _ in range(2):
        close_for_leaver(worker=made_up.sam.id, by=made_up.dana.id, at=made_up.now, key="page")

    assert SecurityEvent.objects.count() == before + 1
