"""How the views of allauth answer a form that has errors."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse

from casebound.foundation.web.posted import come_back, posted_before

UNPROCESSABLE: Final = 422
_WHOLE: Final = "__all__"  # Django's name for what is wrong with the form as a whole


def refuse(request: HttpRequest, form: Form) -> HttpResponse:
    """Go to the page on which a form comes back with its errors."""
    errors = {name: [str(words) for words in of_field] for name, of_field in form.errors.items()}
    # Where to go after signing in stands in the page's address, as allauth reads it there.
    onwards = {"next": request.POST["next"]} if request.POST.get("next") else {}
    return come_back(request, errors=errors, query=onwards)


def as_refused(form: Form, errors: Mapping[str, Any]) -> Form:
    """Give a form that comes back the errors it had. It is not checked again: a try would count."""
    of_form = ErrorDict()
    for name, words in errors.items():
        kind = "nonfield" if name == _WHOLE else None
        of_form[name] = form.error_class(words, error_class=kind)
    vars(form)["_errors"] = of_form  # Django has no other way in
    form.cleaned_data = {}
    return form


def as_json(options: Mapping[str, Any]) -> str:
    """Write the device's challenge as JSON for an attribute: scripts are never inline."""
    return json.dumps(options, cls=DjangoJSONEncoder)


class FormComesBackMixin:
    """A form with errors comes back on a page of its own, with status 422."""

    request: HttpRequest

    def form_invalid(self, form: Form) -> HttpResponse:
        """Go to the page of the refused form."""
        return refuse(self.request, form)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill in what was typed before."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]  # of the view it is mixed into
        if posted := posted_before(self.request):
            kwargs["data"] = posted.typed
        return kwargs

    def get_form(self, *args: Any, **kwargs: Any) -> Form:  # Any: as Django's own
        """Return the form, with the errors it had before."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # of the view it is mixed into
        posted = posted_before(self.request)
        return as_refused(form, posted.errors) if posted else form

    def render_to_response(self, *args: Any, **kwargs: Any) -> HttpResponse:  # Any: as above
        """Answer 422 with a form that comes back."""
        response: HttpResponse = super().render_to_response(*args, **kwargs)  # type: ignore[misc]  # of the view it is mixed into
        if posted_before(self.request):
            response.status_code = UNPROCESSABLE
        return response
