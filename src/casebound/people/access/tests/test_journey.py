"""From an empty installation to the first daily log, with nothing but the product's own screens."""

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.actions import begin_ledger
from casebound.ledger.sealing.checking import full
from casebound.people.access.tests.build import moment
from casebound.people.accounts.models import Account
from casebound.people.accounts.signed_in import BACKEND, SECOND_FACTOR
from casebound.people.homes import reads as homes
from casebound.people.second_person.reads import waiting
from tests.clients import Browser
from tests.made_up import PASSWORD

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.policy("P01"),
    pytest.mark.policy("P09"),
    pytest.mark.policy("P63"),
]
CODE = re.compile(r"\b[0-9]{4} [0-9]{4}\b")
LINK = re.compile(r"/sign-in/new-password/([0-9a-f]{32})/[^/\s\"<]+/")


def setting_the_password(said: str) -> tuple[WorkerId, Client]:
    """Use a set-up link as the person it is for, and return the browser they are then signed in.

    Signing in itself, with a second factor, is tested where it is made.
    """
    link = LINK.search(said)
    assert link is not None
    done = Browser().post(link[0], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302, done.text
    browser = Browser()
    browser.force_login(Account.objects.get(pk=link[1]), backend=BACKEND)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()
    return WorkerId(link[1]), browser


def appoint(by: Client, worker: WorkerId, role: str, home: str) -> "Answer":
    said = {"role": role, "home": home, **moment("from_at"), "password": PASSWORD}
    return by.post(f"/people/{worker}/appoint/", said)


@pytest.mark.usefixtures("quick_passwords")
def test_an_empty_installation_becomes_a_home_where_somebody_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    highwater.path().unlink(missing_ok=True)
    forget_keys()
    begin_ledger(at=timezone.now())
    for command in ("init", "administrator"):  # the stores are there; nothing to migrate
        monkeypatch.setattr(
            f"casebound.upkeep.running.management.commands.{command}.prepare_stores", lambda: None
        )
    said = StringIO()
    call_command("init", "--provider", "Hazel Care", stdout=said)
    call_command("administrator", "--username", "ada", "--name", "Ada Kern", stdout=said)

    # Ada opens the home, and accounts for Dana and Sam.
    _, ada = setting_the_password(said.getvalue())
    alone = ada.get("/", follow=True)
    assert alone.redirect_chain[-1][0] == "/people/"
    assert "Open a home" in alone.text
    ada.post("/homes/new/", {"name": "Oak House", "address": "1 Lane", "password": PASSWORD})
    [oak] = [home.id for home in homes.homes() if not home.is_office]
    opened = ada.post("/people/new/", {"full_name": "Dana Whitlock", "username": "dana"})
    dana_id, dana = setting_the_password(opened.text)
    opened = ada.post("/people/new/", {"full_name": "Sam Okafor", "username": "sam"})
    sam_id, sam = setting_the_password(opened.text)
    assert dana.get(f"/homes/{oak}/").status_code == 404
    assert appoint(ada, dana_id, "registered_manager", oak).status_code == 302
    assert appoint(ada, sam_id, "residential_worker", oak).status_code == 302
    # Dana knows Sam, agrees, and gives them the code that they type once.
    [waits] = waiting(at=timezone.now())
    agreed = dana.post(f"/agree/{waits.id}/", {"answer": "yes", "password": PASSWORD}, follow=True)
    assert sam.get("/").headers["Location"] == "/security/handed-over/"
    code = CODE.search(agreed.text)
    assert code is not None
    assert sam.post("/security/handed-over/", {"code": code[0]}).status_code == 302

    # Shift says what to do first: to Dana with a link, to Sam who it is that does it.
    empty = {who: browser.get("/").text for who, browser in (("dana", dana), ("sam", sam))}
    assert all("No child lives here yet" in page for page in empty.values())
    assert [f"/homes/{oak}/admit/" in page for page in empty.values()] == [True, False]
    assert "When the manager admits a child" in empty["sam"]

    # Dana admits a child and names Sam as key worker.
    admitted = dana.post(
        f"/homes/{oak}/admit/",
        {
            "full_name": "Remi Larkspur", "called": "Remi", "pronouns": "he, him",
            "birth": "exact", "born_on": "2013-04-09", **moment("from_at"), "password": PASSWORD,
        },
    )  # fmt: skip
    assert admitted.status_code == 302
    [remi] = homes.placements_at(oak, at=timezone.now())
    named = dana.post(
        f"/homes/{oak}/{remi.id}/key-worker/",
        {"worker": sam_id, **moment("from_at"), "password": PASSWORD},
    )
    assert named.status_code == 302

    # The book opens with its first page, and Sam begins a daily log in it.
    assert "Remi" in sam.get("/", follow=True).text
    assert "No child lives here yet" not in dana.get("/").text
    assert sam.get(f"/books/{remi.child}/").status_code == 200
    assert sam.get(f"/books/{remi.child}/1/").status_code == 200
    assert sam.get(f"/books/{remi.child}/2/").status_code == 404
    begun = sam.post(f"/books/{remi.child}/write/daily_log/")
    assert begun.status_code == 302
    assert "Daily log" in sam.get(begun.headers["Location"]).text
    assert ada.get(f"/books/{remi.child}/").status_code == 404
    assert ada.get(f"/homes/{oak}/").status_code == 404
    assert full().ok
