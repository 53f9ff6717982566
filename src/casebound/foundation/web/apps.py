"""The web room. It keeps forms that came back, for as long as a session, in the ledger store."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils.translation import get_language, gettext, ngettext

from casebound.foundation.base.messages import translate_with


class WebConfig(AppConfig):
    """Frame, components and error pages."""

    name = "casebound.foundation.web"
    label = "web"
    store = "default"

    def ready(self) -> None:
        """Let plain rooms be translated too; take away forms when their person signs out."""
        translate_with(gettext, ngettext, get_language)
        user_logged_out.connect(_forget, dispatch_uid="web-forget-posted-forms")


def _forget(*, request: HttpRequest | None, **_: Any) -> None:  # Any: as Django sends it
    from casebound.foundation.web.posted import forget_of  # noqa: PLC0415  (models load later)

    if request is not None:
        forget_of(request)
