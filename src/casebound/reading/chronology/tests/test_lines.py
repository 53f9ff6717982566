"""What a line shows, and what becomes of it when a later entry is about it."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_of
from casebound.people.access.other_names import usual_names
from casebound.people.homes.actions import end_placement
from casebound.people.homes.models import Placement
from casebound.reading.chronology import reads
from casebound.reading.chronology.models import Line, Writer
from casebound.reading.chronology.reads import LinesWanted
from casebound.record.book.entries import Entry
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE, Relation
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.html import entry_html
from tests.made_up import MadeUp
from tests.readers import MANAGER

pytestmark = pytest.mark.django_db


def html(made_up: MadeUp, sealed: Sealed) -> str:
    view = reads.entry_view(made_up.book(made_up.jay), sealed.numbers[made_up.jay.book])
    assert view is not None
    shown = entry_html(view, reader=Reader.STAFF)
    assert Line.objects.get(entry_id=sealed.entry_id).staff_html == shown  # the cache says the same
    return shown


def state(sealed: Sealed) -> str:
    return Line.objects.get(entry_id=sealed.entry_id).state


def number(made_up: MadeUp, sealed: Sealed) -> int:
    return sealed.numbers[made_up.jay.book]


@pytest.mark.policy("P05")
@pytest.mark.policy("P08")
@pytest.mark.policy("P48")
def test_a_line_shows_who_wrote_what_when_and_how_they_know(made_up: MadeUp) -> None:
    sealed = made_up.write(made_up.jay, "Jay made <toast> & tea.")

    shown = html(made_up, sealed)

    assert f"No.&nbsp;{number(made_up, sealed)}" in shown
    assert "Jay made &lt;toast&gt; &amp; tea." in shown
    assert "Sam Okafor" in shown
    assert "residential worker" in shown
    assert "was there" in shown


@pytest.mark.policy("P29")
@pytest.mark.policy("P51")
@pytest.mark.policy("P52")
@pytest.mark.policy("P53")
def test_the_marks_are_words_and_not_a_colour_alone(made_up: MadeUp) -> None:
    sealed = made_up.write(
        made_up.jay,
        statements=[
            {"text": "A"},
            {"text": "B", "kind": "opinion", "whose": "Kit Adeyemi", "basis": "three nights"},
            {"text": "C", "kind": "decision", "maker": "Dana Whitlock", "basis": "we asked Jay"},
            {"text": "D", "source": "told_by", "told_by": "Ruth Abara"},
        ],
    )

    shown = html(made_up, sealed)

    for words in ("Fact", "Opinion", "Kit Adeyemi", "three nights", "Decision", "Dana Whitlock",
                  "First hand", "Told by", "Ruth Abara"):  # fmt: skip
        assert words in shown


@pytest.mark.policy("P44")
def test_a_late_entry_says_so_with_its_reason_wherever_it_shows(made_up: MadeUp) -> None:
    late = made_up.write(made_up.jay, after=timedelta(hours=25), late_reason="The power was out.")

    assert "Late Entry" in html(made_up, late)
    assert "The power was out." in html(made_up, late)
    assert Line.objects.get(entry_id=late.entry_id).late
    assert "Late Entry" not in html(made_up, made_up.write(made_up.jay))


@pytest.mark.policy("P44")
def test_a_late_entry_that_is_put_right_still_says_that_it_is_late(made_up: MadeUp) -> None:
    late = made_up.write(made_up.jay, after=timedelta(hours=25))

    made_up.put_right(made_up.jay, number(made_up, late), CORRECTION)

    assert "Late Entry" in html(made_up, late)


@pytest.mark.policy("P64")
@pytest.mark.parametrize(
    ("how", "kept", "becomes"),
    [
        (ADDENDUM, True, ""),
        (CORRECTION, True, ""),
        (STRIKE, True, "struck"),
        (MISFILED, False, "misfiled"),
    ],
)
def test_a_line_leads_to_what_puts_it_right_and_back(
    made_up: MadeUp,
    how: Relation,
    kept: bool,  # noqa: FBT001
    becomes: str,
) -> None:
    wrong = made_up.write(made_up.jay, "Jay was at the seaside.")

    right = made_up.put_right(made_up.jay, number(made_up, wrong), how, "Read again: it was Mika.")

    shown, back = html(made_up, wrong), html(made_up, right)
    assert f"/books/{made_up.jay.book}/{number(made_up, right)}/" in shown
    assert f"/books/{made_up.jay.book}/{number(made_up, wrong)}/" in back
    assert ("Jay was at the seaside." in shown) is kept
    assert ("Read again: it was Mika." in shown) is bool(becomes)
    assert state(wrong) == becomes
    opened = entry_of(wrong.entry_id)
    assert opened is not None
    assert Entry.read(opened).content.statements[0].text == "Jay was at the seaside."


@pytest.mark.policy("P64")
def test_what_is_misfiled_stays_barred_whatever_comes_after(made_up: MadeUp) -> None:
    wrong = made_up.write(made_up.jay, "Jay was at the seaside.")
    made_up.put_right(made_up.jay, number(made_up, wrong), MISFILED)

    made_up.put_right(made_up.jay, number(made_up, wrong), STRIKE)
    made_up.put_right(made_up.jay, number(made_up, wrong), ADDENDUM)
    made_up.write(made_up.jay, drew_on=[wrong.entry_id])

    assert "Jay was at the seaside." not in html(made_up, wrong)
    assert state(wrong) == "misfiled"


def test_a_note_leads_to_every_entry_written_from_it_and_back(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note")
    logs = [made_up.write(made_up.jay, drew_on=[note.entry_id]) for _ in range(2)]

    for log in logs:
        assert f"/books/{made_up.jay.book}/{number(made_up, log)}/" in html(made_up, note)
        assert f"/books/{made_up.jay.book}/{number(made_up, note)}/" in html(made_up, log)
    assert state(note) == ""


def test_who_has_written_in_a_book_is_listed_once_and_by_name(made_up: MadeUp) -> None:
    for worker in (made_up.sam, made_up.kit, made_up.sam):
        made_up.write(made_up.jay, by=worker)

    assert reads.writers(made_up.book(made_up.jay)) == [
        (made_up.kit.id, "Kit Adeyemi"),
        (made_up.sam.id, "Sam Okafor"),
    ]
    assert {str(writer) for writer in Writer.objects.all()} == {
        f"writer {made_up.kit.id}",
        f"writer {made_up.sam.id}",
    }


def test_writers_are_sorted_as_english_readers_look_for_names(made_up: MadeUp) -> None:
    by_name = ["Émile Roy", "Łukasz Bąk", "Oakley May", "O'Hara Lee", "Zoë Li"]
    Writer.objects.bulk_create(
        Writer(book_id=made_up.jay.book, author_id=f"{number:032x}", name=name)
        for number, name in enumerate(reversed(by_name))
    )

    assert [name for _, name in reads.writers(made_up.book(made_up.jay))] == by_name


def test_the_newest_event_comes_first_whenever_it_was_written(made_up: MadeUp) -> None:
    hours = [3, 1, 2]
    written = [made_up.write(made_up.jay, after=timedelta(hours=h)) for h in hours]

    shown = reads.page(made_up.book(made_up.jay), LinesWanted())

    admission = 1
    assert shown.numbers == [
        *(number(made_up, written[place]) for place in (1, 2, 0)),
        admission,
    ]


@pytest.mark.policy("P01")
def test_a_book_begins_with_the_admission_and_says_when_the_child_moved_on(
    made_up: MadeUp,
) -> None:
    placement = Placement.objects.get(child_id=made_up.jay.id)
    before = made_up.book(made_up.jay)
    end_placement(placement=placement.id, to_at=made_up.now, by=made_up.kit.id, at=made_up.now)

    shown = reads.page(before, LinesWanted())

    assert "Moved on" in shown.lines[0]
    assert made_up.jay.full_name in shown.lines[-1]
    assert "came to live here" in shown.lines[-1]


@pytest.mark.policy("P43")
@pytest.mark.parametrize("entries", [1, 30])
def test_late_entries_of_late_are_one_query_however_many(
    made_up: MadeUp, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(entries):
        made_up.write(made_up.jay, after=timedelta(hours=25))
    made_up.write(made_up.jay)

    with django_assert_num_queries(1, using="derived"):
        found = reads.late_lately([made_up.jay.book], reader=MANAGER, since=made_up.now)

    assert len(found) == entries
    assert {(book, who) for book, _, who in found} == {(made_up.jay.book, made_up.sam.id)}
    assert reads.late_lately([made_up.noor.book], reader=MANAGER, since=made_up.now) == []
    assert (
        reads.late_lately(
            [made_up.jay.book], reader=MANAGER, since=made_up.now + timedelta(seconds=1)
        )
        == []
    )


@pytest.mark.policy("P40")
def test_an_entry_that_names_several_children_asks_once_what_the_reader_may_know(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = made_up.admit("Adelheid Brightwater", "Ada", made_up.oak)
    made_up.admit("Zoe Brand", "Zoe", made_up.oak)
    sealed = made_up.write(made_up.jay, "Ada came.", "Zoe left.")
    book, hers = made_up.book(made_up.jay), made_up.book(ada)
    names = usual_names(book)

    with django_assert_num_queries(2, using="derived"):
        view = reads.entry_view(book, number(made_up, sealed), names)

    assert view is not None
    assert [said.text for said in view.statements] == ["[A.] came.", "[Z.] left."]
    names = usual_names(book)
    with django_assert_num_queries(0, using="derived"):
        assert names.title(hers) == "another child (A.)"
