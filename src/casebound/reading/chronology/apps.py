"""The room's place in the house."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """The room of the chronology: it works out the lines of each book from the entries."""

    name = "casebound.reading.chronology"
    label = "chronology"
    store = "derived"
