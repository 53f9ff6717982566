"""From where a look comes: the browser, and the kind of network (P63).

The trail keeps the id of a browser on which the person has signed in, and no network address: the
trail is kept as long as the child's record, an address thirteen months (`people.events`).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse

from casebound.foundation.base.ids import WorkerId
from casebound.people.events.rules import Network, device_id, network_of
from casebound.people.events.whence import device_token, whence

# The request that is being answered. A look is noted deep inside a view; what it is passed down
# through cannot forget it, and a look outside a request (a test, a command) comes from nowhere.
_REQUEST: Final[ContextVar[HttpRequest | None]] = ContextVar("casebound_request", default=None)


@dataclass(frozen=True, slots=True)
class LookedFrom:
    """The id of a known browser, empty if it is not known, and the kind of network."""

    device: str = ""
    network: Network = Network.UNKNOWN


NOWHERE: Final = LookedFrom()


class LookedFromMiddleware:
    """Holds the request while it is answered, for the read trail. Costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        held = _REQUEST.set(request)
        try:
            return self.get_response(request)
        finally:
            _REQUEST.reset(held)


def looked_from(worker: WorkerId) -> LookedFrom:
    """Return from where a worker looks now."""
    request = _REQUEST.get()
    if request is None:
        return NOWHERE
    token = device_token(request)
    return LookedFrom(
        device_id(token, worker) if token else "", network_of(whence(request).address)
    )
