"""The room's place in the house."""

from django.apps import AppConfig


class InHouseConfig(AppConfig):
    """The room that answers who is in the house now, for a night, a fire or a handover."""

    name = "casebound.reading.in_house"
    label = "in_house"
    store = "derived"
