"""The answer to what is not there, and in the same words to what one may not see (404)."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.errors import not_found
from casebound.people.access.http import rights_here
from casebound.people.access.who_opens import helpers_of, in_words


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say who can help somebody who is signed in. It is the same at every address (P40)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return not_found(request, exception)
    rights = rights_here(request, WorkerId(user.pk))
    return not_found(request, exception, do=in_words(helpers_of(rights, at=timezone.now())))
