"""The room's place in the house."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The room of the duties: it works them out from the entries."""

    name = "casebound.people.duties"
    label = "duties"
    store = "derived"
