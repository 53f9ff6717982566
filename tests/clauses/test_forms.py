"""What the regulations ask for is asked, numbered and followed to its end (P11, P30, P60)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.record.drafting.actions import IncompleteError
from casebound.record.followups.tests.build import due
from casebound.record.profile.reads import profile
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.schedule3 import AS_IT_HAPPENS, ITEMS
from casebound.rulebook.catalogue.shape import BookKind, Form
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
SCHEDULE_4 = ("1(a)", "1(b)", "2(a)", "2(g)", "3", "4", "5", "6", "7")
AGREED = {"what": "Ring the dentist", "who": "Kit Adeyemi"}


def written_for(item: int) -> list[Form]:
    """Return the forms on which an item of Schedule 3 is written."""
    return [
        form
        for form in catalogue.shipped().forms.values()
        if form.is_listed
        and form.book is BookKind.CHILD
        and (item in form.items or any(field.item == item for field in form.fields))
    ]


@pytest.mark.policy("P11")
@pytest.mark.parametrize("item", sorted(set(ITEMS) - AS_IT_HAPPENS))
def test_an_item_of_schedule_3_is_missing_in_the_childs_book_until_it_is_written(
    made_up: MadeUp, item: int
) -> None:
    child = made_up.admit("Ada Brightwater", "Ada", made_up.oak)

    def missing() -> set[int]:
        return {record.item for record in profile(made_up.book(child)).missing}

    before = missing()
    for form in written_for(item):
        made_up.write(child, form=form.name)

    assert item in before or item == 1, "the admission says the name"
    assert item not in missing()


@pytest.mark.policy("P11")
@pytest.mark.parametrize("item", SCHEDULE_4)
def test_an_item_of_schedule_4_is_written_in_a_book_of_the_home_or_of_the_child(
    made_up: MadeUp, item: str
) -> None:
    rule = f"Sch 4 para {item}"
    oak = made_up.house(made_up.oak)
    asking = [
        form
        for form in catalogue.shipped().forms.values()
        if any(asked.rule == rule for field in form.fields for asked in field.required_by)
    ]

    assert asking
    for form in asking:
        place = made_up.jay if form.book is BookKind.CHILD else oak
        sealed = made_up.write(place, form=form.name, by=made_up.dana)
        assert made_up.browser_of(made_up.dana).get(
            reverse("chronology:entry", args=[place.book, sealed.numbers[place.book]])
        ).status_code == 200  # fmt: skip


@pytest.mark.policy("P30")
@pytest.mark.parametrize("form", ["visit", "meeting", "appointment"])
def test_a_visit_meeting_or_appointment_says_who_what_what_follows_and_why(
    made_up: MadeUp, form: str
) -> None:
    draft = made_up.draft(
        made_up.jay, form=form, present_nobody=False, answers={"outcome": ""}, statements=[]
    )

    with pytest.raises(IncompleteError) as refused:
        made_up.sign(draft)

    asked = {(gap.field, gap.rule.split(",")[0]) for gap in refused.value.missing}
    assert ("outcome", "P30") in {(field.removeprefix("answers-"), rule) for field, rule in asked}
    assert {"present", "statements"} <= {field.split("-")[0] for field, _ in asked}


@pytest.mark.policy("P30")
def test_what_a_meeting_agreed_waits_on_who_does_it_until_it_is_done(made_up: MadeUp) -> None:
    friday = day_of(made_up.now) + timedelta(days=3)
    answers = {"outcome": "agreed", "actions": [{**AGREED, "by_when": friday.isoformat()}]}
    sealed = made_up.write(made_up.jay, form="meeting", answers=answers)

    [dentist] = due(made_up, made_up.jay, "action/do")
    assert (dentist.what, dentist.assigned_to) == (AGREED["what"], made_up.kit.id)
    assert AGREED["what"] in as_shown(made_up.browser_of(made_up.kit).get(reverse("desk:shift")))

    number = sealed.numbers[made_up.jay.book]
    made_up.follow(made_up.jay, number, "action_done", by=made_up.kit, subject=dentist.subject)

    assert due(made_up, made_up.jay, "action/do") == []
    page = made_up.browser_of(made_up.kit).get(
        reverse("chronology:entry", args=[made_up.jay.book, number])
    )
    assert "Done" in page.text


@pytest.mark.policy("P60")
@pytest.mark.parametrize("form", ["restraint", "control", "missing", "access_limit"])
def test_a_measure_is_numbered_in_its_register_late_or_not_and_its_deadlines_run(
    made_up: MadeUp, form: str
) -> None:
    answers = {"users": [{"id": made_up.sam.id}]} if form in ("restraint", "control") else {}
    in_time = made_up.write(made_up.jay, form=form, answers=answers)
    late = made_up.write(made_up.jay, form=form, answers=answers, after=timedelta(hours=25))
    register = catalogue.form(form).register
    assert register is not None

    address = reverse("registers:register", args=[made_up.house(made_up.oak).book, register.value])
    page = as_shown(made_up.browser_of(made_up.dana).get(address))

    first, second = page.split('id="no-1"')[1], page.split('id="no-2"')[1].split('id="no-1"')[0]
    assert f"/books/{made_up.jay.book}/{in_time.numbers[made_up.jay.book]}/" in first
    assert f"/books/{made_up.jay.book}/{late.numbers[made_up.jay.book]}/" in second
    assert "Late Entry" in second
    assert "Late Entry" not in first
    if answers:
        of_the_use = [duty for duty in due(made_up, made_up.jay) if duty.key.startswith("control/")]
        assert {duty.due_at - made_up.now for duty in of_the_use} >= {
            timedelta(hours=47),
            timedelta(hours=23),
        }
