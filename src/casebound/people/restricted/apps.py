"""The room's place in the house."""

from django.apps import AppConfig


class RestrictedConfig(AppConfig):
    """The rooms that know entries fill its tables."""

    name = "casebound.people.restricted"
    label = "restricted"
    store = "derived"
