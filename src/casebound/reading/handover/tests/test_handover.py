"""A handover gathers what the next shift should know, and copies no words of the entries."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import EntryId
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_of
from casebound.people.access.models import Reading
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.homes.reads import book_of
from casebound.reading.handover.models import Handover, HandoverItem, UpcomingAppointment
from casebound.reading.handover.reads import Gathered, gathered
from casebound.record.book.entries import Entry
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.drafting.actions import begin_handover
from casebound.record.drafting.relations import HANDS_OVER
from tests.made_up import Child, MadeUp, Worker
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P61"), pytest.mark.every_clock]


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay."""
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def home(made_up: MadeUp, worker: Worker | None = None) -> SeenBook:
    book = book_of(made_up.oak)
    seen = seen_book((worker or made_up.sam).id, book, at=made_up.now) if book else None
    assert seen is not None
    return seen


def now(made_up: MadeUp, worker: Worker | None = None) -> Gathered:
    return gathered(home(made_up, worker), at=made_up.now)


def log(made_up: MadeUp, child: Child, words: str, **more: Any) -> Sealed:
    return made_up.write(child, answers={"handover": words}, **more)


def hand_over(
    made_up: MadeUp, *entries: EntryId, readers: list[Worker] | None = None, minutes: int = 0
) -> Sealed:
    """Write, sign and seal a handover that leads to these entries."""
    draft = begin_handover(
        book=home(made_up), form="handover", entries=entries, by=made_up.sam.id, at=made_up.now
    )
    named = [{"id": reader.id} for reader in readers or [made_up.kit]]
    content = made_up.content(
        form="handover",
        statements=[],
        hands_over=list(made_up.opened(draft).content.hands_over),
        answers={"readers": named},
    )
    made_up.save(draft, content)
    return made_up.sign(draft, at=made_up.now + timedelta(minutes=minutes))


def test_what_was_written_for_the_next_shift_is_gathered_and_nothing_ordinary(
    made_up: MadeUp, ada: Child
) -> None:
    log(made_up, made_up.jay, "Jay needs his inhaler at nine.")
    made_up.write(ada)
    made_up.write(ada, form="incident", also_about=[made_up.jay.id])

    points = now(made_up).items
    assert [(item.form, item.words) for item in points] == [
        ("Daily log", "Jay needs his inhaler at nine."),
        ("Incident", ""),
    ]
    assert [sorted(book.title for book, _ in item.places) for item in points] == [
        ["Jay"], ["Ada", "Jay"],
    ]  # fmt: skip


def test_a_handover_is_gathered_from_the_one_before_on(made_up: MadeUp) -> None:
    first = log(made_up, made_up.jay, "The window sticks.")
    hand_over(made_up, first.entry_id)
    log(made_up, made_up.jay, "It is mended.")

    since_last = now(made_up)
    assert [item.words for item in since_last.items] == ["It is mended."]
    assert since_last.last is not None
    assert since_last.last.author == "Sam Okafor"


def test_without_a_handover_it_reaches_back_a_day(made_up: MadeUp) -> None:
    long_ago = made_up.now - timedelta(hours=25)
    log(made_up, made_up.jay, "Too long ago.", signed_at=long_ago)
    log(made_up, made_up.jay, "Just now.")

    assert [item.words for item in now(made_up).items] == ["Just now."]


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_what_does_not_stand_is_not_handed_over(how: Relation, made_up: MadeUp) -> None:
    wrong = log(made_up, made_up.jay, "Not so.")
    made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], how)

    assert now(made_up).items == ()


def test_of_several_children_it_stays_for_those_it_still_stands_for(
    made_up: MadeUp, ada: Child
) -> None:
    made_up.write(ada, form="incident", also_about=[made_up.jay.id])
    made_up.withdraw(ada, 2, MISFILED)

    assert [[book.title for book, _ in item.places] for item in now(made_up).items] == [["Jay"]]


def test_it_leads_to_the_entries_and_holds_no_word_of_them(made_up: MadeUp) -> None:
    entry = log(made_up, made_up.jay, "Jay needs his inhaler at nine.")
    done = hand_over(made_up, entry.entry_id)

    sealed = entry_of(done.entry_id)
    assert sealed is not None
    assert "inhaler" not in str(sealed.parts)
    assert "Jay" not in str(sealed.parts)
    assert [
        (reference.relation, reference.entry_id) for reference in Entry.read(sealed).references
    ] == [(HANDS_OVER, entry.entry_id)]
    number = next(iter(done.numbers.values()))
    browser = made_up.browser_of(made_up.kit)
    page = browser.get(reverse("chronology:entry", args=[home(made_up).id, number])).text
    jays = f"/books/{made_up.jay.book}/{entry.numbers[made_up.jay.book]}/"
    assert f'href="{jays}">Hands over Daily log: Jay, no. 2</a>' in page
    assert "inhaler" not in page
    assert "anded over" not in browser.get(jays).text


@pytest.mark.policy("P63")
def test_it_leads_to_nothing_its_author_may_not_read(made_up: MadeUp) -> None:
    theirs = made_up.write(made_up.noor, by=made_up.lin, answers={"handover": "Den."})
    done = hand_over(made_up, theirs.entry_id, EntryId("f" * 32))

    sealed = entry_of(done.entry_id)
    assert sealed is not None
    assert Entry.read(sealed).references == ()


def test_whose_book_one_may_not_read_is_not_in_it(made_up: MadeUp, ada: Child) -> None:
    log(made_up, ada, "Ada packs.")
    made_up.leave(ada, days_ago=0)

    assert now(made_up).items == ()
    assert [item.words for item in now(made_up, made_up.dana).items] == ["Ada packs."]


def test_an_appointment_of_today_or_tomorrow_is_told(made_up: MadeUp) -> None:
    for hours in (20, 80):
        at = made_up.now + timedelta(hours=hours)
        made_up.write(made_up.jay, form="appointment", answers={"next_at": f"{at:%Y-%m-%dT%H:%M}"})

    assert [
        (appointment.book.title, appointment.number) for appointment in now(made_up).appointments
    ] == [("Jay", 2)]


def test_each_who_comes_on_shift_is_asked_to_read_and_signs(made_up: MadeUp) -> None:
    done = hand_over(made_up, readers=[made_up.kit, made_up.dana])
    number = next(iter(done.numbers.values()))

    browser = made_up.browser_of(made_up.kit)
    at = reverse("chronology:entry", args=[home(made_up).id, number])
    assert "Read what was handed over to you" in browser.get(at).text
    follow = reverse("drafting:follow", args=[home(made_up).id, number, "handover_read"])
    draft = browser.post(follow, {"subject_kind": "person", "subject_id": made_up.kit.id})
    assert draft.status_code == 302
    assert draft["location"].startswith("/drafts/")


# The screen


def test_the_page_begins_a_handover_with_what_is_ticked(made_up: MadeUp) -> None:
    first = log(made_up, made_up.jay, "The window sticks.")
    log(made_up, made_up.jay, "Never mind this.")
    browser = made_up.browser_of(made_up.sam)
    at = reverse("handover:handover", args=[home(made_up).id])

    page = browser.get(at).text
    assert page.count('name="hands_over"') == 2
    assert Reading.objects.filter(what="handover", worker_id=made_up.sam.id).count() == 2
    begun = browser.post(
        reverse("handover:write", args=[home(made_up).id]), {"hands_over": [first.entry_id]}
    )
    written = as_shown(browser.get(begun["location"]))
    assert "Entries for the next shift to read" in written
    assert f'value="{first.entry_id}" checked' in written
    assert "Daily log" in written


def test_a_child_has_no_handover(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    book = made_up.jay.book
    assert browser.get(reverse("handover:handover", args=[book])).status_code == 404
    assert browser.post(reverse("handover:write", args=[book])).status_code == 404
    assert browser.get(reverse("handover:handover", args=[home(made_up).id])).status_code == 200


@pytest.mark.parametrize("entries", [1, 12])
def test_what_is_gathered_takes_as_many_queries_however_much(
    entries: int, made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(entries):
        log(made_up, made_up.jay, "The window sticks.")
    book = home(made_up)
    with django_assert_num_queries(7, using="derived"):
        gathered(book, at=made_up.now)


def test_rebuilt_equals_live(made_up: MadeUp, ada: Child) -> None:
    entry = log(made_up, made_up.jay, "The window sticks.")
    made_up.write(ada, form="incident", also_about=[made_up.jay.id])
    made_up.write(made_up.jay, form="appointment", answers={"next_at": "2030-01-01T10:00"})
    made_up.put_right(ada, 2, STRIKE)
    hand_over(made_up, entry.entry_id)
    live = [
        list(table.objects.order_by("pk").values_list())
        for table in (HandoverItem, UpcomingAppointment, Handover)
    ]
    assert all(live)

    rebuild()

    again = [
        list(table.objects.order_by("pk").values_list())
        for table in (HandoverItem, UpcomingAppointment, Handover)
    ]
    assert again == live


@pytest.mark.policy("P61")
@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_withdrawn_handover_is_not_the_last_one(how: Relation, made_up: MadeUp) -> None:
    log(made_up, made_up.jay, "The window sticks.")
    wrong = hand_over(made_up)
    assert now(made_up).items == ()

    oak = made_up.house(made_up.oak)
    made_up.withdraw(oak, wrong.numbers[oak.book], how)

    assert now(made_up).last is None
    assert [item.words for item in now(made_up).items] == ["The window sticks."]
