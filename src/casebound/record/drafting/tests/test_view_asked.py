"""A child's view that "will be asked later" is asked, and is counted (P32)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Ended, Subject, SubjectKind
from casebound.record.book.relations import ADDENDUM, STRIKE
from casebound.record.drafting.actions import IncompleteError
from casebound.record.followups.tests.build import about, due, following
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P32")]
KEY = "view/ask"
VIEW = {"text": "“I liked the boat.”", "kind": "view"}


def later(made_up: MadeUp, **said: Any) -> Sealed:
    """Let Sam write that Jay will be asked later."""
    return made_up.write(made_up.jay, answers={"view_missing": "asked_later"}, **said)


def test_who_writes_that_the_child_is_asked_later_has_24_hours_to_ask(made_up: MadeUp) -> None:
    sealed = later(made_up)

    [waits] = due(made_up, made_up.jay, KEY)
    assert (waits.assigned_to, waits.managers) == (made_up.sam.id, False)
    assert waits.due_at == made_up.now + timedelta(hours=24)
    assert [step.form for step in following(made_up, sealed, made_up.jay, made_up.sam).next] == [
        "view_asked"
    ]


@pytest.mark.parametrize("why", ["did_not_wish", "not_asked"])
def test_another_reason_asks_nobody(made_up: MadeUp, why: str) -> None:
    made_up.write(made_up.jay, answers={"view_missing": why})

    assert due(made_up, made_up.jay, KEY) == []


def test_a_view_that_is_there_asks_nobody(made_up: MadeUp) -> None:
    later(made_up, statements=[VIEW])

    assert due(made_up, made_up.jay, KEY) == []


def test_what_the_child_said_ends_it(made_up: MadeUp) -> None:
    sealed = later(made_up)
    number = sealed.numbers[made_up.jay.book]

    made_up.follow(made_up.jay, number, "view_asked", by=made_up.sam, statements=[VIEW], answers={})

    [ended] = [duty for duty in about(made_up, sealed, made_up.jay).values() if duty.key == KEY]
    assert ended.ended is Ended.DONE
    url = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert "The child was asked later" in made_up.browser_of(made_up.dana).get(url).text


def test_a_child_who_was_never_asked_has_a_reason_and_is_not_shown_as_asked(
    made_up: MadeUp,
) -> None:
    sealed = later(made_up)
    number = sealed.numbers[made_up.jay.book]
    never = {"view_missing": "not_there"}
    with pytest.raises(IncompleteError, match="has its reason"):
        made_up.follow(made_up.jay, number, "view_asked", by=made_up.sam, answers=never)

    never["why_not_asked"] = "Jay had moved on the next morning."
    made_up.follow(made_up.jay, number, "view_asked", by=made_up.dana, answers=never)

    [ended] = [duty for duty in about(made_up, sealed, made_up.jay).values() if duty.key == KEY]
    assert ended.ended is Ended.UNASKED
    url = reverse("chronology:entry", args=[made_up.jay.book, number])
    page = made_up.browser_of(made_up.dana).get(url).text
    assert "The child was not asked: it says why" in page


def test_it_cannot_be_put_off_again(made_up: MadeUp) -> None:
    number = later(made_up).numbers[made_up.jay.book]

    with pytest.raises(IncompleteError):
        made_up.follow(
            made_up.jay, number, "view_asked", by=made_up.sam,
            answers={"view_missing": "asked_later"},
        )  # fmt: skip


def test_a_view_added_to_the_entry_ends_it_and_other_words_do_not(made_up: MadeUp) -> None:
    number = later(made_up).numbers[made_up.jay.book]

    made_up.put_right(made_up.jay, number, ADDENDUM, "It rained.")
    assert len(due(made_up, made_up.jay, KEY)) == 1
    made_up.put_right(made_up.jay, number, ADDENDUM, by=made_up.kit, statements=[VIEW])

    assert due(made_up, made_up.jay, KEY) == []


def test_each_child_is_asked_for_themselves(made_up: MadeUp) -> None:
    ash = made_up.admit("Ash Fernside", "Ash", made_up.oak)
    sealed = later(made_up, form="incident", also_about=[ash.id])
    [waits] = due(made_up, made_up.jay, KEY)
    assert waits.subject == Subject(SubjectKind.CHILD, made_up.jay.book)

    number = sealed.numbers[made_up.jay.book]
    view = {**VIEW, "about": [made_up.jay.id]}
    added: dict[str, Any] = {
        "also_about": [ash.id],
        "statements": [{"text": "They made up."}, view],
    }
    made_up.put_right(made_up.jay, number, ADDENDUM, **added)

    assert due(made_up, made_up.jay, KEY) == []
    assert len(due(made_up, ash, KEY)) == 1


def test_struck_it_waits_until_somebody_agrees(made_up: MadeUp) -> None:
    number = later(made_up).numbers[made_up.jay.book]

    made_up.put_right(made_up.jay, number, STRIKE, by=made_up.dana)

    assert len(due(made_up, made_up.jay, KEY)) == 1
    assert len(due(made_up, made_up.jay, "withdrawn/agree")) == 1
