"""The room's place in the house."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    """Episodes and the lines of their logs follow from the entries."""

    name = "casebound.record.missing"
    label = "missing"
    store = "derived"
