"""What every room's tests stand on; `tests/stores.py` tells how to use it."""

from tests.installation import prepare

# Now and not in a hook: a room's own `conftest.py` may import models.
prepare()

pytest_plugins = [
    "tests.clock",
    "tests.stores",
    "tests.processes",
    "tests.browser",
    "tests.fixtures",
    "tests.durations",
]
