"""The room's place in the house."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Forms are data; the room has no tables."""

    name = "casebound.rulebook.catalogue"
    label = "catalogue"
    store = "default"
