"""Marks of an account's row, so that nobody signs in by what they wrote into it by hand.

`mark` is over what the log says of an account: its user name, its name, whether it is open and when
it ends by itself. `password_mark` is over the hash of the password, and the request whose code is
due. Who changes or adds such a row in the database cannot sign in with it. A new set-up link puts
the row right again (`people.staff`).
"""

from datetime import datetime
from typing import Final

from django.utils import timezone

from casebound.foundation.base.times import utc_text
from casebound.ledger.keyring.marks import has_mark, mark
from casebound.people.events.actions import note_not_on_log

ACCOUNT: Final = "accounts_account"
PASSWORD: Final = "accounts_account.password"  # noqa: S105 (the name of a column)

SIGN_ON: Final = "accounts_account.sign_on"


def mark_account(
    account: str, username: str, full_name: str, *, is_active: bool, ends_at: datetime | None
) -> str:
    """Return the mark of an account."""
    return mark(ACCOUNT, _values(account, username, full_name, is_active, ends_at))


def mark_password(account: str, password: str, handover_id: str) -> str:
    """Return the mark of the hash of a password, and of the request whose code is waited for."""
    return mark(PASSWORD, _password_cells(account, password, handover_id))


def is_account(
    account: str,
    username: str,
    full_name: str,
    shown: str,
    *,
    is_active: bool,
    ends_at: datetime | None,
) -> bool:
    """Say whether an account is as the product wrote it; tell if not."""
    values = _values(account, username, full_name, is_active, ends_at)
    return has_mark(ACCOUNT, values, shown) or tell(ACCOUNT, account, about=account)


def is_password(account: str, password: str, handover_id: str, shown: str) -> bool:
    """Say whether the product wrote the hash of a password and what is waited for; tell if not."""
    cells = _password_cells(account, password, handover_id)
    return has_mark(PASSWORD, cells, shown) or tell(PASSWORD, account, about=account)


def _password_cells(account: str, password: str, handover_id: str) -> tuple[str, ...]:
    """Return what the mark is over: two cells for nearly everybody, three while a code is due.

    Never joined: then what stands at the end of the one could be moved to the other.
    """
    return (account, password, handover_id) if handover_id else (account, password)


def _values(
    account: str,
    username: str,
    full_name: str,
    is_active: bool,  # noqa: FBT001 (a row)
    ends_at: datetime | None,
) -> tuple[str | bool, ...]:
    ends = (utc_text(ends_at),) if ends_at else ()
    return (account, username, full_name, is_active, *ends)


def mark_sign_on(account: str, known_as: str, subject: str) -> str:
    """Return the mark of who a person is at the single sign-on."""
    return mark(SIGN_ON, (account, known_as, subject))


def is_sign_on(account: str, known_as: str, subject: str, shown: str) -> bool:
    """Say whether the product wrote who a person is at the single sign-on; tell if not."""
    return has_mark(SIGN_ON, (account, known_as, subject), shown) or tell(
        SIGN_ON, account, about=account
    )


def tell(table: str, row: str, *, about: str) -> bool:
    """Tell that a row was refused, and whose it is. Return that it is refused."""
    note_not_on_log(table=table, row=row, about=about, by="", at=timezone.now())
    return False
