"""What is not sealed: what cannot be, and what is sealed already."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId, new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import NewEntry, StaleBookError, open_book
from casebound.ledger.sealing.once import Once
from casebound.people.homes import actions, appointments, births, reads, refusals, rules
from casebound.people.homes.actions import sealing
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, DANA, SAM
from casebound.people.rights.rights import role_of, roles
from casebound.people.rights.shape import Role
from tests.processes import Processes

A_DAY = timedelta(days=1)
NOBODY = HomeId("0" * 32)
IN_STORES = pytest.mark.django_db


def admit(home: HomeId, **said: Any) -> ChildId:  # Any: whatever the test says otherwise
    usual: dict[str, Any] = {
        "full_name": "Jay Quillfeather", "called": "Jay", "pronouns": "", "face": 1,
        "born_on": date(2012, 2, 29), "from_at": BEGAN, "by": DANA, "at": BEGAN,
    }  # fmt: skip
    return actions.admit_child(home=home, **{**usual, **said})


# Rules

ONE_CHILD = {"interpreter", "advocate", "social_worker", "reviewing_officer"}
WHOLE_PROVIDER = {"responsible_individual", "records_officer", "system_administrator"}


@pytest.mark.policy("P13")
@pytest.mark.parametrize("role", roles(), ids=lambda role: role.key)
def test_only_who_looks_after_no_child_of_one_home_is_appointed_everywhere(role: Role) -> None:
    everywhere = rules.can_have(role, at_home=False, of_child=False)
    somewhere = rules.can_have(role, at_home=True, of_child=role.is_of_one_child)
    child_alone = rules.can_have(role, at_home=False, of_child=True)

    assert everywhere is (role.key in WHOLE_PROVIDER)
    assert child_alone is (role.key in ONE_CHILD)
    assert somewhere is (role.key not in {"system_administrator", *ONE_CHILD})
    assert not rules.can_have(role, at_home=True, of_child=not role.is_of_one_child)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 3, 29), date(2026, 3, 28), 13),
        (date(2012, 3, 29), date(2026, 3, 29), 14),
        (date(2026, 3, 29), date(2026, 3, 29), 0),
        (date(2026, 3, 30), date(2026, 3, 29), -1),
    ],
)
def test_an_age_is_counted_to_the_day(born: date, day: date, age: int) -> None:
    assert births.age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "likely"),
    [
        (date(2026, 1, 5), True), (date(2026, 1, 6), False),
        (date(2000, 1, 6), True), (date(2000, 1, 5), False),
    ],
)  # fmt: skip
def test_who_is_admitted_is_between_0_and_25_years_old(born: date, *, likely: bool) -> None:
    assert births.is_birth_date(born, admitted_on=date(2026, 1, 5)) is likely


@given(moment=st.datetimes(timezones=st.just(UTC)), ahead=st.timedeltas(timedelta(), 100 * A_DAY))
def test_no_likely_moment_is_further_ahead_than_allowed(moment: datetime, ahead: timedelta) -> None:
    if rules.is_likely(moment, now=BEGAN, ahead=ahead):
        assert -rules.LONGEST_AGO <= moment - BEGAN <= ahead


# Homes


@IN_STORES
@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"name": "\u200e \n"}, refusals.NoNameError),
        ({"name": "N" * 121}, refusals.NoNameError),
        ({"address": ""}, refusals.NoAddressError),
        ({"address": "N" * 301}, refusals.NoAddressError),
        ({"name": " oak  HOUSE"}, refusals.HomeNameTakenError),
        ({"name": "Second", "is_office": True}, refusals.SecondOfficeError),
    ],
)
def test_a_home_that_cannot_be_is_not_opened(
    said: dict[str, Any], refused: type[RefusedError]
) -> None:
    build.provider()
    build.home("Oak House")
    size = sealed.size()

    with pytest.raises(refused):
        actions.open_home(**{"name": "Ash", "address": "Lane", "by": DANA, "at": BEGAN, **said})

    assert sealed.size() == size
    assert len(reads.homes()) == 2


@IN_STORES
def test_a_name_is_kept_with_single_spaces_and_nothing_unseen() -> None:
    build.provider()

    ash = actions.open_home(name=" Ash\u202e  House ", address="3\nLane", by=DANA, at=BEGAN)

    found = reads.home(ash)
    assert found is not None
    assert (found.name, found.address) == ("Ash House", "3 Lane")


# Appointments


@IN_STORES
@pytest.mark.policy("P13")
@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"role": "senior", "at_home": None}, refusals.RoleReachError),
        ({"role": "system_administrator"}, refusals.RoleReachError),
        ({"role": "key_worker"}, refusals.RoleReachError),
        ({"of": ChildId(new_id())}, refusals.RoleReachError),
        ({"at_home": NOBODY}, refusals.NoSuchHomeError),
        ({"role": "key_worker", "of": ChildId(new_id())}, refusals.NotLivingHereError),
        ({"to_at": BEGAN}, refusals.EndBeforeStartError),
    ],
)
def test_an_appointment_that_cannot_be_is_not_made(
    said: dict[str, Any], refused: type[RefusedError]
) -> None:
    build.provider()
    oak = build.home("Oak House")
    size = sealed.size()

    with pytest.raises(refused):
        build.appoint(**{"role": "residential_worker", "at_home": oak, **said})

    assert sealed.size() == size
    assert appointments.appointments_listed(SAM) == []


@IN_STORES
@pytest.mark.parametrize("from_at", [BEGAN + 93 * A_DAY, BEGAN - 61 * 366 * A_DAY])
def test_an_appointment_begins_neither_in_far_times_nor_in_old_ones(from_at: datetime) -> None:
    build.provider()
    oak = build.home("Oak House")

    with pytest.raises(refusals.UnlikelyTimeError):
        actions.appoint(
            worker=SAM, full_name="Sam Okafor", role="senior", home=oak,
            from_at=from_at, by=DANA, at=BEGAN,
        )  # fmt: skip

    assert appointments.appointments_listed(SAM) == []


@IN_STORES
def test_before_there_is_an_office_nobody_is_appointed_to_the_whole_provider() -> None:
    with pytest.raises(refusals.NoOfficeError):
        build.appoint("system_administrator", None)


@IN_STORES
@pytest.mark.parametrize(
    ("again", "is_refused"),
    [
        ({}, True),
        ({"from_at": BEGAN - A_DAY}, True),
        ({"from_at": BEGAN - A_DAY, "to_at": BEGAN}, False),
        ({"from_at": BEGAN + 10 * A_DAY}, False),
        ({"from_at": BEGAN + 9 * A_DAY}, True),
        ({"worker": DANA}, False),
        ({"role": "residential_worker"}, False),
    ],
)
def test_nobody_has_the_same_role_at_the_same_home_twice_at_a_time(
    again: dict[str, Any], *, is_refused: bool
) -> None:
    build.provider()
    oak = build.home("Oak House")
    build.appoint("senior", oak, to_at=BEGAN + 10 * A_DAY)
    size = sealed.size()

    if is_refused:
        with pytest.raises(refusals.AppointedAlreadyError):
            build.appoint(**{"role": "senior", "at_home": oak, **again})
    else:
        build.appoint(**{"role": "senior", "at_home": oak, **again})

    assert sealed.size() == size + (not is_refused)


@IN_STORES
def test_somebody_is_key_worker_of_two_children_but_not_twice_of_one() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay, mika = build.child(oak), build.child(oak, called="Mika")
    build.appoint("key_worker", oak, of=jay)
    build.appoint("key_worker", oak, of=mika)

    with pytest.raises(refusals.AppointedAlreadyError):
        build.appoint("key_worker", oak, of=jay)


def end(appointment: str, to_at: datetime, *, by: WorkerId = DANA, at: datetime = BEGAN) -> None:
    actions.end_appointment(appointment=appointment, to_at=to_at, by=by, at=at)


@IN_STORES
@pytest.mark.parametrize(
    ("to_at", "refused"),
    [
        (BEGAN - A_DAY, refusals.EndBeforeStartError),
        (BEGAN + 93 * A_DAY, refusals.UnlikelyEndError),
        (BEGAN + 11 * A_DAY, refusals.EndedAlreadyError),  # it ends earlier anyway
    ],
)
def test_an_end_that_cannot_be_is_not_sealed(to_at: datetime, refused: type[RefusedError]) -> None:
    build.provider()
    senior = build.appoint("senior", build.home("Oak House"), to_at=BEGAN + 10 * A_DAY)
    size = sealed.size()

    with pytest.raises(refused):
        end(senior, to_at)

    assert sealed.size() == size


@IN_STORES
def test_an_appointment_with_an_end_may_end_earlier_and_then_not_again() -> None:
    build.provider()
    senior = build.appoint("senior", build.home("Oak House"), to_at=BEGAN + 10 * A_DAY)

    end(senior, BEGAN + 5 * A_DAY)

    found = appointments.appointment(senior)
    assert found is not None
    assert found.to_at == BEGAN + 5 * A_DAY
    with pytest.raises(refusals.EndedAlreadyError):
        end(senior, BEGAN + 4 * A_DAY, at=BEGAN + 6 * A_DAY)
    with pytest.raises(refusals.EndedAlreadyError):
        end(new_id(), BEGAN)


@IN_STORES
def test_an_administrator_is_ended_by_another_and_not_by_themselves() -> None:
    build.provider()
    own = build.appoint("system_administrator", None)

    with pytest.raises(refusals.OwnAppointmentError):
        end(own, BEGAN, by=SAM)
    end(own, BEGAN, by=DANA)

    assert appointments.appointments_of(SAM, at=BEGAN) == ()


# Children


@IN_STORES
@pytest.mark.policy("P01")
@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"full_name": " "}, refusals.NoFullNameError),
        ({"full_name": "J" * 121, "called": "Jay"}, refusals.NoFullNameError),
        ({"called": "J" * 61}, refusals.NameTooLongError),
        ({"pronouns": "p" * 41}, refusals.PronounsTooLongError),
        ({"born_on": date(2026, 1, 6)}, refusals.UnlikelyBirthError),
        ({"born_on": date(2000, 1, 5)}, refusals.UnlikelyBirthError),
        ({"from_at": BEGAN + 29 * A_DAY}, refusals.UnlikelyTimeError),
        ({}, refusals.AdmittedAlreadyError),
    ],
)
def test_a_child_who_cannot_be_is_not_admitted_and_gets_no_book(
    said: dict[str, Any], refused: type[RefusedError]
) -> None:
    build.provider()
    oak = build.home("Oak House")
    admit(oak)
    size = sealed.size()

    with pytest.raises(refused):
        admit(oak, **said)

    assert sealed.size() == size
    assert len(reads.placements_at(oak, at=BEGAN)) == 1


@IN_STORES
def test_nobody_is_admitted_to_the_office_or_to_nowhere() -> None:
    office = build.provider()

    for home in (office, NOBODY):
        with pytest.raises(refusals.NoSuchHomeError):
            admit(home)


@IN_STORES
def test_an_admission_whose_book_a_crash_left_empty_is_finished_by_the_same_form() -> None:
    build.provider()
    oak, child = build.home("Oak House"), ChildId(Once.of("a key", DANA).id_of("child"))
    open_book(BookId(child))

    assert admit(oak, key="a key") == child
    with pytest.raises(refusals.AdmittedAlreadyError):
        admit(oak, key="a key", full_name="Jay Q. Quillfeather")

    assert sealed.book_pages(BookId(child)) == 1


@IN_STORES
@pytest.mark.parametrize(
    ("to_at", "refused"),
    [
        (BEGAN - A_DAY, refusals.EndBeforeStartError),
        (BEGAN + A_DAY, refusals.UnlikelyEndError),
    ],
)
def test_a_child_leaves_neither_before_they_came_nor_tomorrow(
    to_at: datetime, refused: type[RefusedError]
) -> None:
    build.provider()
    jay = build.child(build.home("Oak House"))

    with pytest.raises(refused):
        actions.end_placement(placement=build.placement_of(jay), to_at=to_at, by=DANA, at=BEGAN)

    assert sealed.book_pages(BookId(jay)) == 1


@IN_STORES
def test_a_child_leaves_once() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"))
    build.leave(jay, at=BEGAN)

    with pytest.raises(refusals.EndedAlreadyError):
        build.leave(jay, at=BEGAN)
    with pytest.raises(refusals.EndedAlreadyError):
        actions.end_placement(placement=new_id(), to_at=BEGAN, by=DANA, at=BEGAN)

    assert sealed.book_pages(BookId(jay)) == 2


def come_back(child: ChildId, home: HomeId, *, from_at: datetime, at: datetime) -> None:
    actions.begin_placement(child=child, home=home, from_at=from_at, by=DANA, at=at)


@IN_STORES
@pytest.mark.policy("P01")
@pytest.mark.parametrize(
    ("days", "refused"),
    [
        (1, refusals.BeforeTheyLeftError),
        (2, None),
        (10 + 28, None),
        (10 + 29, refusals.UnlikelyTimeError),
    ],
)
def test_a_child_comes_back_from_the_moment_they_left_to_four_weeks_ahead(
    days: int, refused: type[RefusedError] | None
) -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    build.leave(jay, at=BEGAN + 2 * A_DAY)
    from_at, at = BEGAN + days * A_DAY, BEGAN + 10 * A_DAY

    if refused is None:
        come_back(jay, oak, from_at=from_at, at=at)
    else:
        with pytest.raises(refused):
            come_back(jay, oak, from_at=from_at, at=at)

    assert sealed.book_pages(BookId(jay)) == 2 + (refused is None)
    assert bool(reads.children_at([oak], at=from_at)) is (refused is None or days < 2)


@IN_STORES
def test_who_lives_somewhere_or_is_to_come_does_not_come_again() -> None:
    office = build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    jay, now = build.child(oak), BEGAN + 10 * A_DAY
    with pytest.raises(refusals.LivesSomewhereError):
        come_back(jay, elm, from_at=now, at=now)
    build.leave(jay, at=now)
    for nowhere in (office, NOBODY):
        with pytest.raises(refusals.NoSuchHomeError):
            come_back(jay, nowhere, from_at=now, at=now)
    come_back(jay, elm, from_at=now + A_DAY, at=now)

    with pytest.raises(refusals.LivesSomewhereError):
        come_back(jay, oak, from_at=now + 2 * A_DAY, at=now)
    with pytest.raises(refusals.LivesSomewhereError):
        come_back(ChildId(new_id()), oak, from_at=now, at=now)

    assert sealed.book_pages(BookId(jay)) == 3


@IN_STORES
@pytest.mark.policy("P01")
def test_a_child_who_lived_here_gets_no_second_book_and_one_who_came_back_neither() -> None:
    build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    jay, later = admit(oak), BEGAN + 10 * A_DAY
    build.leave(jay, at=BEGAN + A_DAY)

    with pytest.raises(refusals.HasBookError):
        admit(oak, full_name="JAY Quillfeather", at=later, from_at=later)
    other = admit(oak, born_on=date(2013, 2, 28), at=later, from_at=later)
    elsewhere = admit(elm, at=later, from_at=later)  # Elm House may not learn who lived at Oak
    come_back(jay, oak, from_at=later, at=later)
    with pytest.raises(refusals.AdmittedAlreadyError):
        admit(oak, at=later, from_at=later)

    assert len({jay, other, elsewhere}) == 3
    assert {child.id for child in reads.children_at([oak], at=later)} == {jay, other}


@IN_STORES
def test_what_is_listed_is_the_same_after_a_rebuild() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    build.leave(jay, at=BEGAN)
    come_back(jay, oak, from_at=BEGAN, at=BEGAN)
    build.appoint("key_worker", oak, of=jay)
    before = reads.placements_at(oak, at=BEGAN), appointments.key_workers_at(oak, at=BEGAN)

    rebuild()

    assert reads.placements_at(oak, at=BEGAN) == before[0]
    assert appointments.key_workers_at(oak, at=BEGAN) == before[1]
    assert appointments.roles_of([SAM], at=BEGAN) == {SAM: [(role_of("key_worker"), oak)]}


# At the same moment


@IN_STORES
def test_who_always_comes_second_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    build.provider()
    oak = build.home("Oak House")

    def refuse(new: NewEntry) -> None:
        raise StaleBookError(new.books[0], read=1, now=2)

    monkeypatch.setattr(sealing, "seal_and_project", refuse)

    with pytest.raises(StaleBookError):
        build.appoint("senior", oak)


def try_to_appoint(home: HomeId) -> bool:
    try:
        build.appoint("senior", home)
    except refusals.AppointedAlreadyError:
        return False
    return True


def try_to_admit(home: HomeId, key: str) -> bool:
    try:
        admit(home, key=key)
    except refusals.AdmittedAlreadyError:
        return False
    return True


def try_to_come_back(child: ChildId, home: HomeId) -> bool:
    try:
        come_back(child, home, from_at=BEGAN, at=BEGAN)
    except refusals.LivesSomewhereError:
        return False
    return True


@pytest.mark.policy("P01")
def test_a_child_is_fetched_to_one_home_although_two_ask_at_the_same_moment(
    processes: Processes,
) -> None:
    build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    jay = build.child(oak)
    build.leave(jay, at=BEGAN)

    done = processes.together(try_to_come_back, [jay, oak], [jay, elm])

    assert set(done) == {False, True}
    assert len(reads.children_at([oak, elm], at=BEGAN)) == 1


def test_of_two_who_appoint_at_the_same_moment_one_does(processes: Processes) -> None:
    build.provider()
    oak = build.home("Oak House")

    done = processes.together(try_to_appoint, [oak], [oak])

    assert set(done) == {False, True}
    assert len(appointments.appointments_listed(SAM)) == 1


@pytest.mark.policy("P01")
def test_a_form_sent_twice_at_the_same_moment_admits_one_child(processes: Processes) -> None:
    build.provider()
    oak, child = build.home("Oak House"), ChildId(Once.of("a key", DANA).id_of("child"))

    done = processes.together(try_to_admit, [oak, "a key"], [oak, "a key"])

    assert done == [True, True]
    assert sealed.book_pages(BookId(child)) == 1
