"""The homes of the provider: for the system administrator, who opens them and reads no book."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casebound.foundation.base.messages import gettext
from casebound.foundation.web.asked import asked
from casebound.people.access.forms import HomeForm
from casebound.people.access.views.people import tabs
from casebound.people.access.views.rights import administrator_required
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes import actions, reads


@require_GET
@administrator_required
def homes(request: WorkerRequest) -> HttpResponse:
    """List the homes by name. 1 query."""
    return render(
        request,
        "access/homes.html",
        {
            "homes": reads.homes(),
            "tabs": tabs("homes"),
            "done": asked(request).done("opened"),
        },
    )


@require_http_methods(["GET", "POST"])
@administrator_required
def open_home(request: WorkerRequest) -> HttpResponse:
    """Open a home: it has a book from then on."""
    form = HomeForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.open_home(
            name=answers["name"],
            address=answers["address"],
            secure=answers["secure"],
            by=request.worker,
            at=timezone.now(),
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:homes')}?done=opened")
    secure = (
        "on",
        gettext("It is a secure children’s home"),
        gettext(
            "Restraint has a third purpose there: to keep a child from absconding (reg 20(1)(c))."
        ),
    )
    return form_page(request, "access/open_home.html", form, {"secure_offered": [secure]})
