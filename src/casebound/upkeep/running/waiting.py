"""Waiting for a database that is not there yet, as after a start of the whole machine."""

import time
from collections.abc import Callable
from typing import Final

from django.db import connections

from casebound.foundation.stores.refusals import (
    StoreAwayError,
    StoreSettingsError,
    refusal_for,
)

WITHIN: Final = (
    60.0  # seconds; after that `serve` is refused, and what keeps it running tries again
)
_EACH: Final = 1.0


def wait_for_postgres(*, tell: Callable[[str], None], within: float = WITHIN) -> None:
    """Wait until PostgreSQL takes connections to every store. Nothing to wait for on SQLite.

    Raises:
        Exception: the driver's, when it has waited long enough, or when waiting is of no use.
    """
    until = time.monotonic() + within
    told = False
    for connection in connections.all():
        while connection.vendor == "postgresql":
            try:
                connection.ensure_connection()
                break
            except Exception as error:
                refusal = refusal_for(error)
                if not isinstance(refusal, StoreAwayError) or time.monotonic() > until:
                    raise
                if isinstance(refusal, StoreSettingsError):  # waiting changes nothing
                    raise
                if not told:
                    tell(f"{refusal.what} It waits up to {within:.0f} seconds for it.")
                    told = True
                time.sleep(_EACH)
