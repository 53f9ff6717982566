"""Every clock of the table, by its worked examples and by what must always hold."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base import calendar
from casebound.foundation.base.data_files import DataFileError
from casebound.rulebook.clocks.clocks import clock, clocks, ended_by, recorded_by, started_by
from casebound.rulebook.clocks.loading import read_clocks
from casebound.rulebook.clocks.shape import Clock, Condition, From, Limit, Unit

pytestmark = pytest.mark.policy("P43")
EVERY = pytest.mark.parametrize("row", clocks(), ids=lambda row: row.key)
EXAMPLES = [(row, example) for row in clocks() for example in row.examples]
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
GOOD = """
[[clocks]]
key = "a/b"
what = "Do it"
rule = "P43"
source = "It says so."
assigned_to = "author"
hours = 24
starts = [{ forms = ["note"], from = "end" }]
examples = [{ from = "2026-11-23 18:30", due = "2026-11-24 18:30" }]
"""


@pytest.mark.parametrize(
    ("row", "example"), EXAMPLES, ids=[f"{row.key} {ex.since:%Y-%m-%d}" for row, ex in EXAMPLES]
)
def test_the_worked_examples_come_out(row: Clock, example: object) -> None:
    assert example in row.examples
    for worked in row.examples:
        assert row.due(worked.since) == worked.due
        assert row.goal(worked.since) == worked.goal


@EVERY
@given(MOMENTS, MOMENTS)
def test_what_began_later_is_never_due_earlier_and_nothing_is_due_before_it_began(
    row: Clock, a: datetime, b: datetime
) -> None:
    first, second = sorted([a, b])
    due = row.due(first)

    assert due <= row.due(second)
    assert due >= first.replace(microsecond=0)
    assert due.tzinfo is UTC
    goal = row.goal(first)
    assert goal is None or first < goal <= due


@EVERY
def test_every_start_counts_and_every_limit_has_a_zone(row: Clock) -> None:
    since = datetime(2026, 3, 28, 12, tzinfo=UTC)

    for start in row.starts:
        assert row.due(since, start=start) >= since
    with pytest.raises(ValueError, match="without a zone"):
        row.due(since.replace(tzinfo=None))


def test_the_table_goes_over_both_clock_changes_a_leap_day_and_the_end_of_a_year() -> None:
    spans = [
        (calendar.day_of(ex.since), calendar.day_of(ex.due))
        for row in clocks()
        if row.key.startswith("control/")
        for ex in row.examples
    ]
    for day in ("2026-03-29", "2026-10-25", "2028-02-29", "2027-01-01"):
        assert any(first.isoformat() <= day <= last.isoformat() for first, last in spans)


def test_working_days_end_with_the_last_of_them() -> None:
    limit = Limit(Unit.WORKING_DAYS, 1)

    due = limit.due(datetime(2026, 4, 2, 15, tzinfo=UTC))

    assert due == calendar.end_of(datetime(2026, 4, 7).date())  # noqa: DTZ001 (over Easter)


@pytest.mark.parametrize("form", ["restraint", "control"])
def test_restraint_control_and_discipline_start_the_same_clocks(form: str) -> None:
    keys = [row.key for row, _ in started_by(form, {})]

    assert [key for key in keys if key.startswith("control/")] == [
        "control/record", "control/user", "control/child",
    ]  # fmt: skip
    assert recorded_by(form) is clock("control/record")
    exempt = [row.key for row, _ in started_by(form, {"plan_exempt": True})]
    assert not any(key.startswith("control/") for key in exempt)


def test_any_other_entry_has_the_24_hours_of_the_policy() -> None:
    assert recorded_by("daily_log") is clock("entry/record")
    assert clock("entry/record").limit == Limit(Unit.HOURS, 24)


def test_a_user_is_done_only_when_the_record_is_said_to_be_accurate() -> None:
    def ended(*, accurate: bool) -> list[str]:
        return [row.key for row, _ in ended_by("spoken_to_user", {"accurate": accurate})]

    assert ended(accurate=True) == ["control/user"]
    assert ended(accurate=False) == []


def test_what_was_agreed_with_the_authority_starts_no_clock() -> None:
    def started(**answers: object) -> bool:
        keys = [row.key for row, _ in started_by("contact", answers)]  # type: ignore[arg-type]
        return "contact/authority" in keys

    assert started(limited_with="emergency")
    assert not started(limited_with="consent")
    assert not started(limited_with="emergency", authority_told=True)


@pytest.mark.parametrize(
    ("given", "holds"),
    [("a", True), ("c", False), (["c", "b"], True), ([], False), (None, False), (True, False)],
)
def test_a_condition_holds_for_a_choice_and_for_one_of_several(
    given: object, *, holds: bool
) -> None:
    answers = {} if given is None else {"field": given}
    assert Condition("field", ("a", "b")).holds(answers) is holds  # type: ignore[arg-type]


def test_a_table_is_read(tmp_path: Path) -> None:
    [row] = _read(tmp_path, GOOD)

    assert (row.key, row.limit, row.starts[0].since) == ("a/b", Limit(Unit.HOURS, 24), From.END)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hours = 24", "", "it has no limit"),
        ("hours = 24", "hours = 24\ndays = 1", "it has two limits"),
        ("hours = 24", "hours = 24\ncolour = 1", "unknown key `colour`"),
        ('from = "end"', 'from = "answer"', "names the answer"),
        ('forms = ["note"], ', "", "forms or a kind"),
        ('from = "end"', 'from = "end", colour = 1', "unknown key `colour`"),
        ('key = "a/b"', 'key = "A b"', "`key` “A b” is no key: room/what"),
        ('source = "It says so."', 'source = ""', "`source` “” is empty"),
        ('"2026-11-24 18:30" }', '"2026-11-24 18:30", goal = "2026-11-24 18:30" }', "goal"),
        ('assigned_to = "author"', 'assigned_to = "nobody"', "nobody"),
        ('what = "Do it"', "", "what"),
        ("\n[[clocks]]", f"{GOOD}\n[[clocks]]", "twice"),
    ],
)
def test_a_table_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(DataFileError, match=words):
        _read(tmp_path, GOOD.replace(old, new, 1))


def _read(folder: Path, text: str) -> tuple[Clock, ...]:
    file = folder / "clocks.toml"
    file.write_text(text, encoding="utf-8")
    return read_clocks(file)


def test_hours_are_exact() -> None:
    since = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert clock("control/user").due(since) - since == timedelta(hours=48)


CHANGED = """
[[clocks]]
key = "a/b"
version = 2
holds_from = "2027-04-01"
source = "From April it says another thing."
days = 2
examples = [{ from = "2027-04-01 18:30", due = "2027-04-03 18:30" }]
"""


def test_a_later_version_says_what_changed_and_counts_what_begins_from_its_day(
    tmp_path: Path,
) -> None:
    first, second = _read(tmp_path, GOOD + CHANGED)
    midnight = datetime(2027, 3, 31, 23, tzinfo=UTC)  # of the 1 April, in London

    assert (first.limit, second.limit) == (Limit(Unit.HOURS, 24), Limit(Unit.DAYS, 2))
    assert (second.what, second.starts) == (first.what, first.starts)
    assert first.holds_until == second.holds_from == midnight
    for since, holds in [(midnight - timedelta(seconds=1), first), (midnight, second)]:
        assert [clock for clock in (first, second) if clock.holds_at(since)] == [holds]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version = 2\n", "", "a further row with `version`"),
        ("version = 2", "version = 3", "does not follow"),
        ('holds_from = "2027-04-01"\n', "", "says `holds_from`"),
        ("examples", "# ", "examples"),
        ('"2027-04-01"', '"April"', "April"),
    ],
)
def test_a_later_version_with_a_mistake_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(DataFileError, match=words):
        _read(tmp_path, GOOD + CHANGED.replace(old, new, 1))


def test_words_may_be_put_better_in_place_and_what_counts_may_not(tmp_path: Path) -> None:
    [clock] = _read(tmp_path, GOOD)
    [reworded] = _read(tmp_path, GOOD.replace("Do it", "Do it, please"))
    [changed] = _read(tmp_path, GOOD.replace("hours = 24", "days = 1"))

    assert reworded.digest == clock.digest
    assert changed.digest != clock.digest


@pytest.mark.policy("P43")
def test_only_hours_have_a_length_of_their_own() -> None:
    assert clock("entry/record").limit.span == timedelta(hours=24)
    with pytest.raises(ValueError, match="differ in length"):
        _ = clock("quality/review").limit.span
