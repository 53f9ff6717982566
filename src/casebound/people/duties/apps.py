"""The room's place in the house."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties follow from the entries."""

    name = "casebound.people.duties"
    label = "duties"
    store = "derived"
