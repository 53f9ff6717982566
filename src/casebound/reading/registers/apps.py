"""The room's place in the house."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """The room of the registers: it works out their rows from the entries."""

    name = "casebound.reading.registers"
    label = "registers"
    store = "derived"
