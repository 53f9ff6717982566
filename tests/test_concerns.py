"""What allegations and complaints ask of managers, or of the responsible individual alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of, end_of, working_days_after
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting.tests.rebuilding import assert_rebuild_equals_live
from casebound.ledger.sealing.actions import Sealed
from casebound.oversight.desk import reads as desk_reads
from casebound.people.access.reads import reader_of, seen_books
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.people.duties.reads import duties_of
from casebound.record.book.relations import STRIKE
from casebound.record.drafting.actions.signing import IncompleteError
from casebound.record.followups.rules import ManagersOnlyError, NothingToFollowError
from casebound.record.followups.tests.build import about, due, following
from casebound.rulebook.catalogue.shape import FieldType
from casebound.rulebook.clocks.clocks import clocks
from tests.made_up import Child, House, MadeUp, Worker, newest

pytestmark = pytest.mark.django_db
OF_A_WORKER = {
    "notice/event", "allegation/referral", "allegation/placing", "allegation/officer",
    "allegation/duties", "allegation/support", "allegation/meeting", "allegation/outcome",
}  # fmt: skip


@pytest.fixture
def rae(made_up: MadeUp) -> Worker:
    """Return the responsible individual of the provider."""
    rae = made_up._worker("rae.dunmore", "Rae Dunmore")
    made_up._appoint(rae, "responsible_individual", None)
    return rae


def allege(made_up: MadeUp, *workers: Worker, by: Worker | None = None, **answers: Any) -> Sealed:
    said = {
        "kind": "allegation_worker",
        "designated_officer": "not_yet",
        "about_whom": [{"id": worker.id} for worker in workers],
        **answers,
    }
    return made_up.write(made_up.jay, form="allegation", by=by, answers=said)


def complain(made_up: MadeUp, book: Child | House, **answers: Any) -> Sealed:
    form = "complaint" if isinstance(book, Child) else "complaint_home"
    return made_up.write(
        book,
        form=form,
        answers={"from_whom": "neighbour", "from_name": "Bo Larsson, at no. 4", **answers},
    )


def keys(made_up: MadeUp, book: Child | House) -> set[str]:
    return {duty.key for duty in due(made_up, book) if duty.key.split("/")[0] != "entry"}


def clock(key: str) -> Subject:
    return Subject(SubjectKind.CLOCK, key)


@pytest.mark.policy("P60")
def test_an_allegation_asks_for_everything_at_once_and_the_manager_s_desk_shows_it_first(
    made_up: MadeUp,
) -> None:
    allege(made_up, made_up.kit)

    assert keys(made_up, made_up.jay) >= OF_A_WORKER
    books = seen_books(made_up.dana.id, at=made_up.now)
    shown = desk_reads.desk(books, at=made_up.now)
    assert len(shown.concerns) == len(OF_A_WORKER)
    assert desk_reads.shift(made_up.dana.id, books, at=made_up.now).groups[0].key == "concerns"


@pytest.mark.every_clock
def test_the_designated_officer_is_told_by_the_end_of_the_next_working_day(
    made_up: MadeUp,
) -> None:
    allege(made_up, made_up.kit)

    [officer] = due(made_up, made_up.jay, "allegation/officer")

    known_on = day_of(made_up.now - timedelta(hours=1))
    assert officer.due_at == end_of(working_days_after(known_on, 1))


@pytest.mark.parametrize(
    ("form", "answers", "ends"),
    [
        ("referral_made", {"told": ["local"]}, {"allegation/referral"}),
        ("referral_made", {"told": ["placing"]}, {"allegation/placing"}),
        ("referral_made", {"told": ["local", "placing"]},
         {"allegation/referral", "allegation/placing"}),
        ("referral_made", {"told": ["parents"]}, set()),
        ("lado_told", {}, {"allegation/officer"}),
        ("worker_duties", {}, {"allegation/duties"}),
        ("worker_supported", {}, {"allegation/support"}),
        ("strategy_meeting", {}, {"allegation/meeting"}),
        ("concern_outcome", {"found": "substantiated"}, {"allegation/outcome"}),
    ],
)  # fmt: skip
def test_each_of_them_is_ended_by_its_own_form(
    made_up: MadeUp, form: str, answers: dict[str, Any], ends: set[str]
) -> None:
    sealed = allege(made_up, made_up.kit)
    before = keys(made_up, made_up.jay)

    made_up.follow(made_up.jay, sealed.numbers[made_up.jay.book], form, answers=answers)

    assert before - keys(made_up, made_up.jay) == ends


def test_what_is_not_over_is_asked_about_again_on_the_day_that_was_named(made_up: MadeUp) -> None:
    sealed = allege(made_up, made_up.kit)
    day = day_of(made_up.now) + timedelta(days=9)

    for form, named, answers, key in (
        ("concern_outcome", "look_again_on", {"found": "open"}, "allegation/outcome"),
        (
            "strategy_meeting",
            "meets_on",
            {"held": "later", "who_decided": "The local authority."},
            "allegation/meeting",
        ),
        ("worker_duties", "review_on", {}, "allegation/review"),
    ):
        made_up.follow(
            made_up.jay, sealed.numbers[made_up.jay.book], form,
            answers={**answers, named: day.isoformat()},
        )  # fmt: skip
        [again] = due(made_up, made_up.jay, key)
        assert again.due_at == end_of(day)


def test_a_worker_writes_none_of_what_follows_and_nobody_writes_what_is_about_them(
    made_up: MadeUp,
) -> None:
    number = allege(made_up, made_up.kit).numbers[made_up.jay.book]

    for worker, refused in ((made_up.sam, ManagersOnlyError), (made_up.kit, NothingToFollowError)):
        with pytest.raises(refused):
            made_up.begin_following(made_up.jay, number, "concern_outcome", by=worker)
    assert made_up.begin_following(made_up.jay, number, "concern_outcome", by=made_up.dana)


@pytest.mark.parametrize("picked", ["picked", ""])
def test_what_is_about_the_manager_is_with_the_responsible_individual_alone(
    made_up: MadeUp, rae: Worker, picked: str
) -> None:
    lee = made_up._worker("lee.moss", "Lee Moss")
    made_up._appoint(lee, "deputy_manager", made_up.oak)
    sealed = allege(made_up, made_up.dana) if picked else allege(made_up, about_managers="yes")
    number = sealed.numbers[made_up.jay.book]

    for manager in (made_up.dana, lee):
        books = seen_books(manager.id, at=made_up.now)
        shown = desk_reads.desk(books, at=made_up.now)
        assert list(shown.concerns) == []
        reader = reader_of(books, worker=manager.id)
        mine = duties_of(reader, books=[book.id for book in books], at=made_up.now)
        assert not {duty.key for duty in mine} & OF_A_WORKER
        assert not {
            step.duty.key for step in following(made_up, sealed, made_up.jay, manager).next
            if step.duty
        } & OF_A_WORKER  # fmt: skip
        with pytest.raises(RefusedError):
            made_up.begin_following(made_up.jay, number, "lado_told", by=manager)
    page = reverse("chronology:entry", args=[made_up.jay.book, number])
    answers = {
        worker.full_name: made_up.browser_of(worker).get(page).status_code
        for worker in (made_up.dana, lee, made_up.kit, made_up.sam, rae)
    }
    assert answers == {
        "Dana Whitlock": 404, "Lee Moss": 404, "Kit Adeyemi": 404,
        "Sam Okafor": 200, "Rae Dunmore": 200,
    }  # fmt: skip
    books = seen_books(rae.id, at=made_up.now)
    assert len(desk_reads.desk(books, at=made_up.now).concerns) == len(OF_A_WORKER)
    made_up.follow(made_up.jay, number, "lado_told", by=rae)

    assert "allegation/officer" not in keys(made_up, made_up.jay)


def test_what_is_about_a_deputy_is_with_the_registered_manager(
    made_up: MadeUp, rae: Worker
) -> None:
    lee = made_up._worker("lee.moss", "Lee Moss")
    made_up._appoint(lee, "deputy_manager", made_up.oak)
    number = allege(made_up, lee).numbers[made_up.jay.book]
    page = reverse("chronology:entry", args=[made_up.jay.book, number])

    answers = [
        made_up.browser_of(worker).get(page).status_code for worker in (lee, made_up.dana, rae)
    ]
    books = seen_books(made_up.dana.id, at=made_up.now)

    assert answers == [404, 200, 200]
    assert len(desk_reads.desk(books, at=made_up.now).concerns) == len(OF_A_WORKER)


def test_what_follows_an_allegation_about_the_manager_stays_with_the_responsible_individual(
    made_up: MadeUp, rae: Worker
) -> None:
    number = allege(made_up, made_up.dana).numbers[made_up.jay.book]
    made_up.follow(
        made_up.jay, number, "strategy_meeting", by=rae,
        answers={"held": "yes", "enquiry": "begun", "was_there": [{"name": "Bo", "role": "LADO"}],
                 "decided": "An enquiry."},
    )  # fmt: skip

    books = seen_books(made_up.dana.id, at=made_up.now)
    assert list(desk_reads.desk(books, at=made_up.now).concerns) == []
    assert_rebuild_equals_live()


@pytest.mark.policy("P60")
@pytest.mark.parametrize("form", ["incident", "accident", "self_harm"])
def test_a_residential_worker_cannot_decide_that_nothing_need_be_notified(
    made_up: MadeUp, form: str
) -> None:
    no = {
        "notifiable": "no", "notifiable_why": "A small thing.", "notifiable_by": "Sam Okafor, me",
    }  # fmt: skip
    with pytest.raises(IncompleteError, match="only a manager decides"):
        made_up.write(made_up.jay, form=form, answers=no)

    made_up.write(made_up.jay, form=form, by=made_up.dana, answers=no)
    made_up.write(made_up.jay, form=form, answers={"notifiable": "not_decided"})

    [decide] = due(made_up, made_up.jay, "notice/decide")
    assert decide.managers


def test_a_complaint_is_acknowledged_answered_and_told(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    promised = day_of(made_up.now) + timedelta(days=10)
    for book in (made_up.jay, oak):
        sealed = complain(made_up, book, answer_by=promised.isoformat())
        number = sealed.numbers[book.book]
        wanted = {"complaint/acknowledge", "complaint/answer"}
        assert keys(made_up, book) & {*wanted, "complaint/tell"} == wanted
        assert about(made_up, sealed, book)["complaint/answer"].due_at == end_of(promised)

        made_up.follow(book, number, "complaint_acknowledged")
        assert "complaint/acknowledge" not in keys(made_up, book)
        outcome = made_up.follow(
            book, number, "complaint_outcome", answers={"told": "not_yet"},
            subject=clock("complaint/answer"),
        )  # fmt: skip
        assert "complaint/answer" not in keys(made_up, book)
        assert "complaint/tell" in keys(made_up, book)
        made_up.follow(book, outcome.numbers[book.book], "complaint_told")
        assert not keys(made_up, book) & {*wanted, "complaint/tell"}


@pytest.mark.every_clock
def test_a_complaint_without_a_promised_day_is_answered_within_28(made_up: MadeUp) -> None:
    complain(made_up, made_up.jay)

    [answer] = due(made_up, made_up.jay, "complaint/answer")

    known_on = day_of(made_up.now - timedelta(hours=1))
    assert answer.due_at == end_of(known_on + timedelta(days=28))


def test_the_manager_a_complaint_is_about_records_no_outcome(made_up: MadeUp, rae: Worker) -> None:
    oak = made_up.house(made_up.oak)
    sealed = complain(
        made_up,
        oak,
        about_managers="no",
        about_whom=[{"id": made_up.dana.id}],
    )
    number = sealed.numbers[oak.book]

    with pytest.raises(RefusedError):
        made_up.begin_following(oak, number, "complaint_outcome", by=made_up.dana)

    made_up.follow(
        oak, number, "complaint_outcome", by=rae, subject=clock("complaint/answer"),
        answers={"told": "yes"},
    )  # fmt: skip
    assert not keys(made_up, oak) & {"complaint/answer", "complaint/acknowledge"}


@pytest.mark.parametrize("harm", ["yes", "no"])
def test_a_complaint_of_harm_asks_for_a_safeguarding_concern(made_up: MadeUp, harm: str) -> None:
    sealed = complain(made_up, made_up.jay, harm=harm)

    asked = due(made_up, made_up.jay, "complaint/concern")

    assert len(asked) == (harm == "yes")
    for _ in asked:
        made_up.follow(
            made_up.jay, sealed.numbers[made_up.jay.book], "allegation", by=made_up.sam,
            answers={"kind": "concern", "notifiable": "not_decided"},
        )  # fmt: skip
    assert due(made_up, made_up.jay, "complaint/concern") == []


@pytest.mark.parametrize("struck", [False, True], ids=["stands", "struck"])
def test_a_home_sets_its_own_number_of_days_where_no_rule_gives_one(
    made_up: MadeUp, struck: object
) -> None:
    oak = made_up.house(made_up.oak)
    sealed = made_up.write(
        oak, form="concern_numbers", by=made_up.dana,
        answers={"allegation_officer": "2", "complaint_answer": "14"},
    )  # fmt: skip
    if struck:
        made_up.put_right(oak, sealed.numbers[oak.book], STRIKE, by=made_up.dana)
    allege(made_up, made_up.kit)
    complain(made_up, made_up.jay)

    [officer] = due(made_up, made_up.jay, "allegation/officer")
    [answer] = due(made_up, made_up.jay, "complaint/answer")

    known_on = day_of(made_up.now - timedelta(hours=1))
    assert officer.due_at == end_of(working_days_after(known_on, 1 if struck else 2))
    assert answer.due_at == end_of(known_on + timedelta(days=28 if struck else 14))
    assert_rebuild_equals_live()


def test_each_number_that_no_rule_gives_can_be_set() -> None:
    local = {
        clock.key
        for clock in clocks()
        if clock.local and clock.key.startswith(("allegation/", "complaint/"))
    }
    numbers = {
        field.name.replace("_", "/", 1)
        for field in newest("concern_numbers").fields
        if field.type is FieldType.NUMBER
    }

    assert numbers == local


# As people see it, page by page


def seen(made_up: MadeUp, worker: Worker, *address: str) -> str:
    return made_up.browser_of(worker).get(reverse(address[0], args=address[1:])).text


@pytest.mark.policy("P60")
def test_the_way_of_an_allegation_for_reporter_manager_and_responsible_individual(
    made_up: MadeUp, rae: Worker
) -> None:
    """The reporter writes it; the manager has all of it at once; what is about her, Rae alone."""
    of_kit = allege(made_up, made_up.kit).numbers[made_up.jay.book]
    begin = reverse("drafting:follow", args=[made_up.jay.book, of_kit, "lado_told"])

    assert "Tell the local authority’s designated officer" not in seen(
        made_up, made_up.sam, "desk:shift"
    )
    for page in ("desk:shift", "desk:desk"):
        shown = seen(made_up, made_up.dana, page)
        assert shown.index("Concerns and complaints") < shown.index("Tell the local authority")
        assert begin in shown
        assert "Tell the local authority" in seen(made_up, rae, page)

    writing = made_up.browser_of(made_up.dana).post(begin, follow=True).text
    assert "How did they take it?" in writing

    of_dana = allege(made_up, made_up.dana).numbers[made_up.jay.book]
    begin = reverse("drafting:follow", args=[made_up.jay.book, of_dana, "lado_told"])
    for page in ("desk:shift", "desk:desk"):
        assert begin not in seen(made_up, made_up.dana, page)
        assert begin in seen(made_up, rae, page)
    writing = made_up.browser_of(rae).post(begin, follow=True).text
    assert "How did they take it?" in writing


def test_the_way_of_a_complaint_by_a_neighbour_in_the_home_s_own_book(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    assert "Complaint about the home" in seen(made_up, made_up.sam, "drafting:choose", oak.book)
    number = str(complain(made_up, oak).numbers[oak.book])

    shown = seen(made_up, made_up.dana, "desk:desk")
    assert "Tell the person who complained that it arrived" in shown
    assert "Record the outcome of the complaint" in shown
    page = seen(made_up, made_up.dana, "chronology:entry", oak.book, number)
    assert "Bo Larsson, at no. 4" in page
    assert reverse("drafting:follow", args=[oak.book, number, "complaint_acknowledged"]) in page


def test_who_does_not_answer_for_the_home_is_not_offered_that_nothing_need_be_notified(
    made_up: MadeUp,
) -> None:
    no = 'name="answers-notifiable" value="no"'
    for worker, offered in ((made_up.sam, False), (made_up.dana, True)):
        draft = made_up.draft(made_up.jay, form="accident", by=worker)
        shown = " ".join(seen(made_up, worker, "drafting:write", draft).split())
        assert "answers-notifiable" in shown
        assert (no in shown or 'value="no"' in shown.split("answers-notifiable", 1)[1][:2000]) is (
            offered
        )
