"""Every follow-up of the demo is done, or it is open or late for a reason that is written down."""

from collections.abc import Iterable
from datetime import UTC, datetime
from fnmatch import fnmatch

import pytest

from casebound.upkeep.demo.story.days import written
from casebound.upkeep.demo.story.lives import open_things
from casebound.upkeep.demo.story.lives.shapes import LeftOpen
from casebound.upkeep.demo.story.tests.followed import FollowUpDue, followed_up

UNTIL = datetime(2026, 11, 30, 14, 10, tzinfo=UTC)
SAME_SHIFT = frozenset({"handover/read"})  # of the last handover


@pytest.fixture(scope="module")
def asked() -> list[FollowUpDue]:
    return followed_up(list(written(UNTIL)))


def unlisted(dues: Iterable[FollowUpDue], listed: Iterable[LeftOpen]) -> list[str]:
    """Return what is not listed with its reason."""
    names = [due.name for due in dues if due.clock.key not in SAME_SHIFT]
    return [name for name in names if not any(fnmatch(name, item.what) for item in listed)]


def test_each_thing_that_is_open_has_its_reason(asked: list[FollowUpDue]) -> None:
    open_still = [due for due in asked if due.done_at is None]

    assert unlisted(open_still, open_things().open) == []
    for item in open_things().open:
        assert any(fnmatch(due.name, item.what) for due in open_still), item.what
    assert any(due.due < UNTIL for due in open_still)


def test_each_thing_that_was_late_has_its_reason(asked: list[FollowUpDue]) -> None:
    late = [due for due in asked if due.is_late]

    assert unlisted(late, open_things().late) == []
    for item in open_things().late:
        assert any(fnmatch(due.name, item.what) for due in late), item.what


def test_most_is_done_in_time(asked: list[FollowUpDue]) -> None:
    done = [due for due in asked if due.done_at is not None and not due.is_late]

    assert len(done) > 100
    assert len(done) > 0.9 * len([due for due in asked if due.done_at or due.due < UNTIL])
