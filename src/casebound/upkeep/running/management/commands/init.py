"""`casebound init`: a new installation, with the provider's office and nobody in it."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.base.ids import WorkerId
from casebound.people.homes.actions import open_home
from casebound.upkeep.running.actions import prepare_stores

NEXT = """\
The installation of {provider} is ready. Next:

 1. Print its recovery sheet twice with `casebound recovery-sheet`, and keep the two in different
    places. Without the sheet and without the key file, all records are lost for ever.
 2. Make the first account: `casebound administrator --username U --name "Full Name"`.
 3. Start it: `casebound serve`.
"""


class Command(BaseCommand):
    """Make the stores of the installation that was just created, and open the office's book.

    Nobody has an account yet, so the first entry is signed with the installation's own id.
    """

    help = "Make a new installation in --data DIR, with --origin as the name of its log."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the provider's name and the office's address."""
        parser.add_argument("--provider", required=True, help="the provider's name")
        parser.add_argument("--address", default="", help="the address of its office")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the stores and the office, and say what to do next."""
        prepare_stores()
        open_home(
            name=options["provider"],
            address=options["address"],
            is_office=True,
            by=WorkerId(settings.INSTALLATION.id),
            at=datetime.now(UTC),
            auth="command line",
        )
        self.stdout.write(NEXT.format(provider=options["provider"].strip()))
