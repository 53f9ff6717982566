"""`casebound clock`: what is known of the time, and a person's word for which is right."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.base.times import in_words, instant
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.projecting.registry import versions
from casebound.ledger.projecting.remaking import remake
from casebound.ledger.sealing.actions import put_clock_right
from casebound.ledger.sealing.reads import sealed_last_text
from casebound.ledger.sealing.watched_clock import watched_clock
from casebound.upkeep.running.actions import open_stores

RIGHT = """\
Compare the first line with a clock that is not this computer's. If it is wrong, put the computer's
clock right (date, timedatectl), and nothing else is to do. If it is right:

    casebound clock --is-right

Then signing goes on. If the log ends with times that have not come, a line is added to the log that
says so: what was signed under them counts as signed now at the latest, for lateness and for every
clock, and `verify` tells it. The lines themselves stay as they are.
"""


class Command(BaseCommand):
    """Say what is known of the time; with `--is-right`, go on with the computer's clock."""

    help = "Say what is known of the time, and go on after a clock was wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a person's word."""
        parser.add_argument(
            "--is-right", action="store_true", help="the computer's clock is right now: go on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it, and go on if the clock is right."""
        open_stores()
        clock, now = watched_clock(), datetime.now(UTC)
        last_at = sealed_last_text()
        self._tell(f"The computer's clock says:  {in_words(now)} (UTC {now:%Y-%m-%d %H:%M:%S}).")
        self._tell(f"The log's last line says:   {in_words(instant(last_at))}.")
        seen = clock.look(last_at=last_at)
        self._tell(f"By what is known, it is:    {in_words(now - seen.ahead)}.")
        if not options["is_right"]:
            wrong = seen.leapt_ahead or seen.went_back or seen.log_is_ahead
            self._tell(RIGHT if wrong else "The clock agrees with all that is known.")
            return
        clock.believe()
        if (put_right := put_clock_right(true=now)) is None:
            self._tell("Signing goes on with this clock. No line of the log is from the future.")
            return
        count = put_right.line - put_right.first
        self._tell(
            f"Line {put_right.line + 1:,} of the log says that {count:,} lines before it ran ahead."
        )
        remake(list(versions()), tell=self._tell)
        catch_up()
        self._tell("Times and clocks count from now at the latest. Signing goes on.")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
