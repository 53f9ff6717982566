"""How views of allauth answer a form that is not right yet."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import HttpResponse

UNPROCESSABLE = 422


def unprocessable(response: HttpResponse) -> HttpResponse:
    """Give the answer the status of a form that comes back; htmx swaps it then as well."""
    response.status_code = UNPROCESSABLE
    return response


def as_json(options: Mapping[str, Any]) -> str:
    """Write down what a device is asked, for an attribute of the page: scripts are never inline."""
    return json.dumps(options, cls=DjangoJSONEncoder)


class FormComesBackMixin:
    """A form that is not right comes back with status 422."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Answer 422."""
        return unprocessable(super().form_invalid(form))  # type: ignore[misc]  # of the view it is mixed into
