"""The room's place in the house."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """What is to be handed over follows from the entries."""

    name = "casebound.reading.handover"
    label = "handover"
    store = "derived"
