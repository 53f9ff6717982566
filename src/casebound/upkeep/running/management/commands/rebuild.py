"""`casebound rebuild`: what is shown, worked out again from the sealed entries."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.ledger.projecting.damaged import DamageSeen, damage_in_words, damaged_entries
from casebound.ledger.projecting.registry import versions
from casebound.ledger.projecting.remaking import remake
from casebound.upkeep.running.actions import prepare_stores

DAMAGED = 1


class Command(BaseCommand):
    """Remake rooms while their old rows are served."""

    help = "Work out what is shown again from the sealed entries, while the old rows are served."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which rooms."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--room",
            action="append",
            help="only this room, and the rooms that follow from its rows; may be given again",
        )
        which.add_argument(
            "--outdated",
            action="store_true",
            help="only rooms whose version or data files have changed, as `serve` does by itself",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remake, and say how far it is and how long it took.

        Exit code 1: an entry is damaged. It is named, and everything else is remade.
        """
        began = time.monotonic()
        from_nothing = prepare_stores(tell=self._tell)
        rooms = None if options["outdated"] else options["room"] or list(versions())
        remade = frozenset(versions()) if from_nothing else remake(rooms, tell=self._tell)
        if remade:
            seconds = time.monotonic() - began
            rooms_are = "1 room is" if len(remade) == 1 else f"{len(remade)} rooms are"
            self._tell(f"{rooms_are} remade, in {seconds:,.1f} s.")
        elif not options["outdated"]:
            self._tell("There is nothing to remake.")
        if damaged := damaged_entries():
            for words in what_is_damaged(damaged):
                self._tell(words)
            raise SystemExit(DAMAGED)

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def what_is_damaged(places: list[DamageSeen]) -> list[str]:
    """Name the damaged entries, and say what to do."""
    entries = len({place.leaf for place in places})
    are = "1 ENTRY IS DAMAGED" if entries == 1 else f"{entries:,} ENTRIES ARE DAMAGED"
    return [
        f"{are}, and shown as damaged. Everything else is as it was sealed:",
        *(f"  - {words}" for words in damage_in_words(places)),
        "`casebound verify` says more. Put the stores back from a backup, then rebuild again.",
    ]
