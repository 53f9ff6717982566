"""`casebound restore-mark`: the high-water mark again, after somebody compared the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words, instant
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.checking import ProblemKind, quick
from casebound.ledger.sealing.highwater import HighWater
from casebound.ledger.sealing.reads import sealed_last_text
from casebound.upkeep.running.actions import open_stores

COMPARE = """\
The log has {size:,} lines. Its last line was sealed on {at}.
Its root is {root}.

Compare this with something that is not on this computer: the newest receipt anybody kept, the
printed line of the last independent visit, the size on the Proof page that somebody wrote down.

If one of them is from a longer log or a later time, this is an older copy: do not go on. Find the
newest copy of the database first. If this is the newest there is:

    casebound restore-mark --lines {size}
"""


class MarkNotRestoredError(RefusedError):
    """The mark cannot be made from this log."""

    what = "The mark was not restored."


class Command(BaseCommand):
    """Say what to compare; with the number of lines, write the mark.

    It never lowers a mark that is there, and never marks a log in which something is wrong.
    """

    help = "Make the high-water mark again, once you have compared the log with a receipt."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of lines that was compared."""
        parser.add_argument("--lines", type=int, help="the number of lines that you compared")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the log, then say what to compare or write the mark."""
        open_stores()
        if (mark := _mark()) is not None:
            raise MarkNotRestoredError(f"It is there, and says {mark.size:,} lines.")
        checked = quick()
        wrong = [p for p in checked.problems if p.kind is not ProblemKind.MARK_MISSING]
        if wrong:
            raise MarkNotRestoredError(f"Something else is wrong: {wrong[0].words}")
        if options["lines"] is None:
            at = in_words(instant(sealed_last_text()))
            self.stdout.write(COMPARE.format(size=checked.size, at=at, root=checked.root.hex()))
        elif options["lines"] != checked.size:
            raise MarkNotRestoredError(f"The log has {checked.size:,} lines.")
        else:
            highwater.path().unlink(missing_ok=True)  # one that cannot be read
            highwater.write(HighWater(checked.size, checked.root))
            self.stdout.write(f"The mark is there again: {checked.size:,} lines.")


def _mark() -> HighWater | None:
    try:
        return highwater.read()
    except ValueError:
        return None
