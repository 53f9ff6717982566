"""The web room. It keeps nothing in any store."""

from django.apps import AppConfig
from django.utils.translation import gettext

from casebound.foundation.base.messages import translate_with


class WebConfig(AppConfig):
    """Frame, components and error pages."""

    name = "casebound.foundation.web"
    label = "web"
    store = "default"

    def ready(self) -> None:
        """Let the sentences of the plain rooms be translated too."""
        translate_with(gettext)
