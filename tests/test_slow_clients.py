"""The trial of slow clients, small: the whole of it is `tools/trials/slow_clients.py --whole`."""

from collections.abc import Iterator

import pytest

from tools.trials.served import Served
from tools.trials.slow_clients import FEW, KINDS, ended, tried

pytestmark = pytest.mark.policy("P12")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an empty installation for all tests of this file."""
    with Served(tmp_path_factory.mktemp("slow") / "trial") as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
def test_one_stranger_with_many_slow_connections_stops_nobody(served: Served, kind: str) -> None:
    told = tried(served, kind, FEW)

    assert (told.answered, told.left) == (told.asked, 0), str(told)


def test_a_connection_that_sends_no_headers_is_ended(served: Served) -> None:
    assert ended(served, "headers", within=20)[0] == 4


def test_what_a_running_server_makes_is_for_its_owner_alone(served: Served) -> None:
    made = [served.data, *served.data.rglob("*")]

    assert len(made) > 5
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []
