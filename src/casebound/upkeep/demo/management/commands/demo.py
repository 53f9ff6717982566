"""`casebound demo`: a made-up provider to look at and try."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import LONDON
from casebound.foundation.stores.postgres.making import make_missing_databases
from casebound.ledger.sealing import reads as sealed
from casebound.upkeep.demo.building import Building
from casebound.upkeep.demo.story.people import CHILDREN, HOMES, WORKERS
from casebound.upkeep.running.actions import prepare_stores

FINISHED = "demo-finished"


class NotADemoError(RefusedError):
    """The data folder holds a real installation."""

    what = "The demo was not made."
    why = "The data folder holds an installation that is not a demo."
    do = "Name another folder with --data."


class Command(BaseCommand):
    """Make the demo in the data folder if it is not there yet, and serve it."""

    help = "Make a made-up provider with ninety days of life, and serve it on this machine."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port, and whether to serve at all."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, then serve on the loopback address only."""
        if not settings.DEMO:
            raise NotADemoError
        make_missing_databases(connections.all())
        prepare_stores()
        mark = settings.DATA / FINISHED
        if not mark.exists():
            if sealed.size() > 1:
                raise RefusedError(
                    f"The demo in {settings.DATA} was not finished. Delete that folder, or name "
                    "another one with --data."
                )
            self._make(options["days"])
            mark.touch()
        if not options["no_serve"]:
            call_command("serve", port=options["port"], host="127.0.0.1")

    def _make(self, days: int) -> None:
        until = datetime.now(UTC)
        self.stdout.write(
            f"Making {len(HOMES)} homes, {len(CHILDREN)} children, {len(WORKERS)} workers …"
        )
        building = Building()
        building.people(at=until - timedelta(days=days + 1), today=until.astimezone(LONDON).date())

        def tell(count: int) -> None:
            if count % 250 == 0:
                self.stdout.write(f"  {count:,} entries sealed")
                self.stdout.flush()

        count = building.pages(until, days_lived=days, tell=tell)
        building.drafts(until)
        self.stdout.write(f"{count:,} entries are sealed.")
