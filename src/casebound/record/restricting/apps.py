"""The room's place in the house."""

from django.apps import AppConfig


class RestrictingConfig(AppConfig):
    """What became of restrictions follows from the entries."""

    name = "casebound.record.restricting"
    label = "restricting"
    store = "derived"
