"""The web room. It keeps nothing in any store."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Frame, components and error pages."""

    name = "casebound.foundation.web"
    label = "web"
    store = "default"
