"""The gallery: every component in every state, with made-up words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.people.accounts.signed_in import worker_required
from casebound.record.rendering import samples as entries
from casebound.upkeep.gallery import samples


def components(request: HttpRequest) -> HttpResponse:
    """Show every component. No queries."""
    context = {"frame": samples.FRAME, "entries": entries.ENTRIES, "unsigned": entries.UNSIGNED}
    return render(request, "gallery/gallery.html", context | {"s": samples})


gallery = require_GET(worker_required(components))
