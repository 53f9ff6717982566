"""Who looked, as a table for printing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.oversight.who_looked import reads
from casebound.oversight.who_looked.filtering import filter_of, nothing_words
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.scope import scope_of
from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@permission_required(LookingPermission.SEE_WHO_LOOKED)
def printed(request: WorkerRequest) -> HttpResponse:
    """Show the filtered trail as tables, one a day; a long one is printed in parts."""
    now = timezone.now()
    scope = scope_of(rights_here(request, request.worker), at=now)
    wanted = filter_of(request, scope)
    page = reads.looks_page(
        wanted.wanted(scope), reader=request.worker, at=now, count=reads.PRINTED
    )
    nothing, what_to_do = nothing_words(wanted)
    return render(
        request,
        "who_looked/print.html",
        {
            "page": page,
            "filter": wanted,
            "narrowed": wanted.words(scope),
            "older": wanted.link(before=page.older) if page.older else "",
            "back": wanted.link(),
            "at": in_words(now),
            "by": request.account.full_name,
            "nothing": nothing,
            "what_to_do": what_to_do,
        },
    )
