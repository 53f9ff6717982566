"""Every day that an entry names for later becomes a follow-up, and ends by what is done then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casebound.foundation.base.calendar import end_of
from casebound.record.followups.rules import actions_in
from casebound.record.followups.tests.build import due
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import TIMES, Tense
from casebound.rulebook.clocks.clocks import clock, clocks
from tests.made_up import MadeUp

pytestmark = pytest.mark.policy("P30")

# A day or a time that may lie ahead and starts no clock, and why.
NO_FOLLOW_UP = {
    "control.lasts_until": "it ends by itself then; one without an end has its review",
    "medicine_given.due_at": "the dose was given: it says whether it was late",
    "other_person.from_on": "somebody lives in the house from then; nothing is to be done",
    "other_person.until_on": "somebody lives in the house until then; nothing is to be done",
    "missing_line.next_at": "the banner on each page of the home says what is due next, and when",
    "going_out.back_by": "who is in the house shows who is out and late back",
    "prescription.starts_on": "the doses of a day stand on the page of medicines",
    "prescription.ends_on": "no dose is due after it, and the page of medicines says so",
    "prescription.times.at": "the doses of a day stand on the page of medicines",
    "prescription_change.starts_on": "the doses of a day stand on the page of medicines",
    "prescription_change.ends_on": "no dose is due after it, and the page of medicines says so",
    "prescription_change.times.at": "the doses of a day stand on the page of medicines",
    "roster_planned.week_of": "a plan of who works; the roster as worked answers it",
    "roster_planned.shifts.day": "a plan of who works; the roster as worked answers it",
    "roster_planned.shifts.begins": "a plan of who works; the roster as worked answers it",
    "roster_planned.shifts.ends": "a plan of who works; the roster as worked answers it",
    "worker_details.until_on": "a worker leaves; their appointment says it and ends by itself",
}


def test_every_day_a_form_asks_for_later_has_a_clock_or_a_reason() -> None:
    starting = {
        (form, start.until or start.answer)
        for row in clocks()
        for start in row.starts
        for form in start.forms
    }
    without = set()
    for form in shipped().forms.values():
        if form.retired:
            continue
        for field in form.fields:
            for column in field.columns or (field,):
                if column.type not in TIMES or column.tense is Tense.PAST or field.tracked:
                    continue
                if (form.name, field.name) not in starting:
                    inside = f".{column.name}" if field.columns else ""
                    without.add(f"{form.name}.{field.name}{inside}")
    assert without == set(NO_FOLLOW_UP)


def test_a_clock_runs_until_a_day_that_its_forms_ask_for() -> None:
    for row in clocks():
        for start in row.starts:
            for form in start.forms if start.until else ():
                field = catalogue.form(form).field(start.until)
                assert field.type in TIMES, (row.key, form)
                assert field.tense is not Tense.PAST, (row.key, form)


def test_an_action_without_a_day_is_due_by_the_day_in_london() -> None:
    signed = datetime(2026, 7, 10, 23, 30, tzinfo=UTC)  # 00:30 on the 11th
    asked = clock("action/do")
    week = asked.due(signed, start=asked.starts[0])
    answers = {"actions": [{"what": "Ring the dentist", "who": "Sam Okafor"}]}

    [action] = actions_in(catalogue.form("incident"), answers, without_a_day=week)

    assert action.due == end_of(date(2026, 7, 18))


@pytest.mark.django_db
def test_the_next_key_session_is_asked_for_and_the_next_one_ends_it(made_up: MadeUp) -> None:
    on = (made_up.now + timedelta(days=14)).date()
    made_up.write(made_up.jay, form="key_session", answers={"next_session_on": on.isoformat()})

    [asked] = due(made_up, made_up.jay, "session/next")
    assert asked.due_at == end_of(on)

    made_up.write(made_up.jay, form="key_session", after=timedelta(minutes=5))
    assert due(made_up, made_up.jay, "session/next") == []


@pytest.mark.django_db
def test_a_meeting_of_another_kind_does_not_end_the_wait_for_the_next_review(
    made_up: MadeUp,
) -> None:
    on = (made_up.now + timedelta(days=90)).date().isoformat()
    made_up.write(made_up.jay, form="meeting", answers={"kind": "care_review", "next_on": on})

    made_up.write(made_up.jay, form="meeting", answers={"kind": "school"}, after=timedelta(0))
    assert len(due(made_up, made_up.jay, "meeting/next")) == 1
    made_up.write(made_up.jay, form="meeting", answers={"kind": "care_review"}, after=timedelta(0))
    assert due(made_up, made_up.jay, "meeting/next") == []
