"""The room's place in the house."""

from django.apps import AppConfig


class ReadersConfig(AppConfig):
    """Who may read a book. It has no tables: it reads those of the homes."""

    name = "casebound.oversight.readers"
    label = "readers"
    store = "derived"
