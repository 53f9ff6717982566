"""The room's place in the house."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """The room of the homes: it works out from the books who lives and works where."""

    name = "casebound.people.homes"
    label = "homes"
    store = "derived"
