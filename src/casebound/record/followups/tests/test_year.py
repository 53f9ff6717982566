"""The home's year, and the notices of who came and who left (regs 41, 44 to 46)."""

import pytest

from casebound.foundation.base.calendar import (
    day_of,
    end_of,
    end_of_month,
    end_of_year,
    months_after,
)
from casebound.people.duties.reads import DutySeen, duties_in
from casebound.people.homes.actions import begin_placement
from casebound.people.homes.reads import home, office
from tests.made_up import MadeUp
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P43")]


def of_home(made_up: MadeUp) -> dict[str, DutySeen]:
    oak = home(made_up.oak)
    assert oak is not None
    return {duty.key: duty for duty in duties_in([oak.book], reader=MANAGER, at=made_up.now)}


def test_a_home_s_year_begins_when_it_opens(made_up: MadeUp) -> None:
    opened = day_of(made_up.began)

    due = of_home(made_up)

    assert {key: duty.due_at for key, duty in due.items()} == {
        "visit/monthly": end_of(end_of_month(opened, later=1)),
        "quality/review": end_of(months_after(opened, 6)),
        "location/review": end_of(end_of_year(opened)),
    }
    assert all(duty.managers and duty.assigned_to is None for duty in due.values())


def test_the_provider_s_office_is_no_home(made_up: MadeUp) -> None:
    found = office()
    assert found is not None
    assert duties_in([found.book], reader=MANAGER, at=made_up.now) == []


def test_an_admission_and_a_leaving_ask_for_a_notice(made_up: MadeUp) -> None:
    keys = {duty.key for duty in duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)}
    left = {duty.key for duty in duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)}

    for_mika = duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)
    begin_placement(
        child=made_up.mika.id, home=made_up.elm, from_at=made_up.now, by=made_up.dana.id,
        at=made_up.now,
    )  # fmt: skip
    again = [
        duty
        for duty in duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)
        if duty not in for_mika
    ]

    assert keys == {"notice/admission"}
    assert [(duty.key, duty.home) for duty in again] == [("notice/admission", made_up.elm)]
    assert left == {"notice/admission", "notice/discharge"}
