"""The room's place in the house."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room of access: it keeps the read trail, with ids only, as long as the books it is of."""

    name = "casebound.people.access"
    label = "access"
    store = "default"
