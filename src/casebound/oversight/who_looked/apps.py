"""The room's place in the house."""

from django.apps import AppConfig


class WhoLookedConfig(AppConfig):
    """What a manager answered about somebody's looking follows from the entries."""

    name = "casebound.oversight.who_looked"
    label = "who_looked"
    store = "derived"
