"""`casebound work`: what is left to do between requests. Run it every minute or so."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.stores import room_left
from casebound.foundation.web.actions import forget_old
from casebound.foundation.web.posted import longest
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.projecting.damaged import is_mended
from casebound.ledger.projecting.registry import versions
from casebound.ledger.projecting.remaking import BeingRemadeError, remake
from casebound.ledger.sealing import blobs, watched_clock
from casebound.ledger.sealing.actions import sequence_all
from casebound.ledger.sealing.reads import files_known
from casebound.people.access.actions import digest_days, end_accounts_due
from casebound.people.events.actions import forget_old_events
from casebound.reading.search.actions import tidy_index
from casebound.record.attachments.reads import files_known as files_of_drafts
from casebound.upkeep.running.actions import open_stores
from casebound.upkeep.running.alarms import alarms
from casebound.upkeep.running.one_at_a_time import AlreadyAtWorkError, the_only_one

A_DAY = timedelta(days=1)  # no seal takes longer between the file and its entry
TIDYING = 2  # steps of half a second: a search index is never left in many parts for long


class Command(BaseCommand):
    """Give waiting entries their place, and bring what is shown up to the log."""

    help = "Do what a crash left, and what time brings: for a timer, once a minute."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say so only if there was something. A second one leaves it to the first."""
        try:
            with the_only_one(settings.INSTALLATION.data / "working.lock", AlreadyAtWorkError):
                self._work()
        except AlreadyAtWorkError as busy:
            self.stdout.write(str(busy))

    def _work(self) -> None:
        room_left.tend()
        watched_clock.watch()
        for alarm in alarms():
            self.stderr.write(alarm)
        open_stores()
        placed = sequence_all()
        catch_up()
        with suppress(BeingRemadeError):  # `serve` has begun it
            remake(list(versions()) if is_mended() else None, tell=self.stdout.write)
        tidy_index(steps=TIDYING)
        call_command("clearsessions")
        forget_old(before=timezone.now() - longest())
        end_accounts_due(at=timezone.now())
        forget_old_events(by="", at=timezone.now())
        digest_days(by=WorkerId(settings.INSTALLATION.id), at=timezone.now())
        blobs.remove_strays(files_known() | files_of_drafts(), before=timezone.now() - A_DAY)
        if placed:
            self.stdout.write(f"{placed:,} waiting entries have their place in the log.")
