"""`casebound rebuild`: all that is shown, worked out anew from the sealed entries."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from casebound.ledger.projecting.actions import rebuild
from casebound.upkeep.running.actions import prepare_stores


class Command(BaseCommand):
    """Throw the derived store away and make it again."""

    help = "Work out everything that is shown anew from the sealed entries."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many lines of the log were worked through."""
        prepare_stores()
        began = time.monotonic()
        lines = rebuild()
        seconds = time.monotonic() - began
        self.stdout.write(f"Everything shown is made anew: {lines:,} lines in {seconds:,.1f} s.")
