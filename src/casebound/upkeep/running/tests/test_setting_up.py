"""From nothing to the first administrator, on the command line."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.actions import begin_ledger
from casebound.ledger.sealing.reads import entry_at, size
from casebound.people.accounts import actions as accounts
from casebound.people.accounts import reads
from casebound.people.homes import appointments
from casebound.people.homes import reads as homes
from casebound.people.homes.refusals import NoNameError, SecondOfficeError
from casebound.people.staff.actions import open_account

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09")]


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a ledger; the stores are there, so nothing is migrated again."""
    highwater.path().unlink(missing_ok=True)
    begin_ledger(at=timezone.now())
    for command in ("init", "administrator"):
        monkeypatch.setattr(
            f"casebound.upkeep.running.management.commands.{command}.prepare_stores", lambda: None
        )


def run(command: str, *words: str) -> str:
    said = StringIO()
    call_command(command, *words, stdout=said)
    return said.getvalue()


def make_ada(*more: str) -> str:
    return run("administrator", "--username", "Ada.Kern", "--name", "Ada Kern", *more)


def is_administrator(username: str) -> bool:
    seen = reads.account_named(username)
    assert seen is not None
    roles = appointments.appointments_of(seen.id, at=timezone.now())
    return [(role.role.key, role.home) for role in roles] == [("system_administrator", None)]


def test_an_installation_begins_with_the_providers_office() -> None:
    said = run("init", "--provider", " Hazel  Care")

    office = homes.office()
    assert office is not None
    assert office.name == "Hazel Care"
    first = entry_at(office.book, 1)
    assert first is not None
    assert first.signed_by == settings.INSTALLATION.id
    assert "casebound administrator" in said
    assert "recovery-sheet" in said


def test_an_office_is_opened_once_and_has_a_name() -> None:
    with pytest.raises(NoNameError):
        run("init", "--provider", " ")
    run("init", "--provider", "Hazel Care")
    with pytest.raises(SecondOfficeError):
        run("init", "--provider", "Hazel Care again")
    with pytest.raises(CommandError):
        run("init")

    assert len(homes.homes()) == 1


def test_an_administrator_has_the_role_and_a_link_and_signed_it_themselves() -> None:
    run("init", "--provider", "Hazel Care")

    said = make_ada()

    assert is_administrator("ada.kern")
    ada, office = reads.account_named("ada.kern"), homes.office()
    assert ada is not None
    assert office is not None
    entry = entry_at(office.book, 3)
    assert entry is not None
    assert entry.signed_by == ada.id
    found = re.search(r"/sign-in/new-password/([0-9a-f]{32})/([^/\s]+)/", said)
    assert found is not None
    assert found[1] == ada.id
    assert accounts.is_good_link(ada.id, found[2])
    assert "Hazel Care" in said


def test_before_init_there_is_no_administrator() -> None:
    with pytest.raises(RefusedError, match="casebound init"):
        make_ada()

    assert reads.account_named("ada.kern") is None


@pytest.mark.policy("P48")
@pytest.mark.parametrize("name", ["", "A. K.", "Ada"])
def test_initials_and_half_a_name_are_refused(name: str) -> None:
    run("init", "--provider", "Hazel Care")

    with pytest.raises(accounts.NameNotFullError):
        run("administrator", "--username", "ada.kern", "--name", name)

    assert reads.account_named("ada.kern") is None


def test_who_has_one_name_and_no_other_need_not_invent_one() -> None:
    run("init", "--provider", "Hazel Care")

    run("administrator", "--username", "suharto", "--name", "Suharto", "--only-one-name")

    assert is_administrator("suharto")


def test_an_administrator_who_lost_the_password_gets_a_new_link_and_no_second_appointment() -> None:
    run("init", "--provider", "Hazel Care")
    first = make_ada()
    lines = size()

    again = run("administrator", "--username", "ada.kern", "--lost-second-factor")

    assert size() == lines + 1, "the link alone"
    assert "/sign-in/new-password/" in again
    assert again != first


def test_an_account_that_a_crash_left_without_a_role_is_finished() -> None:
    run("init", "--provider", "Hazel Care")
    open_account(username="ada.kern", full_name="Ada Kern", by=None, at=timezone.now())

    make_ada()

    assert is_administrator("ada.kern")


def test_somebody_elses_account_does_not_become_an_administrators_by_a_slip() -> None:
    run("init", "--provider", "Hazel Care")
    bo = open_account(username="ada.kern", full_name="Bo Li", by=None, at=timezone.now())

    with pytest.raises(accounts.UserNameTakenError):
        make_ada()

    assert appointments.appointments_listed(bo) == []


@pytest.mark.sqlite
def test_the_commands_work_as_typed_on_an_empty_folder(tmp_path: Path) -> None:
    def casebound(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "casebound", *words, "--data", str(tmp_path / "data")],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(sys.path),
                "XDG_CONFIG_HOME": str(tmp_path / "keys"),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    made = casebound("init", "--origin", "records.example.org/1", "--provider", "Hazel Care")
    ada = casebound("administrator", "--username", "ada.kern", "--name", "Ada Kern")
    initials = casebound("administrator", "--username", "b.l", "--name", "B. L.")
    checked = casebound("verify")

    assert made.returncode == 0, made.stderr
    assert "Hazel Care is ready" in made.stdout
    assert ada.returncode == 0, ada.stderr
    assert "/sign-in/new-password/" in ada.stdout
    assert initials.returncode == 2
    assert "not with initials" in initials.stderr
    assert checked.returncode == 0, checked.stdout
