"""The room's place in the house."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """Lines follow from the entries."""

    name = "casebound.reading.chronology"
    label = "chronology"
    store = "derived"
