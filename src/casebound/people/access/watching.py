"""Which people's security events a worker sees, and looks that were refused them (P13)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils import timezone

from casebound.foundation.base.ids import BookId, HomeId, WorkerId, is_id
from casebound.ledger.projecting.rooms import declared_tables
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.reads import WorkerRights, seen_book
from casebound.people.accounts.reads import account
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import alarms_since
from casebound.people.events.whence import whence
from casebound.people.homes.appointments import workers_at
from casebound.people.homes.reads import home
from casebound.people.rights.shape import Permission

LATELY: Final = timedelta(days=7)
_REFUSED: Final = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Watched:
    """Whose events somebody sees: None is everybody's; and looks at which books."""

    workers: frozenset[WorkerId] | None
    books: tuple[str, ...] = ()


def watched_by(rights: WorkerRights, *, books: tuple[str, ...], at: datetime) -> Watched:
    """Return whose events a worker sees. 1 query a home of theirs."""
    everywhere = any(
        source.role is not None
        and source.home is None
        and source.role.gives_today(Permission.SEE_SECURITY)
        for source in rights.sources
    )
    if everywhere:
        return Watched(None)
    people = {
        worker
        for own in rights.homes(Permission.SEE_SECURITY)
        for worker, _ in workers_at(own, at=at)
    }
    return Watched(frozenset(people), books)


def count_lately(rights: WorkerRights, *, books: tuple[str, ...], at: datetime) -> int:
    """Return how much happened in the last seven days that somebody has to look at."""
    watched = watched_by(rights, books=books, at=at)
    return sum(alarms_since(watched.workers, books=watched.books, since=at - LATELY).values())


class RefusedLooksMiddleware:
    """Keeps that a signed-in person asked for something that is there, and not theirs.

    Its number is not kept: a list must not tell that an entry exists which somebody may not see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only a refusal costs queries."""
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        if (
            response.status_code in _REFUSED
            and match is not None
            and hasattr(request, "user")
            and request.user.is_authenticated
            and getattr(request, "csrf_processing_done", False)  # not a form that was open too long
            and _is_there(match.kwargs)
        ):
            self._note(request, match)
        return response

    def _note(self, request: HttpRequest, match: ResolverMatch) -> None:
        who, now = WorkerId(str(request.user.pk)), timezone.now()
        book = str(match.kwargs.get("book", ""))
        is_own = bool(book) and seen_book(who, BookId(book), at=now) is not None
        note_event(
            kind=EventKind.REFUSED_LOOK,
            about=who,
            by=who,
            at=now,
            whence=whence(request),
            what=match.view_name[:80],
            about_id="" if is_own else book,
        )


def _is_there(kwargs: dict[str, Any]) -> bool:
    """Say whether what an address names exists; an address that names nothing is a page."""
    checks = _checks()
    return all(checks[name](str(value)) for name, value in kwargs.items() if name in checks) and (
        "book" not in kwargs or _has_page(kwargs)
    )


def _has_page(kwargs: dict[str, Any]) -> bool:
    return int(kwargs.get("number", 1)) <= book_pages(BookId(str(kwargs["book"])))


def _checks() -> dict[str, Callable[[str], bool]]:
    own: dict[str, Callable[[str], bool]] = {
        "book": lambda value: is_id(value) and book_pages(BookId(value)) > 0,
        "home": lambda value: is_id(value) and home(HomeId(value)) is not None,
        "account": lambda value: is_id(value) and account(WorkerId(value)) is not None,
    }
    return own | declared_tables("existing", "EXISTING")
