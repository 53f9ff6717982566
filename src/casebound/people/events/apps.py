"""The room's place in the house."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The room of the security events: it keeps them in the ledger store, next to the accounts."""

    name = "casebound.people.events"
    label = "events"
    store = "default"
