from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.projecting.actions import rebuild
from casebound.people.access.actions import answer_consent, withdraw_consent
from casebound.people.homes.consented import children_consented, consents_of
from casebound.people.homes.consents import How, Party
from casebound.people.homes.models import Consent
from casebound.people.homes.refusals import (
    ConsentWordsError,
    HomesRefusedError,
    NobodySaidItError,
    NoConsentToWithdrawError,
    SaidLaterError,
)
from tests.made_up import PASSWORD, Child, MadeUp, Worker

pytestmark = pytest.mark.django_db


def say(
    made_up: MadeUp,
    party: Party,
    *,
    given: bool = True,
    child: Child | None = None,
    by: Worker | None = None,
    **said: Any,
) -> str:
    worker = by or made_up.dana
    told: dict[str, Any] = {
        "said_by": "Jay Quillfeather", "how": How.IN_PERSON, "said_at": made_up.now,
        "at": made_up.now, **said,
    }  # fmt: skip
    return answer_consent(
        book=made_up.book(child or made_up.jay, by=worker), party=party, given=given,
        by=worker.id, auth="password", **told,
    )  # fmt: skip


def take_back(made_up: MadeUp, consent: str, *, by: Worker | None = None, **said: Any) -> None:
    worker = by or made_up.sam
    told: dict[str, Any] = {
        "said_by": "Jay Quillfeather", "how": How.SIGNS, "said_at": made_up.now,
        "at": made_up.now + timedelta(minutes=5), **said,
    }  # fmt: skip
    withdraw_consent(
        book=made_up.book(made_up.jay, by=worker), consent=consent, by=worker.id, auth="password",
        **told,
    )  # fmt: skip


def both_say_yes(made_up: MadeUp, *, after: timedelta = timedelta()) -> bool:
    jay = (made_up.jay.id, made_up.oak)
    return children_consented([jay], at=made_up.now + after) == {jay}


def test_it_takes_the_child_and_the_placing_authority(made_up: MadeUp) -> None:
    say(made_up, Party.CHILD)
    assert not both_say_yes(made_up)

    say(made_up, Party.PLACING_AUTHORITY)
    assert both_say_yes(made_up)
    assert not both_say_yes(made_up, after=-timedelta(seconds=1))


@pytest.mark.parametrize("party", Party)
def test_a_consent_ends_with_the_moment_it_is_withdrawn(made_up: MadeUp, party: Party) -> None:
    consents = {each: say(made_up, each) for each in Party}

    take_back(made_up, consents[party], words="Not this week.")

    assert both_say_yes(made_up, after=timedelta(minutes=5) - timedelta(microseconds=1))
    assert not both_say_yes(made_up, after=timedelta(minutes=5))
    [withdrawn] = [line.withdrawal for line in consents_of(made_up.jay.id) if line.withdrawal]
    assert (withdrawn.words, withdrawn.recorded_by) == ("Not this week.", made_up.sam.id)
    with pytest.raises(NoConsentToWithdrawError):
        take_back(made_up, consents[party], at=made_up.now + timedelta(hours=1))


def test_a_later_answer_replaces_the_earlier_one_of_the_same_party(made_up: MadeUp) -> None:
    for party in Party:
        say(made_up, party)

    later = made_up.now + timedelta(hours=1)
    say(made_up, Party.CHILD, given=False, at=later)
    assert not both_say_yes(made_up, after=timedelta(hours=1))

    say(made_up, Party.CHILD, at=later + timedelta(hours=1))
    assert both_say_yes(made_up, after=timedelta(hours=2))


def test_a_refusal_is_recorded_and_cannot_be_withdrawn(made_up: MadeUp) -> None:
    say(made_up, Party.CHILD)
    refused = say(made_up, Party.PLACING_AUTHORITY, given=False)

    assert not both_say_yes(made_up)
    with pytest.raises(NoConsentToWithdrawError):
        take_back(made_up, refused)


def test_consents_end_when_the_child_moves_on_and_hold_at_no_other_home(made_up: MadeUp) -> None:
    for party in Party:
        say(made_up, party)
    elm = (made_up.jay.id, made_up.elm)
    assert children_consented([elm], at=made_up.now) == set()

    made_up.leave(made_up.jay, days_ago=0)

    assert not both_say_yes(made_up)
    assert {line.ended for line in consents_of(made_up.jay.id)} == {"moved_on"}


def test_managers_record_answers_and_all_who_write_there_a_withdrawal(made_up: MadeUp) -> None:
    consent = say(made_up, Party.CHILD)
    book = made_up.book(made_up.noor, by=made_up.robin)
    took: dict[str, Any] = {
        "said_by": "Noor", "how": How.PHONE, "said_at": made_up.now, "at": made_up.now,
        "auth": "password",
    }  # fmt: skip

    with pytest.raises(NotAllowedError):
        say(made_up, Party.CHILD, by=made_up.sam)
    with pytest.raises(NotAllowedError):
        withdraw_consent(book=book, consent=consent, by=made_up.robin.id, **took)
    take_back(made_up, consent, by=made_up.kit)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"said_by": "  "}, NobodySaidItError),
        ({"said_by": "x" * 121}, NobodySaidItError),
        ({"words": "x" * 1001}, ConsentWordsError),
    ],
)
def test_what_is_no_consent_is_refused_and_nothing_is_kept(
    made_up: MadeUp, said: dict[str, Any], error: type[HomesRefusedError]
) -> None:
    with pytest.raises(error):
        say(made_up, Party.CHILD, **said)
    with pytest.raises(SaidLaterError):
        say(made_up, Party.CHILD, said_at=made_up.now + timedelta(days=1))

    assert not Consent.objects.exists()


def test_a_row_changed_by_hand_gives_nothing(made_up: MadeUp) -> None:
    for party in Party:
        say(made_up, party, given=party is Party.CHILD)

    Consent.objects.update(given=True)

    assert not both_say_yes(made_up)


def test_the_pages_record_and_withdraw_a_consent(made_up: MadeUp) -> None:
    dana, sam = made_up.browser_of(made_up.dana), made_up.browser_of(made_up.sam)
    page = reverse("access:consents", args=[made_up.jay.book])
    record = reverse("access:answer_consent", args=[made_up.jay.book, "child"])
    asked = dana.get(record)
    sent = {
        "given": "yes", "said_by": "Jay Quillfeather", "how": "signs", "said_at": "2026-11-02",
        "said_at_time": "16:00", "words": "With the cards.", "password": PASSWORD,
    }  # fmt: skip

    assert "Jay Quillfeather" in asked.text
    assert dana.post(record, {**sent, "how": "by owl"}).status_code == 422
    answered = dana.post(record, sent, follow=True)

    assert "The consent is recorded" in answered.text
    assert "With the cards." in answered.text
    [consent] = consents_of(made_up.jay.id)
    withdraw = reverse("access:withdraw_consent", args=[made_up.jay.book, consent.id])
    assert (
        sam.get(reverse("access:answer_consent", args=[made_up.jay.book, "child"])).status_code
        == 404
    )
    assert withdraw in sam.get(page).text
    gone = sam.post(withdraw, sent, follow=True)
    assert "The consent is withdrawn" in gone.text
    assert "cannot read this child" in gone.text
    assert made_up.browser_of(made_up.lin).get(page).status_code == 404
    assert (
        dana.get(reverse("access:answer_consent", args=[made_up.jay.book, "aunt"])).status_code
        == 404
    )


@pytest.mark.parametrize("answers", [1, 30])
def test_a_question_about_consents_is_one_query(
    made_up: MadeUp, answers: int, django_assert_num_queries: Any
) -> None:
    for number in range(answers):
        say(made_up, Party.CHILD, at=made_up.now + timedelta(minutes=number))

    with django_assert_num_queries(1, using="derived"):
        both_say_yes(made_up)
    with django_assert_num_queries(1, using="derived"):
        consents_of(made_up.jay.id)


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    consent = say(made_up, Party.CHILD)
    say(made_up, Party.PLACING_AUTHORITY, given=False)
    take_back(made_up, consent)
    live = list(Consent.objects.order_by("id").values_list())

    rebuild()

    assert list(Consent.objects.order_by("id").values_list()) == live
