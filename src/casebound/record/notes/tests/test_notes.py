"""Notes are written up within 24 hours, and entries are written from them."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.duties.models import Duty
from casebound.people.duties.reads import DutySeen, duties_of
from casebound.record.book.reads import referred_to
from casebound.record.book.relations import ADDENDUM, MISFILED, STRIKE, Relation
from casebound.record.notes.duties import TAKEN_FOR_A_FORM
from casebound.record.notes.models import Note
from casebound.record.notes.reads import AT_MOST, LOOK_BACK, NoteSeen, notes_to_draw_on
from casebound.record.notes.relations import DREW_ON
from tests.made_up import MadeUp
from tests.readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.every_clock]
WRITE_UP_WITHIN = timedelta(hours=24)
TALK = {"taken_during": "key_session"}


def due(made_up: MadeUp) -> list[DutySeen]:
    """Return what Sam must do about Jay."""
    return duties_of(reader(made_up.sam.id), books=[made_up.jay.book], at=made_up.now)


def jays_book(made_up: MadeUp) -> SeenBook:
    """Return Jay's book as Sam sees it."""
    book = seen_book(made_up.sam.id, made_up.jay.book, at=made_up.now)
    assert book is not None
    return book


def offered(made_up: MadeUp) -> list[NoteSeen]:
    """Return the notes that Sam can write an entry from."""
    return notes_to_draw_on(jays_book(made_up), at=made_up.now)


@pytest.mark.policy("P43")
@pytest.mark.parametrize("taken", sorted(TAKEN_FOR_A_FORM))
def test_a_note_for_a_form_must_be_written_up_within_24_hours(made_up: MadeUp, taken: str) -> None:
    note = made_up.write(made_up.jay, form="note", answers={"taken_during": taken})

    [duty] = due(made_up)

    assert duty.number == note.numbers[made_up.jay.book]
    assert duty.due_at == made_up.now - timedelta(hours=1) + WRITE_UP_WITHIN
    assert not duty.overdue


@pytest.mark.parametrize("answers", [{}, {"taken_during": "day_to_day"}, {"taken_during": "other"}])
def test_any_other_note_may_be_the_record_itself_and_makes_no_duty(
    made_up: MadeUp, answers: dict[str, str]
) -> None:
    made_up.write(made_up.jay, form="note", answers=answers)

    assert due(made_up) == []
    assert Note.objects.count() == 1


@pytest.mark.policy("P43")
def test_the_24_hours_run_from_the_end_of_the_event(made_up: MadeUp) -> None:
    ended = made_up.now - timedelta(minutes=10)

    made_up.write(made_up.jay, form="note", answers=TALK, happened_to=ended.isoformat())

    assert due(made_up)[0].due_at == ended + WRITE_UP_WITHIN


@pytest.mark.policy("P43")
def test_an_entry_written_from_a_note_closes_the_duty_of_that_note_alone(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK)
    other = made_up.write(made_up.jay, form="note", answers=TALK)

    contact = made_up.write(made_up.jay, form="contact", drew_on=[note.entry_id])

    assert [duty.number for duty in due(made_up)] == [other.numbers[made_up.jay.book]]
    done = Duty.objects.exclude(done_at=None).get(about_index=note.index)
    assert (done.done_index, done.done_by) == (contact.index, made_up.sam.id)
    assert referred_to([note.entry_id, other.entry_id], by=DREW_ON, book=made_up.jay.book) == {
        note.entry_id
    }


def test_an_addendum_to_a_note_leaves_its_duty_open(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK)

    made_up.put_right(made_up.jay, note.numbers[made_up.jay.book], ADDENDUM)

    assert len(due(made_up)) == 1


def test_a_note_drawn_on_twice_stays_used_until_both_entries_are_withdrawn(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note", answers=TALK)
    first, second = (made_up.write(made_up.jay, drew_on=[note.entry_id]) for _ in range(2))
    assert Duty.objects.get(key="notes/write-up").done_index == first.index

    made_up.put_right(made_up.jay, first.numbers[made_up.jay.book], STRIKE)
    assert [note.used for note in offered(made_up)] == [True]
    assert Duty.objects.get(key="notes/write-up").done_index == second.index

    made_up.put_right(made_up.jay, second.numbers[made_up.jay.book], MISFILED)
    assert [note.used for note in offered(made_up)] == [False]
    assert len(due(made_up)) == 1


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_withdrawn_note_is_not_offered(made_up: MadeUp, how: Relation) -> None:
    note = made_up.write(made_up.jay, form="note")

    made_up.put_right(made_up.jay, note.numbers[made_up.jay.book], how)

    assert offered(made_up) == []


@pytest.mark.policy("P03")
def test_notes_are_offered_newest_first_with_their_beginnings(made_up: MadeUp) -> None:
    first = made_up.write(made_up.jay, "Jay asked about the seaside.", form="note")
    second = made_up.write(made_up.jay, "lighthouse " * 20, form="note")
    made_up.write(made_up.jay, drew_on=[first.entry_id])

    newest, oldest = offered(made_up)

    assert (newest.entry, newest.used) == (second.entry_id, False)
    assert newest.begins.endswith("lighthouse …")
    assert len(newest.begins) <= 82
    assert (oldest.begins, oldest.used) == ("Jay asked about the seaside.", True)


def test_only_own_notes_of_this_book_and_of_the_last_week_are_offered(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="note", by=made_up.kit)
    made_up.write(made_up.noor, form="note", by=made_up.lin)
    made_up.write(made_up.jay, form="note", after=LOOK_BACK + timedelta(seconds=1))
    recent = made_up.write(made_up.jay, form="note", after=LOOK_BACK)

    assert [note.entry for note in offered(made_up)] == [recent.entry_id]


@pytest.mark.parametrize("notes", [1, 30])
def test_the_list_of_notes_is_bounded_and_so_are_its_queries(
    made_up: MadeUp, notes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(notes):
        made_up.write(made_up.jay, f"Note {number}.", form="note")
    book = jays_book(made_up)
    count = min(notes, AT_MOST)

    with (
        django_assert_num_queries(3, using="derived"),
        django_assert_num_queries(count, using="default"),
    ):
        assert len(notes_to_draw_on(book, at=made_up.now)) == count


def test_the_row_of_a_note_is_named_by_its_line_in_the_log(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note")

    assert str(Note.objects.get()) == f"note {note.index}"
