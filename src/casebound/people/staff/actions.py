"""What is done to an account: its row and the entry in the office's book, both or neither.

`people.accounts` writes the row. Everything else that opens, closes or renames an account, or gives
a link, calls this module, so that the log tells of it.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry, seal
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.reads import entry_of
from casebound.people.accounts import actions as accounts
from casebound.people.accounts import reads as account_rows
from casebound.people.accounts.actions import AccountClosedError, SetUpLink
from casebound.people.homes.reads import book_of
from casebound.people.homes.refusals import NoOfficeError
from casebound.people.staff.entries import (
    AccountClosed,
    AccountEnds,
    AccountOpened,
    AccountRenamed,
    AccountReopened,
    LinkGiven,
    LinkTakenBack,
    SignOnSet,
    opening_of,
)
from casebound.people.staff.reads import account_on_log

COMMAND_LINE = "command line"


def open_account(
    *,
    username: str,
    full_name: str,
    by: WorkerId | None,
    at: datetime,
    only_one_name: bool = False,
    face: int = 0,
    key: str = "",
    auth: str = COMMAND_LINE,
    ends_at: datetime | None = None,
) -> WorkerId:
    """Open an account and seal it. Its person signs in once they have used a set-up link.

    See `accounts.actions.create_account`; `by` is None for the command line. With `ends_at` it ends
    by itself. A retry under the same key opens and seals nothing more.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        NameNotFullError: the name is initials or half a name.
        UserNameError: it is not a valid user name.
        UserNameTakenError: somebody has it.
        EndPassedError: the end is not ahead, or more than two years.
    """
    book = _office()
    with transaction.atomic(using="default"):
        account = accounts.create_account(
            username=username,
            full_name=full_name,
            by=by,
            at=at,
            only_one_name=only_one_name,
            face=face,
            key=key,
        )
        row = account_rows.account(account)
        if row is None:
            raise LookupError(account)
        fact = AccountOpened(
            account_id=account,
            full_name=row.full_name,
            username=row.username,
            opened_at=utc_text(at),
        )
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=opening_of(account))
        if ends_at is not None:
            accounts.set_end(account=account, ends_at=ends_at, by=by, at=at)
            end = AccountEnds(
                account_id=account, full_name=row.full_name, ends_at=utc_text(ends_at)
            )
            _seal(
                end,
                book=book,
                by=by,
                at=at,
                auth=auth,
                entry=_once(f"{key}/ends" if key else "", by).entry_id,
            )
    catch_up()
    return account


def give_link(
    *,
    account: WorkerId,
    by: WorkerId | None,
    at: datetime,
    lost_second_factor: bool = False,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> SetUpLink:
    """Make a set-up link, and seal that it was given. See `accounts.actions.new_sign_in_link`.

    A retry under the same key answers with the same link, as long as it was not used.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: the account is closed, or does not exist.
        OwnAccountError: it is `by`'s own.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return accounts.same_link(account=account)
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        link = accounts.new_sign_in_link(
            account=account, by=by, at=at, lost_second_factor=lost_second_factor
        )
        fact = LinkGiven(
            account_id=account, full_name=_name(account), factors_reset=lost_second_factor
        )
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()
    return link


def close_account(
    *,
    account: WorkerId,
    by: WorkerId | None,
    at: datetime,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Close an account and seal it. The name stays on entries.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: it is closed already, or does not exist.
        OwnAccountError: it is `by`'s own.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        accounts.close_account(account=account, by=by, at=at)
        fact = AccountClosed(account_id=account, full_name=_name(account))
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def reopen_account(
    *,
    account: WorkerId,
    by: WorkerId | None,
    at: datetime,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Open a closed account again and seal it. Its person needs a new link to sign in.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        NotClosedError: it is open, or does not exist.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        accounts.reopen_account(account=account, by=by, at=at)
        fact = AccountReopened(account_id=account, full_name=_name(account))
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def set_end(
    *,
    account: WorkerId,
    ends_at: datetime | None,
    by: WorkerId | None,
    at: datetime,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Say when an account ends by itself, and seal it. With None it no longer does.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: the account is closed, or does not exist.
        EndPassedError: the end is not ahead, or more than two years.
        OwnAccountError: it is `by`'s own.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        accounts.set_end(account=account, ends_at=ends_at, by=by, at=at)
        fact = AccountEnds(
            account_id=account,
            full_name=_name(account),
            ends_at=utc_text(ends_at) if ends_at else None,
        )
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def take_back_link(
    *,
    account: WorkerId,
    by: WorkerId | None,
    at: datetime,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Take back a set-up link that was not used, and seal it.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: the account is closed, or does not exist.
        NoLinkWaitsError: no link waits.
        OwnAccountError: it is `by`'s own.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        accounts.take_back_link(account=account, by=by, at=at)
        fact = LinkTakenBack(account_id=account, full_name=_name(account))
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def set_sign_on(
    *,
    account: WorkerId,
    known_as: str,
    by: WorkerId | None,
    at: datetime,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Write down who a person is at the single sign-on, and seal it; empty: nobody any more.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: the account is closed, or does not exist.
        OwnAccountError: it is `by`'s own.
        SignOnNameError: it is no e-mail address and no name.
        SignOnTakenError: another account has it.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        kept = accounts.set_sign_on(account=account, known_as=known_as, by=by, at=at)
        fact = SignOnSet(account_id=account, full_name=_name(account), known_as=kept or None)
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def rename_account(
    *,
    account: WorkerId,
    full_name: str,
    by: WorkerId | None,
    at: datetime,
    only_one_name: bool = False,
    auth: str = COMMAND_LINE,
    key: str = "",
) -> None:
    """Give a person another name and seal it. What they signed keeps the name of its time.

    Raises:
        NoOfficeError: there is no office in whose book it would stand.
        AccountClosedError: the account is closed, or does not exist.
        NameNotFullError: the name is initials or half a name.
    """
    book, once = _office(), _once(key, by)
    if once.sealed():
        return
    with transaction.atomic(using="default"):
        _put_right(account, by=by, at=at)
        before = _name(account)
        accounts.rename_account(
            account=account, full_name=full_name, by=by, at=at, only_one_name=only_one_name
        )
        if (now := _name(account)) == before:
            return
        fact = AccountRenamed(account_id=account, full_name=now, name_before=before)
        _seal(fact, book=book, by=by, at=at, auth=auth, entry=once.entry_id)
    catch_up()


def seal_accounts_there(*, by: WorkerId | None = None, at: datetime) -> int:
    """Seal the accounts of an installation whose log tells of none yet. Return how many.

    It does so once: as soon as the log tells of an account, one that it does not tell of is not one
    of the product's, and `casebound verify` names it. 3 queries if there is nothing to do.
    """
    book, rows = book_of(None), account_rows.every_account()
    if book is None or any(entry_of(opening_of(row.id)) for row in rows):
        return 0
    accounts.mark_rows_there()
    rows = account_rows.every_account()
    for row in rows:
        fact = AccountOpened(
            account_id=row.id,
            full_name=row.full_name,
            username=row.username,
            opened_at=utc_text(row.opened_at),
            there_before=True,
            closed_at=utc_text(row.closed_at) if row.closed_at else None,
        )
        _seal(fact, book=book, by=by, at=at, auth=COMMAND_LINE, entry=opening_of(row.id))
    catch_up()
    return len(rows)


def _put_right(account: WorkerId, *, by: WorkerId | None, at: datetime) -> None:
    """Give an account's row what the log says, if somebody changed it by hand."""
    logged = account_on_log(account)
    if logged is not None:
        accounts.set_as_on_log(
            account=account,
            username=logged.username,
            full_name=logged.full_name,
            is_open=logged.is_open,
            ends_at=logged.ends_at,
            by=by,
            at=at,
        )


def _office() -> BookId:
    book = book_of(None)
    if book is None:
        raise NoOfficeError
    return book


def _signer(by: WorkerId | None) -> WorkerId:
    return by or WorkerId(settings.INSTALLATION.id)


def _once(key: str, by: WorkerId | None) -> Once:
    return Once.of(key, _signer(by))


def _name(account: WorkerId) -> str:
    names = account_rows.full_names([account])
    if account not in names:
        raise AccountClosedError
    return names[account]


def _seal(
    fact: Kind,
    *,
    book: BookId,
    by: WorkerId | None,
    at: datetime,
    auth: str,
    entry: EntryId,
) -> None:
    """Seal a fact inside the caller's transaction, in which the account's row is written."""
    seal(
        NewEntry(
            books=(book,),
            parts=fact.parts(),
            entry_id=entry,
            signed_by=_signer(by),
            signed_at=at,
            auth=auth,
        )
    )
