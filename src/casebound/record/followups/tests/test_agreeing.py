"""What a withdrawn entry asked for stays due until somebody else agrees (P64)."""

import pytest
from django.urls import reverse

from casebound.ledger.projecting.tests.rebuilding import assert_rebuild_equals_live
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import duties_in
from casebound.record.book.reads import is_withdrawn, status_of
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.book.rules import WithdrawalStaysError
from casebound.record.followups.rules import NotByInvolvedError, NothingToFollowError
from casebound.record.followups.tests.build import about
from tests.made_up import MadeUp, Worker
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]
BOTH_WAYS = pytest.mark.parametrize("how", [STRIKE, MISFILED])
AGREE = "withdrawn/agree"


@pytest.fixture
def lee(made_up: MadeUp) -> Worker:
    """Return the deputy manager of Oak House."""
    lee = made_up._worker("lee.moss", "Lee Moss")
    made_up._appoint(lee, "deputy_manager", made_up.oak)
    return lee


def measure(made_up: MadeUp, *users: Worker) -> Sealed:
    answers = {"users": [{"id": worker.id} for worker in users]}
    return made_up.write(made_up.jay, form="restraint", answers=answers, by=made_up.kit)


def number(made_up: MadeUp, sealed: Sealed) -> int:
    return sealed.numbers[made_up.jay.book]


def strike(made_up: MadeUp, sealed: Sealed, how: Relation, *, by: Worker | None = None) -> Sealed:
    worker = by or made_up.dana
    return made_up.put_right(made_up.jay, number(made_up, sealed), how, by=worker)


def open_keys(made_up: MadeUp) -> set[str]:
    return {duty.key for duty in duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)}


@BOTH_WAYS
def test_what_a_struck_measure_asks_for_stays_due_until_another_manager_agrees(
    made_up: MadeUp, lee: Worker, how: Relation
) -> None:
    sealed = measure(made_up, made_up.sam)
    before = open_keys(made_up)

    struck = strike(made_up, sealed, how)
    assert open_keys(made_up) == before | {AGREE}

    where = (made_up.jay, number(made_up, struck), "strike_agreed")
    made_up.follow(*where, by=lee, answers={"agreed": "yes"})
    assert not open_keys(made_up) & {AGREE, "control/user", "control/child"}
    ended = Ended.STRUCK if how is STRIKE else Ended.MISFILED
    asked = about(made_up, sealed, made_up.jay)
    assert {duty.ended for key, duty in asked.items() if key != "control/record"} == {ended}
    assert_rebuild_equals_live()


def test_who_struck_it_and_who_is_named_in_it_cannot_agree(made_up: MadeUp, lee: Worker) -> None:
    made_up._appoint(made_up.sam, "deputy_manager", made_up.oak)
    struck = strike(made_up, measure(made_up, made_up.sam), STRIKE)
    where = (made_up.jay, number(made_up, struck), "strike_agreed")

    for worker in (made_up.dana, made_up.sam):
        with pytest.raises(NotByInvolvedError):
            made_up.begin_following(*where, by=worker)
    assert made_up.begin_following(*where, by=lee)


def test_who_does_not_agree_leaves_everything_due(made_up: MadeUp, lee: Worker) -> None:
    sealed = measure(made_up, made_up.sam)
    struck = strike(made_up, sealed, STRIKE)
    before = open_keys(made_up)

    where = (made_up.jay, number(made_up, struck), "strike_agreed")
    made_up.follow(*where, by=lee, answers={"agreed": "no", "why_not": "It happened."})

    assert open_keys(made_up) == before
    spoken = (made_up.jay, number(made_up, sealed), "spoken_to_child")
    made_up.follow(*spoken, by=lee)
    assert "control/child" not in open_keys(made_up)


def test_where_nothing_is_due_nobody_has_to_agree(made_up: MadeUp, lee: Worker) -> None:
    struck = strike(made_up, made_up.write(made_up.jay), STRIKE)

    assert AGREE not in open_keys(made_up)
    with pytest.raises(NothingToFollowError):
        made_up.begin_following(made_up.jay, number(made_up, struck), "strike_agreed", by=lee)


@BOTH_WAYS
def test_the_agreement_stays_as_a_strike_does(made_up: MadeUp, lee: Worker, how: Relation) -> None:
    struck = strike(made_up, measure(made_up, made_up.sam), how)
    where = (made_up.jay, number(made_up, struck), "strike_agreed")
    agreed = made_up.follow(*where, by=lee, answers={"agreed": "yes"})

    for stays in (struck, agreed):
        with pytest.raises(WithdrawalStaysError):
            strike(made_up, stays, STRIKE)


@BOTH_WAYS
def test_what_still_asks_for_something_stands_until_somebody_else_agrees(
    made_up: MadeUp, lee: Worker, how: Relation
) -> None:
    sealed = measure(made_up, made_up.sam)
    entry, book = sealed.entry_id, made_up.jay.book

    asked = made_up.put_right(
        made_up.jay, number(made_up, sealed), how, "Another child.", by=made_up.kit
    )
    assert not is_withdrawn(entry, book=book)

    where = (made_up.jay, number(made_up, asked), "strike_agreed")
    made_up.follow(*where, by=made_up.dana, answers={"agreed": "no", "why_not": "It happened."})
    assert not is_withdrawn(entry, book=book)
    made_up.follow(*where, by=lee, answers={"agreed": "yes"})

    became = status_of(entry, book=book)
    assert became is not None
    assert (became.status, became.reason, became.by) == (how.withdraws, "Another child.", lee.id)
    assert_rebuild_equals_live()


@BOTH_WAYS
def test_the_reporter_of_an_allegation_does_not_strike_it_alone(
    made_up: MadeUp, how: Relation
) -> None:
    sealed = made_up.write(made_up.jay, "Somebody hit Jay.", form="allegation")
    asked = made_up.put_right(made_up.jay, number(made_up, sealed), how, "It was not so.")
    assert not is_withdrawn(sealed.entry_id, book=made_up.jay.book)

    where = (made_up.jay, number(made_up, asked), "strike_agreed")
    with pytest.raises(NotByInvolvedError):
        made_up.begin_following(*where, by=made_up.sam)
    made_up.follow(*where, by=made_up.dana, answers={"agreed": "yes"})
    assert is_withdrawn(sealed.entry_id, book=made_up.jay.book)
    words = made_up.browser_of(made_up.dana).get(
        reverse("chronology:entry", args=[made_up.jay.book, number(made_up, sealed)])
    )
    assert "Somebody hit Jay." in words.text, "its words stay readable to who answers for the book"


def test_the_page_of_the_struck_entry_says_what_is_still_due(made_up: MadeUp, lee: Worker) -> None:
    sealed = measure(made_up, made_up.sam)
    struck = strike(made_up, sealed, STRIKE)
    browser = made_up.browser_of(lee)

    def page(of: Sealed) -> str:
        where = reverse("chronology:entry", args=[made_up.jay.book, number(made_up, of)])
        return browser.get(where).text

    assert "Speak with the child" in page(sealed)
    assert "still to agree that it is withdrawn" in page(struck)
    assert "Say whether an entry may be withdrawn" in page(struck)
