"""`casebound serve`: the web server."""

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.upkeep.running.actions import leave_stores, prepare_stores


class Command(BaseCommand):
    """Serve the installation in the data folder."""

    help = "Serve the installation in the data folder."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take address, port and size."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=16)

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the stores up to date, then serve until stopped."""
        from granian import Granian  # noqa: PLC0415 (only serving needs it)
        from granian.constants import Interfaces  # noqa: PLC0415
        from granian.log import LogLevels  # noqa: PLC0415

        prepare_stores()
        leave_stores()
        self.stdout.write(f"casebound is on http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        logging.getLogger("_granian").addFilter(_is_news)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebound.config.settings")
        Granian(
            "casebound.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            websockets=False,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()


def _is_news(said: logging.LogRecord) -> bool:
    """Say whether a line of the server's is worth showing: the number of threads is meant."""
    return "Python threads" not in said.getMessage()
