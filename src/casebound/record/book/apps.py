"""The room's place in the house."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """The room of the book: it works out the links between entries from the entries."""

    name = "casebound.record.book"
    label = "book"
    store = "derived"
