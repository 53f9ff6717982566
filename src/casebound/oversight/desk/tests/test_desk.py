"""Shift and desk: what each person finds there, and that it stays quick."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.oversight.desk import reads
from casebound.oversight.desk.reads import Desk, ShiftPage
from casebound.oversight.desk.waiting import Waiting
from casebound.people.access.reads import seen_books
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.drafting import actions
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.every_clock]
A_DAY = timedelta(hours=24)
A_MINUTE = timedelta(minutes=1)
TALK = {"taken_during": "key_session"}
MARKER = "marmaladelighthouse"


def shift_of(made_up: MadeUp, worker: Worker, *, later: timedelta = timedelta()) -> ShiftPage:
    at = made_up.now + later
    return reads.shift(worker.id, seen_books(worker.id, at=at), at=at)


def desk_of(made_up: MadeUp, *, later: timedelta = timedelta()) -> Desk:
    at = made_up.now + later
    return reads.desk(seen_books(made_up.dana.id, at=at), at=at)


@pytest.mark.policy("P63")
def test_the_shift_page_shows_the_children_of_ones_own_home_and_its_book(made_up: MadeUp) -> None:
    [place] = shift_of(made_up, made_up.sam).places
    home, cards = place.name, place.cards

    assert home == "Oak House"
    assert [card.book.title for card in cards] == ["Jay", "Oak House"]


def test_the_key_worker_is_told_whose_they_are(made_up: MadeUp) -> None:
    def about(worker: Worker) -> list[str]:
        [place] = shift_of(made_up, worker).places
        cards = place.cards
        return [card.about for card in cards if card.book.child]

    assert about(made_up.kit) == ["You are the key worker"]
    assert about(made_up.sam) == [""]


def test_a_card_says_what_was_written_last_and_whether_a_daily_log_is_due(
    made_up: MadeUp,
) -> None:
    def jay() -> reads.BookCard:
        return shift_of(made_up, made_up.sam).places[0].cards[0]

    assert (jay().last, jay().log_overdue) == ("Nothing written yet", True)
    made_up.write(made_up.jay, form="note")
    assert jay().last.startswith("Note, ")
    assert jay().log_overdue
    made_up.write(made_up.jay, after=A_MINUTE)
    assert jay().last.startswith("Daily log, ")
    assert not jay().log_overdue


@pytest.mark.policy("P43")
def test_what_waits_on_one_is_shown_until_it_is_done_overdue_first(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK)
    made_up.draft(made_up.jay, happened_from=(made_up.now - A_DAY - A_MINUTE).isoformat())

    before = shift_of(made_up, made_up.sam)
    assert [row.state for row in before.waiting] == ["overdue", "due"]
    assert (before.count, before.overdue) == (2, 1)
    assert shift_of(made_up, made_up.kit).count == 0
    made_up.write(made_up.jay, form="contact", drew_on=[note.entry_id])

    assert [row.what for row in shift_of(made_up, made_up.sam).waiting] == ["Daily log"]


@pytest.mark.policy("P43")
@pytest.mark.parametrize(("later", "state"), [(A_DAY, "draft"), (A_DAY + A_MINUTE, "overdue")])
def test_a_draft_is_overdue_after_24_hours_and_not_before(
    made_up: MadeUp, later: timedelta, state: str
) -> None:
    made_up.draft(made_up.jay, happened_from=made_up.now.isoformat())

    [waiting] = shift_of(made_up, made_up.sam, later=later).waiting

    assert waiting.state == state
    assert ("was due" in waiting.when) is (state == "overdue")


def test_a_draft_without_a_time_says_when_it_was_saved(made_up: MadeUp) -> None:
    made_up.draft(made_up.jay, happened_from="")

    [waiting] = shift_of(made_up, made_up.sam).waiting

    assert waiting.when.startswith("saved ")
    assert waiting.state == "draft"


def test_more_than_three_things_that_wait_are_folded_away(made_up: MadeUp) -> None:
    for _ in range(8):
        made_up.draft(made_up.jay)

    shift = shift_of(made_up, made_up.sam)

    [group] = shift.groups
    assert (len(group.first), len(group.more), shift.count) == (3, 5, 8)


@pytest.mark.policy("P63")
def test_a_draft_in_a_book_one_may_no_longer_see_is_not_shown(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay)
    actions.begin_draft(book=book, form="note", by=made_up.lin.id, at=made_up.now)

    assert shift_of(made_up, made_up.lin).count == 0


@pytest.mark.policy("P43")
def test_the_desk_shows_what_is_late_unsigned_waiting_and_unwritten(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="note", answers=TALK)
    made_up.write(made_up.jay, form="contact", after=timedelta(hours=30))
    made_up.draft(made_up.jay, by=made_up.kit)

    desk = desk_of(made_up)

    assert [row.what for row in desk.unwritten] == ["No daily log yet"]
    assert "Jay, for Sam Okafor" in [row.about for row in desk.due]
    assert [(row.what, row.about) for row in desk.unsigned] == [("Daily log", "Jay, Kit Adeyemi")]
    assert [(row.what, row.about) for row in desk.late] == [("Contact", "Jay, by Sam Okafor")]


def test_late_entries_leave_the_desk_after_a_week(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, after=timedelta(hours=30))

    assert len(desk_of(made_up, later=timedelta(days=7)).late) == 1
    assert desk_of(made_up, later=timedelta(days=7, seconds=1)).late == []


@pytest.mark.policy("P63")
def test_the_desk_never_shows_a_word_of_a_draft_or_the_other_home(made_up: MadeUp) -> None:
    made_up.draft(made_up.jay, MARKER, where=MARKER, by=made_up.kit)
    made_up.draft(made_up.noor, by=made_up.lin)
    made_up.write(made_up.noor, by=made_up.lin, after=timedelta(hours=30))

    page = made_up.browser_of(made_up.dana).get(reverse("desk:desk")).text

    assert "Kit Adeyemi" in page
    assert MARKER not in page
    assert "Noor" not in page
    assert "Lin Osei" not in page


@pytest.mark.policy("P63")
def test_only_who_manages_has_a_desk(made_up: MadeUp) -> None:
    answers = {
        worker.username: made_up.browser_of(worker).get(reverse("desk:desk")).status_code
        for worker in (made_up.dana, made_up.sam, made_up.kit, made_up.lin, made_up.alex)
    }

    assert answers.pop("dana.whitlock") == 200
    assert set(answers.values()) == {404}


@pytest.mark.policy("P63")
def test_the_administrator_is_led_past_the_books_and_a_stranger_to_sign_in(
    made_up: MadeUp,
) -> None:
    start = reverse("desk:shift")

    alex = made_up.browser_of(made_up.alex).get(start)
    nobody = made_up.browser_of(None).get(start)

    assert alex.headers["Location"] == reverse("access:people")
    assert nobody.headers["Location"].startswith("/sign-in/")


@pytest.mark.policy("P63")
def test_a_worker_without_an_appointment_is_told_who_to_ask(made_up: MadeUp) -> None:
    nobody = made_up._worker("remi.vale", "Remi Vale")

    browser = made_up.browser_of(nobody)
    answer = browser.get(reverse("desk:shift"), follow=True)

    assert answer.status_code == 200
    assert "Ask the registered manager" in answer.text


@pytest.fixture(params=[1, 30])
def busy(made_up: MadeUp, request: pytest.FixtureRequest) -> int:
    """Let as much wait: entries late, notes to write up, drafts."""
    count: int = request.param
    for _ in range(count):
        made_up.write(made_up.jay, form="note", answers=TALK, after=timedelta(hours=25))
        made_up.draft(made_up.jay)
    return count


def test_the_shift_page_asks_as_often_however_much_waits(
    made_up: MadeUp, busy: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sam = made_up.browser_of(made_up.sam)
    sam.get("/")

    # Rights, the last entry of two books, the last log of one, appointments, duties due and done,
    # the frame; and whether a recording policy is to be read (P83).
    with django_assert_max_num_queries(10, using="derived"):
        page = sam.get("/")
    with django_assert_max_num_queries(3, using="default"):  # session, account, drafts
        sam.get("/")
    assert page.text.count("/drafts/") >= min(busy, 6)


def test_the_desk_asks_as_often_however_much_waits(
    made_up: MadeUp, busy: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    books = seen_books(made_up.dana.id, at=made_up.now)

    # The last log of one child, duties due and done, what is left to do about who has moved on and
    # whether one may see it, late entries, who was not asked for their view; drafts and names.
    with (
        django_assert_max_num_queries(12, using="derived"),
        django_assert_max_num_queries(4, using="default"),
    ):
        desk = reads.desk(books, at=made_up.now)

    notes = [row for row in desk.due if row.what.startswith("Write the entry")]
    assert (len(notes), len(desk.unsigned), len(desk.late)) == (busy, busy, busy)


@pytest.mark.policy("P43")
def test_what_is_left_to_do_when_a_child_moves_on_waits_on_the_managers_of_the_home(
    made_up: MadeUp,
) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK)
    made_up.leave(made_up.jay)

    def moved(worker: Worker) -> list[tuple[str, int]]:
        groups = {group.key: group for group in shift_of(made_up, worker).groups}
        group = groups.get("moved")
        return of_the_note([*group.first, *group.more]) if group else []

    def of_the_note(ones: Sequence[Waiting]) -> list[tuple[str, int]]:
        return [(row.about, row.number) for row in ones if row.what.startswith("Write the entry")]

    assert (moved(made_up.dana), moved(made_up.sam)) == ([("Jay", 2)], [])
    desk = desk_of(made_up)
    assert of_the_note(desk.moved) == [("Jay", 2)]
    assert desk.unwritten == desk.due == []
    assert [
        card.book.title for place in shift_of(made_up, made_up.dana).places for card in place.cards
    ] == ["Oak House"]

    made_up.write(
        made_up.jay, form="key_session", drew_on=[note.entry_id], by=made_up.dana, after=2 * A_DAY
    )

    assert moved(made_up.dana) == of_the_note(desk_of(made_up).moved) == []


@pytest.mark.policy("P63")
def test_the_notice_that_a_child_moved_on_waits_on_who_managed_the_home(made_up: MadeUp) -> None:
    made_up.leave(made_up.jay)

    def told(ones: Sequence[Waiting]) -> set[str]:
        return {row.about for row in ones if "that the child moved on" in row.what}

    groups = {group.key: group for group in shift_of(made_up, made_up.dana).groups}
    moved = groups["moved"]
    assert told([*moved.first, *moved.more]) == told(desk_of(made_up).moved) == {"Jay", "Mika"}
    assert not told(shift_of(made_up, made_up.sam).waiting)
    assert not told(shift_of(made_up, made_up.robin).waiting)


@pytest.mark.policy("P63")
def test_the_books_of_who_has_moved_on_are_found_from_the_desk(made_up: MadeUp) -> None:
    dana, page = made_up.browser_of(made_up.dana), reverse("desk:moved_on")
    assert page in dana.get(reverse("desk:desk")).text
    assert made_up.book_url(made_up.jay) not in dana.get(page).text
    made_up.leave(made_up.jay)

    listed = dana.get(page).text

    assert made_up.book_url(made_up.jay) in listed
    assert "left on" in listed
    assert dana.get(page, {"before": "0." + "0" * 32}).text.count("No child left earlier.") == 1
    assert "begins with the last to leave" in dana.get(page, {"before": "soon"}).text
    assert "moved on from Oak House" in dana.get(made_up.book_url(made_up.jay)).text
    assert made_up.browser_of(made_up.sam).get(page).status_code == 404
    assert made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay)).status_code == 404


def test_every_way_on_the_shift_page_leads_somewhere(made_up: MadeUp) -> None:
    made_up.mixed_life()
    made_up.draft(made_up.jay)
    sam: Client = made_up.browser_of(made_up.sam)

    page = sam.get("/").text
    ways = {part for part in page.split('"') if part.startswith(("/books/", "/drafts/"))}

    # Buttons post; for them it is enough to be there.
    assert ways
    assert {sam.get(way).status_code for way in ways} <= {200, 302, 405}


@pytest.mark.policy("P28")
@pytest.mark.policy("P61")
def test_what_one_is_to_read_stands_together_and_what_is_due_for_the_home_apart(
    made_up: MadeUp,
) -> None:
    oak = made_up.house(made_up.oak)
    told = {
        "how_known": "told_by",
        "originator": "Dana Whitlock, registered manager",
        "originator_id": made_up.dana.id,
        "statements": [{"text": "Jay sang.", "source": "told_by", "told_by": "Dana Whitlock"}],
    }
    made_up.sign(made_up.draft(made_up.jay, **told))  # type: ignore[arg-type]  # by name
    made_up.write(oak, form="handover", answers={"readers": [{"id": made_up.dana.id}]})

    groups = {group.key: group for group in shift_of(made_up, made_up.dana).groups}

    assert len(groups["read"].first) == 2
    assert {row.about for row in groups["home"].first} == {"Oak House"}
    assert all("reg 4" in row.what for row in groups["home"].first)
    assert next(iter(groups)) == "overdue"


@pytest.mark.policy("P43")
def test_what_was_done_is_shown_to_who_did_it_and_to_the_manager_in_time_or_late(
    made_up: MadeUp,
) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK, after=timedelta(hours=30))
    made_up.write(made_up.jay, form="key_session", drew_on=[note.entry_id])

    [mine] = shift_of(made_up, made_up.sam).done
    [seen] = [row for row in desk_of(made_up).done if row.what.startswith("Write the entry")]

    assert mine.state == seen.state == "done-late"
    assert "Sam Okafor" in seen.when
    assert "was due" in seen.when


@pytest.mark.policy("P43")
@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_withdrawn_daily_log_does_not_count_as_one(made_up: MadeUp, how: Relation) -> None:
    wrong = made_up.write(made_up.jay, "This belongs somewhere else.")
    browser = made_up.browser_of(made_up.sam)
    assert "No daily log" not in browser.get(reverse("desk:shift")).text

    made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], how, by=made_up.dana)

    assert "No daily log yet" in browser.get(reverse("desk:shift")).text


@pytest.mark.policy("P28")
@pytest.mark.policy("P32")
def test_the_desk_counts_what_was_asked_and_what_became_of_it(made_up: MadeUp) -> None:
    told = {"source": "told_by", "told_by": "Kit Adeyemi", "told_by_id": made_up.kit.id}
    logs = [
        made_up.write(
            made_up.jay, statements=[{"text": f"Jay sang {times} times.", **told}],
            answers={"view_missing": "asked_later"},
        )
        for times in (2, 3, 4)
    ]  # fmt: skip
    assert desk_of(made_up).asked[0][1] == "3 asked, 3 still waiting"
    number = logs[0].numbers[made_up.jay.book]
    statement = Subject(SubjectKind.STATEMENT, "1")
    read = (made_up.jay, number, "originator_read")
    made_up.follow(
        *read, by=made_up.kit, subject=statement,
        answers={"is_right": "no", "not_right": "Jay hummed."},
    )  # fmt: skip
    never = {"view_missing": "not_asked", "why_not_asked": "Nobody thought of it."}
    made_up.follow(made_up.jay, number, "view_asked", by=made_up.sam, answers=never)

    desk = desk_of(made_up, later=timedelta(hours=25))

    assert [words for _, words in desk.asked] == [
        "3 asked, 1 disputed, 2 still waiting, 2 of them overdue",
        "3 to be asked later, 1 never asked, 2 still waiting, 2 of them overdue",
    ]
    page = made_up.browser_of(made_up.dana).get(reverse("desk:desk")).text
    assert "3 asked, 1 disputed" in page
    lines = {(line.what, line.about): line.form for line in desk.due}
    theirs = "Read what was written from your words, and say whether it is right"
    assert lines[theirs, "Jay, for Kit Adeyemi"] == ""  # a manager cannot say it for them
