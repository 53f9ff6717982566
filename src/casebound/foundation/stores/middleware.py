"""Looking after the room on the disks with every request, which costs about 20 us."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from casebound.foundation.stores.refusals import NoRoomLeftError
from casebound.foundation.stores.room_left import check_room, tend

FOLDED_EVERY: Final = 1.0  # seconds


class RoomMiddleware:
    """Keeps the reserve, and on a full disk keeps the write-ahead logs short.

    What is written goes to a log first, and from there into the store at times. On a full disk it
    goes there soon, so that the log begins again at its start and needs no more room.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._folded_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look after the room, then pass the request on."""
        tend()
        try:
            check_room()
        except NoRoomLeftError:
            self._fold()
        return self.get_response(request)

    def _fold(self) -> None:
        now = time.monotonic()
        if now - self._folded_at < FOLDED_EVERY:
            return
        self._folded_at = now
        for connection in connections.all():
            if connection.vendor == "sqlite" and not connection.in_atomic_block:
                with suppress(DatabaseError), connection.cursor() as cursor:
                    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
