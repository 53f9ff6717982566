"""How the views of allauth answer a form that has errors."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import HttpResponse

UNPROCESSABLE = 422


def unprocessable(response: HttpResponse) -> HttpResponse:
    """Set status 422 for a form that comes back with errors, so that htmx swaps it too."""
    response.status_code = UNPROCESSABLE
    return response


def as_json(options: Mapping[str, Any]) -> str:
    """Write the device's challenge as JSON for an attribute: scripts are never inline."""
    return json.dumps(options, cls=DjangoJSONEncoder)


class FormComesBackMixin:
    """A form with errors comes back with status 422."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Answer 422."""
        return unprocessable(super().form_invalid(form))  # type: ignore[misc]  # of the view it is mixed into
