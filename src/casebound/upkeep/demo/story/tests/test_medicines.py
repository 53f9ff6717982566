"""Nobody in the demo is given more than the prescription says, or the label for their age."""

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from casebound.upkeep.demo.story.days import WrittenPage, written
from casebound.upkeep.demo.story.lives import medicines
from casebound.upkeep.demo.story.people import CHILD_OF, age_of
from casebound.upkeep.demo.story.tests.reading import answers_of, event_of

UNTIL = datetime(2026, 11, 30, 14, 10, tzinfo=UTC)
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) (ml|tablet|puff)s?")
DAY = timedelta(hours=24)


@pytest.fixture(scope="module")
def doses() -> list[WrittenPage]:
    return [page for page in written(UNTIL) if page.form == "medicine_given"]


def amount(text: str) -> tuple[float, str]:
    match = AMOUNT.match(text)
    assert match, text
    return float(match[1]), match[2]


def test_no_dose_is_above_the_prescription_or_the_label_of_that_age(
    doses: list[WrittenPage],
) -> None:
    assert len(doses) > 100
    for page in doses:
        child, answers = page.children[0], answers_of(page)
        given, unit = amount(answers["dose"])
        if answers.get("when_needed") == "yes":
            label = next(
                label for label in medicines().labels if label.medicine == answers["medicine"]
            )
            age = age_of(CHILD_OF[child])
            dosed = next(dosed for dosed in label.ages if dosed.from_age <= age <= dosed.to_age)
            assert (given <= dosed.most, unit) == (True, label.unit), page.key
        else:
            prescribed = next(
                prescribed
                for prescribed in medicines().prescribed
                if (prescribed.child, prescribed.medicine) == (child, answers["medicine"])
            )
            assert (given <= prescribed.most, unit) == (True, prescribed.unit), page.key


def test_no_more_doses_than_allowed_and_none_too_soon(doses: list[WrittenPage]) -> None:
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for page in doses:
        if answers_of(page)["taken"] == "taken":
            key = (page.children[0], answers_of(page)["medicine"])
            times[key].append(event_of(page)[0])
    for (child, medicine), given in times.items():
        given.sort()
        most, between = limits(child, medicine)
        for number, moment in enumerate(given):
            within = {other for other in given if moment <= other < moment + DAY}
            same_day = {other for other in within if other.date() == moment.date()}
            by_the_clock = any(medicine == of.medicine for of in medicines().prescribed)
            assert len(same_day if by_the_clock else within) <= most, (child, medicine, moment)
            if number:
                assert moment - given[number - 1] >= between, (child, medicine, moment)


def limits(child: str, medicine: str) -> tuple[int, timedelta]:
    for prescribed in medicines().prescribed:
        if (prescribed.child, prescribed.medicine) == (child, medicine):
            return prescribed.a_day, timedelta(hours=3)
    label = next(label for label in medicines().labels if label.medicine == medicine)
    return label.most_a_day, timedelta(hours=label.hours_between)


def test_a_course_has_each_dose_recorded_and_one_was_declined_with_its_reason(
    doses: list[WrittenPage],
) -> None:
    for prescribed in medicines().prescribed:
        if prescribed.course is None:
            continue
        recorded = [
            page
            for page in doses
            if (page.children[0], answers_of(page)["medicine"])
            == (prescribed.child, prescribed.medicine)
        ]
        assert len(recorded) == prescribed.course.doses
        declined = [page for page in recorded if answers_of(page)["taken"] == "declined"]
        assert len(declined) == len(prescribed.course.declined)
        assert all(answers_of(page)["not_taken_why"] for page in declined)
