import pytest
from django.test import Client
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId, new_id
from casebound.ledger.sealing.actions import begin_ledger
from casebound.people.accounts import reads
from casebound.people.accounts.signed_in import SECOND_FACTOR
from casebound.people.accounts.tests import build
from casebound.people.homes import actions as homes
from casebound.people.homes.entries import Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("quick_passwords"),
    pytest.mark.urls("casebound.people.access.tests.urls_people"),
    pytest.mark.policy("P09"),
]


def browser_of(role: Role | None) -> tuple[Client, WorkerId]:
    """Return the browser of somebody who has this role in the whole provider."""
    ada = build.person("ada.kern", "Ada Kern", app=False)
    if role:
        at = build.NOW
        begin_ledger(at=at)
        homes.open_home(name="Office", address="1 Mill Lane", is_office=True, by=ada.id, at=at)
        homes.appoint(
            worker=ada.id, full_name="Ada Kern", role=role, home=None, from_at=at, by=ada.id, at=at
        )
    browser = Client()
    browser.force_login(ada.account)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()
    return browser, ada.id


def test_an_administrator_opens_an_account_and_gets_its_link_once() -> None:
    browser, _ = browser_of(Role.SYSTEM_ADMINISTRATOR)

    made = browser.post("/people/new/", {"full_name": "Bo Li", "username": "Bo.Li"})
    bo = reads.account_named("bo.li")

    assert bo is not None
    assert f"http://testserver/sign-in/new-password/{bo.id}/" in made.text
    assert "Bo Li" in browser.get("/people/").text
    assert "new-password" not in browser.get(f"/people/{bo.id}/").text


@pytest.mark.policy("P48")
def test_initials_are_refused_with_words_and_the_form_comes_back_full() -> None:
    browser, _ = browser_of(Role.SYSTEM_ADMINISTRATOR)

    answer = browser.post("/people/new/", {"full_name": "B. L.", "username": "bo.li"})

    assert answer.status_code == 422
    assert "not with initials (P48)" in answer.text
    assert 'value="B. L."' in answer.text
    assert reads.account_named("bo.li") is None


@pytest.mark.parametrize("role", [None, *(one for one in Role if one != Role.SYSTEM_ADMINISTRATOR)])
def test_for_everybody_else_there_is_no_such_page(role: Role | None) -> None:
    browser, own = browser_of(role)
    bo = build.person("bo.li", "Bo Li", app=False)

    for path in ("/people/", "/people/new/", f"/people/{bo.id}/", f"/people/{own}/"):
        assert browser.get(path).status_code == 404
    for path in ("/people/new/", f"/people/{bo.id}/link/", f"/people/{bo.id}/close/"):
        assert browser.post(path, {"full_name": "Cy Lund", "username": "cy"}).status_code == 404
    assert reads.account_named("cy") is None
    assert bo.account.is_active


def test_an_administrator_gives_a_new_link_and_closes_an_account() -> None:
    browser, own = browser_of(Role.SYSTEM_ADMINISTRATOR)
    bo = build.person("bo.li", "Bo Li")

    link = browser.post(f"/people/{bo.id}/link/", {"lost_second_factor": "yes"})
    closed = browser.post(f"/people/{bo.id}/close/")

    assert "/sign-in/new-password/" in link.text
    assert not reads.has_second_factor(bo.id)
    assert closed.headers["Location"] == f"/people/{bo.id}/"
    seen = reads.account(bo.id)
    assert seen is not None
    assert seen.closed_at is not None
    assert seen.closed_at <= timezone.now()
    assert "Closed" in browser.get(f"/people/{bo.id}/").text
    assert browser.post(f"/people/{own}/close/").status_code == 409


def test_who_does_not_exist_is_not_found() -> None:
    browser, _ = browser_of(Role.SYSTEM_ADMINISTRATOR)

    assert browser.get(f"/people/{new_id()}/").status_code == 404
    assert browser.get("/people/nobody/").status_code == 404
