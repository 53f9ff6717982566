"""The room's place in the house."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Rows of the registers follow from the entries."""

    name = "casebound.reading.registers"
    label = "registers"
    store = "derived"
