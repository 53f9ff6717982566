"""Before the server's workers are forked nothing of a store may be open."""

from typing import Any

import pytest
from django.db import connections

from casebound.ledger.sealing.reads import size
from casebound.upkeep.running.actions import STORES, leave_stores


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_left_for_a_forked_process_to_share() -> None:
    for store in STORES:
        connections[store].ensure_connection()

    leave_stores()

    assert [connections[store].connection for store in STORES] == [None] * len(STORES)
    assert size() >= 0  # and the next query opens one of its own


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_pool_is_left_either() -> None:
    connection: Any = connections["default"]  # of PostgreSQL: Django's type knows no pools
    connection.close()
    connection.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 2}
    kept = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 0
    try:
        size()
        leave_stores()
        assert "default" not in type(connection)._connection_pools
    finally:
        del connection.settings_dict["OPTIONS"]["pool"]
        connection.settings_dict["CONN_MAX_AGE"] = kept
