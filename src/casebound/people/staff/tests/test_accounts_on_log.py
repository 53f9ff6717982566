"""What happens to an account is an entry in the office's book, or it does not happen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.sealing.reads import ReadEntry, entries, size
from casebound.people.accounts import reads as account_rows
from casebound.people.accounts.actions import (
    AccountClosedError,
    NameNotFullError,
    NotClosedError,
    OwnAccountError,
    UserNameTakenError,
    is_good_link,
)
from casebound.people.accounts.models import Account
from casebound.people.homes.refusals import NoOfficeError
from casebound.people.homes.tests import build
from casebound.people.staff import actions
from casebound.people.staff.entries import (
    AccountClosed,
    AccountOpened,
    AccountRenamed,
    AccountReopened,
    LinkGiven,
)
from casebound.people.staff.models import StaffAccount
from casebound.people.staff.reads import account_on_log
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09"), pytest.mark.policy("P58")]


def last_entry() -> ReadEntry:
    *_, last = entries(size() - 1)
    return last


def opened(made_up: MadeUp, **said: object) -> WorkerId:
    words = {"username": "ada.kern", "full_name": "Ada Kern"} | said
    return actions.open_account(by=made_up.alex.id, at=made_up.now, **words)  # type: ignore[arg-type]  # said by the test


def test_an_account_is_opened_in_the_office_s_book_by_the_person_who_opened_it(
    made_up: MadeUp,
) -> None:
    ada = opened(made_up, auth="session password+totp")

    entry = last_entry()
    fact = AccountOpened.read(entry)
    assert kind_of(entry) == (AccountOpened.kind, 1)
    assert (fact.account_id, fact.full_name, fact.username) == (ada, "Ada Kern", "ada.kern")
    assert entry.signed_by == made_up.alex.id
    assert list(entry.pages) == [made_up.house(made_up.office).book]


def test_a_page_sent_twice_opens_and_seals_one_account(made_up: MadeUp) -> None:
    ada = opened(made_up, key="k")
    lines = size()

    assert opened(made_up, key="k") == ada
    assert size() == lines


def test_an_account_that_is_refused_is_not_on_the_log(made_up: MadeUp) -> None:
    lines = size()

    with pytest.raises(UserNameTakenError):
        opened(made_up, username=made_up.sam.username)
    with pytest.raises(NameNotFullError):
        opened(made_up, full_name="A. K.")

    assert size() == lines


@pytest.mark.parametrize(
    ("do", "kind"),
    [
        (actions.give_link, LinkGiven),
        (actions.close_account, AccountClosed),
    ],
)
def test_a_link_and_a_closing_are_sealed_by_who_did_it(
    made_up: MadeUp, do: Callable[..., object], kind: type[LinkGiven | AccountClosed]
) -> None:
    do(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)

    entry = last_entry()
    assert kind_of(entry)[0] == kind.kind
    assert kind.read(entry).full_name == "Sam Okafor"
    assert entry.signed_by == made_up.alex.id


def test_what_is_sent_twice_is_done_and_sealed_once(made_up: MadeUp) -> None:
    sam = made_up.sam.id
    said: dict[str, Any] = {"by": made_up.alex.id, "at": made_up.now, "key": "k"}
    first, lines = actions.give_link(account=sam, **said), size()
    again = actions.give_link(account=sam, **said)

    assert is_good_link(sam, first.token)
    assert is_good_link(sam, again.token)
    for number, do in enumerate((actions.close_account, actions.reopen_account), 1):
        for _ in range(2):
            do(account=sam, **said | {"key": do.__name__})
        assert size() == lines + number


def test_factors_that_were_taken_off_are_on_the_log(made_up: MadeUp) -> None:
    actions.give_link(
        account=made_up.sam.id, by=made_up.alex.id, at=made_up.now, lost_second_factor=True
    )

    assert LinkGiven.read(last_entry()).factors_reset
    assert StaffAccount.objects.get(id=made_up.sam.id).factors_reset_at is not None


def test_a_closed_account_is_opened_again_and_both_are_on_the_log(made_up: MadeUp) -> None:
    sam, alex = made_up.sam.id, made_up.alex.id
    actions.close_account(account=sam, by=alex, at=made_up.now)
    closed = account_on_log(sam)
    actions.reopen_account(account=sam, by=alex, at=made_up.now)
    again = account_on_log(sam)

    assert closed is not None
    assert again is not None
    assert (closed.is_open, again.is_open) == (False, True)
    assert kind_of(last_entry())[0] == AccountReopened.kind
    row = account_rows.account(sam)
    assert row is not None
    assert (row.closed_at, row.can_sign_in) == (None, False), "they need a new link"
    with pytest.raises(NotClosedError):
        actions.reopen_account(account=sam, by=alex, at=made_up.now)


def test_another_name_is_on_the_log_with_the_one_before(made_up: MadeUp) -> None:
    def rename() -> None:
        actions.rename_account(
            account=made_up.sam.id, full_name="Sam Adeleke", by=made_up.alex.id, at=made_up.now
        )

    rename()
    fact, lines = AccountRenamed.read(last_entry()), size()
    rename()  # to the name they have

    assert (fact.full_name, fact.name_before) == ("Sam Adeleke", "Sam Okafor")
    assert account_rows.full_names([made_up.sam.id]) == {made_up.sam.id: "Sam Adeleke"}
    assert size() == lines


def test_a_refusal_seals_nothing(made_up: MadeUp) -> None:
    alex, lines = made_up.alex.id, size()

    with pytest.raises(OwnAccountError):
        actions.close_account(account=alex, by=alex, at=made_up.now)
    with pytest.raises(AccountClosedError):
        actions.give_link(account=WorkerId("0" * 32), by=alex, at=made_up.now)
    with pytest.raises(AccountClosedError):
        actions.rename_account(
            account=WorkerId("0" * 32), full_name="Ada Kern", by=alex, at=made_up.now
        )

    assert size() == lines


def test_without_an_office_no_account_is_opened() -> None:
    build.begin()

    with pytest.raises(NoOfficeError):
        actions.open_account(username="ada.kern", full_name="Ada Kern", by=None, at=build.BEGAN)

    assert not Account.objects.exists()


def test_accounts_from_before_are_sealed_once_and_never_again() -> None:
    build.provider()
    there = [
        Account.objects.create(username=name, full_name="Ada Kern", opened_at=build.BEGAN)
        for name in ("ada.kern", "bo.li")
    ]
    there[1].is_active, there[1].closed_at = False, build.BEGAN
    there[1].save()

    first = actions.seal_accounts_there(at=build.BEGAN)
    slipped_in = Account.objects.create(username="x", full_name="Cy Lund", opened_at=build.BEGAN)
    again = actions.seal_accounts_there(at=build.BEGAN)

    assert (first, again) == (2, 0)
    assert account_on_log(WorkerId(slipped_in.id)) is None
    ada, bo = (account_on_log(WorkerId(account.id)) for account in there)
    assert ada is not None
    assert bo is not None
    assert (ada.is_open, bo.is_open) == (True, False)


def test_the_office_s_book_tells_of_accounts_in_words(made_up: MadeUp) -> None:
    actions.give_link(
        account=made_up.sam.id, by=made_up.alex.id, at=made_up.now, lost_second_factor=True
    )
    actions.rename_account(
        account=made_up.sam.id, full_name="Sam Adeleke", by=made_up.alex.id, at=made_up.now
    )
    actions.close_account(account=made_up.kit.id, by=made_up.alex.id, at=made_up.now)
    made_up._appoint(made_up.robin, "responsible_individual", None)
    book = made_up.house(made_up.office).book

    page = made_up.browser_of(made_up.robin).get(reverse("chronology:book", args=[book])).text

    assert "Kit Adeyemi can no longer sign in." in page
    assert "Sam Okafor is now called Sam Adeleke, and signs with this name." in page
    assert "Their second factors were taken off." in page
