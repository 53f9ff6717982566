"""Who changes the rows that rights follow from, in the database, gains nothing by it."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, HomeId, WorkerId, new_id
from casebound.foundation.base.times import as_kept
from casebound.ledger.keyring.marks import has_mark, mark
from casebound.people.access.actions import grant_access
from casebound.people.access.reads import rights_of, seen_book, seen_books
from casebound.people.access.roles import role_in
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import alarms_since, events_of
from casebound.people.events.wording import event_line
from casebound.people.homes import actions as homes
from casebound.people.homes import appointments, marked
from casebound.people.homes import reads as homes_seen
from casebound.people.homes.models import Appointment, Grant, Home, Placement
from casebound.people.rights.shape import Permission
from tests.made_up import Child, MadeUp, Worker

pytestmark = [
    pytest.mark.django_db, pytest.mark.policy("P12"), pytest.mark.policy("P64"),
]  # fmt: skip
NOBODYS_MARK = "0" * 32


def by_hand(statement: str, *values: Any) -> None:  # a cell is of any type
    """Change rows as somebody does who runs the database."""
    with connections["derived"].cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def sees(made_up: MadeUp, worker: Worker, child: Child) -> bool:
    """Say whether a worker reads a child's book, by any of the questions that pages ask."""
    book = BookId(child.book)
    answers = {
        seen_book(worker.id, book, at=made_up.now) is not None,
        book in {seen.id for seen in seen_books(worker.id, at=made_up.now)},
        made_up.browser_of(worker).get(made_up.book_url(child)).status_code == 200,
    }
    assert len(answers) == 1
    return answers.pop()


def appoint_by_hand(
    made_up: MadeUp, worker: Worker, role: str, home: HomeId | None, *, shown: str = NOBODYS_MARK
) -> None:
    by_hand(
        "INSERT INTO homes_appointment"
        " (id, worker_id, role, home_id, child_id, from_at, to_at, reason, appointed_by, mark)"
        " VALUES (%s, %s, %s, %s, NULL, %s, NULL, '', '', %s)",
        new_id(), worker.id, role, home, made_up.began, shown,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["registered_manager", "residential_worker"])
def test_an_appointment_written_by_hand_opens_no_book(made_up: MadeUp, role: str) -> None:
    assert not sees(made_up, made_up.sam, made_up.noor)

    appoint_by_hand(made_up, made_up.sam, role, made_up.elm)

    assert not sees(made_up, made_up.sam, made_up.noor)
    assert sees(made_up, made_up.sam, made_up.jay), "what the log gives is still theirs"


@pytest.mark.parametrize("role", ["responsible_individual", "system_administrator"])
def test_an_appointment_for_the_provider_written_by_hand_gives_nothing(
    made_up: MadeUp, role: str
) -> None:
    appoint_by_hand(made_up, made_up.sam, role, None)

    rights = rights_of(made_up.sam.id, at=made_up.now)
    assert not rights.may(Permission.MANAGE_ACCOUNTS)
    assert rights.homes(Permission.READ_BOOK) == [made_up.oak]
    assert made_up.browser_of(made_up.sam).get("/people/").status_code == 404


def test_the_mark_of_a_colleagues_row_is_no_mark_on_another(made_up: MadeUp) -> None:
    robins = Appointment.objects.get(worker_id=made_up.robin.id)

    appoint_by_hand(made_up, made_up.sam, robins.role, made_up.elm, shown=robins.mark)

    assert not sees(made_up, made_up.sam, made_up.noor)


@pytest.mark.parametrize(
    "change",
    [
        "SET role = 'registered_manager'",
        "SET home_id = NULL",
        "SET from_at = '2020-01-01 00:00:00+00:00'",
        "SET to_at = '2099-01-01 00:00:00+00:00'",
        "SET id = '00000000000000000000000000000000'",
    ],
)
def test_an_appointment_changed_by_hand_gives_nothing_at_all(made_up: MadeUp, change: str) -> None:
    by_hand(f"UPDATE homes_appointment {change} WHERE id = %s", made_up.sams_appointment)

    assert not sees(made_up, made_up.sam, made_up.jay)
    assert appointments.appointments_of(made_up.sam.id, at=made_up.now) == ()
    assert made_up.sam.id not in dict(appointments.workers_at(made_up.oak, at=made_up.now))
    assert made_up.sam.id not in appointments.roles_of([made_up.sam.id], at=made_up.now)
    assert appointments.last_role_at(made_up.sam.id, made_up.oak) is None


def test_an_appointment_is_not_moved_to_another_worker(made_up: MadeUp) -> None:
    by_hand(
        "UPDATE homes_appointment SET worker_id = %s WHERE worker_id = %s",
        made_up.sam.id, made_up.robin.id,
    )  # fmt: skip

    assert not sees(made_up, made_up.sam, made_up.noor)
    assert appointments.heads_of(made_up.elm, at=made_up.now) == frozenset()


def test_an_appointment_that_ended_is_not_opened_again(made_up: MadeUp) -> None:
    homes.end_appointment(
        appointment=made_up.sams_appointment, to_at=made_up.now, by=made_up.alex.id, at=made_up.now
    )
    by_hand("UPDATE homes_appointment SET to_at = NULL WHERE id = %s", made_up.sams_appointment)

    assert not sees(made_up, made_up.sam, made_up.jay)


def test_ending_a_row_that_was_changed_by_hand_does_not_make_it_good(made_up: MadeUp) -> None:
    later = made_up.now + timedelta(days=30)
    row = Appointment.objects.get(id=made_up.sams_appointment)
    row.role = "registered_manager"
    row.save()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appointments, "marked", list)  # the action itself refuses such a row
        homes.end_appointment(appointment=row.id, to_at=later, by=made_up.alex.id, at=made_up.now)

    row.refresh_from_db()
    assert row.to_at == later
    assert not marked.has_its_mark(row)
    assert not sees(made_up, made_up.sam, made_up.jay)


@pytest.mark.parametrize("how", ["inserted", "moved"])
def test_a_child_does_not_come_to_ones_home_by_hand(made_up: MadeUp, how: str) -> None:
    if how == "inserted":
        by_hand(
            "INSERT INTO homes_placement (id, child_id, home_id, from_at, to_at, mark)"
            " VALUES (%s, %s, %s, %s, NULL, %s)",
            new_id(), made_up.noor.id, made_up.oak, made_up.began, NOBODYS_MARK,
        )  # fmt: skip
    else:
        by_hand(
            "UPDATE homes_placement SET home_id = %s WHERE child_id = %s",
            made_up.oak, made_up.noor.id,
        )  # fmt: skip

    assert not sees(made_up, made_up.sam, made_up.noor)
    at_oak = homes_seen.children_at([made_up.oak], at=made_up.now)
    assert [child.id for child in at_oak] == [made_up.jay.id]
    assert not homes_seen.lives_at(made_up.noor.id, made_up.oak, at=made_up.now)


def test_a_child_who_left_does_not_live_there_again_by_hand(made_up: MadeUp) -> None:
    by_hand("UPDATE homes_placement SET to_at = NULL WHERE child_id = %s", made_up.mika.id)

    assert not sees(made_up, made_up.sam, made_up.mika)


def test_a_home_does_not_take_another_homes_book_by_hand(made_up: MadeUp) -> None:
    elms = made_up.house(made_up.elm).book
    by_hand("UPDATE homes_home SET book_id = %s WHERE id = %s", "e" * 32, made_up.elm)
    by_hand("UPDATE homes_home SET book_id = %s WHERE id = %s", elms, made_up.oak)

    assert seen_book(made_up.sam.id, elms, at=made_up.now) is None
    assert homes_seen.book_of(made_up.oak) is None


def test_a_home_does_not_become_the_office_by_hand(made_up: MadeUp) -> None:
    by_hand("UPDATE homes_home SET is_office = NOT is_office WHERE id = %s", made_up.oak)
    by_hand("UPDATE homes_home SET is_office = NOT is_office WHERE id = %s", made_up.office)

    assert homes_seen.book_of(None) is None
    assert homes_seen.office() is None


def granted(made_up: MadeUp) -> str:
    return grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana),
        worker=made_up.lin.id,
        permission=Permission.READ_BOOK,
        form="daily_log",
        reason="Lin helps at weekends",
        from_at=made_up.now,
        to_at=made_up.now + timedelta(days=7),
        by=made_up.dana.id,
        at=made_up.now,
        auth="password",
    )


@pytest.mark.parametrize(
    ("change", "values"),
    [
        ("SET form = ''", ()),
        ("SET book_id = %s", ("noor",)),
        ("SET worker_id = %s", ("kit",)),
        ("SET permission = 'write_entry'", ()),
        ("SET period_from = '2020-01-01', period_to = '2099-01-01'", ()),
        ("SET to_at = '2099-01-01 00:00:00+00:00'", ()),
    ],
)
def test_a_grant_changed_by_hand_gives_nothing(
    made_up: MadeUp, change: str, values: tuple[str, ...]
) -> None:
    key = granted(made_up)
    ids = {"noor": made_up.noor.book, "kit": made_up.kit.id}

    by_hand(f"UPDATE homes_grant {change} WHERE id = %s", *(ids[name] for name in values), key)

    for worker in (made_up.lin, made_up.kit):
        sources = rights_of(worker.id, at=made_up.now).sources
        assert [source for source in sources if source.grant] == []
    assert homes_seen.grant(key) is None
    assert homes_seen.grants_of(BookId(made_up.jay.book)) == []


def test_a_grant_as_the_log_has_it_still_opens_its_part(made_up: MadeUp) -> None:
    key = granted(made_up)

    seen = seen_book(made_up.lin.id, BookId(made_up.jay.book), at=made_up.now, in_part=True)
    assert seen is not None
    assert homes_seen.grant(key) is not None


def test_the_role_that_an_entry_is_signed_in_is_not_one_written_by_hand(made_up: MadeUp) -> None:
    appoint_by_hand(made_up, made_up.sam, "registered_manager", made_up.oak)

    assert role_in(made_up.book(made_up.jay), at=made_up.now) == "residential worker"


def test_a_refused_row_is_told_once_by_its_id_and_names_nobody(
    made_up: MadeUp, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.people.events.actions._REFUSED", set())
    by_hand("UPDATE homes_appointment SET role = 'senior' WHERE id = %s", made_up.sams_appointment)

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert not sees(made_up, made_up.sam, made_up.jay)

    told = [event for event in events_of([made_up.sam.id]) if event.kind is EventKind.NOT_ON_LOG]
    assert [(event.what, event.about_id) for event in told] == [
        ("homes_appointment", made_up.sams_appointment)
    ]
    assert event_line(told[0], reader=made_up.alex.id).how == "an appointment"
    said = [record.getMessage() for record in caplog.records if "is refused" in record.msg]
    assert len(said) == 1
    assert "Sam" not in said[0]


def test_a_child_moved_by_hand_is_an_alarm_for_the_administrator(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.people.events.actions._REFUSED", set())
    by_hand(
        "UPDATE homes_placement SET home_id = %s WHERE child_id = %s",
        made_up.oak, made_up.noor.id,
    )  # fmt: skip

    assert not sees(made_up, made_up.sam, made_up.noor)

    since = made_up.now - timedelta(hours=1)
    assert alarms_since(None, since=since)[EventKind.NOT_ON_LOG] == 1
    (told,) = [event for event in events_of(None) if event.kind is EventKind.NOT_ON_LOG]
    line = event_line(told, reader=made_up.alex.id)
    assert (line.how, "by hand" in line.words) == ("where a child lives", True)


def test_the_marks_cost_no_query(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1, using="derived"):
        seen_books(made_up.sam.id, at=made_up.now)
    with django_assert_num_queries(1, using="derived"):
        rights_of(made_up.sam.id, at=made_up.now)


def test_every_row_that_a_right_follows_from_has_its_mark(made_up: MadeUp) -> None:
    granted(made_up)

    for table in (Home, Placement, Appointment, Grant):
        rows = list(table.objects.all())
        assert rows
        assert all(marked.has_its_mark(row) for row in rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab", "")),
        (("a", None), ("a", "None")),
        (("a', 'b",), ("a", "b")),
        ((date(2026, 1, 5),), (date(2026, 1, 6),)),
    ],
)
def test_rows_that_differ_have_different_marks(
    one: tuple[Any, ...], other: tuple[Any, ...]
) -> None:
    assert mark("t", one) != mark("t", other)
    assert mark("t", one) != mark("u", one)


def test_a_mark_is_the_same_however_a_driver_gives_a_value() -> None:
    moment = as_kept("2026-06-05 09:00:00")
    shown = mark("t", [moment, True, WorkerId("a")])

    assert has_mark("t", (moment.replace(tzinfo=None), 1, "a"), shown)
    assert not has_mark("t", (moment, 0, "a"), shown)
