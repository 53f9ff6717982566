"""Who looked: for those who answer for books, filtered by child, person and day (P63)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from casebound.oversight.who_looked import reads
from casebound.oversight.who_looked.asking import count_open
from casebound.oversight.who_looked.filtering import filter_of, nothing_words
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.scope import people_of, scope_of
from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@permission_required(LookingPermission.SEE_WHO_LOOKED)
def looks(request: WorkerRequest) -> HttpResponse:
    """Show a page of the read trail."""
    now = timezone.now()
    scope = scope_of(rights_here(request, request.worker), at=now)
    if not scope.books and not scope.everywhere:
        raise Http404
    wanted = filter_of(request, scope)
    page = reads.looks_page(wanted.wanted(scope), reader=request.worker, at=now)
    nothing, what_to_do = nothing_words(wanted)
    people = {str(worker): name for worker, name in people_of(scope, at=now).items()}
    if wanted.worker:
        people[wanted.worker] = wanted.who
    return render(
        request,
        "who_looked/looks.html",
        {
            "page": page,
            "filter": wanted,
            "narrowed": wanted.words(scope),
            "children": [(str(book.id), book.title) for book in scope.books.values()],
            "people": sorted(people.items(), key=lambda person: person[1].casefold()),
            "older": wanted.link(before=page.older) if page.older else "",
            "newest": wanted.link() or "?" if wanted.before else "",
            "print": wanted.link(),
            "open": count_open(scope, at=now),
            "nothing": nothing,
            "what_to_do": what_to_do,
            "end": gettext("The trail begins here."),
        },
    )
