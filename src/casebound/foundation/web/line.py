"""Whether the server answers: a page asks before it sends what a person typed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def line(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 204, to anybody. It reads nothing."""
    return HttpResponse(status=204)
