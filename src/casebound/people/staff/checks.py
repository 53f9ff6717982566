"""What `casebound verify` checks of accounts: that their rows are what the log says."""

from collections.abc import Iterator

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.reach import is_up_to_date
from casebound.ledger.sealing.checking.problems import Problem, ProblemKind, unread
from casebound.people.accounts.reads import StoredAccount, stored_accounts
from casebound.people.staff.reads import AccountOnLog, accounts_on_log


def check_accounts(*, quickly: bool) -> Iterator[Problem]:  # noqa: ARG001 (a glance either way)
    """Compare each account's row with the log: name, user name, open or closed, and its marks."""
    if not is_up_to_date():
        yield unread("Accounts were not compared: what is shown is behind the log.")
        return
    logged = {account.id: account for account in accounts_on_log()}
    stored = {account.id: account for account in stored_accounts()}
    if stored and not logged:
        yield unread("Accounts were not compared: the log tells of none yet. Start casebound once.")
        return
    for worker in sorted(logged.keys() | stored.keys()):
        for what in _differences(logged.get(worker), stored.get(worker)):
            yield _problem(worker, what)


def _differences(logged: AccountOnLog | None, stored: StoredAccount | None) -> Iterator[str]:
    if logged is None:
        yield "no entry of the log opened it"
        return
    if stored is None:
        yield "the log opened it, and it is not there"
        return
    if stored.full_name != logged.full_name:
        yield "its name is not the one on the log"
    if stored.username != logged.username:
        yield "its user name is not the one on the log"
    if stored.is_open != logged.is_open:
        yield (
            "it is open, and the log closed it"
            if stored.is_open
            else "it is closed, and the log says it is open"
        )
    if stored.ends_at != logged.ends_at:
        yield "it does not end when the log says"
    if stored.sign_on_as != logged.sign_on_as:
        yield "its single sign-on is not the one on the log"
    if not stored.is_marked:
        yield "its row or its password was not written by casebound"
    if not stored.factors:
        yield "an app or a passkey of it was not added by casebound"


def _problem(worker: WorkerId, what: str) -> Problem:
    return Problem(kind=ProblemKind.ACCOUNT, words=f"Account {worker}: {what}.")


CHECKS = (check_accounts,)
