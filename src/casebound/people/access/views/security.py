"""Security events of the people somebody answers for; of everybody, for the administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.people.access.http import permission_required, rights_here
from casebound.people.access.reads import seen_books
from casebound.people.access.watching import watched_by
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import PAGE, SecurityEventSeen, events_of
from casebound.people.events.wording import event_line
from casebound.people.rights.shape import Permission


@require_GET
@permission_required(Permission.SEE_SECURITY)
def security(request: WorkerRequest) -> HttpResponse:
    """List the events, newest first, a page at a time."""
    now = timezone.now()
    rights = rights_here(request, request.worker)
    titles = {str(book.id): book.title for book in seen_books(request.worker, at=now)}
    watched = watched_by(rights, books=tuple(titles), at=now)
    before = asked(request).number("before", label=gettext_noop("Events before"), instead=AS_USUAL)
    events = events_of(watched.workers, books=watched.books, before=before or None, count=PAGE + 1)
    names = full_names({who for event in events for who in (event.worker, event.by)})
    shows_address = rights.may(Permission.MANAGE_ACCOUNTS)
    lines = [
        event_line(
            event, reader=request.worker, names=names, how=_where(event, titles),
            with_address=shows_address,
        )
        for event in events[:PAGE]
    ]  # fmt: skip
    more = events[PAGE - 1].id if len(events) > PAGE else ""
    context = {"events": lines, "more": more, "everybody": watched.workers is None}
    return render(request, "access/security.html", context)


def _where(event: SecurityEventSeen, titles: dict[str, str]) -> str:
    """Name the book that was refused, to who reads it; to the administrator never."""
    if event.kind is not EventKind.REFUSED_LOOK or event.about_id not in titles:
        return ""
    return gettext("the book of {title}").format(title=titles[event.about_id])
