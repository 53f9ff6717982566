"""The room's place in the house."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room of the desk. It has no tables: it reads those of other rooms."""

    name = "casebound.oversight.desk"
    label = "desk"
    store = "derived"
