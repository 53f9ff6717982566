"""A child who has moved on lives at a home of the provider again, and their book goes on (P01)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import HomeId
from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access.forms import LivesAgainForm
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes import actions, reads
from casebound.people.rights.shape import Permission


@require_http_methods(["GET", "POST"])
@load_book
def lives_again(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Ask where and since when. Managers of the child's last home see it; others get 404."""
    if book.child is None or not (book.moved_on and book.may(Permission.MANAGE_HOME)):
        raise Http404
    child, now = book.child, timezone.now()
    form = LivesAgainForm(
        request.POST or None,
        initial={"home": book.home, "from_at": typed_moment(now)},
        homes=[(home.id, home.name) for home in reads.homes() if not home.is_office],
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.begin_placement(
            child=child,
            home=HomeId(answers["home"]),
            from_at=answers["from_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect("chronology:book", book.id)
    return form_page(request, "access/lives_again.html", form, {"book": book})
