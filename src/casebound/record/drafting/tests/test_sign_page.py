"""Reading through and signing, as a browser asks for it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from casebound.ledger.sealing.reads import book_pages
from casebound.people.accounts.models import Account
from casebound.people.accounts.tests.build import SECRET, code
from casebound.record.drafting.reads import drafts_of
from casebound.record.drafting.tests.pages import form_of, last_page, texts, url
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
METHODS = "account_authentication_methods"  # of a session, as allauth calls it


@pytest.mark.policy("P48")
def test_reading_through_shows_the_entry_the_full_name_and_asks_for_the_password(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")

    page = sam.get(url("sign", draft)).text

    assert "Jay made toast." in page
    assert "Sam Okafor" in page
    assert 'name="password"' in page


@pytest.mark.policy("P49")
def test_reading_through_names_what_is_missing_and_which_rule_asks_for_it(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, how_known="", statements=[{"text": "A", "kind": "opinion"}])

    page = sam.get(url("sign", draft)).text

    assert '/rules/#P26">P26</a>' in page
    assert "P53" in page
    assert 'name="password"' not in page
    assert "#how_known" in page


@pytest.mark.policy("P48")
@pytest.mark.policy("P61")
def test_signing_with_the_password_seals_and_says_as_which_number(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    number = book_pages(made_up.jay.book) + 1

    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    there = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert answer.headers["Location"] == f"{there}?sealed=1"
    page = as_shown(sam.get(answer.headers["Location"]))
    assert f"Sealed as no. {number} of Jay’s book" in page
    assert last_page(made_up).author.name == "Sam Okafor"


@pytest.mark.policy("P48")
@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper()])
def test_signing_without_the_password_seals_nothing_and_keeps_the_draft(
    made_up: MadeUp, sam: Client, password: str
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    pages = book_pages(made_up.jay.book)

    answer = sam.post(url("sign", draft), {"password": password})

    assert answer.status_code == 422
    assert "Jay made toast." in answer.text
    assert book_pages(made_up.jay.book) == pages
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.policy("P48")
def test_an_account_of_initials_cannot_sign_on_the_screen_either(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    account = Account.objects.get(pk=made_up.sam.id)
    account.full_name = "S. O."
    account.save()

    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    assert answer.status_code == 422
    assert "not with initials" in answer.text
    assert len(drafts_of(made_up.sam.id)) == 1


@pytest.mark.policy("P48")
def test_only_what_was_read_through_is_signed(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay, "Read through.")
    found = re.search(r'name="version" value="(\d+)"', sam.get(url("sign", draft)).text)
    assert found
    sam.post(url("save", draft), form_of(made_up, draft))
    pages = book_pages(made_up.jay.book)

    answer = sam.post(url("sign", draft), {"password": PASSWORD, "version": found[1]})

    assert answer.status_code == 409
    assert "Read it through again" in answer.text
    assert "Jay made toast." in answer.text
    assert book_pages(made_up.jay.book) == pages


@pytest.mark.policy("P49")
def test_an_unusual_size_is_asked_about_when_it_is_read_through_and_holds_nothing_up(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "He weighs 500 kg.", "He weighs 52 kg.")

    page = as_shown(sam.get(f"/drafts/{draft}/sign/"))
    answer = sam.post(f"/drafts/{draft}/sign/", {"password": PASSWORD})

    assert "Is this size right?" in page
    assert "<bdi>500 kg</bdi>" in page
    assert "A child weighs from about 3 kg to 200 kg." in page
    assert "<bdi>52 kg</bdi>" not in page
    assert f'href="/drafts/{draft}/#statements-1-text"' in page
    assert "/books/" in answer.headers["Location"]


@pytest.mark.policy("P48")
def test_the_six_digits_sign_where_the_session_began_by_single_sign_on(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    said = "Or the six digits that your app shows now"
    assert said not in sam.get(url("sign", draft)).text
    TOTP.activate(Account.objects.get(pk=made_up.sam.id), SECRET)
    session = sam.session
    session[METHODS] = [{"method": "socialaccount", "at": 1}]
    session.save()

    assert said in sam.get(url("sign", draft)).text
    wrong = sam.post(url("sign", draft), {"password": "000000"})
    assert wrong.status_code == 422
    answer = sam.post(url("sign", draft), {"password": code()})

    assert "?sealed=1" in answer.headers["Location"]
    assert last_page(made_up).author.name == "Sam Okafor"
