"""Who lives and works where, from the very instant to the very instant."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.actions import empty
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.homes import actions, appointments, reads
from casebound.people.homes.appointments import AppointmentSeen
from casebound.people.homes.models import Appointment, Child, Home, Placement
from casebound.people.homes.reads import ChildSeen
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, SAM
from casebound.people.rights.rights import role_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)


@pytest.mark.policy("P01")
def test_a_child_has_a_book_from_admission_on_and_the_admission_is_its_first_page() -> None:
    build.provider()
    oak = build.home("Oak House")

    jay = build.child(oak)

    [seen] = reads.children_at([oak], at=BEGAN)
    assert seen == ChildSeen(jay, "Jay Quillfeather", "Jay", "Jay", (), oak)
    first = entry_at(seen.book, 1)
    assert first is not None
    assert first.values()["kind"] == {"kind": "homes/child-admitted", "v": 1}


def test_a_home_has_a_book_and_the_office_has_one_too() -> None:
    office = build.provider()
    oak = build.home("Oak House")

    found = {home.id: home for home in reads.homes()}

    assert set(found) == {office, oak}
    assert found[office].is_office
    assert not found[oak].is_office
    assert book_pages(found[oak].book) == 1
    assert [home.name for home in reads.homes([oak])] == ["Oak House"]


def test_homes_are_listed_by_name() -> None:
    build.provider()
    build.home("Oak House")
    build.home("Elm House")

    assert [home.name for home in reads.homes()] == ["Elm House", "Hazel Care", "Oak House"]


def test_homes_and_children_are_sorted_as_english_readers_look_for_names() -> None:
    build.provider()
    for name in ("Zoë House", "Oak House", "Émile House", "O'Hara House", "ash house"):
        build.home(name)
    oak = next(home.id for home in reads.homes() if home.name == "Oak House")
    for called in ("Николай", "Zoë", "Łukasz", "Mika", "Áine", "al"):
        build.child(oak, called=called)

    assert [home.name for home in reads.homes()] == [
        "ash house", "Émile House", "Hazel Care", "Oak House", "O'Hara House", "Zoë House"
    ]  # fmt: skip
    by_name = ["Áine", "al", "Łukasz", "Mika", "Zoë", "Николай"]
    assert [child.called for child in reads.children_at([oak], at=BEGAN)] == by_name
    assert [line.called for line in reads.placements_at(oak, at=BEGAN)] == by_name


def test_an_appointment_holds_from_its_very_first_instant_to_just_before_its_last() -> None:
    build.provider()
    oak = build.home("Oak House")
    begins, ends = BEGAN + A_DAY, BEGAN + 2 * A_DAY
    build.appoint("senior", oak, from_at=begins, to_at=ends)

    held = {
        moment: bool(appointments.appointments_of(SAM, at=moment))
        for moment in (begins - A_MOMENT, begins, ends - A_MOMENT, ends)
    }

    assert list(held.values()) == [False, True, True, False]


def test_a_child_lives_there_from_the_very_instant_to_just_before_the_last() -> None:
    build.provider()
    oak = build.home("Oak House")
    comes, goes = BEGAN + A_DAY, BEGAN + 2 * A_DAY
    build.leave(build.child(oak, from_at=comes), at=goes)

    held = [
        bool(reads.children_at([oak], at=moment))
        for moment in (comes - A_MOMENT, comes, goes - A_MOMENT, goes)
    ]

    assert held == [False, True, True, False]


def test_an_appointment_that_is_ended_stays_until_then() -> None:
    build.provider()
    oak = build.home("Oak House")
    appointment = build.appoint("key_worker", oak, of=build.child(oak))

    actions.end_appointment(appointment=appointment, to_at=BEGAN + A_DAY, by=build.DANA, at=BEGAN)

    assert len(appointments.appointments_of(SAM, at=BEGAN)) == 1
    assert appointments.appointments_of(SAM, at=BEGAN + A_DAY) == ()


def test_an_appointment_says_role_home_and_child() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    build.appoint("key_worker", oak, of=jay)
    build.appoint("system_administrator", None, from_at=BEGAN + A_MOMENT)

    assert appointments.appointments_of(SAM, at=BEGAN + A_DAY) == (
        AppointmentSeen(role_of("key_worker"), oak, jay),
        AppointmentSeen(role_of("system_administrator"), None, None),
    )


def test_what_concerns_the_whole_provider_is_written_in_the_offices_book() -> None:
    office = build.provider()
    oak = build.home("Oak House")
    books = {home.id: home.book for home in reads.homes()}

    ended = build.appoint("system_administrator", None)
    actions.end_appointment(appointment=ended, to_at=BEGAN + A_DAY, by=build.DANA, at=BEGAN)
    build.appoint("senior", oak)

    assert book_pages(books[office]) == 3
    assert book_pages(books[oak]) == 2


def test_the_end_of_a_placement_is_written_in_the_childs_book() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"))

    build.leave(jay, at=BEGAN + A_DAY)

    last = entry_at(BookId(jay), 2)
    assert last is not None
    assert last.values()["kind"]["kind"] == "homes/placement-ended"


def test_who_works_at_a_home_is_listed_with_their_role() -> None:
    build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    kit = WorkerId("4" * 32)
    build.appoint("senior", oak)
    build.appoint("residential_worker", oak, worker=kit)
    build.appoint("senior", elm, worker=kit)

    assert appointments.workers_at(oak, at=BEGAN) == [
        (kit, role_of("residential_worker")),
        (SAM, role_of("senior")),
    ]


def test_children_are_called_as_they_wish() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"))

    assert reads.child_names([jay, "0" * 32]) == {jay: "Jay"}


@pytest.mark.parametrize("children", [1, 30])
def test_children_at_a_home_are_two_queries_however_many(
    children: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    build.provider()
    oak = build.home("Oak House")
    for number in range(children):
        build.child(oak, called=f"Jay {number:02}")

    with django_assert_num_queries(2, using="derived"):
        seen = reads.children_at([oak], at=BEGAN)

    assert [child.called for child in seen] == [f"Jay {n:02}" for n in range(children)]


def test_rows_name_themselves_by_id_and_never_by_name() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    appointment = build.appoint("key_worker", oak, of=jay)

    assert str(Child.objects.get()) == f"child {jay}"
    assert str(Home.objects.get(id=oak)) == f"home {oak}"
    assert str(Appointment.objects.get()) == f"appointment {appointment}"
    assert str(Placement.objects.get()) == f"placement {build.placement_of(jay)}"


def test_nobody_is_anywhere_when_nothing_is_projected() -> None:
    build.provider()
    oak = build.home("Oak House")
    build.child(oak)

    empty()

    assert reads.homes() == []
    assert reads.children_at([oak], at=BEGAN) == []
