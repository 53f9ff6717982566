"""Who changes accounts in the database gains nothing, and `verify` names each of them."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connections

from casebound.foundation.base.ids import WorkerId
from casebound.people.accounts import reads as account_rows
from casebound.people.accounts.actions import LinkUsedError, set_own_password
from casebound.people.accounts.factors import UnknownFactorError
from casebound.people.accounts.models import Account
from casebound.people.accounts.tests import build
from casebound.people.staff import actions
from casebound.people.staff.checks import check_accounts
from casebound.people.staff.models import StaffAccount
from tests.clients import Browser
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [
    pytest.mark.django_db, pytest.mark.policy("P09"), pytest.mark.policy("P64"),
]  # fmt: skip
MY_OWN = "a-password-of-my-own-9"


def by_hand(statement: str, *values: str) -> None:
    """Change rows as somebody does who runs the database."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def found() -> list[str]:
    return [problem.words for problem in check_accounts(quickly=False)]


def signs_in(worker: Worker, password: str) -> bool:
    """Say whether the password lets the person in, or on to the second step."""
    answer = Browser().post("/sign-in/", {"login": worker.username, "password": password})
    refused = answer.status_code != 302 or "/sign-in/closed/" in answer.headers["Location"]
    return not refused


def test_accounts_as_the_product_wrote_them_are_as_the_log_says(made_up: MadeUp) -> None:
    build.person("ada.kern", "Ada Kern")
    actions.open_account(username="bo.li", full_name="Bo Li", by=None, at=made_up.now)
    actions.close_account(account=made_up.kit.id, by=made_up.alex.id, at=made_up.now)
    actions.rename_account(
        account=made_up.lin.id, full_name="Lin Asante", by=made_up.alex.id, at=made_up.now
    )

    assert [words for words in found() if "no entry of the log opened it" not in words] == []
    assert len(found()) == 1, "the account that a test opened without the log"


def test_a_password_written_by_hand_signs_nobody_in(made_up: MadeUp) -> None:
    assert signs_in(made_up.dana, PASSWORD)

    by_hand(
        "UPDATE accounts_account SET password = %s WHERE id = %s",
        make_password(MY_OWN), made_up.dana.id,
    )  # fmt: skip

    assert not signs_in(made_up.dana, MY_OWN)
    assert found() == [
        f"Account {made_up.dana.id}: its row or its password was not written by casebound."
    ]


def test_the_password_of_one_is_not_the_password_of_another_by_hand(made_up: MadeUp) -> None:
    sam = Account.objects.get(pk=made_up.sam.id)
    by_hand(
        "UPDATE accounts_account SET password = %s, password_mark = %s, mark = %s WHERE id = %s",
        sam.password, sam.password_mark, sam.mark, made_up.dana.id,
    )  # fmt: skip

    assert not signs_in(made_up.dana, PASSWORD)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("full_name = 'Dana Whitlock'", "its name is not the one on the log"),
        ("username = 'samuel'", "its user name is not the one on the log"),
    ],
)
def test_who_is_renamed_by_hand_is_signed_out_and_signs_nothing(
    made_up: MadeUp, change: str, what: str
) -> None:
    browser = made_up.browser_of(made_up.sam)
    assert browser.get(made_up.book_url(made_up.jay)).status_code == 200

    by_hand(f"UPDATE accounts_account SET {change} WHERE id = %s", made_up.sam.id)  # noqa: S608 (our own names)

    assert browser.get(made_up.book_url(made_up.jay)).status_code == 302
    assert not signs_in(made_up.sam, PASSWORD)
    assert account_rows.full_names([made_up.sam.id]) == {made_up.sam.id: "(name not on the log)"}
    assert f"Account {made_up.sam.id}: {what}." in found()


def test_a_closed_account_is_not_opened_by_hand(made_up: MadeUp) -> None:
    before = Account.objects.get(pk=made_up.sam.id).password
    actions.close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)

    by_hand(
        "UPDATE accounts_account SET is_active = TRUE, closed_at = NULL, password = %s"
        " WHERE id = %s",
        before, made_up.sam.id,
    )  # fmt: skip

    assert not signs_in(made_up.sam, PASSWORD)
    assert f"Account {made_up.sam.id}: it is open, and the log closed it." in found()


def test_an_account_put_back_as_it_once_was_is_named(made_up: MadeUp) -> None:
    """The row of before the closing has its marks; only the log tells."""
    before = Account.objects.get(pk=made_up.sam.id)
    actions.close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)

    Account.objects.bulk_update(
        [before], ["is_active", "closed_at", "password", "mark", "password_mark"]
    )

    assert not signs_in(made_up.sam, PASSWORD)
    assert f"Account {made_up.sam.id}: it is open, and the log closed it." in found()


def test_an_account_added_by_hand_is_named(made_up: MadeUp) -> None:
    ada = Account.objects.create(username="ada.kern", full_name="Ada Kern", opened_at=made_up.now)

    assert found() == [f"Account {ada.pk}: no entry of the log opened it."]


def test_an_account_removed_by_hand_is_named(made_up: MadeUp) -> None:
    ada = actions.open_account(username="ada.kern", full_name="Ada Kern", by=None, at=made_up.now)
    by_hand("DELETE FROM accounts_account WHERE id = %s", ada)

    assert found() == [f"Account {ada}: the log opened it, and it is not there."]


def test_a_new_link_puts_a_row_right_again(made_up: MadeUp) -> None:
    by_hand("UPDATE accounts_account SET full_name = 'Dana Whitlock' WHERE id = %s", made_up.sam.id)
    used = actions.give_link(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)

    set_own_password(account=made_up.sam.id, token=used.token, password=MY_OWN)

    assert account_rows.full_names([made_up.sam.id]) == {made_up.sam.id: "Sam Okafor"}
    assert signs_in(made_up.sam, MY_OWN)
    assert found() == []


def test_a_link_is_not_used_on_a_row_changed_by_hand(made_up: MadeUp) -> None:
    link = actions.give_link(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)
    by_hand("UPDATE accounts_account SET full_name = 'Bo Li' WHERE id = %s", made_up.sam.id)

    with pytest.raises(LinkUsedError):
        set_own_password(account=made_up.sam.id, token=link.token, password=MY_OWN)


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_a_second_factor_copied_by_hand_is_refused_when_it_is_used(
    made_up: MadeUp, kind: Authenticator.Type
) -> None:
    content = {"secret": "s"} if kind == Authenticator.Type.TOTP else {"credential": {"id": "c"}}
    own = Authenticator.objects.create(user_id=made_up.sam.id, type=kind, data=content)
    own.record_usage()
    by_hand(
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at)"
        " SELECT type, data, %s, created_at FROM mfa_authenticator WHERE user_id = %s",
        made_up.dana.id, made_up.sam.id,
    )  # fmt: skip
    copied = Authenticator.objects.get(user_id=made_up.dana.id)

    with pytest.raises(UnknownFactorError):
        copied.record_usage()

    assert copied.data == own.data
    assert found() == [
        f"Account {made_up.dana.id}: an app or a passkey of it was not added by casebound."
    ]


@pytest.mark.usefixtures("made_up")
def test_nobody_is_compared_before_the_log_tells_of_anybody() -> None:
    StaffAccount.objects.all().delete()

    assert ["log tells of none yet" in words for words in found()] == [True]


def test_the_row_of_the_log_is_asked_by_the_person_s_id(made_up: MadeUp) -> None:
    assert account_rows.account(WorkerId("0" * 32)) is None
    assert made_up.sam.id in {account.id for account in account_rows.stored_accounts()}
