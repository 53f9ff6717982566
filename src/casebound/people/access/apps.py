"""The room's place in the house."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The read trail is kept for as long as what it tells of, with ids only."""

    name = "casebound.people.access"
    label = "access"
    store = "default"
