"""The settings a measured server runs with: those of the house, but for the password check."""

import os
from importlib import import_module

_house = import_module(os.environ.get("CASEBOUND_BENCH_SETTINGS", "casebound.config.settings"))
globals().update({name: getattr(_house, name) for name in dir(_house) if name.isupper()})

PASSWORD_HASHERS = ["tools.bench.quick_password.QuickPasswordHasher"]
