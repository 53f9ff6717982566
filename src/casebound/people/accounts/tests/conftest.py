"""Cheap password hashes: the same function, with less work, so that tests are quick."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from pytest_django import Settings


class QuickHasher(Argon2PasswordHasher):
    """Argon2, as in earnest, but quick."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickHasher"]
