"""A derived store that a crash has emptied is noticed, and worked out again."""

import pytest
from django.db import connections

from casebound.ledger.projecting import emptied
from casebound.ledger.projecting.actions import empty
from casebound.ledger.projecting.models import Reach
from casebound.people.homes.appointments import appointments_of
from tests.made_up import MadeUp


def crash() -> None:
    """Empty every table, as PostgreSQL does after a crash, and forget what was seen."""
    empty()
    Reach.objects.all().delete()
    connections["derived"].casebound_has_rows = None  # type: ignore[attr-defined]  # a new one


@pytest.mark.django_db
def test_a_short_log_is_worked_out_again_at_once(made_up: MadeUp) -> None:
    before = appointments_of(made_up.sam.id, at=made_up.now)
    crash()

    assert not emptied.is_emptied()

    assert before
    assert appointments_of(made_up.sam.id, at=made_up.now) == before


@pytest.mark.django_db
def test_a_long_log_is_told_until_it_is_worked_out(
    made_up: MadeUp,  # noqa: ARG001 (its log is the long one)
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(emptied, "AT_A_TIME", 1)
    crash()

    assert emptied.is_emptied()
    assert not Reach.objects.exists()


@pytest.mark.django_db
def test_what_was_seen_once_is_not_asked_again(made_up: MadeUp) -> None:  # noqa: ARG001
    emptied.is_emptied()
    empty()
    Reach.objects.all().delete()

    assert not emptied.is_emptied()  # an emptied store would have ended this connection
