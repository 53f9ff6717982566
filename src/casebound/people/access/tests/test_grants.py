"""A grant: a named person may read a book, or a part of it, for a time (P13, P63)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.ledger.projecting.actions import rebuild
from casebound.people.access.actions import end_grant, grant_access
from casebound.people.access.actions.granting import (
    GrantTimeError,
    NobodyToGrantToError,
    NoGrantReasonError,
    NotGrantableError,
    OwnGrantError,
)
from casebound.people.access.reads import SeenBook, rights_of, seen_book, seen_books
from casebound.people.homes.models import Grant
from casebound.people.homes.reads import grants_of
from casebound.people.homes.refusals import EndedAlreadyError, GrantedAlreadyError
from casebound.people.rights.shape import Permission
from casebound.people.staff.actions import close_account
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
A_WEEK = timedelta(days=7)
WHY = "Lin takes Jay to the hospital this week."


def grant(made_up: MadeUp, *, by: Worker | None = None, **said: Any) -> str:
    """Let Lin, who works at the other home, read Jay's book for a week."""
    granter = by or made_up.dana
    usual: dict[str, Any] = {
        "book": made_up.book(made_up.jay, by=granter), "worker": made_up.lin.id, "reason": WHY,
        "from_at": made_up.now, "to_at": made_up.now + A_WEEK, "by": granter.id,
        "at": made_up.now, "auth": "password",
    }  # fmt: skip
    return grant_access(**{**usual, **said})


def seen(
    made_up: MadeUp, *, after: timedelta = timedelta(0), in_part: bool = False
) -> SeenBook | None:
    at = made_up.now + after
    return seen_book(made_up.lin.id, made_up.jay.book, at=at, in_part=in_part)


def test_a_grant_opens_the_book_for_its_time_and_says_so(made_up: MadeUp) -> None:
    assert seen(made_up) is None

    key = grant(made_up)

    book = seen(made_up)
    assert book is not None
    allowed = book.may(Permission.READ_BOOK)
    assert allowed is not None
    assert allowed.basis.grant is not None
    assert (allowed.basis.grant.id, allowed.why) == (key, "granted to you by name, for a time")
    assert not book.may(Permission.WRITE_ENTRY)
    assert made_up.jay.book in {book.id for book in seen_books(made_up.lin.id, at=made_up.now)}
    assert seen(made_up, after=A_WEEK - timedelta(seconds=1))
    assert seen(made_up, after=A_WEEK) is None


def test_an_appointment_says_that_it_gave_the_right(made_up: MadeUp) -> None:
    allowed = made_up.book(made_up.jay).may(Permission.WRITE_ENTRY)

    assert allowed is not None
    assert allowed.basis.appointment == made_up.sams_appointment
    assert allowed.why == "appointed as residential worker"


def test_who_was_granted_a_book_reads_it_on_the_screen_and_writes_nothing(
    made_up: MadeUp,
) -> None:
    lin, form = made_up.browser_of(made_up.lin), [made_up.jay.book, "note"]
    assert lin.get(made_up.book_url(made_up.jay)).status_code == 404

    grant(made_up)

    page = lin.get(made_up.book_url(made_up.jay))
    assert page.status_code == 200
    assert "Access granted" in page.text
    assert WHY in page.text
    assert lin.post(reverse("drafting:begin", args=form)).status_code == 403


@pytest.mark.parametrize("part", [{"form": "daily_log"}, {"register": "restraint"}])
def test_a_grant_of_a_part_opens_that_part_and_never_the_book(
    made_up: MadeUp, part: dict[str, Any]
) -> None:
    grant(made_up, **part)

    assert seen(made_up) is None
    assert {book.home for book in seen_books(made_up.lin.id, at=made_up.now)} == {made_up.elm}
    book = seen(made_up, in_part=True)
    assert book is not None
    assert book.is_in_part
    assert book.may(Permission.READ_BOOK, **part)
    assert not book.may(Permission.READ_BOOK)
    assert not book.may(Permission.READ_BOOK, form="incident", register="complaint")


def test_a_grant_of_a_period_opens_its_days_alone(made_up: MadeUp) -> None:
    grant(made_up, period=(date(2026, 3, 1), date(2026, 3, 31)))

    opened = rights_of(made_up.lin.id, at=made_up.now).sources[-1].grant
    assert opened is not None
    read = Permission.READ_BOOK.value
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [opened.opens(read, on=day) for day in days] == [False, True, True, False]
    assert not opened.opens(read)
    assert seen(made_up) is None


def test_a_grant_that_ended_opens_nothing_more(made_up: MadeUp) -> None:
    key = grant(made_up)
    book = made_up.book(made_up.jay, by=made_up.dana)
    later = made_up.now + timedelta(days=1)
    ends: dict[str, Any] = {"grant": key, "by": made_up.dana.id, "at": later, "auth": "password"}

    with pytest.raises(NoGrantReasonError):
        end_grant(book=book, reason=" ", **ends)
    end_grant(book=book, reason="Jay is home again.", **ends)

    assert seen(made_up, after=timedelta(hours=23))
    assert seen(made_up, after=timedelta(days=1)) is None
    with pytest.raises(EndedAlreadyError):
        end_grant(book=book, reason="Jay is home again.", **ends)


def test_only_who_the_table_lets_grants_and_ends_and_only_in_that_book(made_up: MadeUp) -> None:
    key = grant(made_up)
    ends: dict[str, Any] = {"grant": key, "reason": WHY, "at": made_up.now, "auth": "password"}

    with pytest.raises(NotAllowedError):
        grant(made_up, by=made_up.sam)
    with pytest.raises(NotAllowedError):
        grant(made_up, by=made_up.dana, book=made_up.book(made_up.noor, by=made_up.robin))
    with pytest.raises(NotAllowedError):
        end_grant(book=made_up.book(made_up.jay), by=made_up.sam.id, **ends)
    with pytest.raises(NotAllowedError):
        end_grant(book=made_up.book(made_up.noor, by=made_up.robin), by=made_up.robin.id, **ends)


def test_what_is_no_grant_is_refused_and_nothing_is_sealed(made_up: MadeUp) -> None:
    kit = made_up.kit.id
    close_account(account=kit, by=made_up.alex.id, at=made_up.now)
    refused: list[tuple[type[RefusedError], dict[str, Any]]] = [
        (OwnGrantError, {"worker": made_up.dana.id}),
        (NobodyToGrantToError, {"worker": "0" * 32}),
        (NobodyToGrantToError, {"worker": kit}),
        (NoGrantReasonError, {"reason": "  "}),
        (NoGrantReasonError, {"reason": "x" * 1001}),
        (NotGrantableError, {"permission": Permission.WRITE_ENTRY}),
        (GrantTimeError, {"to_at": made_up.now}),
        (GrantTimeError, {"from_at": made_up.now - A_WEEK}),
        (GrantTimeError, {"to_at": made_up.now + timedelta(days=93)}),
    ]

    for error, said in refused:
        with pytest.raises(error):
            grant(made_up, **said)

    assert grants_of(made_up.jay.book) == []


def test_the_same_grant_is_made_once(made_up: MadeUp) -> None:
    grant(made_up)

    with pytest.raises(GrantedAlreadyError):
        grant(made_up)
    assert grant(made_up, form="daily_log")
    assert grant(made_up, from_at=made_up.now + A_WEEK, to_at=made_up.now + 2 * A_WEEK)


@pytest.mark.parametrize("grants", [1, 10])
def test_the_right_to_a_book_is_one_query_however_many_grants(
    made_up: MadeUp, grants: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(grants):
        starts = made_up.now + number * A_WEEK
        grant(made_up, from_at=starts, to_at=starts + A_WEEK)

    with django_assert_num_queries(1, using="derived"):
        assert seen(made_up)
    with django_assert_num_queries(1, using="derived"):
        assert rights_of(made_up.lin.id, at=made_up.now).may(Permission.READ_BOOK)


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay, by=made_up.dana)
    key = grant(made_up, period=(date(2026, 3, 1), date(2026, 3, 31)))
    grant(made_up, form="daily_log")
    end_grant(book=book, grant=key, reason=WHY, by=made_up.dana.id, at=made_up.now, auth="password")
    live = list(Grant.objects.order_by("id").values_list())

    rebuild()

    assert list(Grant.objects.order_by("id").values_list()) == live
