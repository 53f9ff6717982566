"""The clock of the tests: every test begins at the one moment at which the run began.

The made-up provider is built once, with all its times counted back from that moment. So a test
that runs ten minutes later is set back to it; from there its clock ticks on.

No test may depend on the hour. Two ways show it:

- `pytestmark = pytest.mark.every_clock` runs the tests of a module at each of the moments of
  `tests/hard_moments.py` as well, on SQLite. It is for modules in which times are compared, told
  or typed in, and part of every run.
- `CASEBOUND_TEST_CLOCK=2026-03-29T02:00:30+01:00` begins the whole run at a moment;
  `./run check --clocks` does so with each of those.

A test that compares with a clock that is not ours (a file's time, a program outside) says so with
`@pytest.mark.real_clock`.
"""

import time
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
import time_machine

from tests.hard_moments import HARD
from tests.installation import ASKED_FOR, STORE


def moment(text: str) -> float:
    """Return an ISO time, with its offset, as seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()


WANTED = ASKED_FOR.get("CASEBOUND_TEST_CLOCK", "")
BEGAN = moment(WANTED) if WANTED else float(int(time.time()))


def set_to(seconds: float) -> AbstractContextManager[object]:
    """Set this process's clock to a moment and let it tick on."""
    # A number and not a time of London, or the time zone of the process changes as well.
    return time_machine.travel(seconds, tick=True)


def of_test(test: pytest.Item) -> float | None:
    """Return when a test begins; None: with the real clock."""
    if test.get_closest_marker("real_clock"):
        return None
    params = getattr(getattr(test, "callspec", None), "params", {})
    named = params.get("hard_clock")
    return moment(HARD[named]) if named else BEGAN


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked so at the hard moments as well, on SQLite."""
    if WANTED or STORE == "postgres":
        return
    if any(metafunc.definition.iter_markers("every_clock")):
        metafunc.fixturenames.append("hard_clock")
        metafunc.parametrize("hard_clock", ["", *HARD], ids=["now", *HARD], indirect=True)


@pytest.fixture
def hard_clock(request: pytest.FixtureRequest) -> str:
    """Return the name of the moment at which this test begins."""
    return str(request.param)
