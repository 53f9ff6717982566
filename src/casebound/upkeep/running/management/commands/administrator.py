"""`casebound administrator`: the first account, or a way back in for one who lost theirs."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.reads import rights_of
from casebound.people.accounts.actions import UserNameTakenError
from casebound.people.accounts.reads import AccountSeen, account_named
from casebound.people.accounts.rules import clean_full_name
from casebound.people.homes import reads as homes
from casebound.people.homes.actions import appoint
from casebound.people.rights.shape import Permission
from casebound.people.staff.actions import give_link, open_account
from casebound.upkeep.running.actions import prepare_stores

NEXT = """\
{full_name} is system administrator of {provider}, with the user name {username}.

Their set-up link works once, for two days. Open it in a browser on the address where casebound is
served (such as https://records.example.org), and hand it to nobody else:

    {path}

They choose a password there, then set up a second factor. After that, in casebound: open the
homes, open an account for everybody who works there, and appoint them; a registered manager first,
who then admits the children. An administrator reads no book.
"""


class NoInstallationYetError(RefusedError):
    """There is no office whose book the appointment would stand in."""

    what = "The account was not opened."
    why = "The provider has no office yet."
    do = "Run `casebound init --data DIR --origin NAME --provider NAME` first."


class Command(BaseCommand):
    """Open an account, appoint it system administrator, and print its set-up link.

    There is nobody yet who could appoint, so the appointment is signed by the new account itself,
    and says that it was made on the command line. For an administrator who cannot sign in any more
    it prints a new link; with --lost-second-factor they set up new ones.
    """

    help = "Open an account for a system administrator, or give one a new set-up link."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is for."""
        parser.add_argument("--username", required=True, help="what they type to sign in")
        parser.add_argument("--name", default="", help="their full name, for a new account")
        parser.add_argument("--only-one-name", action="store_true", help="they have one name")
        parser.add_argument(
            "--lost-second-factor", action="store_true", help="take off their app and passkeys"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and print the link this once."""
        prepare_stores()
        at = datetime.now(UTC)
        office = homes.office()
        if office is None:
            raise NoInstallationYetError
        account = _account(options, at=at)
        if not _is_administrator(account.id, at=at):
            appoint(
                worker=account.id,
                full_name=account.full_name,
                role="system_administrator",
                home=None,
                from_at=at,
                by=account.id,
                at=at,
                auth="command line",
            )
        link = give_link(
            account=account.id, by=None, at=at, lost_second_factor=options["lost_second_factor"]
        )
        self.stdout.write(
            NEXT.format(
                full_name=account.full_name,
                username=account.username,
                provider=office.name,
                path=link.path,
            )
        )


def _account(options: dict[str, Any], *, at: datetime) -> AccountSeen:
    """Return the account to appoint: a new one, an administrator's, or one left half made.

    Raises:
        UserNameTakenError: it is somebody else's, who must not become one by a slip.
    """
    seen = account_named(options["username"])
    if seen is None:
        open_account(
            username=options["username"],
            full_name=options["name"],
            only_one_name=options["only_one_name"],
            by=None,
            at=at,
        )
        seen = account_named(options["username"])
    elif not _is_administrator(seen.id, at=at) and not _is_half_made(seen, options["name"]):
        raise UserNameTakenError
    if seen is None:
        raise LookupError(options["username"])
    return seen


def _is_half_made(seen: AccountSeen, name: str) -> bool:
    """Say whether it is of this name, and nobody has done anything with it yet."""
    untouched = not seen.can_sign_in and seen.closed_at is None and seen.link_at is None
    return untouched and seen.full_name == clean_full_name(name)


def _is_administrator(worker: WorkerId, *, at: datetime) -> bool:
    return rights_of(worker, at=at).may(Permission.MANAGE_ACCOUNTS)
