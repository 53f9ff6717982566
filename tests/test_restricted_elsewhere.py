"""What a manager restricts later leaves what all staff read elsewhere (P13)."""

import json

import pytest

from casebound.people.restricted.holding import Scope
from casebound.reading.registers.models import RegisterEntry
from casebound.record.restricting import refusals
from casebound.record.restricting.tests.test_restricting import restrict, review
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db


@pytest.mark.policy("P13")
def test_an_answer_that_is_restricted_later_leaves_the_register(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    sealed = made_up.write(oak, form="fire_drill", by=made_up.dana)
    [before] = RegisterEntry.objects.filter(leaf=sealed.index).values_list("answers", flat=True)

    restrict(
        made_up, sealed.numbers[oak.book], "a_kind", scope=Scope.NEED_TO_KNOW,
        child=oak,  # type: ignore[arg-type]  # a place to write about, as a child is
    )  # fmt: skip

    [after] = RegisterEntry.objects.filter(leaf=sealed.index).values_list("answers", flat=True)
    assert len(json.loads(after)) == len(json.loads(before)) - 1


def test_what_all_staff_act_on_is_not_restricted_among_them(made_up: MadeUp) -> None:
    allergy = made_up.write(made_up.jay, form="allergy")

    with pytest.raises(refusals.ForAllStaffError):
        restrict(made_up, allergy.numbers[made_up.jay.book], "", scope=Scope.NEED_TO_KNOW)
    which = restrict(made_up, allergy.numbers[made_up.jay.book], "")
    for section in ("need_to_know", "managers"):
        with pytest.raises(refusals.ForAllStaffError):
            review(made_up, which, "moved", to=section)
