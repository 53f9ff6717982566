"""The trial of mutations, small: the whole of it is `tools/trials/mutations.py --whole`."""

import pytest

from tests.house.life import whole_life
from tests.made_up import MadeUp
from tools.trials.mutations import tried

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58", "P64")]


def test_a_mutation_of_any_table_is_seen_or_is_of_one_that_is_not_vouched_for(
    made_up: MadeUp,
) -> None:
    whole_life(made_up)
    done = tried(count=70, seed=7)
    assert not done.unseen, done.in_words()
    assert done.seen["default"] > 5
    assert done.seen["derived"] > 20
