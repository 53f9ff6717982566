"""Noticing that the derived store has lost its rows.

A crash of PostgreSQL empties UNLOGGED tables. It also ends every connection. So a connection that
has seen rows once goes on seeing them, and only a new connection has to look: 1 query each, and
none for each request.
"""

from typing import Any

from django.db import connections

from casebound.foundation.stores.refusals import StoreRefusedError
from casebound.ledger.projecting.actions import AT_A_TIME, catch_up
from casebound.ledger.sealing import reads as sealed


class WorkedOutAgainError(StoreRefusedError):
    """The rows that people read are gone, and are being worked out again from the log."""

    what = "The books are being worked out again."
    why = (
        "The database of casebound stopped suddenly, and lost what it had prepared for the pages."
        " No entry and no draft is lost."
    )
    do = "Wait a few minutes, then try again."
    retry_after = 20


def is_emptied() -> bool:
    """Say whether the derived store has lost its rows. Usually it asks nothing.

    A short log is projected at once, in one transaction, and is then there again. A longer one has
    to be remade (`remaking.remake`).
    """
    wrapper: Any = connections["derived"]
    wrapper.close_if_health_check_failed()
    wrapper.ensure_connection()
    if getattr(wrapper, "casebound_has_rows", None) is wrapper.connection:
        return False
    # The driver's own call: every page asks, and it is not a query of that page.
    if not wrapper.connection.execute(_ASKS).fetchone() and (size := sealed.size()) > 1:
        if size > AT_A_TIME:
            return True
        catch_up()
    wrapper.casebound_has_rows = wrapper.connection
    return False


_ASKS = "SELECT 1 FROM projecting_reach LIMIT 1"
