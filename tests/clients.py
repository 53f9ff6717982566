"""A browser for tests: it goes on to the page that answers a form, as browsers do."""

from typing import Any

from django.http import HttpResponseBase
from django.test import Client

SEE_OTHER = 303


class Browser(Client):
    """Django's test client, which follows a refused form to the page of its own."""

    def post(self, *args: Any, **options: Any) -> Any:  # Any: as Django's own
        """Post a form; if it comes back, return the page on which it comes back."""
        answer: HttpResponseBase = super().post(*args, **options)
        if answer.status_code == SEE_OTHER and "again=" in answer.headers["Location"]:
            return self.get(answer.headers["Location"])
        return answer
