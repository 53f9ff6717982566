"""The room's place in the house. It keeps nothing in any store."""

from django.apps import AppConfig


class RenderingConfig(AppConfig):
    """Entries, statements and files as they are shown."""

    name = "casebound.record.rendering"
    label = "rendering"
    store = "default"
