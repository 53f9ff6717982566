"""The room's place in the house."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """The room of the handover: it works out from the entries what to hand over."""

    name = "casebound.reading.handover"
    label = "handover"
    store = "derived"
