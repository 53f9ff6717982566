"""What a password may be: anything long that nobody would guess here (P09; ASVS 5.0, 6.2)."""

import pytest

from casebound.people.accounts import actions
from casebound.people.accounts.tests import build
from tests.clients import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09")]


def set_password(password: str) -> build.Person:
    """Open an account whose person chooses this password."""
    account = actions.create_account(
        username="sam.okafor", full_name="Sam Okafor", by=None, at=build.NOW
    )
    link = actions.new_sign_in_link(account=account, by=None, at=build.NOW)
    actions.set_own_password(account=account, token=link.token, password=password)
    return build.Person(account, "sam.okafor", password)


@pytest.mark.parametrize(
    "password", ["Casebound2026!", "childrenshome-1", "WELCOMEhome 123", "recording.house.99"]
)
def test_a_password_of_our_own_words_is_refused(password: str) -> None:
    with pytest.raises(actions.PasswordTooWeakError, match="anybody here would try first"):
        set_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "a house of green kettles",
        " Quiet harbour, 9 lamps ",
        "välkommen-till-öarna",
        "x" * 40 + "Zebra pond " * 20,
        "日本語の長い合言葉をここに",
        "🦊🍵🌧🚲🧦🎈🪁🧩🎻🥾🌵🛶",
    ],
)
def test_a_password_is_taken_to_the_letter(password: str) -> None:
    """Long ones, every script, spaces at the ends: what was typed and nothing else."""
    person = set_password(password)

    assert person.account.check_password(password)
    assert not person.account.check_password(password[:-1])
    assert not person.account.check_password(password.swapcase() + "x")


@pytest.mark.urls("casebound.people.accounts.tests.urls")
def test_the_form_to_sign_in_takes_the_spaces_too() -> None:
    person = set_password(" Quiet harbour, 9 lamps ")

    browser = Browser()
    answer = browser.post("/sign-in/", {"login": person.username, "password": person.password})

    assert answer.status_code == 302
