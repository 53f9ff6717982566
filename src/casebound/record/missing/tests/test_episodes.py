"""A child is missing: who knows it, what is asked, and that nobody can forget it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.missing.models import Episode, LogLine
from casebound.record.missing.tests import build
from casebound.record.missing.tests.build import MINUTE, back, banner, due, gone, line, seen
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P60")]
HOUR = timedelta(hours=1)
FIRST = ["missing/authority", "missing/parents", "missing/police", "missing/return", "missing/risk"]
TOLD = {"kind": "told", "next": "no", "who": "As said", "reached": "yes", "reference": "Log 1"}


def test_the_child_stands_on_every_page_of_the_home_until_back(made_up: MadeUp) -> None:
    sam, lin = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.lin)
    pages = [reverse("desk:shift"), made_up.book_url(made_up.jay), reverse("search:search")]
    assert [banner(sam, page) for page in pages] == ["", "", ""]

    missing = gone(made_up)

    for page in pages:
        assert "Jay" in banner(sam, page)
        assert "Tell the police" in banner(sam, page)
    assert banner(made_up.browser_of(made_up.dana), reverse("desk:desk"))
    assert not banner(lin, reverse("desk:shift"))
    assert not banner(made_up.browser_of(made_up.alex), reverse("access:people"))

    back(made_up, missing)

    assert [banner(sam, page) for page in pages] == ["", "", ""]


def test_the_first_hours_ask_who_was_told_and_a_try_is_not_told(made_up: MadeUp) -> None:
    missing = gone(made_up)
    assert due(made_up) == FIRST

    line(made_up, missing, said=TOLD | {"told_to": "police", "reached": "no_answer"})
    assert "missing/police" in due(made_up)
    assert [ask.tried for ask in seen(made_up, missing).due if ask.tried]

    line(made_up, missing, by=made_up.kit, said=TOLD | {"told_to": "police"})
    line(made_up, missing, by=made_up.dana, said=TOLD | {"told_to": "out_of_hours"})
    not_told = {"told_to": "parent", "reached": "decided_not", "not_told_why": "Dana: not safe."}
    line(made_up, missing, said=TOLD | not_told)
    risk = {"kind": "risk", "risk": "high", "risk_by": "home", "risk_why": "Dark.", "next": "no"}
    line(made_up, missing, said=risk)

    assert due(made_up) == ["missing/return"]
    page = seen(made_up, missing)
    assert page.risk == "We, the home: High"
    assert [seen_line.author for seen_line in page.lines] == [
        "Sam Okafor", "Sam Okafor", "Kit Adeyemi", "Dana Whitlock", "Sam Okafor", "Sam Okafor",
    ]  # fmt: skip


def test_a_line_begun_for_the_police_that_tells_the_parents_ends_what_it_says(
    made_up: MadeUp,
) -> None:
    missing = gone(made_up)

    for_police = Subject(SubjectKind.CLOCK, "missing/police")
    line(made_up, missing, subject=for_police, said=TOLD | {"told_to": "parent"})

    assert "missing/parents" not in due(made_up)
    assert "missing/police" in due(made_up)


@pytest.mark.every_clock
def test_what_is_due_next_waits_for_the_line_that_is_begun_from_it(made_up: MadeUp) -> None:
    missing = gone(made_up)
    soon = build.typed(made_up.now + MINUTE)
    said = {"kind": "did", "what": "Drove round.", "next": "yes"}
    line(made_up, missing, said=said | {"next_what": "Ring the police", "next_at": soon})
    line(made_up, missing, said=said | {"next_what": "Ring Aunty", "next_at": soon})
    first, second = build.what_is_due(made_up, "missing/next")
    assert {first.what, second.what} == {"Ring the police", "Ring Aunty"}
    assert not first.overdue

    line(made_up, missing, kind="news", what="A friend rang.", next="no")
    assert len(build.what_is_due(made_up, "missing/next")) == 2

    line(made_up, missing, subject=first.subject, said=TOLD | {"told_to": "police"})

    [left] = build.what_is_due(made_up, "missing/next")
    assert left.what == second.what
    assert "missing/police" not in due(made_up)


@pytest.mark.every_clock
def test_the_return_ends_the_search_and_asks_what_follows(made_up: MadeUp) -> None:
    missing = gone(made_up, ago=2 * HOUR)
    back(made_up, missing, ago=HOUR, police_check="not_yet", told_back=["parent"])

    assert due(made_up) == [
        "missing/back-authority", "missing/back-police", "missing/check", "missing/interview",
        "missing/plan",
    ]  # fmt: skip
    [interview] = build.what_is_due(made_up, "missing/interview")
    assert interview.due_at == (made_up.now - HOUR).replace(second=0) + timedelta(hours=72)

    told = {"kind": "told_back", "who": "As said", "reached": "yes", "next": "no"}
    line(made_up, missing, said=told | {"back_to": "police"})
    line(made_up, missing, said=told | {"back_to": "placing_authority"})
    line(made_up, missing, kind="seen", what="An officer came.", next="no")

    assert due(made_up) == ["missing/interview", "missing/plan"]


def test_an_interview_that_is_only_agreed_is_still_to_be_held(made_up: MadeUp) -> None:
    missing = gone(made_up)
    returned = back(made_up, missing)
    at = build.number(made_up, returned)

    made_up.follow(made_up.jay, at, "return_interview", answers={"held": "accepted"})
    assert "missing/interview" in due(made_up)

    held = {"held": "held", "held_at": build.typed(made_up.now), "report": "not_yet"}
    made_up.follow(made_up.jay, at, "return_interview", answers=held)
    assert "missing/interview" not in due(made_up)
    assert "missing/interview-report" in due(made_up)

    line(made_up, missing, kind="report", what="By email.", next="no")
    assert "missing/interview-report" not in due(made_up)


@pytest.mark.every_clock
def test_all_of_it_written_after_the_fact_is_one_entry(made_up: MadeUp) -> None:
    returned_at = build.typed(made_up.now - 30 * HOUR)
    gone(made_up, ago=33 * HOUR, returned_at=returned_at)

    assert not banner(made_up.browser_of(made_up.sam), reverse("desk:shift"))
    assert due(made_up) == [
        "missing/back-authority", "missing/back-parents", "missing/back-police",
        "missing/interview", "missing/plan",
    ]  # fmt: skip
    assert Episode.objects.get().returned_at is not None
    assert LogLine.objects.get().late


def test_a_second_worker_is_led_to_the_log_that_the_first_began(made_up: MadeUp) -> None:
    begin = reverse("drafting:begin", args=[made_up.jay.book, "missing"])
    kit = made_up.browser_of(made_up.kit)
    assert "/drafts/" in kit.post(begin).headers["Location"]

    number = build.number(made_up, gone(made_up))

    led = kit.post(begin).headers["Location"]
    assert led == reverse("missing:episode", args=[made_up.jay.book, number])


@pytest.mark.every_clock
def test_two_who_wrote_it_at_once_are_one_child_and_one_return(made_up: MadeUp) -> None:
    first = gone(made_up)
    gone(made_up, by=made_up.kit, ago=20 * MINUTE)
    shift = banner(made_up.browser_of(made_up.sam), reverse("desk:shift"))
    assert shift.count("app-notices__link") == 1

    back(made_up, first)

    assert not Episode.objects.filter(returned_at=None).exists()


def _withdraw(made_up: MadeUp, entry: Sealed, how: Relation) -> None:
    """Sam asks for it and Dana agrees: the entry still asks for something."""
    asked = made_up.put_right(made_up.jay, build.number(made_up, entry), how)
    agreed = (made_up.jay, build.number(made_up, asked), "strike_agreed")
    made_up.follow(*agreed, by=made_up.dana, answers={"agreed": "yes"})


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_return_that_was_wrong_puts_the_child_back_on_every_page(
    made_up: MadeUp, how: Relation
) -> None:
    missing = gone(made_up)
    returned = back(made_up, missing)
    shift, sam = reverse("desk:shift"), made_up.browser_of(made_up.sam)
    assert not banner(sam, shift)

    _withdraw(made_up, returned, how)

    assert "Jay" in banner(sam, shift)
    assert "missing/return" in due(made_up)

    _withdraw(made_up, missing, how)

    assert not banner(sam, shift)


def test_a_struck_line_stays_in_the_log_and_its_call_is_due_again(made_up: MadeUp) -> None:
    missing = gone(made_up)
    told = line(made_up, missing, said=TOLD | {"told_to": "police"})
    assert "missing/police" not in due(made_up)

    made_up.put_right(made_up.jay, build.number(made_up, told), STRIKE, by=made_up.dana)

    assert "missing/police" in due(made_up)
    assert [struck.status for struck in seen(made_up, missing).lines] == ["", "struck"]


def test_three_times_in_thirty_days_ask_for_a_meeting_and_name_the_entries(
    made_up: MadeUp,
) -> None:
    for days in (20, 10):
        since = timedelta(days=days)
        returned = build.typed(made_up.now - since + HOUR)
        gone(made_up, ago=since, returned_at=returned)
    assert build.what_is_due(made_up, "missing/strategy") == []

    missing = gone(made_up)

    [meeting] = build.what_is_due(made_up, "missing/strategy")
    numbers = ", ".join(str(row.number) for row in Episode.objects.order_by("leaf"))
    assert meeting.what == f"Ask for a strategy meeting: missing 3 times (no. {numbers})"
    assert meeting.managers

    decided = {"of": "no_meeting", "decided_by": "Imran Kassar: they met last week."}
    made_up.follow(made_up.jay, build.number(made_up, missing), "missing_review", answers=decided)
    assert build.what_is_due(made_up, "missing/strategy") == []


def test_a_home_says_its_own_numbers(made_up: MadeUp) -> None:
    oak = made_up.house(made_up.oak)
    numbers = {"times": "2", "days": "5"}
    made_up.write(oak, form="missing_numbers", by=made_up.dana, answers=numbers)
    since = timedelta(days=4)
    returned = build.typed(made_up.now - since + HOUR)
    gone(made_up, ago=since, returned_at=returned)

    gone(made_up)

    assert len(build.what_is_due(made_up, "missing/strategy")) == 1


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    missing = gone(made_up)
    line(made_up, missing, said=TOLD | {"told_to": "police"})
    back(made_up, missing)
    live = [list(model.objects.values_list()) for model in (Episode, LogLine)]

    rebuild()

    assert [list(model.objects.values_list()) for model in (Episode, LogLine)] == live
