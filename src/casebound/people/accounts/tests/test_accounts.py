from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import WorkerId
from casebound.people.accounts import actions, reads
from casebound.people.accounts.models import Account
from casebound.people.accounts.rules import clean_full_name, session_methods
from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]
ADMINISTRATOR = WorkerId("a" * 32)


def create(**said: object) -> WorkerId:
    words = {"username": "sam.okafor", "full_name": "Sam Okafor"} | said
    return actions.create_account(by=ADMINISTRATOR, at=build.NOW, **words)  # type: ignore[arg-type]  # said by the test


@pytest.mark.policy("P48")
@pytest.mark.parametrize("name", ["S.O.", "SO", "Sam", "S. Okafor", ""])
def test_an_account_named_with_initials_is_refused_and_not_kept(name: str) -> None:
    with pytest.raises(actions.NameNotFullError):
        create(full_name=name)

    assert not Account.objects.exists()


@pytest.mark.policy("P48")
def test_a_person_with_one_name_is_taken_at_their_word() -> None:
    account = create(full_name="Suharto", only_one_name=True)

    assert reads.full_names([account]) == {account: "Suharto"}


@pytest.mark.parametrize("username", ["", "s", "sam okafor", "-sam", "s" * 61, "sam@home"])
def test_a_user_name_that_cannot_be_typed_safely_is_refused(username: str) -> None:
    with pytest.raises(actions.UserNameError):
        create(username=username)


def test_a_user_name_is_one_persons_alone_whatever_its_capitals() -> None:
    create()

    with pytest.raises(actions.UserNameTakenError):
        create(username="SAM.Okafor", full_name="Samuel Okafor")


def test_a_retry_answers_with_the_account_that_is_there() -> None:
    account = create(key="k")

    assert create(key="k") == account
    assert create(key="k", username="kit.adeyemi", full_name="Kit Adeyemi") != account
    with pytest.raises(actions.UserNameTakenError):
        create(key="another page")
    assert Account.objects.count() == 2


def test_a_link_sets_the_password_once_and_shows_who_gave_it_out() -> None:
    account = create()
    link = actions.new_sign_in_link(account=account, by=ADMINISTRATOR, at=build.NOW)

    page = Browser().get(link.path)
    answer = Browser().post(link.path, {"password1": build.PASSWORD, "password2": build.PASSWORD})
    again = Browser().get(link.path)

    assert page.status_code == 200
    assert answer.headers["Location"] == "/sign-in/?done=password"
    assert again.status_code == 409
    assert "does not work any more" in again.text
    kept = Account.objects.get(pk=account)
    assert (kept.opened_by, kept.link_by, kept.link_at) == (ADMINISTRATOR, ADMINISTRATOR, build.NOW)


def test_a_newer_link_takes_the_place_of_an_older() -> None:
    account = create()
    old = actions.new_sign_in_link(account=account, by=None, at=build.NOW)
    new = actions.new_sign_in_link(account=account, by=None, at=build.NOW)

    with pytest.raises(actions.LinkUsedError):
        actions.set_own_password(account=account, token=old.token, password=build.PASSWORD)
    actions.set_own_password(account=account, token=new.token, password=build.PASSWORD)


def test_a_link_works_for_two_days() -> None:
    account = create()
    link = actions.new_sign_in_link(account=account, by=None, at=build.NOW)

    assert actions.is_good_link(account, link.token)
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=2)):
        assert not actions.is_good_link(account, link.token)


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "sam.okafor12"])
def test_a_password_that_is_easily_guessed_comes_back_with_words(password: str) -> None:
    account = create()
    link = actions.new_sign_in_link(account=account, by=None, at=build.NOW)

    answer = Browser().post(link.path, {"password1": password, "password2": password})

    assert answer.status_code == 422
    assert "unrelated words" in answer.text
    assert not Account.objects.get(pk=account).has_usable_password()


def test_an_account_without_a_password_signs_nobody_in() -> None:
    create()

    answer = Browser().post("/sign-in/", {"login": "sam.okafor", "password": "!"})

    assert answer.status_code == 422


def test_a_closed_account_stays_and_gets_no_link() -> None:
    account = create()
    actions.close_account(account=account, by=ADMINISTRATOR, at=build.NOW)

    with pytest.raises(actions.AccountClosedError):
        actions.new_sign_in_link(account=account, by=ADMINISTRATOR, at=build.NOW)
    seen = reads.account(account)
    assert seen is not None
    assert (seen.full_name, seen.closed_at, seen.can_sign_in) == ("Sam Okafor", build.NOW, False)


def test_an_administrator_does_not_shut_themselves_out() -> None:
    account = create()

    with pytest.raises(actions.OwnAccountError):
        actions.close_account(account=account, by=account, at=build.NOW)


def test_the_database_keeps_user_names_in_lower_case() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="Sam", full_name="Sam Okafor", opened_at=build.NOW)


def test_accounts_are_listed_by_name_page_by_page() -> None:
    names = ["Bo Li", "Ada Kern", "Cy Lund", "Bo Li"]
    for number, name in enumerate(names):
        create(username=f"person{number}", full_name=name)

    first = reads.accounts(count=3)
    rest = reads.accounts(after=first[-1].id, count=3)

    assert [worker.full_name for worker in first + rest] == sorted(names)
    assert len({worker.id for worker in first + rest}) == 4


def test_accounts_are_sorted_as_english_readers_look_for_names() -> None:
    by_name = ["Émile Roy", "Emile Roys", "Łukasz Bąk", "Lukasz Bek", "Oakley May", "O'Hara Lee",
               "Zoë Li", "Николай Орлов"]  # fmt: skip
    for number, name in enumerate(reversed(by_name)):
        create(username=f"person{number}", full_name=name)

    listed: list[reads.AccountSeen] = []
    while page := reads.accounts(after=listed[-1].id if listed else None, count=3):
        listed += page

    assert [account.full_name for account in listed] == by_name


@pytest.mark.parametrize("count", [1, 30])
def test_accounts_are_two_queries_however_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        create(username=f"person{number}", full_name="Bo Li")

    with django_assert_num_queries(2):
        assert len(reads.accounts()) == count


def test_a_name_keeps_its_joiners_and_loses_what_turns_writing_round() -> None:
    assert clean_full_name("\u202eSam\t Okafor\u0000 ") == "Sam Okafor"
    assert clean_full_name("نیلو\u200cفر احمدی") == "نیلو\u200cفر احمدی"


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], ""),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], "password+totp"),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], "passkey"),
        ([{"method": "password"}, {"method": "password", "reauthenticated": True}], "password"),
    ],
)
def test_how_a_session_began_is_written_down(records: list[dict[str, object]], words: str) -> None:
    assert session_methods(records) == words
