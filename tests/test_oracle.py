"""Who sees what, in worlds that are drawn: the sets the product shows are those of the oracle.

A run of the tests tries fifty small worlds. `python -m tools.trials.oracle --whole` tries a
thousand large ones.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.house.source import nothing
from tests.installation import STORE
from tests.made_up import MadeUp
from tests.oracle.comparing import chosen, differences
from tests.oracle.drawing import Dice, Drawn, draw
from tests.oracle.faults import FAULTS, told_in
from tests.oracle.living import Stage, happened

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63", "P09")]

WORLDS = 50 if STORE == "sqlite" else 10  # the SQL of both databases is asked, in a run's time
AT_MOST = 30  # worlds until each planted fault is told


@pytest.fixture
def stage(made_up: MadeUp) -> Stage:
    """Return two homes in which worlds happen."""
    return Stage.of(made_up)


@settings(
    max_examples=WORLDS, deadline=None, derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate],  # to draw a smaller world takes minutes
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(data=st.data())
def test_each_person_is_shown_what_the_oracle_says_and_nothing_else(
    stage: Stage, data: DataObject
) -> None:
    chance = Drawn(data)
    with happened(draw(chance), stage) as lived:
        nothing(str(wrong) for wrong in differences(lived, pages=chosen(chance, 5)))


def test_each_planted_fault_is_told(stage: Stage) -> None:
    untold = set(FAULTS)
    for seed in range(AT_MOST):
        with happened(draw(Dice(seed)), stage) as lived:
            nothing(str(wrong) for wrong in differences(lived, pages=lambda: False))
        untold -= set(told_in(draw(Dice(seed)), stage, sorted(untold)))
        if not untold:
            break

    nothing(untold)
