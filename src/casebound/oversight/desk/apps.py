"""The room's place in the house."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room reads what others keep."""

    name = "casebound.oversight.desk"
    label = "desk"
    store = "derived"
