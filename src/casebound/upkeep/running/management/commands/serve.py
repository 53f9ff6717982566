"""`casebound serve`: the web server."""

import atexit
import logging
import os
import subprocess
import sys
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.web.gateway import HEADERS_WITHIN, THREADS
from casebound.ledger.projecting.reach import has_begun, rooms_to_remake
from casebound.upkeep.running.actions import fold_stores, leave_stores, prepare_stores
from casebound.upkeep.running.one_at_a_time import AlreadyServedError, the_only_one
from casebound.upkeep.running.ports import check_address
from casebound.upkeep.running.waiting import wait_for_postgres


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
        # First the folder: who starts it twice is told so, whatever the port.
        with the_only_one(settings.INSTALLATION.data / "serving.lock", AlreadyServedError):
            check_address(options["host"], options["port"])
            self._serve(options)

    def _serve(self, options: dict[str, Any]) -> None:
        """Serve, and leave the stores as whole files at the end."""
        from granian import Granian  # noqa: PLC0415 (only serving needs it)
        from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
        from granian.http import HTTP1Settings  # noqa: PLC0415
        from granian.log import LogLevels  # noqa: PLC0415

        wait_for_postgres(tell=self._tell)
        prepare_stores(tell=self.stdout.write, remakes=False)
        outdated = rooms_to_remake()
        remaking = self._remake_behind(outdated) if outdated else None
        leave_stores()
        self.stdout.write(f"casebound is on http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        logging.getLogger("_granian").addFilter(_is_news)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebound.config.settings")
        os.environ[THREADS] = str(options["threads"])
        Granian(
            "casebound.config.rsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.RSGI,
            workers=options["workers"],
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN * 1000),
            websockets=False,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
        if remaking is not None:
            remaking.terminate()
            remaking.wait()
        fold_stores()

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _remake_behind(self, rooms: Collection[str]) -> "subprocess.Popen[bytes]":
        """Remake rooms in a process of its own, while the old rows are served."""
        names = ", ".join(sorted(rooms))
        self._tell(
            f"Remaking while the old rows are shown: {names}."
            if has_begun()
            else "The books are being worked out again; each page says so meanwhile."
        )
        command = [sys.executable, "-m", "casebound", "rebuild", "--outdated"]
        remaking = subprocess.Popen(command)  # noqa: S603 (our own words); it says how far it is
        atexit.register(remaking.terminate)  # the next start goes on where it was
        return remaking


def _is_news(record: logging.LogRecord) -> bool:
    """Say whether a line of the server's is worth showing: the number of threads is meant."""
    return "Python threads" not in record.getMessage()
