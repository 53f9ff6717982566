"""Checking from the Proof page: at once if the log is small, else in a process of its own."""

import os
import subprocess
import sys
from datetime import UTC, datetime

from django.conf import settings

from casebound.ledger.projecting.whole_check import check_whole
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.checking.kept import CheckRunningError, alone, is_running, keep

AT_ONCE = 250  # lines: about two seconds


def check_now() -> bool:
    """Check everything. Return True if it is done, False if it goes on in a process of its own.

    Raises:
        CheckRunningError: a check is running already.
    """
    if sealed.size() <= AT_ONCE:
        with alone():
            keep(check_whole(quickly=False), at=datetime.now(UTC))
        return True
    if is_running():
        raise CheckRunningError
    # Not a thread: a check of a large log would slow every page of this server down.
    subprocess.Popen(
        [sys.executable, "-m", "casebound", "verify", "--workers=1"],
        env={**os.environ, "CASEBOUND_DATA": str(settings.INSTALLATION.data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return False
