"""Restraint, control and discipline: 24 hours, 48 hours for each user, 5 days (reg 35(3))."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import duties_of
from casebound.people.homes import actions as homes
from casebound.people.homes.appointments import appointments_listed
from casebound.record.book.entries import Entry
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.followups.relations import FOLLOWS
from casebound.record.followups.rules import (
    DoneAlreadyError,
    ManagersOnlyError,
    NotByUserError,
    NothingToFollowError,
)
from casebound.record.followups.tests.build import about, due, following, person, read
from casebound.rulebook.clocks.clocks import clock
from tests.made_up import MadeUp, Worker
from tests.readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P49"), pytest.mark.every_clock]
USER, CHILD, RECORD = "control/user", "control/child", "control/record"
BOTH = pytest.mark.parametrize("form", ["restraint", "control"])


def measure(made_up: MadeUp, *users: Worker, form: str = "restraint", **said: Any) -> Sealed:
    """Let Sam record a measure that these used, an hour ago."""
    answers = {"users": [{"id": user.id} for user in users or (made_up.sam, made_up.kit)]}
    answers |= said.pop("answers", {})
    return made_up.write(made_up.jay, form=form, answers=answers, **said)


def number(made_up: MadeUp, sealed: Sealed) -> int:
    return sealed.numbers[made_up.jay.book]


@BOTH
def test_each_user_has_48_hours_and_the_child_5_days_from_the_use(
    made_up: MadeUp, form: str
) -> None:
    sealed = measure(made_up, form=form)
    used = made_up.now - timedelta(hours=1)

    asked = about(made_up, sealed, made_up.jay)

    sam, kit = asked[f"{USER} Sam Okafor"], asked[f"{USER} Kit Adeyemi"]
    assert sam.due_at == kit.due_at == used + timedelta(hours=48)
    assert (sam.subject.id, kit.subject.id) == (made_up.sam.id, made_up.kit.id)
    assert "Sam Okafor" in sam.what
    child = asked[CHILD]
    assert child.goal_at == used + timedelta(hours=24)
    assert (
        timedelta(days=5) - timedelta(hours=1) <= child.due_at - used <= timedelta(days=5, hours=1)
    )
    assert all(duty.managers and duty.assigned_to is None for duty in (sam, kit, child))


@pytest.mark.parametrize(("hours", "in_time"), [(24, True), (25, False)])
def test_the_record_itself_is_made_in_time_or_late(
    made_up: MadeUp, *, hours: int, in_time: bool
) -> None:
    sealed = measure(made_up, after=timedelta(hours=hours))

    record = about(made_up, sealed, made_up.jay)[RECORD]

    assert (record.ended, record.in_time) == (Ended.DONE, in_time)
    assert record.done_by == made_up.sam.id


def test_each_user_is_spoken_to_on_their_own_and_the_entry_counts_them(made_up: MadeUp) -> None:
    sealed = measure(made_up)
    url = reverse("chronology:entry", args=[made_up.jay.book, number(made_up, sealed)])
    page = made_up.browser_of(made_up.dana)
    assert "0 of 2 users spoken to" in page.get(url).text

    first = made_up.follow(
        made_up.jay, number(made_up, sealed), "spoken_to_user", subject=person(made_up.sam.id)
    )
    assert [duty.subject.name for duty in due(made_up, made_up.jay, USER)] == ["Kit Adeyemi"]
    assert "1 of 2 users spoken to" in page.get(url).text
    made_up.follow(
        made_up.jay, number(made_up, sealed), "spoken_to_user", subject=person(made_up.kit.id)
    )

    assert due(made_up, made_up.jay, USER) == []
    assert "2 of 2 users spoken to" in page.get(url).text
    fact = Entry.read(read(first, made_up.jay))
    assert (fact.references[0].relation, fact.references[0].subject.name) == (FOLLOWS, "Sam Okafor")
    assert fact.content.present[0].name == "Sam Okafor"
    follow_up = reverse("chronology:entry", args=[made_up.jay.book, number(made_up, first)])
    assert f"Follows no. {number(made_up, sealed)}: Sam Okafor" in page.get(follow_up).text


def test_a_record_that_is_not_accurate_stays_due_and_is_checked_again(made_up: MadeUp) -> None:
    sealed = measure(made_up, made_up.sam)
    where = (made_up.jay, number(made_up, sealed), "spoken_to_user")
    wrong = {"accurate": "no", "not_accurate": "It lasted longer."}

    made_up.follow(*where, subject=person(made_up.sam.id), answers=wrong)
    assert len(due(made_up, made_up.jay, USER)) == 1
    made_up.follow(*where, subject=person(made_up.sam.id))

    assert due(made_up, made_up.jay, USER) == []
    with pytest.raises(DoneAlreadyError):
        made_up.begin_following(*where, subject=person(made_up.sam.id))


def test_the_child_is_spoken_to_once_for_all(made_up: MadeUp) -> None:
    sealed = measure(made_up)

    made_up.follow(made_up.jay, number(made_up, sealed), "spoken_to_child")

    assert due(made_up, made_up.jay, CHILD) == []
    assert len(due(made_up, made_up.jay, USER)) == 2


def deputy(made_up: MadeUp, worker: Worker) -> None:
    homes.appoint(
        worker=worker.id, full_name=worker.full_name, role="deputy_manager", home=made_up.oak,
        child=None, from_at=made_up.began, by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip


@pytest.mark.policy("P63")
def test_nobody_who_used_the_measure_checks_it_not_even_about_a_colleague(made_up: MadeUp) -> None:
    deputy(made_up, made_up.kit)
    sealed = measure(made_up, made_up.sam, made_up.kit)
    where = (made_up.jay, number(made_up, sealed), "spoken_to_user")

    for of in (made_up.kit.id, made_up.sam.id):
        with pytest.raises(NotByUserError, match=r"reg 35\(3\)\(b\).*|Ask Dana Whitlock"):
            made_up.begin_following(*where, by=made_up.kit, subject=person(of))
    books = [made_up.jay.book]
    mine = duties_of(reader(made_up.kit.id, answers_for=tuple(books)), books=books, at=made_up.now)
    assert USER not in {duty.key for duty in mine}
    made_up.follow(*where, by=made_up.dana, subject=person(made_up.kit.id))

    assert [duty.subject.name for duty in due(made_up, made_up.jay, USER)] == ["Sam Okafor"]


@pytest.mark.policy("P63")
def test_a_worker_who_does_not_manage_is_told_who_to_ask_on_the_page_and_by_a_crafted_post(
    made_up: MadeUp,
) -> None:
    sealed = measure(made_up, made_up.kit)
    url = reverse(
        "drafting:follow", args=[made_up.jay.book, number(made_up, sealed), "spoken_to_user"]
    )

    sam, dana = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.dana)
    refused = sam.post(url, {"subject_kind": "person", "subject_id": made_up.kit.id})

    assert refused.status_code == 403
    assert "Ask Dana Whitlock" in refused.text
    [step] = [
        step for step in following(made_up, sealed, made_up.jay, made_up.sam).next
        if step.duty and step.duty.key == USER
    ]  # fmt: skip
    assert (step.form, "Ask Dana Whitlock" in step.why_not) == ("", True)
    assert (
        dana.post(url, {"subject_kind": "person", "subject_id": made_up.kit.id}).status_code == 302
    )


@pytest.mark.policy("P63")
def test_rights_are_asked_again_when_it_is_signed(made_up: MadeUp) -> None:
    deputy(made_up, made_up.kit)
    sealed = measure(made_up, made_up.sam)
    where = (made_up.jay, number(made_up, sealed), "spoken_to_user")
    draft = made_up.begin_following(*where, by=made_up.kit, subject=person(made_up.sam.id))
    homes.end_appointment(
        appointment=next(
            line.id
            for line in appointments_listed(made_up.kit.id)
            if line.role.key == "deputy_manager"
        ),
        to_at=made_up.now, by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip

    with pytest.raises(ManagersOnlyError):
        made_up.sign(draft, by=made_up.kit)


@pytest.mark.policy("P63")
def test_a_follow_up_cannot_be_begun_from_nothing(made_up: MadeUp) -> None:
    log = made_up.write(made_up.jay)
    dana = made_up.browser_of(made_up.dana)

    begin = reverse("drafting:begin", args=[made_up.jay.book, "spoken_to_user"])
    assert dana.post(begin).status_code == 404
    follow = reverse(
        "drafting:follow", args=[made_up.jay.book, number(made_up, log), "spoken_to_user"]
    )
    assert dana.post(follow).status_code == 404
    draft = made_up.draft(made_up.jay, form="spoken_to_user", by=made_up.dana)
    with pytest.raises(NothingToFollowError):
        made_up.sign(draft, by=made_up.dana)


def test_a_second_tap_goes_on_with_what_was_begun(made_up: MadeUp) -> None:
    sealed = measure(made_up)
    where = (made_up.jay, number(made_up, sealed), "spoken_to_user")

    first = made_up.begin_following(*where, subject=person(made_up.sam.id))

    assert made_up.begin_following(*where, subject=person(made_up.sam.id)) == first
    assert made_up.begin_following(*where, subject=person(made_up.kit.id)) != first


@pytest.mark.parametrize(("how", "ended"), [(STRIKE, Ended.STRUCK), (MISFILED, Ended.MISFILED)])
def test_what_does_not_stand_asks_for_nothing_and_says_so(
    made_up: MadeUp, how: Relation, ended: Ended
) -> None:
    sealed = measure(made_up)

    made_up._appoint(made_up.lin, "deputy_manager", made_up.oak)
    struck = made_up.put_right(made_up.jay, number(made_up, sealed), how, by=made_up.dana)
    where = (made_up.jay, number(made_up, struck), "strike_agreed")
    made_up.follow(*where, by=made_up.lin, answers={"agreed": "yes"})

    asked = about(made_up, sealed, made_up.jay)
    assert {duty.ended for key, duty in asked.items() if key != RECORD} == {ended}
    url = reverse(
        "drafting:follow", args=[made_up.jay.book, number(made_up, sealed), "spoken_to_child"]
    )
    assert made_up.browser_of(made_up.dana).post(url).status_code == 404


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_what_a_withdrawn_follow_up_had_settled_is_asked_again(
    made_up: MadeUp, how: Relation
) -> None:
    sealed = measure(made_up, made_up.sam)
    where = (made_up.jay, number(made_up, sealed), "spoken_to_user")
    spoken = made_up.follow(*where, subject=person(made_up.sam.id))
    page = reverse("chronology:entry", args=[made_up.jay.book, number(made_up, sealed)])
    browser = made_up.browser_of(made_up.dana)
    waits = clock(USER).state[1]  # "... is still to be spoken to"
    assert waits not in browser.get(page).text

    made_up.put_right(made_up.jay, number(made_up, spoken), how, by=made_up.dana)

    asked = about(made_up, sealed, made_up.jay)[f"{USER} Sam Okafor"]
    assert (asked.ended, asked.done_at, asked.done_number) == (None, None, None)
    assert waits in browser.get(page).text
    again = made_up.follow(*where, subject=person(made_up.sam.id))
    settled = about(made_up, sealed, made_up.jay)[f"{USER} Sam Okafor"]
    assert settled.done_number == number(made_up, again)


def test_a_routine_of_the_child_s_plan_starts_no_clock_of_regulation_35(made_up: MadeUp) -> None:
    exempt = {"plan_exempt": "yes", "plan_reference": "EHC plan of 3 May 2026, section F"}

    sealed = measure(made_up, answers=exempt)

    keys = {duty.key for duty in about(made_up, sealed, made_up.jay).values()}
    assert keys.isdisjoint({USER, CHILD, RECORD})


def test_somebody_from_an_agency_is_spoken_to_by_name(made_up: MadeUp) -> None:
    sealed = measure(
        made_up, answers={"users": [{"name": "Bo Lund", "role": "agency"}, {"name": "bo lund"}]}
    )

    [duty] = due(made_up, made_up.jay, USER)
    assert duty.subject.name == "Bo Lund"
    made_up.follow(made_up.jay, number(made_up, sealed), "spoken_to_user", subject=duty.subject)

    assert due(made_up, made_up.jay, USER) == []


def test_worked_out_again_everything_is_due_and_done_as_before(made_up: MadeUp) -> None:
    sealed = measure(made_up)
    made_up.follow(
        made_up.jay, number(made_up, sealed), "spoken_to_user", subject=person(made_up.sam.id)
    )
    before = about(made_up, sealed, made_up.jay)

    rebuild()

    assert about(made_up, sealed, made_up.jay) == before


def test_nothing_of_another_book_is_followed(made_up: MadeUp) -> None:
    sealed = measure(made_up)
    robin = made_up.browser_of(made_up.robin)

    url = reverse(
        "drafting:follow", args=[made_up.jay.book, number(made_up, sealed), "spoken_to_user"]
    )

    assert robin.post(url).status_code == 404
