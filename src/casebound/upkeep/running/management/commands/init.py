"""`casebound init`: a new, empty installation."""

from typing import Any

from django.core.management.base import BaseCommand

from casebound.upkeep.running.actions import prepare_stores


class Command(BaseCommand):
    """Make the stores of the installation that was just created."""

    help = "Make a new installation in --data DIR, with --origin as the name of its log."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the stores, and say what to do next."""
        prepare_stores()
        self.stdout.write(
            "The installation is ready. Next: print its recovery sheet twice with "
            "`casebound recovery-sheet`, and keep the two in different places."
        )
