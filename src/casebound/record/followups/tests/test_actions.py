"""What was agreed is followed to its end (P31), and what else an entry asks for."""

from datetime import timedelta
from typing import Any

import pytest

from casebound.foundation.base.calendar import day_of, end_of
from casebound.foundation.base.times import LONDON
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.record.followups.tests.build import about, due, following, person
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P31"), pytest.mark.every_clock]
DO = "action/do"


def number(made_up: MadeUp, sealed: Sealed) -> int:
    return sealed.numbers[made_up.jay.book]


def incident(made_up: MadeUp, **answers: Any) -> Sealed:  # Any: answers as typed
    return made_up.write(made_up.jay, form="incident", answers=answers)


def test_each_action_waits_on_who_was_named_until_the_end_of_its_day(made_up: MadeUp) -> None:
    friday = day_of(made_up.now) + timedelta(days=3)
    sealed = incident(
        made_up,
        actions=[
            {"what": "Ring the dentist", "who": "kit adeyemi", "by_when": friday.isoformat()},
            {"what": "Mend the door", "who": "the landlord", "by_when": friday.isoformat()},
        ],
    )

    dentist, door = due(made_up, made_up.jay, DO)
    assert (dentist.what, dentist.assigned_to) == ("Ring the dentist", made_up.kit.id)
    assert (door.what, door.assigned_to) == ("Mend the door", made_up.sam.id)
    assert dentist.due_at == door.due_at == end_of(friday)

    made_up.follow(
        made_up.jay, number(made_up, sealed), "action_done", by=made_up.kit, subject=dentist.subject
    )

    assert [duty.what for duty in due(made_up, made_up.jay, DO)] == ["Mend the door"]


def test_an_action_without_a_day_is_asked_about_in_a_week(made_up: MadeUp) -> None:
    incident(made_up, actions=[{"what": "Buy boots", "who": "Sam Okafor"}])

    [boots] = due(made_up, made_up.jay, DO)

    assert boots.due_at == end_of(day_of(made_up.now) + timedelta(days=7))


def test_what_was_agreed_in_no_rows_asks_for_nothing(made_up: MadeUp) -> None:
    incident(made_up)

    assert due(made_up, made_up.jay, DO) == []


@pytest.mark.policy("P43")
def test_a_return_starts_the_72_hours_on_whichever_form_it_is_written(made_up: MadeUp) -> None:
    back = made_up.now - timedelta(hours=2)
    missing = made_up.write(made_up.jay, form="missing", after=timedelta(hours=5))
    assert due(made_up, made_up.jay, "missing/interview") == []

    typed = f"{back.astimezone(LONDON):%Y-%m-%dT%H:%M}"
    made_up.follow(
        made_up.jay, number(made_up, missing), "returned", by=made_up.sam,
        answers={"returned_at": typed},
    )  # fmt: skip

    [interview] = due(made_up, made_up.jay, "missing/interview")
    assert interview.due_at == back.replace(second=0) + timedelta(hours=72)
    assert interview.assigned_to == made_up.sam.id
    assert interview.managers
    # From the first entry of the chain as from the one that says the child is back.
    steps = following(made_up, missing, made_up.jay, made_up.sam).next
    assert "return_interview" in {step.form for step in steps}
    made_up.follow(made_up.jay, number(made_up, missing), "return_interview", by=made_up.sam)

    assert due(made_up, made_up.jay, "missing/interview") == []


@pytest.mark.policy("P43")
@pytest.mark.parametrize(("told", "count"), [("no", 1), ("yes", 0)])
def test_contact_limited_in_an_emergency_is_told_to_the_authority_within_24_hours(
    made_up: MadeUp, told: str, count: int
) -> None:
    sealed = made_up.write(
        made_up.jay,
        form="contact",
        answers={
            "limited": "yes", "limited_why": "He was frightened.", "limited_with": "emergency",
            "authority_told": told, "authority_told_at": made_up.now.isoformat(),
            "never_allowed": "none",
        },
    )  # fmt: skip

    asked = due(made_up, made_up.jay, "contact/authority")

    assert len(asked) == count
    for duty in asked:
        assert duty.due_at == made_up.now - timedelta(hours=1) + timedelta(hours=24)
        made_up.follow(made_up.jay, number(made_up, sealed), "authority_told", by=made_up.sam)
    assert due(made_up, made_up.jay, "contact/authority") == []


@pytest.mark.policy("P43")
def test_a_manager_decides_about_a_notice_and_then_it_is_given(made_up: MadeUp) -> None:
    sealed = incident(made_up, notifiable="not_decided")
    assert [duty.key for duty in due(made_up, made_up.jay) if duty.key.startswith("notice/d")] == [
        "notice/decide"
    ]

    decided = made_up.follow(
        made_up.jay, number(made_up, sealed), "serious_decision", answers={"notifiable": "yes"}
    )
    [notice] = due(made_up, made_up.jay, "notice/event")
    assert notice.number == number(made_up, decided)
    assert notice.without_delay
    made_up.follow(
        made_up.jay, notice.number, "notified", subject=Subject(SubjectKind.CLOCK, notice.key)
    )

    keys = {duty.key for duty in due(made_up, made_up.jay)}
    assert keys.isdisjoint({"notice/event", "notice/decide"})


@pytest.mark.policy("P43")
def test_an_enquiry_has_two_notices_and_each_is_ended_by_its_own(made_up: MadeUp) -> None:
    sealed = incident(
        made_up, notifiable="yes", notifiable_kind="police", notifiable_why="Two officers came.",
        notifiable_by="Dana Whitlock, registered manager",
    )  # fmt: skip
    news = {
        what: made_up.follow(
            made_up.jay,
            number(made_up, sealed),
            "enquiry_news",
            answers={"enquiry": what, "enquiry_outcome": "No further action."},
        )
        for what in ("begun", "concluded")
    }
    keys = {"notice/event", "notice/enquiry-begun", "notice/enquiry-concluded"}
    assert {duty.key for duty in due(made_up, made_up.jay)} >= keys

    made_up.follow(
        made_up.jay,
        number(made_up, news["begun"]),
        "notified",
        subject=Subject(SubjectKind.CLOCK, "notice/enquiry-begun"),
    )

    left = {duty.key for duty in due(made_up, made_up.jay)} & keys
    assert left == {"notice/event", "notice/enquiry-concluded"}


@pytest.mark.policy("P61")
def test_each_who_comes_on_shift_reads_the_handover_themselves(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    readers = [{"id": made_up.sam.id}, {"id": made_up.kit.id}]
    sealed = made_up.write(oak, form="handover", by=made_up.dana, answers={"readers": readers})

    waits = {duty.assigned_to for duty in due(made_up, oak, "handover/read")}
    assert waits == {made_up.sam.id, made_up.kit.id}
    made_up.follow(
        oak,
        sealed.numbers[oak.book],
        "handover_read",
        by=made_up.sam,
        subject=person(made_up.sam.id),
    )

    [left] = due(made_up, oak, "handover/read")
    assert left.assigned_to == made_up.kit.id
    assert len(about(made_up, sealed, oak)) == 2


@pytest.mark.policy("P43")
def test_a_review_asks_for_its_report_and_for_the_next_review(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    day = day_of(made_up.now)
    answers = {"completed_on": day.isoformat()}

    review = made_up.write(oak, form="quality_review", by=made_up.dana, answers=answers)

    [report] = due(made_up, oak, "quality/report")
    [again] = due(made_up, oak, "quality/review")
    assert report.due_at == end_of(day + timedelta(days=28))
    assert again.due_at > report.due_at
    made_up.follow(oak, review.numbers[oak.book], "quality_report")
    assert due(made_up, oak, "quality/report") == []


@pytest.mark.policy("P43")
def test_a_visit_ends_the_month_s_and_asks_for_the_next_and_for_its_report(
    made_up: MadeUp,
) -> None:
    oak = made_up.house(made_up.oak)
    [first] = due(made_up, oak, "visit/monthly")
    assert first.overdue

    made_up.write(oak, form="independent_visit", by=made_up.dana)

    [nxt] = due(made_up, oak, "visit/monthly")
    assert not nxt.overdue
    assert [duty.overdue for duty in due(made_up, oak, "visit/report")] == [False]
