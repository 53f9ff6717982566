import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casebound.foundation.base.names import is_full_name
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.completeness import missing
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.late import clock_starts_at, is_late
from casebound.rulebook.catalogue.setting import Colleague, Setting
from casebound.rulebook.catalogue.shape import FieldType
from casebound.rulebook.catalogue.wall_time import event_times
from casebound.upkeep.demo.story.days import WrittenPage, drafts, written
from casebound.upkeep.demo.story.lives import life_of, profile_of
from casebound.upkeep.demo.story.people import (
    APPOINTMENTS,
    CHILDREN,
    HOMES,
    WORKERS,
    appointments_on,
    children_on,
)
from casebound.upkeep.demo.story.seasons import is_school_day

UNTIL = datetime(2026, 11, 23, 18, 40, tzinfo=UTC)
SETTING = Setting(
    manages=True,
    workers={worker.key: Colleague(worker.full_name, "") for worker in WORKERS},
    children={child.key: child.called for child in CHILDREN},
)
ALL_YEAR = [
    datetime(2026, 1, 2, 5, 10, tzinfo=UTC),
    datetime(2026, 4, 7, 11, 30, tzinfo=UTC),
    datetime(2026, 8, 30, 20, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
]
# Words that put a label on a child where what happened should stand. Not sought in quotations.
LABELS = re.compile(
    r"""\b(abscond\w*|placements?|sibling\w*|peers|respite|units?|LAC|contact\scent\w+|
    challenging|aggress\w+|manipulat\w*|attention[- ]seek\w*|non-compliant|complian\w*|
    refus\w+\sto|kicked\soff|acting\sout|acted\sout|in\sa\smood|attitude|inappropriate\w*|
    violent\w*|hostile|defian\w*|disruptive|naughty|badly\sbehaved|well[- ]behaved|troublesome|
    difficult\schild|out\sof\scontrol|vulnerable|deprived|lied|lying\sto|drunk|sexualised|
    suffers?\sfrom|victim\sof|wheelchair-bound|confined\sto|handicap\w*|retard\w*|the\sdisabled|
    mentally|craz\w*|mad|insane|psycho|lame|dumb|spastic|freak|weirdo|normal\schildren|
    foster\s(child\w*|carers?|mother|father|parents?)|biological|looked[- ]after\schild\w*|in\scare|
    care\sleavers?|residents|clients?|service\susers?|disengaged|failed\sto|obviously|clearly|
    seemed\sfine|for\sno\sreason|asylum\sseekers?|illegal|happy|sanction\w*|contact)\b""",
    re.IGNORECASE | re.VERBOSE,
)
IN_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
UNTIDY = re.compile(r"[{}@|]|  |^\s|\s$|^[a-z].*\. [A-Z]|\b1 [a-z]+s\b|\ba [aeio][a-z]+\b(?<!one)")
QUOTED = re.compile(r"\"[^\"]*\"|(?<=\s)'[^']*'(?=[\s.,:;])")
INITIALS = re.compile(r"\b[A-Z]\.(?: ?[A-Z]\.)*")


@pytest.fixture(scope="module")
def told() -> list[WrittenPage]:
    return list(written(UNTIL))


def statements(told: list[WrittenPage]) -> list[dict[str, Any]]:
    return [statement for page in told for statement in page.content["statements"]]  # type: ignore[attr-defined]  # JSON


def ends(page: WrittenPage) -> datetime:
    content = page.content
    return clock_starts_at(event_times(str(content["happened_from"]), str(content["happened_to"])))


def test_the_same_life_is_told_each_time(told: list[WrittenPage]) -> None:
    assert list(written(UNTIL)) == told
    assert list(written(UNTIL, seed=7)) != told


@pytest.mark.parametrize("until", [UNTIL, *ALL_YEAR], ids=str)
def test_ninety_days_at_any_time_of_the_year_are_enough_and_in_order(until: datetime) -> None:
    told = list(written(until))
    times = [page.signed_at for page in told]
    assert 2_600 <= len(told) <= 3_300
    assert times == sorted(times)
    assert times[-1] <= until
    assert all(moment.tzinfo is UTC for moment in times)
    assert len({page.key for page in told}) == len(told)
    forms = {page.form for page in told}
    assert forms >= {"note", "daily_log", "key_session", "contact", "visit", "medicine_given"}
    assert forms >= {"restraint", "control", "missing", "complaint", "allegation", "handover"}
    assert len(forms) > 45


@pytest.mark.parametrize("until", [UNTIL, *ALL_YEAR[2:4]], ids=str)
def test_every_entry_lacks_nothing_and_late_ones_say_why(until: datetime) -> None:
    late = 0
    for page in written(until):
        if page.after is not None and page.after[0] in {"strike", "misfiled"}:
            continue
        is_this_late = is_late(happened_at=ends(page), signed_at=page.signed_at)
        content = Content.from_json(page.content)
        asked = form(page.form)
        gaps = missing(asked, content, now=page.signed_at, late=is_this_late, setting=SETTING)
        assert gaps == (), (page.key, gaps)
        assert bool(content.late_reason) == is_this_late, page.key
        assert set(page.content["answers"]) <= {  # type: ignore[call-overload]  # JSON
            field.name for field in form(page.form).fields
        }
        late += is_this_late
    assert 10 <= late <= 80


def test_what_is_drawn_on_or_put_right_was_written_before(told: list[WrittenPage]) -> None:
    written_before: dict[str, WrittenPage] = {}
    for page in told:
        for key in page.content["drew_on"]:  # type: ignore[attr-defined]  # JSON
            assert written_before[key].form == "note"
            assert written_before[key].children == page.children
        if page.after is not None:
            assert page.after[2]
            assert page.children[0] in written_before[page.after[1]].children
        written_before[page.key] = page
    kinds = Counter(page.after[0] for page in told if page.after is not None)
    assert kinds["strike"] == kinds["misfiled"] == 1
    assert kinds["addendum"] > 5
    assert kinds["correction"] > 3
    assert sum(bool(page.content["drew_on"]) for page in told) > 50


def test_every_kind_source_and_sharing_occurs(told: list[WrittenPage]) -> None:
    said = statements(told)
    kinds = Counter(statement["kind"] for statement in said)
    assert min(kinds.values()) > 2
    assert kinds.keys() == {
        *("fact", "account", "view", "opinion", "assessment", "judgement", "decision")
    }
    assert kinds["fact"] > len(said) / 2
    assert Counter(statement["source"] for statement in said)["read_in"] > 20
    shared = Counter(statement["sharing"] for statement in said)
    assert shared["withheld"] >= 3
    assert shared["third_party"] >= 4
    assert sum(len(page.children) > 1 for page in told) > 3
    assert any(page.content["interpreter"] for page in told)
    assert sum(page.content["how_known"] == "told_by" for page in told) >= 3


def test_good_days_are_well_in_the_majority(told: list[WrittenPage]) -> None:
    days = Counter(answers(page).get("day") for page in told if page.form == "daily_log")
    assert days["good"] > 2 * (days["mixed"] + days["difficult"])
    assert min(days["mixed"], days["difficult"]) > 5


@pytest.mark.policy("P60")
def test_measures_are_followed_in_time_and_one_is_overdue(told: list[WrittenPage]) -> None:
    measures = [page for page in told if page.form in {"restraint", "control"}]
    assert len(measures) == 5
    open_still = []
    for measure in measures:
        began = datetime.fromisoformat(str(measure.content["happened_from"]))
        after = [later for later in told if later.follows and later.follows[0] == measure.key]
        spoken = {later.follows[1] for later in after if later.form == "spoken_to_user"}  # type: ignore[index]  # chosen so
        users = {user["id"] for user in answers(measure)["users"]}
        open_still += [(measure.key, user) for user in users - spoken]
        in_time = {"spoken_to_user": timedelta(hours=48), "spoken_to_child": timedelta(days=5)}
        for later in after:
            assert later.signed_at - began <= in_time.get(later.form, timedelta(days=30))
        assert sum(later.form == "spoken_to_child" for later in after) == 1
    assert open_still == [("jaydon-glass", "callum")]


def test_what_follows_is_written_after_what_it_follows_and_on_a_form_for_it(
    told: list[WrittenPage],
) -> None:
    before: dict[str, WrittenPage] = {}
    for page in told:
        if page.follows is not None:
            earlier = before[page.follows[0]]
            follows = form(page.form).follows
            assert earlier.form in follows or follows == ("*",)
            assert earlier.children[:1] == page.children[:1]
        before[page.key] = page
    assert sum(page.follows is not None for page in told) > 100


@pytest.mark.policy("P11")
def test_the_profile_of_each_child_is_there_with_a_few_gaps() -> None:
    kept = {child.key: profile_of(child.key) for child in CHILDREN}
    assert all(
        {"identity", "communication", "authority", "health"} <= set(of) for of in kept.values()
    )
    whole = sum(len(of) == 10 for of in kept.values())
    assert 2 <= whole < len(kept)


def answers(page: WrittenPage) -> dict[str, Any]:
    return page.content["answers"]  # type: ignore[return-value]  # JSON


def test_texts_are_varied(told: list[WrittenPage]) -> None:
    said = [statement["text"] for statement in statements(told)]
    times = Counter(said)
    assert sum(count for count in times.values() if count > 2) < 0.05 * len(said)


def test_a_daily_log_is_of_an_ordinary_length(told: list[WrittenPage]) -> None:
    logs = [page for page in told if page.form == "daily_log" and page.after is None]
    words = [sum(len(text["text"].split()) for text in statements([log])) for log in logs]
    assert 70 <= sum(words) / len(words) <= 180
    assert min(words) >= 15


def test_there_are_many_authored_sentences() -> None:
    lives = [life_of(name) for name in (*(child.key for child in CHILDREN), "house")]
    assert sum(len(lines) for life in lives for lines in life.pools.values()) > 1_000
    for child in CHILDREN:
        assert 5 <= len(life_of(child.key).arcs) <= 14


def test_no_label_stands_where_what_happened_should() -> None:
    for until in (UNTIL, *ALL_YEAR[2:]):
        for text in {text for page in written(until) for text in prose(page)}:
            plain = QUOTED.sub("", text)
            assert not LABELS.search(plain), text
            assert not INITIALS.search(plain), text
            assert not UNTIDY.search(text), text


def prose(page: WrittenPage) -> Iterator[str]:
    """Return what was written in words, without names, dates and chosen answers."""
    for said in statements([page]):
        yield from (said["text"], said["basis"], said["reason"])
    answers: dict[str, Any] = page.content["answers"]  # type: ignore[assignment]  # JSON
    for field in form(page.form).fields:
        given = answers.get(field.name, "")
        if field.type in IN_WORDS:
            yield given
        elif field.type is FieldType.ROWS:
            yield from (str(cell) for row in given or () for cell in row.values())
    yield str(page.content["late_reason"])
    yield page.after[2] if page.after else ""


def test_nobody_writes_in_two_homes_or_without_a_place_there(told: list[WrittenPage]) -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for page in told:
        homes[page.author].add(page.home)
    assert all(len(where) == 1 for where in homes.values())
    places = {
        (appointment.worker, appointment.home)
        for appointment in APPOINTMENTS
        if appointment.to_on is None
    }
    assert all((who, home) in places for who, where in homes.items() for home in where)
    assert homes.keys().isdisjoint({"priscilla", "hugh", "devi"})


def test_nobody_works_two_shifts_at_once(told: list[WrittenPage]) -> None:
    spans: dict[str, set[tuple[datetime, datetime]]] = defaultdict(set)
    for page in told:
        if page.form == "daily_log" and page.key.endswith(("-early", "-late", "-night")):
            began = datetime.fromisoformat(str(page.content["happened_from"]))
            if not page.content["originator"]:
                spans[page.author].add((began.astimezone(UTC), ends(page)))
    for shifts in spans.values():
        for (_, end), (begin, _) in zip(sorted(shifts), sorted(shifts)[1:], strict=False):
            assert end <= begin + timedelta(minutes=30)


def test_the_last_shift_is_still_to_be_written(told: list[WrittenPage]) -> None:
    newest = UNTIL.date() - timedelta(days=1)
    last = [page for page in told if page.key.endswith(f"{newest}-night")]
    assert 0 < len(last) < len(CHILDREN)


def test_five_drafts_are_begun_and_unfinished() -> None:
    begun = drafts(UNTIL)
    assert len(begun) == 5
    assert {draft.form for draft in begun} == {"note", "daily_log", "key_session", "contact"}
    for draft in begun:
        assert draft.saved_at <= UNTIL
        assert missing(form(draft.form), Content.from_json(draft.content), now=UNTIL)


def test_the_people_are_as_the_demo_promises() -> None:
    assert Counter(child.home for child in CHILDREN) == {"quince": 5, "ferry": 6}
    assert len(WORKERS) == 15
    assert len({worker.username for worker in WORKERS}) == 15
    names = [worker.full_name for worker in WORKERS] + [child.full_name for child in CHILDREN]
    assert all(is_full_name(name) for name in names)
    assert all("DEMO" in home.number for home in HOMES)
    assert {appointment.role for appointment in APPOINTMENTS} == {
        "residential_worker",
        "senior",
        "deputy_manager",
        "registered_manager",
        "responsible_individual",
        "records_officer",
        "system_administrator",
        "key_worker",
    }
    now = {
        (appointment.worker, appointment.child)
        for appointment in APPOINTMENTS
        if appointment.child and appointment.to_on is None
    }
    assert now == {(child.key_worker, child.key) for child in CHILDREN}


@pytest.mark.parametrize("year", [2025, 2026, 2028, 2040])
def test_the_children_keep_their_ages_in_other_years(year: int) -> None:
    day = date(year, 11, 23)
    ages = sorted(
        day.year
        - child.born_on.year
        - ((day.month, day.day) < (child.born_on.month, child.born_on.day))
        for child in children_on(day)
    )
    assert ages == [9, 11, 12, 13, 13, 15, 16, 16, 16, 17, 18]
    assert all(
        appointment.from_on < day - timedelta(days=90)
        for appointment in appointments_on(day)
        if appointment.child not in {child.key for child in CHILDREN if child.came}
    )


def test_schools_are_shut_when_english_schools_are() -> None:
    assert is_school_day(date(2026, 11, 23))
    assert not is_school_day(date(2026, 10, 28))  # half-term
    assert not is_school_day(date(2026, 4, 6))  # Easter Monday
    assert not is_school_day(date(2026, 11, 22))  # Sunday


def test_it_takes_less_than_two_seconds() -> None:
    begun = time.process_time()
    list(written(UNTIL))
    assert time.process_time() - begun < 2


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        list(written(datetime(2026, 11, 23, 12, 0)))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        drafts(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001


@pytest.mark.policy("P61")
def test_a_handover_leads_to_what_was_out_of_the_ordinary_in_its_home(
    told: list[WrittenPage],
) -> None:
    before: dict[str, WrittenPage] = {}
    led = 0
    for page in told:
        for key in page.content.get("hands_over", ()):  # type: ignore[attr-defined]  # JSON
            assert before[key].home == page.home
            led += 1
        before[page.key] = page
    assert led > 40
