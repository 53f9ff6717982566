"""The room's place in the house."""

from django.apps import AppConfig


class SecondPersonConfig(AppConfig):
    """What waits for a second person, worked out from the office's book."""

    name = "casebound.people.second_person"
    label = "second_person"
    store = "derived"
