"""The room's place in the house."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index follows from the entries."""

    name = "casebound.reading.search"
    label = "search"
    store = "derived"
