"""The administrator alone opens no book to anybody, by no way (P13)."""

import re
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.proof.recovery import sheet_groups
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.sealing.reads import entries, size
from casebound.people.access.reads import seen_book
from casebound.people.access.tests import build
from casebound.people.access.tests.build import moment
from casebound.people.accounts import reads as accounts
from casebound.people.accounts.actions import OwnAccountError, is_good_path
from casebound.people.accounts.models import Account
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import notices_of
from casebound.people.homes import actions as homes
from casebound.people.homes.tests.build import provider
from casebound.people.second_person import actions, reads
from casebound.people.second_person.entries import AgreementAnswered, AgreementAsked, DoneAlone
from casebound.people.second_person.models import Request
from casebound.people.second_person.reads import RequestSeen, code_of
from casebound.people.second_person.refusals import (
    AnsweredAlreadyError,
    AskedAlreadyError,
    ManagerFirstError,
    NotAgreedError,
    NotYourAnswerError,
    WhyNotError,
    WrongHandOverCodeError,
)
from casebound.people.second_person.rules import USED_WITHIN, WAITS
from casebound.people.staff.actions import open_account
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09", "P13", "P63")]
SHEET = "casebound.upkeep.running.management.commands.agree"


def ask_link(made_up: MadeUp, who: Worker, *, lost: bool = True, **said: Any) -> RequestSeen:
    """Ask for a link as Alex does, and return what waits."""
    made = actions.link_or_ask(
        worker=who.id, lost_second_factor=lost,
        **{"by": made_up.alex.id, "at": made_up.now, "auth": "password", **said},
    )  # fmt: skip
    assert made is None
    return reads.requests_about(who.id, at=made_up.now)[0]


def ask_appointment(
    made_up: MadeUp, who: Worker, role: str = "residential_worker", **said: Any
) -> RequestSeen:
    is_done = actions.appoint_or_ask(
        worker=who.id, role=role,
        **{"home": made_up.oak, "from_at": made_up.now, "by": made_up.alex.id, "at": made_up.now,
           "auth": "password", **said},
    )  # fmt: skip
    assert not is_done
    return reads.requests_about(who.id, at=made_up.now)[0]


def agree(asked: RequestSeen, by: Worker, at: datetime, **said: Any) -> str:
    return actions.answer(
        request=asked.id, **{"agrees": True, "by": by.id, "at": at, "auth": "password", **said}
    )


def kinds_told(worker: Worker) -> list[EventKind]:
    return [notice.kind for notice in notices_of(worker.id)]


def appointed(made_up: MadeUp, who: Worker, role: str, **said: Any) -> None:
    """Appoint somebody without asking, as a provider is set up."""
    homes.appoint(
        worker=who.id, full_name=who.full_name, role=role,
        **{"home": None, "from_at": made_up.began, "by": made_up.alex.id, "at": made_up.now,
           **said},
    )  # fmt: skip


def test_the_administrator_alone_makes_no_link_for_who_reads_a_book(made_up: MadeUp) -> None:
    alex = made_up.browser_of(made_up.alex)
    before = accounts.account(made_up.dana.id)

    alone = alex.post(f"/people/{made_up.dana.id}/link/", {"password": PASSWORD})
    page = alex.get(alone.headers["Location"]).text

    assert alone.headers["Location"].endswith("?done=asked")
    assert "/sign-in/new-password/" not in page
    assert "Robin Tate" in page, "nobody else is left at Oak House who can agree"
    assert accounts.account(made_up.dana.id) == before, "the old password goes on working"


def test_a_link_asks_for_the_password_of_who_asks(made_up: MadeUp) -> None:
    alex = made_up.browser_of(made_up.alex)

    refused = alex.post(f"/people/{made_up.sam.id}/link/", {"password": "wrong"})

    assert "The password is not right." in refused.text
    assert reads.requests_about(made_up.sam.id, at=made_up.now) == []


def test_two_people_and_a_code_make_a_link_work(made_up: MadeUp) -> None:
    alex, dana = made_up.browser_of(made_up.alex), made_up.browser_of(made_up.dana)
    asked = ask_link(made_up, made_up.sam)

    listed = dana.get("/agree/").text
    agreed = dana.post(f"/agree/{asked.id}/", {"answer": "yes", "password": PASSWORD}, follow=True)
    shown = re.search(r"\b([0-9]{4}) ([0-9]{4})\b", agreed.text)
    made = alex.post(f"/people/{made_up.sam.id}/make/{asked.id}/", follow=True)
    again = alex.post(f"/people/{made_up.sam.id}/make/{asked.id}/", follow=True)
    link = re.search(r"/sign-in/new-password/[^\s\"<]+/", made.text)

    assert "Sam Okafor" in listed
    assert shown is not None
    assert "".join(shown.groups()) == code_of(asked.id)
    assert link is not None
    assert is_good_path(link[0])
    assert f"/sign-in/new-password/{made_up.sam.id}/" in again.text, "an answer that was lost"
    assert code_of(asked.id)[:4] not in made.text, "who has the link does not see the code"
    sam = made_up.browser_of(made_up.sam)
    assert sam.get("/").headers["Location"] == "/security/handed-over/"
    assert sam.get(made_up.book_url(made_up.jay)).headers["Location"] == "/security/handed-over/"
    assert sam.post("/security/handed-over/", {"code": "00000000"}).status_code == 422
    assert sam.post("/security/handed-over/", {"code": " ".join(shown.groups())}).status_code == 302
    assert sam.get(made_up.book_url(made_up.jay)).status_code == 200


def test_a_guesser_has_five_tries_at_the_code(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.sam)
    agree(asked, made_up.dana, made_up.now)
    actions.make_agreed_link(
        request=asked.id, by=made_up.alex.id, at=made_up.now, auth="session password"
    )
    for _ in range(5):
        with pytest.raises(WrongHandOverCodeError):
            actions.hand_over(code="0", by=made_up.sam.id, at=made_up.now)

    with pytest.raises(WrongHandOverCodeError):
        actions.hand_over(code=code_of(asked.id), by=made_up.sam.id, at=made_up.now)


def test_a_code_taken_off_by_hand_lets_nobody_in(made_up: MadeUp) -> None:
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    agree(ask_appointment(made_up, ada), made_up.dana, made_up.now)
    browser = made_up.browser_of(ada)
    Account.objects.filter(pk=ada.id).update(handover_id="")

    assert browser.get(made_up.book_url(made_up.jay)).headers["Location"].startswith("/sign-in/")


@pytest.mark.sqlite  # on PostgreSQL the column has no room for it
def test_a_code_moved_by_hand_into_the_password_lets_nobody_in(made_up: MadeUp) -> None:
    """Who signs in with a passkey needs no password, so its hash may well be spoilt."""
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    agree(ask_appointment(made_up, ada), made_up.dana, made_up.now)
    row = Account.objects.get(pk=ada.id)
    spoilt = f"{row.password}{row.handover_id}"
    Account.objects.filter(pk=ada.id).update(password=spoilt, handover_id="")

    page = made_up.browser_of(ada).get(made_up.book_url(made_up.jay))

    assert page.headers["Location"].startswith("/sign-in/")


def test_an_invented_worker_reads_nothing(made_up: MadeUp) -> None:
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    asked = ask_appointment(made_up, ada)

    waiting = seen_book(ada.id, made_up.jay.book, at=timezone.now())
    with pytest.raises(WhyNotError):
        agree(asked, made_up.dana, made_up.now, agrees=False)
    agree(asked, made_up.dana, made_up.now, agrees=False, reason="Nobody knows an Ada Kern.")
    page = made_up.browser_of(made_up.alex).get(f"/people/{ada.id}/").text

    assert waiting is None
    assert seen_book(ada.id, made_up.jay.book, at=timezone.now()) is None
    assert kinds_told(made_up.alex) == [EventKind.DECLINED]
    assert "Nobody knows an Ada Kern." in page


def test_who_set_the_password_of_a_new_account_does_not_read_as_its_person(
    made_up: MadeUp,
) -> None:
    """The administrator used the first link themself, before the manager agreed."""
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    intruder = made_up.browser_of(ada)

    asked = ask_appointment(made_up, ada)
    code = agree(asked, made_up.dana, made_up.now)

    assert seen_book(ada.id, made_up.jay.book, at=timezone.now()) is not None
    assert intruder.get(made_up.book_url(made_up.jay)).status_code == 302
    link = actions.link_or_ask(
        worker=ada.id, lost_second_factor=True, by=made_up.alex.id, at=made_up.now, auth="password"
    )
    assert link is not None, "it opens nothing without the code"
    assert made_up.browser_of(ada).get(made_up.book_url(made_up.jay)).status_code == 302
    actions.hand_over(code=code, by=ada.id, at=made_up.now)
    assert made_up.browser_of(ada).get(made_up.book_url(made_up.jay)).status_code == 200


def test_who_reads_a_book_already_gets_no_code_with_another_appointment(made_up: MadeUp) -> None:
    asked = ask_appointment(made_up, made_up.lin)

    assert agree(asked, made_up.dana, made_up.now) == ""
    assert made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay)).status_code == 200


@pytest.mark.parametrize("who", ["alex", "sam", "lin", "robin", "kit"])
def test_only_the_manager_of_the_home_agrees_and_nobody_else(made_up: MadeUp, who: str) -> None:
    asked = ask_link(made_up, made_up.sam)
    other: Worker = getattr(made_up, who)

    page = made_up.browser_of(other).get(f"/agree/{asked.id}/")

    assert page.status_code == 404
    with pytest.raises(NotYourAnswerError):
        agree(asked, other, made_up.now)


def test_nobody_agrees_to_what_they_asked_for_or_what_is_for_them(made_up: MadeUp) -> None:
    """Dana is the administrator too, in a small provider."""
    appointed(made_up, made_up.dana, "system_administrator")
    hers = ask_link(made_up, made_up.dana)
    by_her = ask_link(made_up, made_up.sam, by=made_up.dana.id)

    for asked in (hers, by_her):
        with pytest.raises(NotYourAnswerError):
            agree(asked, made_up.dana, made_up.now)
        assert reads.can_answer(asked, made_up.robin.id, at=made_up.now)
    with pytest.raises(OwnAccountError):
        ask_link(made_up, made_up.dana, by=made_up.dana.id)


def test_the_responsible_individual_agrees_everywhere_and_comes_before_other_homes(
    made_up: MadeUp,
) -> None:
    ros = build.account(made_up, "ros.finch", "Ros Finch")
    appointed(made_up, ros, "responsible_individual")

    for_dana, for_all = ask_link(made_up, made_up.dana), ask_link(made_up, ros)

    assert reads.who_can_answer(for_dana, at=made_up.now) == {ros.id}
    assert reads.who_can_answer(for_all, at=made_up.now) == {made_up.dana.id, made_up.robin.id}


def test_a_closed_account_cannot_agree(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.sam)
    made_up.browser_of(made_up.alex).post(f"/people/{made_up.dana.id}/close/")

    assert made_up.dana.id not in reads.who_can_answer(asked, at=timezone.now())


def test_a_request_is_answered_once_and_waits_for_a_week(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.sam)
    with pytest.raises(AskedAlreadyError):
        ask_link(made_up, made_up.sam)
    with pytest.raises(AnsweredAlreadyError):
        agree(asked, made_up.dana, made_up.now + WAITS)
    agree(asked, made_up.dana, made_up.now + WAITS - timedelta(seconds=1))

    with pytest.raises(AnsweredAlreadyError):
        agree(asked, made_up.dana, made_up.now, agrees=False, reason="No.")


def test_a_link_is_made_within_two_days_and_can_be_taken_back(made_up: MadeUp) -> None:
    made: dict[str, Any] = {"by": made_up.alex.id, "auth": "session password"}
    asked = ask_link(made_up, made_up.sam)
    with pytest.raises(NotAgreedError):
        actions.make_agreed_link(request=asked.id, at=made_up.now, **made)
    agree(asked, made_up.dana, made_up.now)
    with pytest.raises(NotAgreedError):
        actions.make_agreed_link(request=asked.id, at=made_up.now + USED_WITHIN, **made)

    made_up.browser_of(made_up.dana).post(f"/agree/{asked.id}/take-back/")

    with pytest.raises(NotAgreedError):
        actions.make_agreed_link(request=asked.id, at=made_up.now, **made)
    assert reads.requests_about(made_up.sam.id, at=made_up.now) == []


def test_it_stands_in_the_office_s_book_with_both_names(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.sam)
    agree(asked, made_up.dana, made_up.now)
    *_, first, second = entries(size() - 2)

    assert (kind_of(first)[0], kind_of(second)[0]) == (AgreementAsked.kind, AgreementAnswered.kind)
    assert (first.signed_by, second.signed_by) == (made_up.alex.id, made_up.dana.id)
    assert list(first.pages) == list(second.pages) == [made_up.house(made_up.office).book]


def test_the_person_and_their_manager_are_told_at_the_next_sign_in(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.lin)
    told = kinds_told(made_up.robin)
    agree(asked, made_up.robin, made_up.now)
    actions.make_agreed_link(
        request=asked.id, by=made_up.alex.id, at=made_up.now, auth="session password"
    )

    assert told == [EventKind.ASKED]
    assert kinds_told(made_up.lin) == [EventKind.LINK_GIVEN, EventKind.FACTORS_RESET]
    assert kinds_told(made_up.robin) == [
        EventKind.ASKED,
        EventKind.LINK_GIVEN,
        EventKind.FACTORS_RESET,
    ]


def test_a_row_changed_by_hand_makes_no_link(made_up: MadeUp) -> None:
    asked = ask_link(made_up, made_up.sam)
    Request.objects.filter(id=asked.id).update(
        state="agreed", answered_by=made_up.dana.id, answered_at=made_up.now
    )

    with pytest.raises(NotAgreedError):
        actions.make_agreed_link(
            request=asked.id, by=made_up.alex.id, at=made_up.now, auth="session password"
        )


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    agree(ask_link(made_up, made_up.sam), made_up.dana, made_up.now)
    ask_appointment(made_up, made_up.lin)
    live = list(Request.objects.order_by("id").values_list())

    rebuild()

    assert list(Request.objects.order_by("id").values_list()) == live


def test_the_first_manager_is_appointed_alone_and_the_log_tells_of_it() -> None:
    office, now = provider(), timezone.now()
    alex, dana, ada = (
        open_account(username=name.lower(), full_name=f"{name} Moreau", by=None, at=now)
        for name in ("Alex", "Dana", "Ada")
    )
    oak = homes.open_home(name="Oak House", address="1 Mill Lane", by=alex, at=now)
    asking: dict[str, Any] = {
        "home": oak, "from_at": now, "by": alex, "at": now, "auth": "password",
    }  # fmt: skip

    with pytest.raises(ManagerFirstError):
        actions.appoint_or_ask(worker=ada, role="residential_worker", **asking)
    assert actions.appoint_or_ask(worker=dana, role="registered_manager", **asking)
    kinds = [kind_of(entry)[0] for entry in entries(size() - 2)]
    assert kinds == [DoneAlone.kind, "homes/worker-appointed"]
    link: dict[str, Any] = {
        "lost_second_factor": False, "by": alex, "at": now, "auth": "password",
    }  # fmt: skip
    assert actions.link_or_ask(worker=dana, **link) is not None, "she never signed in"
    assert not actions.appoint_or_ask(worker=ada, role="registered_manager", **asking)
    assert office


def test_ending_every_manager_opens_no_way_round(made_up: MadeUp) -> None:
    for worker in (made_up.dana, made_up.robin):
        made_up.browser_of(made_up.alex).post(f"/people/{worker.id}/close/")
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    at = timezone.now()

    asked = ask_appointment(made_up, ada, "registered_manager", at=at, from_at=at)
    page = made_up.browser_of(made_up.alex).get(f"/people/{ada.id}/").text

    assert reads.who_can_answer(asked, at=at) == frozenset()
    assert f"casebound agree --request {asked.number} --sheet -" in page


def test_the_recovery_sheet_stands_in_for_the_second_person(
    made_up: MadeUp, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:  # Any: fixtures of pytest
    monkeypatch.setattr(f"{SHEET}.open_stores", lambda: None)
    master = settings.INSTALLATION
    sheet, wrong = tmp_path / "sheet", tmp_path / "wrong"
    sheet.write_text("\n".join(sheet_groups(master.master_key, master.epoch)))
    wrong.write_text("\n".join(sheet_groups(b"\0" * 32, master.epoch)))
    asked = ask_link(made_up, made_up.dana)
    said = StringIO()

    with pytest.raises(Exception, match="another"):
        call_command("agree", request=asked.number, sheet=str(wrong))
    call_command("agree", stdout=said)
    call_command("agree", request=asked.number, sheet=str(sheet), stdout=said)

    code = code_of(asked.id)
    assert f"{asked.number}: " in said.getvalue()
    assert f"{code[:4]} {code[4:]}" in said.getvalue()
    *_, last = entries(size() - 1)
    fact = AgreementAnswered.read(last)
    assert (fact.answer, fact.with_sheet) == ("agreed", True)
    assert last.signed_by == master.id


@pytest.mark.parametrize("to_come", [True, False])
def test_an_appointment_to_come_counts_and_one_that_is_over_does_not(
    made_up: MadeUp, *, to_come: bool
) -> None:
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    when: dict[str, Any] = (
        {"from_at": made_up.now + timedelta(days=9)}
        if to_come
        else {"to_at": made_up.now - timedelta(days=1)}
    )
    appointed(made_up, ada, "senior", home=made_up.oak, **when)

    assert reads.reads_books(WorkerId(ada.id), at=made_up.now) is to_come


def test_a_key_worker_is_named_only_where_they_work_anyway(made_up: MadeUp) -> None:
    dana: Client = made_up.browser_of(made_up.dana)
    homes.end_appointment(
        appointment=made_up.sams_appointment, to_at=made_up.now + timedelta(days=3),
        by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip
    later = timezone.localtime() + timedelta(days=10)
    placement = made_up.placement_of(made_up.jay)

    refused = dana.post(
        f"/homes/{made_up.oak}/{placement}/key-worker/",
        {"worker": made_up.sam.id, **moment("from_at", f"{later:%Y-%m-%dT%H:%M}"),
         "password": PASSWORD},
    )  # fmt: skip

    assert "no longer works here" in refused.text
