"""The room's place in the house."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """Who lives and works where is worked out from the books."""

    name = "casebound.people.homes"
    label = "homes"
    store = "derived"
