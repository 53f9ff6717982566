"""A process that measures: `python -m tools.bench.child MODULE.FUNCTION WORDS`.

It opens the scratch installation as the product does, and beside it the database of the record
built by hand. The answer goes to standard output as JSON; whatever else is said, to the error
output.
"""

import json
import os
import sys
from importlib import import_module

import django
from django.conf import settings

from casebound.foundation.base.loaded import keep_loaded
from casebound.foundation.stores import addresses

URLS = "tools.bench.urls"
ROUTER = "tools.bench.by_hand.router.ByHandRouter"


def prepare() -> None:
    """Let Django open the scratch installation, and what it is measured against."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebound.config.settings")
    os.environ["CASEBOUND_BENCH_URLS"] = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = URLS
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tools.bench"]
    settings.DATABASE_ROUTERS = [ROUTER, *settings.DATABASE_ROUTERS]
    url = os.environ.get("CASEBOUND_BENCH_BY_HAND", "")
    settings.DATABASES["by_hand"] = (
        addresses.postgresql({"default": url}, pool=0)["default"]
        if url
        else {
            # Django's own backend, as anybody would use it: no encryption, no queue of writers.
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(settings.DATA / "by_hand.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    )
    django.setup()


def main() -> None:
    """Measure one thing."""
    answers, sys.stdout = sys.stdout, sys.stderr
    function, words = sys.argv[1:]
    module, _, name = function.rpartition(".")
    prepare()
    measure = getattr(import_module(f"tools.bench.measures.{module}"), name)
    keep_loaded()  # as the server does
    answers.write(json.dumps(measure(**json.loads(words))))


if __name__ == "__main__":
    main()
