"""The room's place in the house."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """Links between entries follow from the entries."""

    name = "casebound.record.book"
    label = "book"
    store = "derived"
