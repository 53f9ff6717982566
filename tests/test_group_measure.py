"""A measure for a group is written once for its children (reg 35, reg 19(2)(j))."""

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.checking import full
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.people.duties.reads import DutySeen, duties_in
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import open_draft
from tests.made_up import PASSWORD, Child, MadeUp
from tests.pages import as_shown
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P60")]

OVER_THE_FENCE = {
    "kind": "discipline",
    "measure_kind": "in_early",
    "measure": "Both are in by eight on Friday, after they climbed out over the fence twice.",
    "never_allowed": ["none"],
}
QUESTION = "Is it right for each of them?"


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay."""
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def due(made_up: MadeUp, *children: Child) -> list[DutySeen]:
    return duties_in([child.book for child in children], reader=MANAGER, at=made_up.now)


def test_a_group_measure_from_the_first_tap_to_the_talk_with_each_child(
    made_up: MadeUp, ada: Child
) -> None:
    sam = made_up.browser_of(made_up.sam)
    begun = sam.post(reverse("drafting:begin", args=[made_up.jay.book, "control"]))
    draft = Draft.objects.get()
    assert str(draft.id) in begun.headers["Location"]
    asks = as_shown(sam.get(begun.headers["Location"]))
    assert "Who else does it concern?" in asks
    Draft.objects.all().delete()

    written = made_up.draft(
        made_up.jay, form="control", also_about=[ada.id], where="The garden",
        answers={**OVER_THE_FENCE, "users": [{"id": made_up.sam.id}]},
    )  # fmt: skip
    sign = reverse("drafting:sign", args=[written])
    shown = as_shown(sam.get(sign))
    assert QUESTION in shown
    assert "for 2 children" in shown
    sam.post(sign, {"password": PASSWORD})

    for child in (made_up.jay, ada):
        page = as_shown(sam.get(reverse("chronology:entry", args=[child.book, 2])))
        assert "no. 1 of the register of control and discipline" in page
        assert "Both are in by eight on Friday" in page
    keys = sorted(duty.key for duty in due(made_up, made_up.jay, ada))
    assert keys.count("control/user") == 1  # the worker is spoken to once
    assert keys.count("control/child") == 2  # each child on their own

    made_up.follow(made_up.jay, 2, "spoken_to_user", subject=of_sam(made_up))
    for child in (made_up.jay, ada):
        made_up.follow(
            child, 2, "spoken_to_child", subject=Subject(SubjectKind.CHILD, child.book)
        )  # fmt: skip
    assert not {duty.key for duty in due(made_up, made_up.jay, ada)} & {
        "control/user", "control/child",
    }  # fmt: skip
    assert full().ok


def of_sam(made_up: MadeUp) -> Subject:
    return Subject(SubjectKind.PERSON, made_up.sam.id, "Sam Okafor")


def test_a_group_punished_for_one_is_sealed_and_raises_one_concern(
    made_up: MadeUp, ada: Child
) -> None:
    written = made_up.draft(
        made_up.jay, form="control", also_about=[ada.id], where="The garden",
        answers={
            **OVER_THE_FENCE, "never_allowed": ["group"], "notifiable": "not_decided",
            "users": [{"id": made_up.sam.id}],
        },
    )  # fmt: skip
    sam, sign = made_up.browser_of(made_up.sam), reverse("drafting:sign", args=[written])

    shown = as_shown(sam.get(sign))
    answer = sam.post(sign, {"password": PASSWORD, "known": "1"})

    assert QUESTION not in shown
    assert "This is never allowed" in shown
    keys = [duty.key for duty in due(made_up, made_up.jay, ada)]
    assert keys.count("prohibited/concern") == keys.count("notice/decide") == 1
    concern = open_draft(DraftId(answer.headers["Location"].split("/")[2]), author=made_up.sam.id)
    assert concern is not None
    assert concern.form.name == "allegation"


def test_a_measure_of_one_child_is_not_asked_about_a_group(made_up: MadeUp) -> None:
    answers = {**OVER_THE_FENCE, "users": [{"id": made_up.sam.id}]}
    written = made_up.draft(made_up.jay, form="control", where="The garden", answers=answers)

    page = made_up.browser_of(made_up.sam).get(reverse("drafting:sign", args=[written]))

    assert QUESTION not in as_shown(page)
