"""Passwords are hashed as OWASP asks, and an older hash is renewed at the next sign-in (P09)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.test import Client
from pytest_django import Settings

from casebound.people.accounts.hashing import PasswordHasher
from casebound.people.accounts.models import Account
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.policy("P09")
OURS = "casebound.people.accounts.hashing.PasswordHasher"
LEAST_KIB, LEAST_PASSES = 19456, 2  # OWASP, Password Storage Cheat Sheet


class OlderHasher(Argon2PasswordHasher):
    """As an earlier version hashed, but quicker."""

    time_cost = 1
    memory_cost = 64
    parallelism = 2


def test_the_parameters_are_at_least_those_of_owasp(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [OURS]

    told = identify_hasher(make_password(PASSWORD)).decode(make_password(PASSWORD))

    assert told["variety"] == "argon2id"
    assert (told["memory_cost"], told["time_cost"]) >= (LEAST_KIB, LEAST_PASSES)
    assert told["time_cost"] >= LEAST_PASSES


@pytest.mark.django_db
def test_an_older_hash_is_renewed_when_its_person_signs_in(
    made_up: MadeUp, settings: Settings
) -> None:
    older = OlderHasher().encode(PASSWORD, "a-salt-of-sixteen")
    sam = Account.objects.get(pk=made_up.sam.id)
    sam.password = older
    sam.save(update_fields=["password"])
    settings.PASSWORD_HASHERS = [OURS]

    wrong = Client().post("/sign-in/", {"login": made_up.sam.username, "password": "another"})
    unchanged = Account.objects.get(pk=made_up.sam.id).password
    Client().post("/sign-in/", {"login": made_up.sam.username, "password": PASSWORD})

    assert wrong.status_code == 303
    assert unchanged == older
    renewed = Account.objects.get(pk=made_up.sam.id).password
    assert PasswordHasher().decode(renewed)["memory_cost"] == PasswordHasher.memory_cost


def test_many_at_once_are_all_answered() -> None:
    hasher = PasswordHasher()
    encoded = hasher.encode(PASSWORD, hasher.salt())

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: hasher.verify(PASSWORD, encoded), range(8)))

    assert answers == [True] * 8
