"""A measure that is never allowed is written down all the same, and leads on to a concern."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.reads import book_pages
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import DutySeen, done_lately, duties_in, duties_of
from casebound.record.drafting.models import Draft
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown
from tests.readers import MANAGER, reader

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P49")]
KEY = "prohibited/concern"


def drafted(made_up: MadeUp, *, part_of_it: str = "food") -> tuple[DraftId, str, Client]:
    """Let Sam write that food was kept back in an allowed measure, and come to sign it."""
    answers = {
        "measure_kind": "thing_kept",
        "never_allowed": [part_of_it],
        "notifiable": "not_decided",
        "users": [{"id": made_up.sam.id}],
    }
    draft = made_up.draft(made_up.jay, form="control", answers=answers, where="The kitchen")
    return draft, reverse("drafting:sign", args=[draft]), made_up.browser_of(made_up.sam)


def concerns(made_up: MadeUp) -> list[DutySeen]:
    return [
        duty
        for duty in duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)
        if duty.key == KEY
    ]


def test_it_asks_for_a_second_press_with_plain_words_and_seals_nothing_before(
    made_up: MadeUp,
) -> None:
    draft, url, sam = drafted(made_up)
    pages = book_pages(made_up.jay.book)

    first = sam.get(url).text
    assert "This is never allowed" in first
    assert "reg 19(2)(b)" in first
    assert 'name="password"' not in first
    crafted = sam.post(url, {"password": PASSWORD})

    assert "This is never allowed" in crafted.text
    assert book_pages(made_up.jay.book) == pages
    assert Draft.objects.filter(id=draft).exists()
    assert "Sign, and raise a safeguarding concern" in as_shown(sam.get(f"{url}?known=1"))


def test_signed_it_opens_the_duty_and_leads_on_to_the_concern_with_what_is_known(
    made_up: MadeUp,
) -> None:
    _, url, sam = drafted(made_up)

    answer = sam.post(url, {"password": PASSWORD, "known": "1"})

    [concern] = concerns(made_up)
    assert (concern.assigned_to, concern.managers, concern.without_delay) == (
        made_up.sam.id, True, True,
    )  # fmt: skip
    assert concern.due_at == made_up.now - timedelta(hours=1) + timedelta(hours=24)
    dana = duties_of(
        reader(made_up.dana.id, answers_for=(made_up.jay.book,)),
        books=[made_up.jay.book],
        at=made_up.now,
    )
    assert KEY in {duty.key for duty in dana}
    draft = DraftId(answer.headers["Location"].split("/")[2])
    begun = made_up.opened(draft)
    assert begun.form.name == "allegation"
    assert begun.content.where == "The kitchen"
    assert begun.content.answers["kind"] == "measure"
    assert begun.content.happened_from
    assert f"Sealed as no. {concern.number}" in sam.get(answer.headers["Location"]).text


def test_who_walks_away_finds_it_again_and_the_manager_does_too(made_up: MadeUp) -> None:
    _, url, sam = drafted(made_up)
    sam.post(url, {"password": PASSWORD, "known": "1"})
    Draft.objects.all().delete()
    [concern] = concerns(made_up)

    made_up.follow(made_up.jay, concern.number, "allegation", by=made_up.dana)

    assert concerns(made_up) == []
    done = done_lately([made_up.jay.book], reader=MANAGER, since=made_up.began, at=made_up.now)
    found = [duty for duty in done if duty.key == KEY]
    assert [(duty.ended, duty.done_by) for duty in found] == [(Ended.DONE, made_up.dana.id)]


def test_what_is_allowed_is_signed_at_once_and_raises_nothing(made_up: MadeUp) -> None:
    _, url, sam = drafted(made_up, part_of_it="none")

    assert "This is never allowed" not in sam.get(url).text
    answer = sam.post(url, {"password": PASSWORD})

    assert "?sealed=1" in answer.headers["Location"]
    assert concerns(made_up) == []
