"""`casebound bench`: measures this house beside what a good team would build by hand."""

import json
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.upkeep.bench import machine
from casebound.upkeep.bench.figures import Figure, table
from casebound.upkeep.bench.scratch import Store
from casebound.upkeep.bench.subjects import FULL, QUICK, SUBJECTS, measured

STORES: dict[str, tuple[Store, ...]] = {
    "sqlite": ("sqlite",),
    "postgres": ("postgres",),
    "both": ("sqlite", "postgres"),
}


class Command(BaseCommand):
    """Measure, in scratch installations of its own."""

    help = "Measure speed, memory and size, in scratch installations of its own."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to measure, where and how much."""
        parser.add_argument("names", nargs="*", choices=[[], *SUBJECTS], metavar="NAME",
                            help=f"which of {', '.join(SUBJECTS)}; all if none")  # fmt: skip
        parser.add_argument("--store", choices=list(STORES), default="both")
        parser.add_argument("--quick", action="store_true", help="a minute or two, and rough")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and print the table."""
        size = QUICK if options["quick"] else FULL
        about, began = machine.described(), time.monotonic()
        found: list[Figure] = []
        for name in options["names"] or SUBJECTS:
            for store in STORES[options["store"]]:
                self.stderr.write(f"{name} on {store} …")
                found += measured(name, store, size)
        if options["json"]:
            self.stdout.write(
                json.dumps({"machine": about, "figures": [asdict(one) for one in found]})
            )
            return
        minutes = (time.monotonic() - began) / 60
        self.stdout.write(f"{about}\n\n{table(found)}\n\n{minutes:.1f} minutes.")
