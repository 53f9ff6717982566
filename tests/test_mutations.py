"""The trial of mutations, small: the whole of it is `tools/trials/mutations.py --whole`."""

from datetime import timedelta

import pytest

from casebound.people.access.actions.digesting import digest_days
from tests.house.life import whole_life
from tests.made_up import MadeUp
from tools.trials.mutations import tried

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58", "P64")]


def test_a_mutation_of_any_table_is_seen_or_is_of_one_that_is_not_vouched_for(
    made_up: MadeUp,
) -> None:
    whole_life(made_up)
    # What was looked at today is guarded by the database alone, until its day is digested.
    digest_days(by=made_up.dana.id, at=made_up.now + timedelta(days=1))
    done = tried(count=70, seed=7)
    assert not done.unseen, done.in_words()
    assert done.seen["default"] > 5
    assert done.seen["derived"] > 20
