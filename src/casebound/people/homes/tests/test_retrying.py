"""An action whose answer was lost is called again: one entry, and the same answer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import reads as sealed
from casebound.people.homes import actions, reads
from casebound.people.homes.actions.sealing import SentBeforeError
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, DANA, SAM

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]
KEY = "made with the page"
LATER = BEGAN + timedelta(days=1)


def once_and_again(action: Callable[[], object]) -> None:
    """Call an action twice; the second call answers as the first and seals nothing."""
    before = sealed.size()

    first, again = action(), action()

    assert again == first
    assert sealed.size() == before + 1
    rebuild()


def test_a_home_is_opened_once() -> None:
    build.provider()

    once_and_again(
        lambda: actions.open_home(
            name="Fir House", address="2 Mill Lane", by=DANA, at=BEGAN, key=KEY
        )
    )

    assert [home.name for home in reads.homes()].count("Fir House") == 1


def test_a_child_is_admitted_once() -> None:
    build.provider()
    oak = build.home("Oak House")

    once_and_again(
        lambda: actions.admit_child(
            home=oak, full_name="Jay Quillfeather", called="Jay", pronouns="",
            born_on=date(2012, 2, 29), from_at=BEGAN, by=DANA, at=BEGAN, key=KEY,
        )
    )  # fmt: skip

    assert len(reads.children_at([oak], at=BEGAN)) == 1


def test_a_child_moves_on_and_comes_back_once() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    [placement] = reads.placements_at(oak, at=BEGAN)

    once_and_again(
        lambda: actions.end_placement(
            placement=placement.id, to_at=LATER, by=DANA, at=LATER, key=KEY
        )
    )
    once_and_again(
        lambda: actions.begin_placement(
            child=jay, home=oak, from_at=LATER, by=DANA, at=LATER, key="another"
        )
    )


def test_a_worker_is_appointed_once_and_the_appointment_ends_once() -> None:
    build.provider()
    oak = build.home("Oak House")

    def appoint(role: str = "senior") -> str:
        return actions.appoint(
            worker=SAM, full_name="Sam Okafor", role=role, home=oak, from_at=BEGAN, by=DANA,
            at=BEGAN, key=KEY,
        )  # fmt: skip

    once_and_again(appoint)
    with pytest.raises(SentBeforeError):
        appoint("residential_worker")
    once_and_again(
        lambda: actions.end_appointment(
            appointment=appoint(), to_at=LATER, by=DANA, at=LATER, key="another"
        )
    )


def test_access_is_granted_once_and_the_grant_ends_once_although_time_goes_on() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"))

    def grant() -> str:
        return actions.grant_access(
            book=BookId(jay), worker=SAM, full_name="Sam Okafor", permission="read_book", form="",
            register="", period=None, leaf=None, reason="To write a report.", from_at=BEGAN,
            to_at=LATER, by=DANA, at=BEGAN, auth="password", key=KEY,
        )  # fmt: skip

    once_and_again(grant)
    moments = iter((BEGAN, BEGAN + timedelta(minutes=1)))

    def end(at: datetime) -> None:
        actions.end_grant(
            grant=grant(), reason="It is written.", by=DANA, at=at, auth="password", key="another"
        )

    once_and_again(lambda: end(next(moments)))
