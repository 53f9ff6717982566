"""PostgreSQL away and back, with a real server and real processes: the trial's own cases."""

from collections.abc import Iterator

import pytest

from tools.trials.house import House
from tools.trials.postgres_away import CASES, Case

# A frozen server takes 25 s to tell: `stores/postgres/tests` freezes one with less patience.
QUICK = {name: case for name, case in CASES.items() if name != "frozen"}


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Return a demo on a server of its own: one for all cases."""
    with House() as served:
        yield served


@pytest.mark.policy("P10")
@pytest.mark.postgres
@pytest.mark.parametrize("case", QUICK.values(), ids=[name.replace(" ", "-") for name in QUICK])
def test_people_are_told_in_words_and_all_goes_on_by_itself(house: House, case: Case) -> None:
    counted = case(house, 2)

    assert counted.words == counted.asked
    assert "Traceback" not in house.said()
