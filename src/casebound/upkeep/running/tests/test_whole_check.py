"""The whole check says apart what is wrong and what could not be looked at."""

from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from casebound.ledger.projecting import whole_check
from casebound.ledger.projecting.whole_check import check_whole
from casebound.ledger.sealing.checking import Outcome, Problem, ProblemKind, unread
from casebound.ledger.sealing.tests import build
from casebound.upkeep.running.management.commands.verify import in_words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P64")]


def wrong(*, quickly: bool) -> Iterator[Problem]:
    yield Problem(kind=ProblemKind.STRAY, words=f"A row is wrong ({quickly}).")


def not_read(*, quickly: bool) -> Iterator[Problem]:
    yield unread(f"A row was not looked at ({quickly}).")


def away(*, quickly: bool) -> Iterator[Problem]:
    raise OperationalError("the server is away", quickly)
    yield


@pytest.mark.parametrize(
    ("checks", "outcome"),
    [
        ((), Outcome.WELL),
        ((not_read,), Outcome.UNREAD),
        ((away,), Outcome.UNREAD),
        ((wrong,), Outcome.CHANGED),
        ((not_read, wrong), Outcome.CHANGED),
    ],
)
def test_what_is_wrong_counts_more_than_what_could_not_be_looked_at(
    checks: tuple[Callable[..., Iterator[Problem]], ...],
    outcome: Outcome,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build.begin()
    monkeypatch.setattr(whole_check, "checks", lambda: tuple(("room", each) for each in checks))
    checked = check_whole(quickly=True)
    words = in_words(checked)
    assert (checked.outcome, checked.ok) == (outcome, not checks)
    assert ("SOMETHING IS WRONG" in words) == (wrong in checks)
    assert ("SOMETHING COULD NOT BE LOOKED AT" in words) == bool(checks and checks != (wrong,))
    assert ("The check of room could not read its store" in words) == (away in checks)
