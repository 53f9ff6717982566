"""The installation of one run of the tests: its folder, its keys, its PostgreSQL cluster."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import django
import hypothesis

from casebound.foundation.base.installation import Installation
from tests.postgres import Cluster

STORE = os.environ.get("CASEBOUND_TEST_STORE", "sqlite")
PICTURES = os.environ.get("CASEBOUND_PICTURES") == "1"  # of the guide: taken only when asked
TAPS = os.environ.get("CASEBOUND_TAPS") == "1"  # of the guide: counted again only when asked
PIN_ROWS = os.environ.get("CASEBOUND_PIN_ROWS") == "1"  # of the projections: only when asked
HISTORIES = int(os.environ.get("CASEBOUND_HISTORIES", "600"))  # of saving, drawn in one run
FUZZ = int(os.environ.get("CASEBOUND_FUZZ", "400"))  # requests of nonsense, sent in one run
WHOLE_RIGHTS = os.environ.get("CASEBOUND_RIGHTS") == "whole"  # every role, place and address
hypothesis.settings.register_profile("few", max_examples=25, deadline=None)
hypothesis.settings.register_profile("many", max_examples=2000, deadline=None)


ASKED_FOR = {name: value for name, value in os.environ.items() if name.startswith("CASEBOUND_")}


def let_workers_prepare() -> None:
    """Give the environment as it was, so that each worker of a run prepares its own stores."""
    for name in ("DJANGO_SETTINGS_MODULE", "CASEBOUND_DATA", "CASEBOUND_DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ.update(ASKED_FOR)


def prepare() -> None:
    """Make an installation of this run's own, and let Django open it."""
    hypothesis.settings.load_profile("few")
    for name in [name for name in os.environ if name.startswith("CASEBOUND_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="casebound-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # Key files go where the configuration of a user is; this run's must not be among a person's.
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    data = folder / "data"
    Installation.create(data, origin="oak-house.example/tests/1")
    os.environ["CASEBOUND_DATA"] = str(data)
    os.environ["CASEBOUND_GALLERY"] = "yes"
    if STORE == "postgres":
        os.environ["CASEBOUND_DATABASE_URL"] = the_cluster().url("casebound")
    if STORE != "none":
        os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
        django.setup()


@cache
def the_cluster() -> Cluster:
    """Return this run's cluster; the first test that needs it starts it."""
    cluster = Cluster()
    atexit.register(cluster.stop)
    return cluster
