"""Marks of an account's row, so that nobody signs in by what they wrote into it by hand.

`mark` is over what the log says of an account: its user name, its name, whether it is open.
`password_mark` is over the hash of the password. Who changes or adds such a row in the database
cannot sign in with it. A new set-up link puts the row right again (`people.staff`).
"""

from typing import Final

from django.utils import timezone

from casebound.ledger.keyring.marks import has_mark, mark
from casebound.people.events.actions import note_not_on_log

ACCOUNT: Final = "accounts_account"
PASSWORD: Final = "accounts_account.password"  # noqa: S105 (the name of a column)


def mark_account(account: str, username: str, full_name: str, *, is_active: bool) -> str:
    """Return the mark of an account."""
    return mark(ACCOUNT, (account, username, full_name, is_active))


def mark_password(account: str, password: str) -> str:
    """Return the mark of the hash of a password."""
    return mark(PASSWORD, (account, password))


def is_account(account: str, username: str, full_name: str, shown: str, *, is_active: bool) -> bool:
    """Say whether an account is as the product wrote it; tell if not."""
    values = (account, username, full_name, is_active)
    return has_mark(ACCOUNT, values, shown) or tell(ACCOUNT, account, about=account)


def is_password(account: str, password: str, shown: str) -> bool:
    """Say whether the hash of a password is one that the product wrote; tell if not."""
    return has_mark(PASSWORD, (account, password), shown) or tell(PASSWORD, account, about=account)


def tell(table: str, row: str, *, about: str) -> bool:
    """Tell that a row was refused, and whose it is. Return that it is refused."""
    note_not_on_log(table=table, row=row, about=about, by="", at=timezone.now())
    return False
