"""`casebound recovery-sheet`: the master key, for paper."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from casebound.foundation.base.times import in_words
from casebound.foundation.proof.recovery import sheet_groups
from casebound.upkeep.running.actions import open_stores

SHEET = """\
CASEBOUND RECOVERY SHEET NO. {epoch}

Log:           {origin}
Installation:  {id}
Printed:       {at}

{groups}

What this is. Somebody who has this sheet and a copy of the data folder can read every record and
go on with it. The sheet alone opens nothing. Without the key file and without a sheet, all records
are lost for ever; nobody can help then.

What to do. Print it twice and print it straight to paper: do not save it, photograph it or send
it. Put each into an envelope, seal it, write your name and the date across the flap, and keep the
two in two different buildings, away from the computer and its backups. Note in the home's book who
holds them. The people who hold a sheet should not be those who look after the computer.

To use it: copy the groups into `casebound restore-key --data DIR --sheet -`. Each group checks
itself, so a mistake is found and named. Put the sheet into a new envelope afterwards.

Shred this sheet when sheet no. {next} is received.
"""


class Command(BaseCommand):
    """Print the recovery sheet."""

    help = "Print the recovery sheet: the master key as groups to keep on paper, twice."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, after making sure that it is the key of these stores."""
        open_stores()
        keep = settings.INSTALLATION
        groups = sheet_groups(keep.master_key, keep.epoch)
        lines = [groups[start : start + 5] for start in range(0, len(groups), 5)]
        self.stdout.write(
            SHEET.format(
                epoch=keep.epoch,
                next=keep.epoch + 1,
                origin=keep.origin,
                id=keep.id,
                at=in_words(datetime.now(UTC)),
                groups="\n".join(f"    {'   '.join(line)}" for line in lines),
            )
        )
