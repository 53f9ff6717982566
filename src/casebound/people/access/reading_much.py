"""Who reads very many pages in a day is asked why, before any further page opens (P13, P63).

The looks on the read trail are counted, so all devices and processes of a person count together.
Nothing but a look asks: writing, drafts and signing go on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connections

from casebound.people.access.readings import most_counted
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import last_event

IN: Final = timedelta(days=1)
_LOOKS: Final = (
    "SELECT DISTINCT book_id, what, first, last FROM read_trail WHERE worker_id = %s AND at > %s"
)
Look = tuple[str, str, int, int]  # book, what, first page, last page


class ReadMuchError(Exception):
    """A person has read very many pages and has not said why. `AskedWhyMiddleware` asks them."""


def pages_allowed() -> int:
    """Return how many pages a person opens in 24 hours before they are asked."""
    return int(settings.READ_MUCH)


def check_says_why(looks: Iterable[Look], *, worker: str, at: datetime) -> str:
    """Let these looks of a person pass if they are few, or the first since the person said why.

    So a long print opens after one answer, whatever its length. Return the reason they gave in the
    last day; empty if they were not asked. 2 queries.

    Raises:
        ReadMuchError: the person has to say why they read so much.
    """
    said = last_event(worker, [EventKind.READ_MUCH])
    has_answered = said is not None and said.at > at - IN
    before = looks_since(worker, said.at if said is not None and has_answered else at - IN)
    is_first = has_answered and not before
    if not is_first and different_pages(before | set(looks)) > pages_allowed():
        raise ReadMuchError
    return said.what if said is not None and has_answered else ""


def looks_since(worker: str, moment: datetime) -> set[Look]:
    """Return the different looks of a person behind a moment. 1 query."""
    store = connections["default"]
    with store.cursor() as cursor:
        cursor.execute(_LOOKS, [worker, store.ops.adapt_datetimefield_value(moment)])
        return set(cursor.fetchall())


def different_pages(looks: set[Look]) -> int:
    """Return how many pages these looks showed, each counted once."""
    pages: set[tuple[str, int]] = set()
    others = 0
    for book, what, first, last in looks:
        most = most_counted().get(what)
        if most is not None and last - first >= most:
            others += most
        else:
            pages.update((book, page) for page in range(first, last + 1))
    return len(pages) + others


def pages_at_most() -> tuple[str, list[Any]]:
    """Return, in SQL, a number of pages that is never too low, and the first of its parameters.

    A page that was looked at twice counts twice: it says only who is not near the limit. The person
    and the moment from which looks count are its last parameters.
    """
    whens = " WHEN what = %s AND last - first >= %s THEN %s" * len(most_counted())
    parameters = [part for what, most in most_counted().items() for part in (what, most, most)]
    pages = f"CASE{whens} ELSE last - first + 1 END"
    looks = "FROM read_trail WHERE worker_id = %s AND at > %s"
    return f"(SELECT coalesce(sum({pages}), 0) {looks})", parameters
