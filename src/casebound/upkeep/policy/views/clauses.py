"""The clauses in words: what a number such as P44 on a page leads to. No secret, so anybody's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.upkeep.policy import reads


@require_GET
def clauses(request: HttpRequest) -> HttpResponse:
    """Show all clauses."""
    return render(request, "policy/clauses.html", {"clauses": reads.clauses()})
