"""Days and times that cannot be: over every form, and in the ways a worker meets them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.foundation.base.times import LONDON, utc_text
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.completeness import Missing, missing
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.setting import EarlierEntry, Setting
from casebound.rulebook.catalogue.shape import (
    EARLIER,
    EVENT,
    TIMES,
    Field,
    FieldType,
    Form,
    Tense,
)
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.true_times import NIGHT, TimePoint, _after

pytestmark = pytest.mark.policy("P49")
FORMS = [form for form in shipped().forms.values() if not form.retired]
# Every question of a day or a time: the form, the question, and the column if it is one of rows.
ASKED = [
    (form, field, column)
    for form in FORMS
    for field in form.fields
    for column in (field.columns or (None,))
    if (column or field).type in TIMES
]
IDS = [
    f"{form.name}.{field.name}{f'.{column.name}' if column else ''}"
    for form, field, column in ASKED
]
of_every_question = pytest.mark.parametrize(("form", "field", "column"), ASKED, ids=IDS)
AHEAD = st.timedeltas(timedelta(minutes=1), timedelta(days=4000))
EVENT_AT = build.EVENT_AT
few = settings(parent=settings(), deadline=None, max_examples=max(5, settings().max_examples // 5))


def as_answer(field: Field, moment: datetime) -> str:
    """Write a moment as this question takes it."""
    local = moment.astimezone(LONDON)
    if field.type is FieldType.DATE:
        return f"{local:%Y-%m-%d}"
    return f"{local:%H:%M}" if field.type is FieldType.TIME else f"{local:%Y-%m-%dT%H:%M}"


def answered(form: Form, field: Field, column: Field | None, answer: str) -> dict[str, object]:
    """Return answers with this one, and those that are needed for it to be asked."""
    answers: dict[str, object] = {}
    conditions = list(field.when)
    for when in conditions:  # those of the questions it depends on are added while it goes
        asked = form.field(when.field)
        conditions += asked.when
        answers[when.field] = (
            [when.values[0]] if asked.type is FieldType.CHOICES else when.values[0]
        )
    if column is None:
        return answers | {field.name: answer}
    times = {FieldType.DATE: "2026-11-23", FieldType.TIME: "20:00", FieldType.TEXT: "x"}
    needed = [other for other in field.columns if other.required and other.type in times]
    row = {other.name: times[other.type] for other in needed}
    return answers | {field.name: [{**row, column.name: answer}]}


def untrue(
    form: Form, answers: dict[str, object], setting: Setting = build.OAK, **event: str
) -> list[Missing]:
    """Return the times of an entry that cannot be."""
    content = Content.from_json({**build.WHOLE.to_json(), **event, "answers": answers})
    return [gap for gap in missing(form, content, now=build.NOW, setting=setting) if gap.untrue]


@of_every_question
@few
@given(ahead=AHEAD)
def test_what_happened_is_never_after_the_signature(
    form: Form, field: Field, column: Field | None, ahead: timedelta
) -> None:
    asked = column or field
    moment = build.NOW + ahead
    if asked.type is FieldType.DATE:
        moment += timedelta(days=1)
    if asked.type is FieldType.TIME:
        moment = min(moment, datetime(2026, 11, 23, 23, 59, tzinfo=UTC))  # the evening is not over
    answers = answered(form, field, column, as_answer(asked, moment))

    found = untrue(form, answers)

    refused = [gap for gap in found if "in the future" in gap.words]
    assert bool(refused) is (asked.tense is Tense.PAST)
    for gap in refused:
        assert gap.field.startswith(f"answers-{field.name}")
        assert gap.rule == "P49"


@of_every_question
@few
@given(back=st.timedeltas(timedelta(days=1), timedelta(days=300)))
def test_what_is_planned_or_follows_the_event_is_never_before_it(
    form: Form, field: Field, column: Field | None, back: timedelta
) -> None:
    asked = column or field
    if asked.type is FieldType.TIME:
        back = timedelta(hours=1)
    answers = answered(form, field, column, as_answer(asked, EVENT_AT - back))

    found = untrue(form, answers)

    compared = asked.tense is Tense.FUTURE or EVENT in asked.not_before
    words = [gap.words for gap in found if "before when it happened, 23 November 2026" in gap.words]
    assert bool(words) is compared
    at_once = untrue(form, answered(form, field, column, as_answer(asked, EVENT_AT)))
    assert not any("before when it happened" in gap.words for gap in at_once)


PAIRS = [
    (form, field, form.field(name))
    for form, field, column in ASKED
    if column is None
    for name in field.not_before
    if name in {other.name for other in form.fields}
]


@pytest.mark.parametrize(("form", "field", "first"), PAIRS, ids=lambda of: getattr(of, "name", ""))
def test_an_answer_that_follows_another_is_never_before_it(
    form: Form, field: Field, first: Field
) -> None:
    at = build.NOW - timedelta(days=3)

    def both(later: datetime) -> list[str]:
        answers = answered(form, field, None, as_answer(field, later))
        answers |= answered(form, first, None, as_answer(first, at))
        return [gap.field for gap in untrue(form, answers) if first.label in gap.words]

    assert both(at - timedelta(days=1)) == [f"answers-{field.name}"]
    assert both(at) == both(at + timedelta(days=1)) == []


FOLLOWING = [form for form in FORMS if form.follows and form.asks_about_event]


@pytest.mark.parametrize("form", FOLLOWING, ids=lambda form: form.name)
def test_a_follow_up_did_not_happen_before_what_it_follows(form: Form) -> None:
    followed = form.follows[0] if form.follows != ("*",) else "incident"
    at = build.NOW - timedelta(hours=2)
    earlier = EarlierEntry(
        form=shipped().form(followed),
        happened_from=at,
        answers={"last_seen_at": utc_text(at), "returned_at": utc_text(at)},
    )

    def event(happened: datetime) -> list[str]:
        typed = f"{happened.astimezone(LONDON):%Y-%m-%dT%H:%M}"
        found = untrue(form, {}, Setting(earlier=earlier), happened_from=typed)
        return [gap.field for gap in found if gap.field == EVENT]

    assert event(at - timedelta(minutes=1)) == [EVENT] * len(form.not_before)
    assert event(at) == event(at + timedelta(minutes=5)) == []


BACK = {"back": "yes", "returned_at": "2026-11-23T16:50"}
HOLD = {"technique": "Seated", "began": "18:29"}


@pytest.mark.parametrize(
    ("name", "answers", "control"),
    [
        ("missing", {"last_seen_at": "2026-11-23T17:00", **BACK}, "returned_at"),
        ("visitor", {"left_at": "18:20"}, "left_at"),
        ("other_person", {"from_on": "2026-11-20", "until_on": "2026-11-19"}, "until_on"),
        ("quality_review", {"completed_on": "2030-01-01"}, "completed_on"),
        ("restraint", {"kind": "physical", "holds": [HOLD]}, "holds-1-began"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_says_what_why_and_what_to_do(
    name: str, answers: dict[str, object], control: str
) -> None:
    [gap] = untrue(shipped().form(name), answers)

    assert gap.field == f"answers-{control}"
    assert gap.words.endswith(("Check both.", "Check the date and the time."))


def test_a_night_goes_on_after_midnight() -> None:
    form = shipped().form("bedroom_observation")

    def seen(time: str) -> list[Missing]:
        rows = {"each": [{"at": time, "seen": "Asleep"}]}
        field = next(field for field in form.fields if field.type is FieldType.ROWS)
        content = Content.from_json({
            **build.WHOLE.to_json(), "happened_from": "2026-11-22T22:00",
            "happened_to": "2026-11-23T06:00", "answers": {field.name: rows["each"]},
        })  # fmt: skip
        return [gap for gap in missing(form, content, now=build.NOW) if gap.untrue]

    assert seen("23:30") == seen("03:10") == []
    assert seen("21:30") != []


def test_a_planned_shift_over_midnight_ends_after_it_begins_and_a_worked_one_is_over() -> None:
    def shift(name: str, day: str) -> list[str]:
        row = {"who": "Sam", "day": day, "begins": "22:00", "ends": "07:30"}
        form = shipped().form(name)
        rows = next(field.name for field in form.fields if field.type is FieldType.ROWS)
        found = untrue(form, {"week_of": "2026-11-16", rows: [row]})
        return [gap.field.rpartition("-")[2] for gap in found]

    assert shift("roster_planned", "2026-11-27") == []
    assert shift("roster_worked", "2026-11-22") == []
    assert shift("roster_worked", "2026-11-23") == [
        "ends"
    ]  # it is 22:40, and the night is not over


@given(
    since=st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 27), timezones=st.just(UTC)),  # noqa: DTZ001
    minutes=st.integers(0, 11 * 60),
)
def test_a_time_of_day_is_read_back_over_the_night_when_the_clocks_change(
    since: datetime, minutes: int
) -> None:

    since = since.replace(second=0, microsecond=0)
    later = since + timedelta(minutes=minutes)

    read = _after(TimePoint.at(since), f"{later.astimezone(LONDON):%H:%M}", NIGHT)

    assert read is not None
    assert read.instant is not None
    assert since <= read.instant <= since + NIGHT
    assert f"{read.instant.astimezone(LONDON):%H:%M}" == f"{later.astimezone(LONDON):%H:%M}"


# What a past day or time is compared with, or why with nothing but the signature.
ONLY_PAST = {
    "allegation.alleged_on": "what is alleged may have been years ago",
    "admission.came_on": "the child may have come long before it is written",
    "missing.last_seen_at": "everything else follows it",
    "profile_missing.photo_on": "a photograph of any day",
    "quality_review.completed_on": "the review may have taken months",
    "roster_worked.week_of": "the days of its rows follow it",
    "roster_worked.shifts.begins": "on the day of its row",
    "surveillance.consent_on": "the authority agrees beforehand",
    "worker_details.born_on": "a birth",
}


def test_every_day_and_time_says_what_it_is_or_what_it_follows() -> None:
    silent = {
        name
        for name, (_, field, column) in zip(IDS, ASKED, strict=True)
        if (asked := column or field).tense is Tense.PAST and not asked.not_before
    }
    assert silent == set(ONLY_PAST)


def test_a_name_of_what_is_still_to_come_is_never_taken_for_the_past() -> None:
    told = ("next", "until", "review_on", "due", "by_when", "follow_up", "answer_by", "expires")
    for name, (_, field, column) in zip(IDS, ASKED, strict=True):
        asked = column or field
        if any(word in asked.name for word in told):
            assert asked.tense is not Tense.PAST, name


def test_an_answer_of_the_earlier_entry_is_one_that_it_asks() -> None:
    for form in FORMS:
        fields = [column for field in form.fields for column in (field, *field.columns)]
        names = {name for field in fields for name in field.not_before} | set(form.not_before)
        for name in names:
            if name.startswith(f"{EARLIER}."):
                earlier = [shipped().form(followed) for followed in form.follows]
                asked = {field.name for before in earlier for field in before.fields}
                assert name.partition(".")[2] in asked, form.name


def test_a_day_is_compared_by_the_day() -> None:
    assert not TimePoint(date(2026, 11, 23)).is_before(TimePoint.at(EVENT_AT))
    assert TimePoint(date(2026, 11, 22)).is_before(TimePoint.at(EVENT_AT))
