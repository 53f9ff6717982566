"""The addresses these tests need, when not every room is there."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def elsewhere(_request: HttpRequest) -> HttpResponse:
    """Stand for the pages of other rooms that the frame links to."""
    return HttpResponse()


handler404 = "casebound.foundation.web.errors.not_found"
urlpatterns = [
    path("", include("casebound.people.accounts.urls")),
    path("", include("casebound.people.access.urls")),
    path(
        "",
        include(
            (
                [path("shift/", elsewhere, name="shift"), path("desk/", elsewhere, name="desk")],
                "desk",
            )
        ),
    ),
    path("", include(([path("search/", elsewhere, name="search")], "search"))),
    path("", include(([path("proof/", elsewhere, name="proof")], "proof"))),
]
